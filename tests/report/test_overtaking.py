from __future__ import annotations

from tcolang.report.pages.overtaking import cheapest_by_month


def test_the_month_in_which_the_cheapest_changes() -> None:
    """Bought for 50 and 10 a month, against 25 a month: 60, 70, 80, 90 against 25, 50, 75, 100."""
    sums = {"own": (60.0, 70.0, 80.0, 90.0), "api": (25.0, 50.0, 75.0, 100.0)}
    assert cheapest_by_month(sums) == [(0, "api"), (3, "own")]


def test_what_costs_the_same_changes_nothing() -> None:
    sums = {"a": (1.0, 3.0, 3.0), "b": (2.0, 3.0, 3.0)}
    assert cheapest_by_month(sums) == [(0, "a")]


def test_there_and_back() -> None:
    sums = {"a": (1.0, 3.0, 4.0), "b": (2.0, 2.0, 5.0)}
    assert cheapest_by_month(sums) == [(0, "a"), (1, "b"), (2, "a")]
