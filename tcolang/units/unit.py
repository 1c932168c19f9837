"""Units: how a number is written, and what it is in canonical units."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tcolang.base.record import field, record, replace
from tcolang.units.dimension import Dimension

_COUNTED = ("token", "request", "month")
"""Canonical units that have a plural."""


@record
class Unit:
    """`text` as written; a number in this unit, times `factor`, is in canonical units.

    Canonical are months (of 730 hours), the currency itself, tokens, requests, GPUs, FTE, gigabytes (10^9 bytes) and
    kilowatt-hours. `currency` is the ISO code of the money in it; None where there is none, and for the word `money`.
    """

    text: str
    dimension: Dimension
    factor: Fraction
    currency: str | None = None
    one: str = field(default="", compare=False)
    """As written after a one: `ticket/month`."""
    many: str = field(default="", compare=False)
    """As written after other numbers: `tickets/month`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "one", self.one or self.text)
        object.__setattr__(self, "many", self.many or self.text)

    def to_canonical(self, number: Decimal | int | Fraction) -> float:
        """The float nearest to the exact value. `OverflowError` where it has none."""
        return float(Fraction(number) * self.factor)

    def from_canonical(self, value: float) -> float:
        """The number that is written before this unit; `value` is finite."""
        if self.factor.numerator == self.factor.denominator:
            return float(value)
        return float(Fraction(value) / self.factor)

    def times(self, number: Decimal | int | Fraction) -> Unit:
        """`6 requests` as a unit: what `unit ticket = 6 requests` defines."""
        return Unit(f"{number} {self.text}", self.dimension, Fraction(number) * self.factor, self.currency)

    def in_currency(self, code: str) -> Unit:
        """`money/hour` as `EUR/hour`; a unit without the word `money` as it is."""
        if self.currency is not None or self.dimension.exponent("money") == 0:
            return self
        text, one, many = (_with_currency(form, code) for form in (self.text, self.one, self.many))
        return replace(self, text=text, one=one, many=many, currency=code)


def canonical(text: str, dimension: Dimension) -> Unit:
    """One made of canonical units, with the plural of what it counts: `1 token/month`, `2 tokens/month`."""
    counted, slash, rest = text.partition("/")
    many = f"{counted}s" if counted.endswith(_COUNTED) else counted
    return Unit(text, dimension, Fraction(1), one=text, many=f"{many}{slash}{rest}")


def _with_currency(text: str, code: str) -> str:
    parts = (part.split("-") for part in text.split("/"))
    return "/".join("-".join(code if word == "money" else word for word in words) for words in parts)
