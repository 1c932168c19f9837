"""Numbers as a reader is shown them: three digits, with their unit, an uncertain one with the range that is likely."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import fsum

from tcolang.base.record import replace
from tcolang.decide.showing import shown_estimate, shown_value
from tcolang.model.costmodel import Node
from tcolang.semantics.terms import Symbol
from tcolang.semantics.types import NUMBER_TYPE
from tcolang.uncertain.summary import Estimate
from tcolang.units.dimension import base
from tcolang.units.quantity import money_rounded, percentage, readable, show
from tcolang.units.unit import Unit

NONE = "—"
DAYS_A_MONTH = 365 / 12


def money(value: float, currency: str) -> str:
    """`46,200 EUR`, `0.40 EUR`"""
    return show(value, Unit(currency, base("money"), Fraction(1), currency))


def money_exactly(value: float, currency: str) -> str:
    """To the smallest coin: `1,234,567.89 EUR`"""
    return f"{money_rounded(value, currency):,f} {currency}"


def money_between(estimate: Estimate, currency: str) -> str:
    """The range in which nine of ten futures lie."""
    if estimate.p5 == estimate.p95:
        return money(estimate.mean, currency)
    return f"{readable(estimate.p5)} to {money(estimate.p95, currency)}"


def between(estimate: Estimate) -> str:
    """As `money_between`, in a column whose header names the currency."""
    if estimate.p5 == estimate.p95:
        return readable(estimate.mean)
    return f"{readable(estimate.p5)} to {readable(estimate.p95)}"


def chance(share: float) -> str:
    """`93%`"""
    return percentage(share, 2)


def out_of_one(share: float) -> str:
    """`0.81`; what is short of 1, or above 0, is not shown as 1 or 0."""
    number = Decimal(f"{share:.15g}")
    shown = number.quantize(Decimal("0.01"))
    if shown == 1 and number < 1:
        return "over 0.99"
    return "under 0.01" if shown == 0 and number > 0 else f"{shown:f}"


def value(node: Node, estimate: Estimate, currency: str) -> str:
    """`12.5 EUR/hour`; an uncertain value as P50 (P5–P95)."""
    return shown_estimate(estimate, node.type, _unit(node, currency), currency)


def mean(node: Node, number: float, currency: str) -> str:
    """One number of a node, in its unit."""
    return shown_value(number, node.type, _unit(node, currency), currency)


def exactly(node: Node, number: float, currency: str) -> str:
    """As `mean`, of a figure as it was stated: with all its digits, of which a float keeps nine for sure."""
    unit = _unit(node, currency)
    if unit is not None:
        return show(number, unit.in_currency(currency), 9)
    return readable(number, 9) if node.type == NUMBER_TYPE else mean(node, number, currency)


def symbol(node: Node) -> str | None:
    """The word that a choice, a text or a reference is set to; None for values that are numbers."""
    return node.term.value if isinstance(node.term, Symbol) else None


def converted(unit: Unit, currency: str) -> Unit:
    """The unit of an amount that has been converted into `currency`."""
    if unit.currency is None or unit.currency == currency:
        return unit.in_currency(currency)
    word = re.compile(rf"(?<![A-Za-z0-9]){re.escape(unit.currency)}(?![A-Za-z0-9])")
    text, one, many = (word.sub(currency, form) for form in (unit.text, unit.one, unit.many))
    return replace(unit, text=text, one=one, many=many, currency=currency)


def month(number: int) -> str:
    """A month counted from the year 0, as `2026-01`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def add_up(parts: tuple[float, ...], unit: int = 1) -> tuple[tuple[int, ...], int]:
    """The parts and their total as whole multiples of `unit`, rounded so that the parts add up to the total as shown.

    By the largest remainder (Hamilton's method): each part is off by less than one.
    """
    exact = [Decimal(f"{part / unit:.14e}") for part in parts]
    floors = [int(number.to_integral_value("ROUND_FLOOR")) for number in exact]
    total = whole(fsum(parts), unit)
    by_remainder = sorted(range(len(parts)), key=lambda index: (floors[index] - exact[index], index))
    raised = frozenset(by_remainder[: total - sum(floors)])
    return tuple(floor + (index in raised) for index, floor in enumerate(floors)), total


def whole(amount: float, unit: int = 1) -> int:
    """Rounded to a multiple of `unit`, and that in units; half to even."""
    return int(Decimal(f"{amount / unit:.14e}").to_integral_value())


def scale(largest: float, thousands_from: float = 1_000_000) -> int:
    """The multiple in which a table of whole amounts is shown."""
    return 1000 if abs(largest) >= thousands_from else 1


def scaled_currency(unit: int, currency: str) -> str:
    return f"thousand {currency}" if unit == 1000 else currency


def _unit(node: Node, currency: str) -> Unit | None:
    return converted(node.unit, currency) if node.unit is not None and node.unit.text else None
