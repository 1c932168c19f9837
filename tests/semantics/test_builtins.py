from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from tcolang.base.registry import collect
from tcolang.engine.functions import functions
from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.signature import signature

START = 2026 * 12
View = Literal["cash", "charge", "resale", "at_horizon"]
BUILTINS = collect("tcolang.semantics.builtins", Builtin)


def value(
    name: str,
    *arguments: ArrayLike | None,
    months: int = 12,
    view: View = "cash",
    groups: int = 1,
    **settings: Any,
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """A flat list is a row per month; lists of lists have a column per future."""
    month = np.arange(months, dtype=float)[:, None]
    calc = Calculation(np, month, months, START, view, groups, settings)
    with np.errstate(all="ignore"):
        result: np.ndarray[tuple[int, int], np.dtype[np.float64]] = functions()[name].apply(
            calc, *(None if argument is None else shaped(argument) for argument in arguments)
        )
    return result


def shaped(argument: ArrayLike) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    array = np.asarray(argument, dtype=float)
    return array[:, None] if array.ndim == 1 else np.atleast_2d(array)


def futures(*numbers: float) -> list[list[float]]:
    return [list(numbers)]


def by_month(
    name: str, *arguments: ArrayLike | None, months: int = 12, view: View = "cash", **settings: Any
) -> list[float]:
    result = value(name, *arguments, months=months, view=view, **settings)
    return [float(number) for number in np.broadcast_to(result, (months, 1))[:, 0]]


def one(name: str, *arguments: ArrayLike | None, months: int = 12, **settings: Any) -> float:
    result = value(name, *arguments, months=months, **settings)
    assert result.shape == (1, 1)
    return float(result[0, 0])


# Declarations


@pytest.mark.parametrize("builtin", BUILTINS, ids=lambda b: b.name)
def test_a_declaration_is_complete(builtin: Builtin) -> None:
    shape = signature(builtin.signature)
    assert shape.parameters
    assert builtin.summary.endswith(".")
    assert builtin.examples
    assert all(builtin.name in expression for expression, _ in builtin.examples)
    optional = [parameter.optional for parameter in shape.parameters]
    assert optional == sorted(optional), "optional arguments come last"


# Growth


def test_growth_keeps_its_period_and_compounds() -> None:
    path = by_month("grow", 100.0, 0.35, months=25, period=12.0)
    assert path[0] == 100.0
    assert path[12] == pytest.approx(135.0, rel=1e-14)
    assert path[24] == pytest.approx(182.25, rel=1e-14)
    assert path[6] == pytest.approx(100.0 * math.sqrt(1.35), rel=1e-14)


def test_a_decline_of_35_percent_a_year_leaves_65_percent() -> None:
    path = by_month("decline", 100.0, 0.35, months=25, period=12.0)
    assert path[12] == pytest.approx(65.0, rel=1e-14)
    assert path[24] == pytest.approx(42.25, rel=1e-14)


def test_a_rate_without_period_is_per_month() -> None:
    assert by_month("decline", 100.0, 0.02, months=3) == pytest.approx([100.0, 98.0, 96.04])


def test_growth_counts_from_its_origin() -> None:
    path = by_month("grow", 100.0, 0.1, months=2, period=12.0, origin=START - 12)
    assert path[0] == pytest.approx(110.0, rel=1e-14)


def test_a_rate_that_changes_compounds_month_by_month() -> None:
    assert by_month("grow", 100.0, [0.1, 0.1, 0.2, 0.2], months=4) == pytest.approx([100.0, 110.0, 121.0, 145.2])


# Changes at a date


def test_phase_in_is_a_straight_line() -> None:
    assert by_month("phase_in", 100.0, START + 1, 4.0, months=7) == [0.0, 0.0, 25.0, 50.0, 75.0, 100.0, 100.0]
    assert by_month("phase_in", 100.0, START + 2, 0.0, months=4) == [0.0, 0.0, 100.0, 100.0]


def test_step_counts_from_the_first_of_the_next_month() -> None:
    assert by_month("step", 1.0, 2.0, START + 2, months=4) == [1.0, 1.0, 2.0, 2.0]
    assert by_month("step", 1.0, 2.0, START + 1.5, months=4) == [1.0, 1.0, 2.0, 2.0]
    assert by_month("step", 1.0, 2.0, START - 7, months=2) == [2.0, 2.0]


# Payments


def test_once_is_paid_in_the_month_of_the_date() -> None:
    assert by_month("once", 500.0, START + 2.4, months=4) == [0.0, 0.0, 500.0, 0.0]
    assert by_month("once", 500.0, START - 1, months=2) == [0.0, 0.0]
    assert by_month("once", 500.0, START + 2, months=2) == [0.0, 0.0]


def test_every_comes_back() -> None:
    assert by_month("every", 10.0, 3.0, months=7) == [10.0, 0.0, 0.0, 10.0, 0.0, 0.0, 10.0]
    assert by_month("every", 10.0, 2.0, START + 1, months=4) == [0.0, 10.0, 0.0, 10.0]
    assert by_month("every", 10.0, 3.0, START - 2, months=4) == [0.0, 10.0, 0.0, 0.0]


def test_every_week_is_paid_for_each_of_its_days_in_a_month() -> None:
    week = 7 * 24 / 730
    paid = by_month("every", 10.0, week, months=12)
    # 365 days and a first payment on day 0: days 0, 7, … 364.
    assert sum(paid) == 530.0
    assert set(paid) == {40.0, 50.0}


def test_every_without_a_period_is_not_a_number() -> None:
    assert math.isnan(by_month("every", 10.0, 0.0, months=1)[0])


# A purchase table as in a spreadsheet: 2, 2, 5, 5, 3, 3 servers, each living 3 months, bought at falling prices.
#   month 0: 2 at 100                            month 3: the 2 are gone (20 back), 2 at 70
#   month 2: 3 more at 80                        month 5: the 3 are gone (30 back), 1 at 50
NEEDED = [2.0, 2.0, 5.0, 5.0, 3.0, 3.0]
PRICES = [100.0, 90.0, 80.0, 70.0, 60.0, 50.0]


def test_capex_in_cash() -> None:
    assert by_month("capex", NEEDED, PRICES, 3.0, 10.0, months=6) == [200.0, 0.0, 240.0, 120.0, 0.0, 20.0]
    assert by_month("capex", NEEDED, PRICES, 3.0, months=6) == [200.0, 0.0, 240.0, 140.0, 0.0, 50.0]


def test_capex_as_charge() -> None:
    # 2 × 90 ÷ 3 in months 0–2, 3 × 70 ÷ 3 in 2–4, 2 × 60 ÷ 3 in 3–5, 40 ÷ 3 in 5.
    charge = by_month("capex", NEEDED, PRICES, 3.0, 10.0, months=6, view="charge")
    assert charge == pytest.approx([60.0, 60.0, 130.0, 110.0, 110.0, 40.0 + 40.0 / 3.0])


def test_capex_brings_back_the_resale_of_what_is_alive_at_the_horizon() -> None:
    # The 2 of month 3, whose life ends with the horizon, and the 1 of month 5.
    assert value("capex", NEEDED, PRICES, 3.0, 10.0, months=6, view="at_horizon").tolist() == [[-30.0]]


@pytest.mark.parametrize("life", [2.0, [2.0, 2.0, 2.0, 2.0, 2.0]])
def test_capex_tells_what_comes_back_within_the_horizon_from_what_does_at_its_end(life: float | list[float]) -> None:
    """Bought in months 0, 2 and 4 of five; the last one is alive at the end. Lives that are the same in all months take
    another way than one life."""
    within = value("capex", [1.0] * 5, 100.0, life, 30.0, months=5, view="resale")
    assert within[:, 0].tolist() == [0.0, 0.0, -30.0, 0.0, -30.0]
    assert value("capex", [1.0] * 5, 100.0, life, 30.0, months=5, view="at_horizon").tolist() == [[-30.0]]


def test_each_future_buys_for_itself() -> None:
    both = [[2.0, 1.0], [2.0, 3.0], [2.0, 3.0]]
    found = value("capex", both, 10.0, futures(2.0, 3.0), months=3)
    assert found.tolist() == [[20.0, 10.0], [0.0, 20.0], [20.0, 0.0]]


def test_a_rounding_error_buys_nothing() -> None:
    assert by_month("capex", [0.3, 0.1 + 0.2], 1e9, 12.0, months=2) == [0.3e9, 0.0]


def test_a_life_that_is_not_a_number_shows() -> None:
    assert math.isnan(by_month("capex", 1.0, 100.0, math.nan, months=2)[0])


@given(
    st.integers(1, 9),
    st.lists(st.floats(0.0, 50.0), min_size=1, max_size=24),
    st.floats(10.0, 1000.0),
    st.floats(0.0, 1.0),
)
def test_cash_is_charge_and_what_is_not_worn_off(life: int, needed: list[float], price: float, part: float) -> None:
    months, resale = len(needed), part * price
    cash, charge, back = (
        float(value("capex", needed, price, float(life), resale, months=months, view=view).sum())
        for view in ("cash", "charge", "at_horizon")
    )
    # Each unit in use wears off by a part of its life a month; what is bought is found from cash without resale.
    spent = by_month("capex", needed, price, float(life), months=months)
    left = sum(
        paid / price * (price - resale) * max(0, month + life - months) / life for month, paid in enumerate(spent)
    )
    assert cash + back == pytest.approx(charge + left, rel=1e-9, abs=1e-6)


@given(st.integers(1, 6), st.integers(1, 6), st.floats(1.0, 99.0), st.floats(0.0, 1.0))
def test_cash_and_charge_are_the_same_over_whole_lives(life: int, lives: int, price: float, part: float) -> None:
    views = [
        float(value("capex", 7.0, price, float(life), part * price, months=life * lives, view=view).sum())
        for view in ("cash", "charge", "at_horizon")
    ]
    assert views[0] + views[2] == pytest.approx(views[1], rel=1e-12)


# `npf.pmt(0.075/12, 12*15, 200000)` and the loan of the documentation of numpy-financial.


def test_annuity_is_the_published_payment() -> None:
    paid = by_month("annuity", 200_000.0, 180.0, 0.075 / 12, months=181)
    assert paid[0] == pytest.approx(1854.0247200054619, abs=1e-8)
    assert paid[179] == paid[0]
    assert paid[180] == 0.0


def test_annuity_pays_the_published_loan() -> None:
    # 2,500 at 8.24 % a year compounded monthly over 12 months: 17.17 interest and 200.58 repaid in the first month.
    payment = by_month("annuity", 2500.0, 12.0, 0.0824 / 12)[0]
    assert payment == pytest.approx(217.75, abs=0.005)
    balance = 2500.0
    for _ in range(12):
        balance = balance * (1 + 0.0824 / 12) - payment
    assert balance == pytest.approx(0.0, abs=1e-9)


def test_annuity_leaves_the_resale_unpaid() -> None:
    payment = by_month("annuity", 1000.0, 10.0, 0.01, 300.0, months=10)[0]
    balance = 1000.0
    for _ in range(10):
        balance = balance * 1.01 - payment
    assert balance == pytest.approx(300.0, rel=1e-12)


def test_annuity_without_interest_is_the_limit() -> None:
    assert by_month("annuity", 1200.0, 10.0, 0.0, 200.0, months=10) == [100.0] * 10
    assert by_month("annuity", 1200.0, 10.0, 1e-13, 200.0, months=1)[0] == pytest.approx(100.0, rel=1e-11)


def test_annuity_takes_a_rate_per_year() -> None:
    monthly = 1.08 ** (1 / 12) - 1
    yearly = by_month("annuity", 500.0, 24.0, 0.08, months=1, period=12.0)
    assert yearly == pytest.approx([500.0 * monthly / (1 - (1 + monthly) ** -24)], rel=1e-12)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("once", (1.0, START)), ("every", (1.0, 1.0)), ("annuity", (1.0, 12.0, 0.01, 0.5))],
)
def test_only_purchases_bring_something_back(name: str, arguments: tuple[float, ...]) -> None:
    assert value(name, *arguments, view="at_horizon").tolist() == [[0.0]]
    assert by_month(name, *arguments, view="charge") == by_month(name, *arguments)


# Flows over time


def test_flows_over_time() -> None:
    flow = [1.0, 2.0, 3.0, 4.0]
    assert by_month("delay", flow, 1.5, months=4) == [0.0, 0.0, 1.0, 2.0]
    assert by_month("delay", flow, 9.0, months=4) == [0.0] * 4
    assert by_month("cumulative", flow, months=4) == [1.0, 3.0, 6.0, 10.0]
    assert by_month("cumulative", 2.0, months=3) == [2.0, 4.0, 6.0]
    assert one("total", flow, months=4) == 10.0
    assert one("total", 2.0, months=4) == 8.0
    assert one("average", flow, months=4) == 2.5
    assert by_month("peak_so_far", [1.0, 3.0, 2.0, 4.0], months=4) == [1.0, 3.0, 3.0, 4.0]


def test_each_future_has_its_delay() -> None:
    assert value("delay", [1.0, 2.0], futures(0.0, 1.0), months=2).tolist() == [[1.0, 0.0], [2.0, 1.0]]
    assert math.isnan(by_month("delay", 1.0, -1.0, months=1)[0])


def test_the_first_year_may_be_shorter() -> None:
    rising = [float(month) for month in range(24)]
    assert one("first_year", rising, months=24) == 5.5
    assert one("first_year", rising[:3], months=3) == 1.0


def test_in_month() -> None:
    flow = [1.0, 2.0, 3.0]
    assert one("in_month", flow, START + 1.9, months=3) == 2.0
    assert math.isnan(one("in_month", flow, START + 3, months=3))
    assert math.isnan(one("in_month", flow, START - 1, months=3))


# Whole things


@pytest.mark.parametrize(
    ("name", "given_", "expected"),
    [
        ("ceil", 3.2, 4.0),
        ("ceil", 3.0 + 1e-10, 3.0),
        ("ceil", 3.0 + 1e-8, 4.0),
        ("ceil", 1e-13, 0.0),
        ("ceil", 1e-6, 1.0),
        ("ceil", 0.1 * 3 / 0.1, 3.0),
        ("ceil", -1.5, -1.0),
        ("floor", 2.999999999999, 3.0),
        ("floor", 2.9, 2.0),
        ("round", 2.5, 3.0),
        ("round", -2.5, -3.0),
        ("round", 2.4, 2.0),
        ("round", 0.5 - 1e-13, 1.0),
        ("abs", -2.5, 2.5),
    ],
)
def test_whole_things(name: str, given_: float, expected: float) -> None:
    assert one(name, given_) == expected


def test_min_and_max_are_taken_elementwise() -> None:
    assert value("min", futures(1.0, 5.0), 3.0).tolist() == [[1.0, 3.0]]
    assert value("max", futures(1.0, 5.0), 3.0, 4.0).tolist() == [[4.0, 5.0]]


def test_scale_runs_both_ways_and_stops_at_its_ends() -> None:
    assert one("scale", 3.0, 2.0, 6.0) == 0.25
    assert one("scale", 3.0, 6.0, 2.0) == 0.75
    assert one("scale", 1.0, 2.0, 6.0) == 0.0
    assert one("scale", 9.0, 2.0, 6.0) == 1.0
    assert math.isnan(one("scale", 9.0, 2.0, 2.0))


# Statistics


TEN = futures(*(float(number) for number in range(10, 110, 10)))


def test_percentiles_are_linear_between_the_nearest_futures() -> None:
    # Ten values, so the 5th percentile lies 0.45 of the way from the first to the second, the 80th 0.2 past the 8th.
    assert one("p5", TEN) == pytest.approx(14.5)
    assert one("p50", TEN) == pytest.approx(55.0)
    assert one("p80", TEN) == pytest.approx(82.0)
    assert one("percentile", TEN, 0.25) == pytest.approx(32.5)
    assert [one(f"p{p}", TEN) for p in (10, 25, 75, 90, 95)] == pytest.approx([19.0, 32.5, 77.5, 91.0, 95.5])


def test_mean_and_chance() -> None:
    assert one("mean", TEN) == 55.0
    assert one("chance", futures(1.0, 0.0, 0.0, 1.0, 1.0)) == 0.6
    assert one("mean", futures(*[0.1] * 7)) == 0.1


def test_statistics_are_taken_within_each_group() -> None:
    assert value("mean", futures(1.0, 3.0, 10.0, 30.0), groups=2).tolist() == [[2.0, 20.0]]


def test_a_plan_covers_the_need_when_it_comes() -> None:
    # P80 of two futures is the higher one: only that covers four in five.
    demand = [[10.0, 20.0], [20.0, 30.0], [50.0, 60.0], [70.0, 80.0]]
    assert by_month("plan", demand, 0.8, months=4) == [20.0, 30.0, 60.0, 80.0]
    assert by_month("plan", demand, 0.8, 1.5, months=4) == [60.0, 80.0, 80.0, 80.0]
    assert by_month("plan", demand, 0.8, 99.0, months=4) == [80.0] * 4
    assert math.isnan(by_month("plan", demand, 0.8, -1.0, months=4)[0])


# Queues: a published exercise and the example of pyworkforce's documentation.


def test_erlang_c() -> None:
    assert one("erlang_c", 10.0, 6.0) == pytest.approx(0.10129924268741751, rel=1e-12)
    assert one("erlang_c", 14.0, 10.0) == pytest.approx(0.1741319335950498, rel=1e-12)


def test_erlang_c_at_its_edges() -> None:
    # With one server the chance to wait is how busy it is.
    assert one("erlang_c", 1.0, 0.3) == pytest.approx(0.3)
    assert one("erlang_c", 4.0, 4.0) == 1.0
    assert one("erlang_c", 0.0, 2.0) == 1.0
    assert one("erlang_c", 3.0, 0.0) == 0.0
    assert one("erlang_c", 14.9, 10.0) == pytest.approx(0.1741319335950498, rel=1e-12)
    assert math.isnan(one("erlang_c", 20_000.0, 10.0))
    assert math.isnan(one("erlang_c", 3.0, -1.0))
