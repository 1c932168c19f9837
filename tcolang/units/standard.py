"""The units that are always there. Factors are exact: 1 year = 12 months = 365 days = 8,760 hours."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from types import MappingProxyType

from tcolang.units.dimension import NUMBER, Dimension, base
from tcolang.units.money import MINOR_DIGITS
from tcolang.units.table import UnitTable, Word

_MONTH = Fraction(1)
_HOUR = _MONTH / 730
_GIGABYTE = Fraction(1)
_KILOWATT_HOUR = Fraction(1)

_TIME: dict[str, Fraction] = {
    "year": 12 * _MONTH,
    "month": _MONTH,
    "week": 7 * 24 * _HOUR,
    "day": 24 * _HOUR,
    "hour": _HOUR,
    "minute": _HOUR / 60,
    "second": _HOUR / 3600,
    "millisecond": _HOUR / 3_600_000,
}
# No `m`: it would be read as months, minutes, metres or millions.
_TIME_IN_SHORT = {"h": "hour", "min": "minute", "s": "second", "ms": "millisecond"}

_BYTE = _GIGABYTE / 10**9
_DATA: dict[str, Fraction] = {
    "kB": 10**3 * _BYTE,
    "MB": 10**6 * _BYTE,
    "GB": _GIGABYTE,
    "TB": 10**12 * _BYTE,
    "PB": 10**15 * _BYTE,
    "KiB": 2**10 * _BYTE,
    "MiB": 2**20 * _BYTE,
    "GiB": 2**30 * _BYTE,
    "TiB": 2**40 * _BYTE,
}

_ENERGY: dict[str, Fraction] = {
    "Wh": _KILOWATT_HOUR / 1000,
    "kWh": _KILOWATT_HOUR,
    "MWh": 1000 * _KILOWATT_HOUR,
    "GWh": 10**6 * _KILOWATT_HOUR,
}
_POWER: dict[str, Fraction] = {
    "W": _KILOWATT_HOUR / 1000 / _HOUR,
    "kW": _KILOWATT_HOUR / _HOUR,
    "MW": 1000 * _KILOWATT_HOUR / _HOUR,
}


def _standard() -> Iterator[tuple[str, Word]]:
    one = Fraction(1)
    time, data, energy = base("time"), base("data"), base("energy")
    for name, factor in _TIME.items():
        yield from _noun(name, time, factor)
    for short, name in _TIME_IN_SHORT.items():
        yield short, Word(short, short, time, _TIME[name])
    for name in ("token", "request", "GPU"):
        yield from _noun(name, base(name), one)
    for spelling in ("FTE", "FTEs"):
        yield spelling, Word("FTE", "FTE", base("FTE"), one)
    yield from _noun("byte", data, _BYTE)
    for symbols, dimension in ((_DATA, data), (_ENERGY, energy), (_POWER, energy / time)):
        for symbol, factor in symbols.items():
            yield symbol, Word(symbol, symbol, dimension, factor)
    for word, factor in (("%", one / 100), ("share", one), ("number", one)):
        yield word, Word(word, word, NUMBER, factor)
    yield "money", Word("money", "money", base("money"), one)
    for code in MINOR_DIGITS:
        yield code, Word(code, code, base("money"), one, code)


def _noun(name: str, dimension: Dimension, factor: Fraction) -> Iterator[tuple[str, Word]]:
    word = Word(name, f"{name}s", dimension, factor)
    yield word.one, word
    yield word.many, word


STANDARD = UnitTable(MappingProxyType(dict(_standard())))
