"""The words for units, and what a unit made of them means."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from tcolang.base.record import record
from tcolang.units import mistakes
from tcolang.units.dimension import BASES, NUMBER, Dimension, base
from tcolang.units.mistakes import UnitMistake
from tcolang.units.unit import Unit

__all__ = ["UnitMistake", "UnitTable", "Word"]


@record
class Word:
    """One word of a unit. `one` and `many` are how it is shown: `hour` and `hours`."""

    one: str
    many: str
    dimension: Dimension
    factor: Fraction
    currency: str | None = None


class UnitTable:
    """The words that stand for units, by each way of writing them. The one to start from is `standard.STANDARD`.

    It is not changed: a unit that is declared makes another table.
    """

    __slots__ = ("_parsed", "words")

    def __init__(self, words: Mapping[str, Word]) -> None:
        self.words = words
        self._parsed: dict[str, Unit | UnitMistake] = {}

    def parse(self, text: str) -> Unit | UnitMistake:
        """`A-B/C-D`: words joined by `-` are multiplied, and all those after the one `/` divide."""
        found = self._parsed.get(text)
        if found is None:
            # A spec writes the same few units hundreds of times.
            found = self._parsed[text] = self._parse(text)
        return found

    def _parse(self, text: str) -> Unit | UnitMistake:
        mistake = mistakes.of_shape(text)
        if mistake is not None:
            return mistake
        over, under = _split(text)
        for word in (*over, *under):
            if word not in self.words:
                return mistakes.of_word(word, text, self.names())
        return _unit(text, [self.words[word] for word in over], [self.words[word] for word in under])

    def parse_per(self, text: str | None, count: Decimal, per: str) -> Unit | UnitMistake:
        """The unit of `0.40 USD per 1M tokens`: `parse_per("USD", 1_000_000, "tokens")`. None is a plain number."""
        over = self.parse(text) if text is not None else Unit("", NUMBER, Fraction(1))
        if isinstance(over, UnitMistake):
            return over
        under = self.parse(per)
        if isinstance(under, UnitMistake):
            return under
        if count <= 0:
            return mistakes.of_count(count, per)
        currencies = _currencies(over.currency, under.currency)
        if len(currencies) > 1:
            return mistakes.of_currencies(f"{over.text} per {per}", currencies)
        dimension = over.dimension / under.dimension
        tail = f"per {under.one}" if count == 1 else f"per {mistakes.in_short(count)} {under.many}"
        return Unit(
            f"{over.text} {tail}".lstrip(),
            dimension,
            over.factor / (Fraction(count) * under.factor),
            _currency(dimension, currencies),
            f"{over.one} {tail}".lstrip(),
            f"{over.many} {tail}".lstrip(),
        )

    def define(self, name: str, unit: Unit) -> UnitTable | UnitMistake:
        """With `unit ticket = 6 requests`, where `unit` is what one of them is; its plural comes with it."""
        many = _plural(name)
        mistake = mistakes.of_name(name, (name, many), self.words, BASES)
        if mistake is not None:
            return mistake
        word = Word(name, many, unit.dimension, unit.factor, unit.currency)
        return UnitTable(MappingProxyType({**self.words, name: word, many: word}))

    def define_base(self, name: str) -> UnitTable | UnitMistake:
        """With `unit seat`, which is measured in nothing else."""
        return self.define(name, Unit(name, base(name), Fraction(1)))

    def names(self) -> tuple[str, ...]:
        """Every way of writing a word, sorted."""
        return tuple(sorted(self.words))


def _split(text: str) -> tuple[list[str], list[str]]:
    over, slash, under = text.partition("/")
    return over.split("-"), under.split("-") if slash else []


def _unit(text: str, over: list[Word], under: list[Word]) -> Unit | UnitMistake:
    currencies = _currencies(*(word.currency for word in (*over, *under)))
    if len(currencies) > 1:
        return mistakes.of_currencies(text, currencies)
    dimension, factor = NUMBER, Fraction(1)
    for word in over:
        dimension, factor = dimension * word.dimension, factor * word.factor
    for word in under:
        dimension, factor = dimension / word.dimension, factor / word.factor
    before = "".join(f"{word.one}-" for word in over[:-1])
    after = "/" + "-".join(word.one for word in under) if under else ""
    one, many = (f"{before}{last}{after}" for last in (over[-1].one, over[-1].many))
    return Unit(text, dimension, factor, _currency(dimension, currencies), one, many)


def _currencies(*codes: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code is not None))


def _currency(dimension: Dimension, currencies: tuple[str, ...]) -> str | None:
    """None where the money cancels: `EUR/EUR` is a number."""
    return currencies[0] if currencies and dimension.exponent("money") else None


def _plural(name: str) -> str:
    if name.endswith(("ss", "x", "ch", "sh")):
        return f"{name}es"
    if name.endswith("s"):
        return name
    if name.endswith("y") and name[-2:-1] not in ("a", "e", "i", "o", "u", ""):
        return f"{name[:-1]}ies"
    return f"{name}s"
