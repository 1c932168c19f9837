"""When an option has paid for itself."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tcolang.base.record import record


@record
class Paid:
    """What an option pays, month by month: `at_once` at the start of each month, `evenly` over it, `at_end` when it
    ends."""

    at_once: Sequence[float]
    evenly: Sequence[float]
    at_end: Sequence[float]


def payback(option: Paid, baseline: Paid) -> float | None:
    """The time in months from which on the cumulative cost stays at or below that of the baseline, having been above.

    0 where it is never above; None where it is above at the end. Costs within a billionth of each other are equal.
    """
    paid, last = 0.0, 0.0
    at_once = [a - b for a, b in zip(option.at_once, baseline.at_once, strict=True)]
    evenly = [a - b for a, b in zip(option.evenly, baseline.evenly, strict=True)]
    at_end = [a - b for a, b in zip(option.at_end, baseline.at_end, strict=True)]
    zero = _zero(option, baseline)
    for month, (jump, slope, due) in enumerate(zip(at_once, evenly, at_end, strict=True)):
        start, before = paid + jump, paid + jump + slope
        paid = before + due
        if before > zero or paid > zero:
            last = month + 1.0
        elif start > zero:
            # It falls through zero within the month, in a straight line.
            last = month + start / (start - before)
    return None if paid > zero else last


def discounted(paid: Paid, monthly: float) -> Paid:
    """Its present value by month, at a rate per month: what accrues counts as paid when its month starts."""
    factors = [(1.0 + monthly) ** -month for month in range(len(paid.evenly) + 1)]
    return Paid(
        tuple(amount * factor for amount, factor in zip(paid.at_once, factors, strict=False)),
        tuple(amount * factor for amount, factor in zip(paid.evenly, factors, strict=False)),
        tuple(amount * factor for amount, factor in zip(paid.at_end, factors[1:], strict=True)),
    )


def paid_back_by(option: Paid, baseline: Paid) -> int | None:
    """The month, counted from 1, from whose end on the cumulative cost stays at or below that of the baseline; 0 where
    it is never above, None where it is above at the end."""
    months = payback(option, baseline)
    if months is None:
        return None
    # What falls due at the start of a month shows at its end: where the baseline is paid then, that is a month later.
    month = math.ceil(months - 1e-9)
    return month + 1 if month and _total(option, month) > _total(baseline, month) + _zero(option, baseline) else month


def _total(paid: Paid, months: int) -> float:
    return math.fsum((*paid.at_once[:months], *paid.evenly[:months], *paid.at_end[:months]))


def _zero(option: Paid, baseline: Paid) -> float:
    return 1e-9 * math.fsum(abs(v) for each in (option, baseline) for v in (*each.at_once, *each.evenly, *each.at_end))
