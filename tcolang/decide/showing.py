"""Values as a reader is shown them: three digits, in the unit of the expression they stand for."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from math import isinf

from tcolang.semantics.types import DateType, FlagType, GrowthType, QuantityType, Type
from tcolang.uncertain.summary import Estimate
from tcolang.units.dimension import Dimension
from tcolang.units.quantity import percentage, readable, show
from tcolang.units.unit import Unit, canonical

UNKNOWN = "unknown"


def shown_value(value: float, type_: Type, unit: Unit | None, currency: str = "money") -> str:
    """`value` in canonical units: `46,200 USD`, `35%`, `2026-07`, `7 months`, `true`; infinity is `never`.

    Without a unit of its own a quantity is shown in canonical units, money in `currency`.
    """
    if isinf(value):
        return "never"
    match type_:
        case FlagType():
            return "true" if value else "false"
        case DateType():
            return shown_date(value)
        case GrowthType(period):
            return f"{percentage(value)}{per(period)}"
        case QuantityType(dimension, share):
            if unit is not None:
                return _in_unit(value, unit, (unit.one, unit.many), currency)
            return percentage(value) if share else _without_unit(value, dimension, currency)
        case _:
            return readable(value)


@lru_cache(maxsize=10_000)
def _in_unit(value: float, unit: Unit, _words: tuple[str, str], currency: str) -> str:
    # Rules read the same few figures and thresholds again and again, and to write one takes longer than to compare it.
    # Units are equal whatever they are called after a number, so that is told apart here.
    return show(value, unit.in_currency(currency))


def shown_estimate(estimate: Estimate, type_: Type, unit: Unit | None, currency: str = "money") -> str:
    """An uncertain value as its median with P5 and P95: `46,200 USD (41,000–52,000)`; a certain one as its value."""
    if estimate.p5 == estimate.p50 == estimate.p95:
        return shown_value(estimate.p50, type_, unit, currency)
    middle, low, high = (
        shown_value(value, type_, unit, currency) for value in (estimate.p50, estimate.p5, estimate.p95)
    )
    if low == middle == high:
        return middle
    units = {text.partition(" ")[2] for text in (middle, low, high)}
    if len(units) == 1:
        low, high = low.partition(" ")[0], high.partition(" ")[0]
    return f"{middle} ({low}–{high})"


def shown_date(months: float) -> str:
    """`2026-07`, or `2026-07-15` for a day that is not the first. `months` as in `DateType`."""
    year, month = divmod(int(months // 1), 12)
    days = monthrange(year, month + 1)[1]
    day = round((months % 1) * days) + 1
    return f"{year:04}-{month + 1:02}" + (f"-{min(day, days):02}" if day > 1 else "")


def per(period: float | None) -> str:
    """Of a growth, whose period is in months: `/month`, `/year`."""
    match period:
        case None:
            return ""
        case 1.0:
            return "/month"
        case 12.0:
            return "/year"
        case _:
            return f" per {readable(period)} months"


def _without_unit(value: float, dimension: Dimension, currency: str) -> str:
    if dimension.is_number:
        return readable(value)
    words = {"money": currency, "time": "month", "data": "GB", "energy": "kWh"}
    text = re.sub("|".join(words), lambda word: words[word[0]], str(dimension))
    return show(value, canonical(text, dimension))
