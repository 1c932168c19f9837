from __future__ import annotations

import math

import numpy as np
import pytest

from tests.semantics.test_builtins import futures, one, value

NAN = math.nan


def test_sums_and_products() -> None:
    assert value("sum", futures(1.0, 2.0), 3.0, futures(10.0, 20.0), signs=(1, -1, 1)).tolist() == [[8.0, 19.0]]
    assert one("sum", 1.0, 2.0, signs=(-1, -1)) == -3.0
    assert one("product", 2.0, 3.0, 4.0, powers=(-1, 1, -1)) == 0.375
    assert one("product", 2.0, 3.0) == 6.0
    assert one("negate", 2.0) == -2.0


def test_no_argument_is_written_to() -> None:
    first, second = np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]])
    assert value("sum", first, second, second, second).tolist() == [[10.0, 14.0]]
    assert (first.tolist(), second.tolist()) == ([[1.0, 2.0]], [[3.0, 4.0]])


def test_powers() -> None:
    assert [one("power", 3.0, exponent=e) for e in (0, 1, 2, 9)] == [1.0, 3.0, 9.0, 19683.0]
    assert one("power", 2.0, exponent=-3) == 0.125


def test_what_is_divided_by_zero_is_not_a_number_however_often() -> None:
    assert math.isnan(one("product", 1.0, 0.0, powers=(1, -1)))
    assert math.isnan(one("power", 0.0, exponent=-1))
    twice = one("product", 5.0, value("product", 1.0, 0.0, powers=(1, -1)), powers=(1, -1))
    assert math.isnan(twice)


@pytest.mark.parametrize("operator", ["==", "!=", "<", "<=", ">", ">="])
def test_comparisons_do_not_see_rounding_errors(operator: str) -> None:
    decide = {"==": True, "!=": False, "<": False, "<=": True, ">": False, ">=": True}
    assert one(operator, 0.1 + 0.2, 0.3) == decide[operator]
    assert one(operator, 0.0, 0.0) == decide[operator]
    assert one(operator, 1.0, 2.0) == eval_of(operator, 1, 2)
    assert one(operator, 2.0, 1.0) == eval_of(operator, 2, 1)
    assert math.isnan(one(operator, NAN, 1.0))


def eval_of(operator: str, a: int, b: int) -> bool:
    return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [(1, 1, 1, 1), (1, 0, 0, 1), (0, 0, 0, 0), (NAN, 0, 0, NAN), (NAN, 1, NAN, 1), (0, NAN, 0, NAN)],
)
def test_logic_of_what_may_not_be_a_number(a: float, b: float, both: float, either: float) -> None:
    assert one("and", a, b) == pytest.approx(both, nan_ok=True)
    assert one("or", a, b) == pytest.approx(either, nan_ok=True)
    assert one("not", a) == pytest.approx(1.0 - a, nan_ok=True)


def test_if_chooses_future_by_future() -> None:
    assert value("if", futures(1.0, 0.0), futures(1.0, NAN), 7.0).tolist() == [[1.0, 7.0]]
    assert math.isnan(one("if", NAN, 1.0, 2.0))


def test_membership_and_nearness() -> None:
    assert value("in", futures(1.0, 2.0, 3.0), 1.0, 3.0).tolist() == [[1.0, 0.0, 1.0]]
    assert one("approx", 10.0, 10.5, 0.5, relative=False) == 1.0
    assert one("approx", 10.0, 11.0, 0.05, relative=True) == 0.0
    assert one("approx", 10.6, 11.0, 0.05, relative=True) == 1.0


# Published examples of `npv` in the documentation of numpy-financial.


def test_discounting_reproduces_published_values() -> None:
    flow = [-40_000.0, 5_000.0, 8_000.0, 12_000.0, 30_000.0]
    assert one("discounted", flow, 0.08, months=5) == pytest.approx(3065.22267, abs=5e-6)
    assert one("discounted", [-4000.0, 500.0, 800.0], 0.05, months=3) == pytest.approx(-2798.19, abs=0.005)
    assert one("discounted", [-5000.0, 600.0, 900.0], 0.1, months=3) == pytest.approx(-3710.74, abs=0.005)


def test_discounting_keeps_the_period_of_its_rate() -> None:
    paid = [0.0] * 12 + [110.0]
    assert one("discounted", paid, 0.1, months=13, period=12.0) == pytest.approx(100.0, rel=1e-14)


def test_what_comes_back_is_discounted_from_the_horizon() -> None:
    assert one("discounted", 0.0, 0.1, -121.0, months=24, period=12.0) == pytest.approx(-100.0, rel=1e-14)
    by_month = [-7.0, -121.0]
    assert one("discounted", 0.0, 0.1, by_month, months=2) == pytest.approx(-100.0, rel=1e-14)


def test_a_discount_rate_that_changes_holds_month_by_month() -> None:
    assert one("discounted", [0.0, 0.0, 132.0], [0.1, 0.2, 0.9], months=3) == pytest.approx(100.0, rel=1e-14)


def test_a_deployment_serves_once_its_lead_time_is_over() -> None:
    assert value("live", 1.5, months=4).ravel().tolist() == [0.0, 0.0, 1.0, 1.0]
    assert value("live", futures(0.0, 2.0), months=3).tolist() == [[1.0, 0.0], [1.0, 0.0], [1.0, 1.0]]


# Two streams, one by day and one by night.
DAY = (2.0,) * 12 + (0.0,) * 12
NIGHT = (0.0,) * 12 + (4.0,) * 12


def test_the_peak_of_summed_curves_is_below_the_sum_of_the_peaks() -> None:
    by_hour = (DAY * 7, NIGHT * 7)
    assert one("peak_flow", 10.0, 2.0, 3.0, 2.0, profiles=by_hour) == 20.0
    assert one("peak_flow", 10.0, 2.0, 3.0, 2.0, profiles=(DAY * 7, DAY * 7)) == 26.0
    assert one("peak_flow", 10.0, 2.0, 3.0, 2.0, profiles=(DAY * 7, None)) == 26.0
    assert one("peak_flow", 10.0, 3.0, 3.0, 2.0) == 36.0


def test_each_future_has_its_peak_hour() -> None:
    found = value("peak_flow", futures(10.0, 1.0), 1.0, futures(3.0, 8.0), 1.0, profiles=(DAY * 7, NIGHT * 7))
    assert found.tolist() == [[20.0, 16.0]]


def test_a_negative_flow_may_peak_where_the_curve_is_low() -> None:
    assert one("peak_flow", -10.0, 1.0, profiles=(DAY * 7,)) == 0.0


def test_the_share_of_the_largest_vendor_is_of_means() -> None:
    assert one("share_of_largest", futures(10.0, 30.0), 12.0, futures(50.0, 30.0)) == 0.5
    assert one("share_of_largest", 0.0) == 0.0
    assert one("share_of_largest", 0.0, 0.0) == 0.0
