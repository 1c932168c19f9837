from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.base.limits import Limits
from tcolang.base.record import replace
from tcolang.engine.breakeven import break_even, curve, refused, study_volume
from tcolang.engine.crossings import Search, find_crossings, unsearched
from tcolang.engine.evaluate import evaluate
from tcolang.engine.evaluation import Values
from tcolang.engine.plan import make_plan
from tcolang.engine.settings import Settings
from tcolang.engine.size import size_of
from tcolang.model.costmodel import CostModel
from tests.engine.made import apply, growth, model, node, over, percentile, spread, times, total_of

Curve = Callable[[Values], Values]


def crossings(
    one: Curve, other: Curve, span: tuple[float, float] = (1 / 64, 64.0), budget: int = 8192, noise: float = 0.0
) -> Search:
    def costs(x: Values) -> Values:
        return np.stack([one(x), other(x)])

    factors = np.geomspace(*span, 33)
    return find_crossings(costs, unsearched(factors, costs(factors)), parts=16, budget=budget, noise=noise)


def pool(tokens_per_step: float, per_step: float, base: float) -> Curve:
    return lambda x: per_step * np.ceil(x / tokens_per_step) + base


# Closed forms


def test_two_lines_meet_once() -> None:
    found = crossings(lambda x: 3.0 * x + 1.0, lambda x: x + 5.0)
    (only,) = found.crossings
    assert only.factor == pytest.approx(2.0, rel=1e-12)
    assert (only.kind, only.first_below, found.proven) == ("equal", True, True)


def test_curves_meet_too() -> None:
    found = crossings(lambda x: x * x, lambda x: 3.0 * x - 2.0)
    assert [c.factor for c in found.crossings] == pytest.approx([1.0, 2.0], rel=1e-9)
    assert [c.first_below for c in found.crossings] == [False, True]


def test_a_jump_over_the_other_cost_is_a_step() -> None:
    found = crossings(lambda x: np.where(x > math.pi, 10.0, 0.0), lambda x: np.full_like(x, 5.0))
    (only,) = found.crossings
    assert only.kind == "step"
    assert only.factor == pytest.approx(math.pi, rel=1e-9)
    assert only.factor <= math.pi


def test_a_sliver_before_a_step_is_found() -> None:
    # At the end of the third step the pool is cheaper for the last ten-millionth of it.
    found = crossings(lambda x: x, pool(10.0, 9.999, 0.002997), (1.0, 35.0))
    assert [c.kind for c in found.crossings] == ["equal", "step"]
    assert [c.factor for c in found.crossings] == pytest.approx([29.999997, 30.0], rel=1e-9)
    assert found.proven


def test_a_staircase_that_never_pays_is_not_reached() -> None:
    found = crossings(lambda x: 0.9 * x, pool(1.0, 1.0, 0.0))
    assert (found.crossings, found.proven) == ((), True)


def test_equal_costs_do_not_cross() -> None:
    found = crossings(lambda x: 2.0 * x, lambda x: x + x)
    assert (found.crossings, found.proven) == ((), True)


def test_touching_is_not_crossing() -> None:
    found = crossings(lambda x: np.maximum(x, 4.0), lambda x: np.minimum(x, 4.0))
    assert found.crossings == ()


def test_a_search_that_stops_early_says_so() -> None:
    found = crossings(lambda x: x, pool(0.001, 0.001, 1e-5), (1.0, 60.0), budget=60)
    assert not found.proven


def test_what_is_sure_to_cross_goes_first_where_the_search_is_short() -> None:
    # A staircase too fine to be followed next to the other curve, and one jump far above it.
    def jumps(x: Values) -> Values:
        return x + np.where(x > math.e, 40.0, 0.0) - np.where(x > 9.0, 41.0, 0.0)

    found = crossings(jumps, pool(0.001, 0.001, 1e-5), (2.0, 8.0), budget=400)
    assert not found.proven
    assert any(c.factor == pytest.approx(math.e, rel=1e-9) and c.kind == "step" for c in found.crossings)


def test_costs_that_are_no_numbers_prove_nothing() -> None:
    assert not crossings(lambda x: np.where(x < 1.0, np.nan, x), lambda x: x + 1.0).proven


@given(st.floats(0.5, 3.0), st.floats(0.2, 2.0), st.floats(0.0, 5.0))
def test_every_step_is_where_the_closed_form_says(size: float, price: float, base: float) -> None:
    """A hosted price of 1 per unit against a pool: within step n equal at n × price + base, lost again at n × size."""
    span = (0.25, 40.0)
    expected: list[float] = []
    below = span[0] < price * math.ceil(span[0] / size) + base
    for n in range(1, math.ceil(span[1] / size) + 1):
        start, end = max((n - 1) * size, span[0]), min(n * size, span[1])
        level = n * price + base
        if start >= end:
            continue
        if not below and start < level:
            expected.append(start)
            below = True
        if below and start <= level < end:
            expected.append(level)
            below = False
    clear = [abs(a - b) > 1e-6 * a for a in (n * size for n in range(1, 90)) for b in (a / size * price + base,)]
    if all(clear):
        found = crossings(lambda x: x, pool(size, price, base), span)
        assert [c.factor for c in found.crossings] == pytest.approx(expected, rel=1e-8)
        assert found.proven


def wave(height: float) -> Curve:
    """Rises like 1 + x, in steps of a tenth that it makes up for within each."""
    return lambda x: 1.0 + x + height * np.sin(40.0 * x)


def test_within_the_noise_there_is_one_crossing_or_none() -> None:
    exact = crossings(wave(1e-3), lambda x: 2.0 * x, (0.5, 2.0))
    assert len(exact.crossings) == 1
    trembling = crossings(wave(0.0), lambda x: 1.0 + x + 1e-4 * np.sign(np.sin(20.0 * x)), (0.5, 2.0))
    assert len(trembling.crossings) > 5
    calm = crossings(wave(0.0), lambda x: 1.0 + x + 1e-4 * np.sign(np.sin(20.0 * x)), (0.5, 2.0), noise=1e-3)
    assert calm.crossings == ()
    crossing = crossings(wave(0.0), lambda x: 2.0 * x + 3e-4 * np.sign(np.sin(3e4 * x)), (0.5, 2.0), noise=1e-3)
    (only,) = crossing.crossings
    assert only.factor == pytest.approx(1.0, abs=1e-3)
    assert only.kind == "equal"


def test_clear_crossings_stay_beside_trembling_ones() -> None:
    def both(x: Values) -> Values:
        return 10.0 + (x - 1.0) * (x - 2.0) * (x - 3.0) + 1e-4 * np.sign(np.sin(900.0 * x))

    found = crossings(both, lambda x: np.full_like(x, 10.0), (0.5, 4.0), noise=1e-3)
    assert [c.factor for c in found.crossings] == pytest.approx([1.0, 2.0, 3.0], abs=2e-3)
    assert [c.first_below for c in found.crossings] == [True, False, True]


# Models

# Published by ConfigIQ, in its test of the first crossover on a staircase of replicas: an 80/20 mix of 4,000 and
# 1,000 tokens, 100 output tokens a second and replica, planned to 90 %, 100 hours a month, peak at twice the mean; an
# API at 1 and 3 USD per million tokens against 1 USD an hour and replica, and 30 USD a month.
FIRST_CROSSOVER = 235_714_286
BASE = 100e6


def staircase() -> CostModel:
    capacity = times(100.0, 5.0, 0.9, 100.0, 3600.0, over(1.0, 2.0))
    return model(
        [
            node("tokens", times(BASE, "volume")),
            node("capacity", capacity),
            node("hosted", times("tokens", total_of(times(0.8, 1e-6), times(0.2, 3e-6)))),
            node("replicas", apply("ceil", over("tokens", "capacity"))),
            node("rented", total_of(times("replicas", 100.0, 1.0), 30.0)),
            node("api.tco", apply("discounted", "hosted", growth(0.0))),
            node("pool.tco", apply("discounted", "rented", growth(0.0))),
        ],
        tco={"api": "api.tco", "pool": "pool.tco"},
    )


def test_the_published_first_crossover() -> None:
    found = break_even(staircase(), "pool", "api", Settings())
    assert math.ceil(found.crossings[0].factor * BASE) == FIRST_CROSSOVER
    first = found.crossings[0]
    assert (first.kind, first.cheaper_below, first.cheaper_above) == ("equal", "api", "pool")


def test_every_crossover_of_the_staircase() -> None:
    # Within step n of 81M tokens the pool costs 100 n + 30; from the 10th on the API never comes back.
    found = break_even(staircase(), "pool", "api", Settings())
    expected = [tokens for n in range(3, 10) for tokens in ((100 * n + 30) / 1.4e-6, n * 81e6)] + [1030 / 1.4e-6]
    assert [c.factor * BASE for c in found.crossings] == pytest.approx(expected, rel=1e-8)
    assert [c.kind for c in found.crossings] == ["equal", "step"] * 7 + ["equal"]
    assert [c.cheaper_above for c in found.crossings] == ["pool", "api"] * 7 + ["pool"]
    assert found.proven


def test_the_other_way_round_is_the_same() -> None:
    one, other = (break_even(staircase(), *pair, Settings()) for pair in (("pool", "api"), ("api", "pool")))
    assert [c.cheaper_above for c in one.crossings] == [c.cheaper_above for c in other.crossings]
    assert [c.factor for c in one.crossings] == pytest.approx([c.factor for c in other.crossings], rel=1e-9)


def uncertain() -> CostModel:
    demand = times(spread(80.0, 120.0), "volume")
    size = apply("plan", apply("ceil", over("demand", 130.0)), percentile("P80"))
    return model(
        [
            node("demand", demand),
            node("price", spread(0.8, 1.2)),
            node("size", size),
            node("api.tco", apply("total", times("demand", "price"))),
            node("pool.tco", apply("total", total_of(times("size", 90.0), 70.0))),
        ],
        tco={"api": "api.tco", "pool": "pool.tco"},
    )


def test_expected_costs_are_equal_where_uncertain_options_break_even() -> None:
    found = break_even(uncertain(), "api", "pool", Settings())
    assert found.crossings
    assert found.proven
    for crossing in found.crossings:
        around = [crossing.factor * (1.0 + side * 1e-7) for side in (-1, 0, 1)]
        api, owned = curve(uncertain(), ("api", "pool"), around, Settings())
        if crossing.kind == "equal":
            assert api[1] == pytest.approx(owned[1], rel=1e-9)
        assert (api[0] < owned[0]) == (crossing.cheaper_below == "api")
        assert (api[2] < owned[2]) == (crossing.cheaper_above == "api")


def test_without_a_crossing_in_the_span_it_is_not_reached() -> None:
    found = break_even(staircase(), "pool", "api", Settings(), span=(0.1, 2.0))
    assert found.not_reached
    assert found.proven
    assert found.span == (0.1, 2.0)
    assert found.factors[0] == 0.1
    assert found.factors[-1] == 2.0
    assert all(pool > api for pool, api in zip(found.first_costs, found.second_costs, strict=True))


def test_a_curve_is_the_mean_cost_at_each_factor() -> None:
    pool, api = curve(staircase(), ("pool", "api"), (1.0, 2.0), Settings())
    assert pool == pytest.approx([12 * 230.0, 12 * 330.0])
    assert api == pytest.approx([12 * 140.0, 12 * 280.0])


def test_a_study_answers_as_its_questions_do_one_by_one() -> None:
    made, factors = uncertain(), (0.25, 0.5, 1.0, 2.0, 8.0)
    study = study_volume(made, ("pool", "api"), [("api", "pool")], Settings(), factors)
    assert study.factors == factors
    assert tuple(study.costs.values()) == curve(made, ("pool", "api"), factors, Settings())
    alone = break_even(made, "api", "pool", Settings(), (0.25, 8.0))
    (together,) = study.break_evens
    assert [c.factor for c in together.crossings] == pytest.approx([c.factor for c in alone.crossings], rel=1e-6)
    assert together.span == (0.25, 8.0)


def test_without_factors_a_study_spans_twelve_doublings() -> None:
    study = study_volume(staircase(), ("pool", "api"), [], Settings())
    assert (study.factors[0], study.factors[-1]) == (1 / 64, 64.0)
    assert study.break_evens == ()


def test_an_option_without_a_known_tco_has_no_break_even() -> None:
    with pytest.raises(KeyError):
        break_even(staircase(), "pool", "nobody", Settings())


def test_options_that_do_not_depend_on_the_volume_never_cross() -> None:
    made = model([node("a", 1.0), node("b", 2.0)], tco={"a": "a", "b": "b"})
    found = break_even(made, "a", "b", Settings())
    assert found.not_reached
    assert found.proven


@pytest.mark.parametrize("samples", [50, 1000])
def test_means_are_over_as_many_futures_as_asked_for(samples: int) -> None:
    settings = Settings(samples)
    found = break_even(uncertain(), "api", "pool", settings, (0.5, 2.0))
    assert found.futures == samples
    place = len(found.factors) // 2
    alone = evaluate(uncertain(), replace(settings, scale=(found.factors[place],)), ["api.tco", "pool.tco"]).value
    assert alone is not None
    costs = (found.first_costs[place], found.second_costs[place])
    assert costs == pytest.approx([alone.estimate(key).mean for key in ("api.tco", "pool.tco")], rel=1e-9)


def test_more_futures_than_fit_into_one_run_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    together = curve(uncertain(), ("api", "pool"), (0.5, 1.0, 2.0), Settings(200))
    monkeypatch.setattr("tcolang.engine.breakeven._COLUMNS", 300)
    assert curve(uncertain(), ("api", "pool"), (0.5, 1.0, 2.0), Settings(200)) == together


def test_one_future_is_enough_where_all_is_certain() -> None:
    assert break_even(staircase(), "pool", "api", Settings()).futures == 1


def work(settings: Settings) -> int:
    """Of all factors that a search starts from."""
    plan = make_plan(uncertain(), ["api.tco", "pool.tco"], grouped=True)
    return 61 * size_of(plan, settings.samples).work


def test_a_search_that_would_work_for_too_long_is_refused() -> None:
    settings = Settings(2000)
    for spare, refused_ in ((1, False), (0, False), (-1, True)):
        limited = replace(settings, limits=Limits(work=work(settings) + spare))
        assert (refused(uncertain(), "api", "pool", limited) is not None) == refused_


def test_a_factor_that_takes_too_much_memory_is_refused() -> None:
    found = refused(uncertain(), "api", "pool", Settings(2000, limits=Limits(memory_bytes=2000)))
    assert found is not None and "bytes at once" in found.message


def test_what_the_limit_on_work_leaves_out_is_not_proven() -> None:
    settings = Settings(50)
    all_of_it = break_even(uncertain(), "api", "pool", settings)
    limited = replace(settings, limits=Limits(work=work(settings)))
    found = break_even(uncertain(), "api", "pool", limited)
    assert all_of_it.proven and not found.proven
    assert len(found.factors) <= 61 < len(all_of_it.factors)


def test_little_memory_changes_nothing() -> None:
    settings = Settings(200)
    little = replace(settings, limits=Limits(memory_bytes=100_000))
    assert curve(uncertain(), ("api", "pool"), (0.5, 1.0, 2.0), little) == curve(
        uncertain(), ("api", "pool"), (0.5, 1.0, 2.0), settings
    )
