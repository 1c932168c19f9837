from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.engine.payback import Paid, discounted, paid_back_by, payback


def evenly(*months: float) -> Paid:
    return paid((0.0,) * len(months), months)


def paid(at_once: Sequence[float], all_else: Sequence[float], at_end: Sequence[float] = ()) -> Paid:
    return Paid(at_once, all_else, at_end or (0.0,) * len(at_once))


@pytest.mark.parametrize(
    ("option", "baseline", "expected"),
    [
        # 4,000 at once saves 185 a month: 4000 / 185.
        (paid((4000.0, *(0.0,) * 23), (0.0,) * 24), evenly(*(185.0,) * 24), 4000 / 185),
        # 100 at once and 10 a month against 30 a month: 100 / 20.
        (paid((100.0, *(0.0,) * 5), (10.0,) * 6), evenly(*(30.0,) * 6), 5.0),
        (paid((100.0, 0.0, 0.0), (10.0,) * 3), evenly(30.0, 30.0, 30.0), None),
        (evenly(10.0, 10.0), evenly(30.0, 30.0), 0.0),
        (evenly(30.0, 30.0), evenly(30.0, 30.0), 0.0),
        # Bought again after three months, when 20 are saved: 30 more to save at 30 a month.
        (paid((70.0, 0.0, 0.0, 50.0, 0.0, 0.0), (0.0,) * 6), evenly(*(30.0,) * 6), 4.0),
        # Cheaper at first, dearer in the end.
        (evenly(10.0, 10.0, 90.0), evenly(30.0, 30.0, 30.0), None),
        (evenly(0.1, 0.2), evenly(0.0, 0.3), 2.0),
        (evenly(), evenly(), 0.0),
        # An instalment of 40 is paid when the month ends: never above before, and above from then on.
        (paid((0.0, 0.0), (0.0, 0.0), (40.0, 0.0)), evenly(10.0, 30.0), 2.0),
        (paid((0.0, 0.0), (0.0, 0.0), (40.0, 40.0)), evenly(30.0, 30.0), None),
        # 60 at once, 30 a month saved, and the baseline's own 50 fall due at the end of the first.
        (paid((60.0, 0.0), (0.0, 0.0)), paid((0.0, 0.0), (30.0, 30.0), (50.0, 0.0)), 1.0),
    ],
)
def test_payback(option: Paid, baseline: Paid, expected: float | None) -> None:
    found = payback(option, baseline)
    assert found == (None if expected is None else pytest.approx(expected, rel=1e-12))


# The month that a report names


def at_the_ends(paid: Paid) -> list[float]:
    months = zip(paid.at_once, paid.evenly, paid.at_end, strict=True)
    return list(accumulate(once + all_ + end for once, all_, end in months))


@pytest.mark.parametrize(
    ("option", "baseline", "month"),
    [
        # After month 21 the baseline has cost 3,885, after month 22 it has cost 4,070.
        (paid((4000.0, *(0.0,) * 23), (0.0,) * 24), evenly(*(185.0,) * 24), 22),
        # Equal when the fifth month ends.
        (paid((100.0, *(0.0,) * 5), (10.0,) * 6), evenly(*(30.0,) * 6), 5),
        # Paid back within the month in which it is bought.
        (paid((10.0, 0.0), (0.0, 0.0)), evenly(30.0, 30.0), 1),
        # The baseline buys when the second month starts, which the end of the first does not show.
        (evenly(10.0, 10.0, 10.0), paid((0.0, 50.0, 0.0), (0.0,) * 3), 2),
        (paid((100.0, 0.0, 0.0), (10.0,) * 3), evenly(30.0, 30.0, 30.0), None),
        (evenly(10.0, 10.0), evenly(30.0, 30.0), 0),
        (evenly(30.0, 30.0), evenly(30.0, 30.0), 0),
    ],
)
def test_the_month_paid_back_by(option: Paid, baseline: Paid, month: int | None) -> None:
    assert paid_back_by(option, baseline) == month


amounts = st.lists(st.integers(0, 5), min_size=6, max_size=6)


@given(amounts, amounts, amounts, amounts, amounts)
def test_the_month_agrees_with_a_table_of_totals(
    a: list[int], b: list[int], c: list[int], d: list[int], e: list[int]
) -> None:
    option, baseline = Paid(a, b, e), paid(c, d)
    found = paid_back_by(option, baseline)
    ahead = [one > other for one, other in zip(at_the_ends(option), at_the_ends(baseline), strict=True)]
    if found is None:
        assert ahead[-1]
        return
    assert not any(ahead[max(found, 1) - 1 :])
    # In the month before it is ahead, unless what it buys in this one brings it there for a while.
    starts = [0.0, *at_the_ends(option)]
    others = [0.0, *at_the_ends(baseline)]
    if found > 0:
        again = starts[found - 1] + a[found - 1] > others[found - 1] + c[found - 1]
        assert again or (found > 1 and ahead[found - 2])


def test_discounted_payback_adds_up_what_each_month_is_worth() -> None:
    # 4,000 at once saves 185 a month, at 1% a month: n months are worth 185 (1 - 1.01^-n) 1.01 / 0.01.
    option, baseline = paid((4000.0, *(0.0,) * 35), (0.0,) * 36), evenly(*(185.0,) * 36)
    found = payback(discounted(option, 0.01), discounted(baseline, 0.01))
    whole = int(-math.log(1 - 4000 * 0.01 / (1.01 * 185)) / math.log(1.01))
    saved = 185 * (1 - 1.01**-whole) * 1.01 / 0.01
    assert found == pytest.approx(whole + (4000 - saved) * 1.01**whole / 185, rel=1e-12)
    assert found is not None and found > 4000 / 185


def test_an_instalment_is_discounted_over_its_month() -> None:
    assert discounted(paid((110.0,) * 2, (0.0,) * 2, (121.0,) * 2), 0.1).at_end == pytest.approx((110.0, 100.0))
