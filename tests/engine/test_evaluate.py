from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.limits import Limits
from tcolang.base.record import replace
from tcolang.engine.evaluate import evaluate
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.plan import make_plan
from tcolang.engine.settings import Settings
from tcolang.engine.size import size_of
from tcolang.model.costmodel import CostModel
from tcolang.semantics.terms import Constant, Listing, Symbol, Term
from tcolang.semantics.types import NUMBER_TYPE, SHARE_TYPE, ChoiceType, TextType
from tcolang.uncertain.distribution import Distribution
from tests.engine.made import (
    SPAN,
    START,
    apply,
    dated,
    drawn,
    growth,
    model,
    node,
    over,
    percentile,
    spread,
    times,
    total_of,
)


def evaluated(made: CostModel, *keys: str, samples: int = 200, scale: tuple[float, ...] = (1.0,)) -> Evaluation:
    outcome = evaluate(made, Settings(samples=samples, scale=scale), keys)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


def finding(made: CostModel, *keys: str, limits: Limits | None = None, samples: int = 200) -> Diagnostic:
    outcome = evaluate(made, Settings(samples=samples, limits=limits or Limits()), keys)
    assert outcome.value is None
    (only,) = outcome.diagnostics
    return only


# Size: months and futures only where they are needed


def test_only_what_depends_on_both_is_a_matrix() -> None:
    made = model(
        [
            node("one", 2.0),
            node("row", apply("grow", "one", growth(0.01))),
            node("column", spread(1.0, 2.0)),
            node("both", times("row", "column")),
            node("cost", apply("total", "both")),
        ],
        months=7,
    )
    found = evaluated(made, "one", "row", "column", "both", "cost", samples=40)
    shapes = {key: array.shape for key, array in found.values.items()}
    assert shapes == {"one": (1, 1), "row": (7, 1), "column": (1, 40), "both": (7, 40), "cost": (1, 40)}
    assert (found.samples, found.batches, found.months) == (40, 20, 7)


def test_one_future_is_enough_where_nothing_is_uncertain() -> None:
    made = model([node("one", 2.0), node("column", spread(1.0, 2.0))])
    found = evaluated(made, "one")
    assert (found.samples, found.batches) == (1, 1)
    assert found.certain("one") == 2.0


def test_equal_steps_are_one() -> None:
    made = model([node("a", spread(1.0, 2.0)), node("b", times("a", 3.0)), node("c", times("a", 3.0))])
    plan = make_plan(made, ["b", "c"])
    assert plan.places["b"] == plan.places["c"]
    assert len(plan.steps) == 3


def test_only_what_is_asked_for_is_calculated() -> None:
    made = model([node("a", 1.0), node("b", 2.0), node("c", total_of("a", 1.0))])
    assert set(make_plan(made, ["c"]).places) == {"a", "c"}


def test_a_long_chain_of_formulas_and_a_long_sum() -> None:
    chain = [node("n0", 1.0), *(node(f"n{k}", total_of(f"n{k - 1}", 1.0)) for k in range(1, 3000))]
    wide = node("wide", total_of(*(float(k) for k in range(10_000))))
    deep = total_of(1.0, 1.0)
    for _ in range(3000):
        deep = total_of(deep, 1.0)
    found = evaluated(model([*chain, wide, node("deep", deep)]), "n2999", "wide", "deep")
    assert [found.certain(key) for key in ("n2999", "wide", "deep")] == [3000.0, 49_995_000.0, 3002.0]


# Dated values


def test_a_history_holds_from_each_of_its_dates() -> None:
    made = model(
        [node("price", dated((START - 9, 1.0), (START - 2, 2.0), (START + 2, 3.0), (START + 40, 9.0)))], months=4
    )
    assert evaluated(made, "price").by_month("price") == (2.0, 2.0, 3.0, 3.0)


def test_a_history_with_one_part_in_force_has_no_months() -> None:
    made = model([node("price", dated((START - 9, 1.0), (START - 2, 2.0), (START + 40, 9.0)))])
    assert evaluated(made, "price").values["price"].shape == (1, 1)


def test_parts_of_a_history_share_their_quantile() -> None:
    made = model([node("price", dated((START, spread(1.0, 2.0)), (START + 1, spread(10.0, 20.0))))], months=2)
    first, second = evaluated(made, "price").values["price"]
    assert second == pytest.approx(first * 10.0)


def test_before_its_first_date_a_value_has_none() -> None:
    with pytest.raises(ValueError, match="begins after"):
        make_plan(model([node("price", dated((START + 1, 1.0)))]), ["price"])


# Draws


def test_intervals_of_one_attribute_have_streams_of_their_own() -> None:
    made = model([node("a", spread(1.0, 2.0)), node("b", total_of(spread(1.0, 2.0), spread(1.0, 2.0, ordinal=1)))])
    found = evaluated(made, "a", "b").values
    assert np.corrcoef(found["a"][0], found["b"][0])[0, 1] == pytest.approx(0.0, abs=0.2)
    assert np.unique(found["b"]).size == 200


def test_what_else_is_asked_for_moves_no_number() -> None:
    nodes = [node(key, spread(1.0, 2.0)) for key in "abcd"]
    correlations = (("a", "b", 0.7), ("b", "c", 0.5))
    everything = evaluated(model(nodes, correlations=correlations), "a", "b", "c", "d")
    alone = evaluated(model(nodes[::-1], correlations=correlations), "c")
    assert alone.values["c"].tobytes() == everything.values["c"].tobytes()


def test_an_interval_without_width_is_its_constant_bit_for_bit() -> None:
    def made(price: Constant | Symbol | object) -> CostModel:
        return model(
            [
                node("price", price),  # type: ignore[arg-type]
                node("path", apply("decline", "price", growth(0.35, 12.0))),
                node("size", apply("plan", apply("ceil", times("path", 7.3)), percentile("P80"), 2.0)),
                node("paid", apply("capex", "size", "path", 5.0, times("path", 0.1))),
                node("tco", apply("discounted", total_of("paid", "path"), growth(0.08, 12.0))),
                node("mean", apply("mean", "tco")),
            ],
            months=30,
        )

    keys = ("path", "size", "paid", "tco", "mean")
    certain = evaluated(made(0.37), *keys)
    uniform = Distribution("uniform", (("low", 0.37), ("high", 0.37)))
    same = evaluated(made(drawn(uniform)), *keys)
    # Nothing tells the engine that this one is certain.
    mixed = Distribution("discrete", (("a", 0.37), ("b", 1.0), ("c", math.nextafter(0.37, 1.0)), ("d", 1e-300)))
    unseen = evaluated(made(drawn(mixed)), *keys, samples=50)
    for key in keys:
        assert same.values[key].tobytes() == certain.values[key].tobytes()
        assert (unseen.values[key] == certain.values[key]).all()


# Statistics and strata


def test_statistics_wait_for_all_futures() -> None:
    made = model(
        [
            node("demand", spread(10.0, 20.0)),
            node("plan", apply("plan", apply("grow", "demand", growth(0.1)), percentile("P80"))),
            node("left", total_of("demand", "plan", signs=(1, -1))),
            node("mean", apply("mean", "left")),
        ],
        months=3,
    )
    assert make_plan(made, ["mean"]).strata == 3
    found = evaluated(made, "demand", "plan", "left", "mean", samples=1000)
    quantile = np.sort(found.values["demand"][0])[799]
    assert found.values["plan"][:, 0] == pytest.approx(quantile * np.array([1.0, 1.1, 1.21]))
    assert found.values["mean"][:, 0] == pytest.approx(found.values["left"].mean(axis=1))


def test_groups_have_statistics_of_their_own() -> None:
    made = model(
        [node("demand", times(spread(10.0, 20.0), "volume")), node("size", apply("plan", "demand", percentile("P80")))]
    )
    found = evaluated(made, "size", scale=(1.0, 2.0), samples=100).values["size"]
    assert found.shape == (1, 200)
    assert found[0, 100] == pytest.approx(2.0 * found[0, 0])
    assert np.unique(found[0, :100]).size == 1


def test_a_single_factor_scales_the_volume() -> None:
    made = model([node("demand", times(7.0, "volume"))])
    assert evaluated(made, "demand", scale=(3.0,)).certain("demand") == 21.0


def test_progress_is_told_piece_by_piece() -> None:
    made = model([node("a", spread(1.0, 2.0)), node("b", apply("grow", "a", growth(0.01)))], months=60)
    told: list[tuple[int, int]] = []
    evaluate(made, Settings(samples=2000), ["b"], lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


# Symbols


def test_choices_compare_by_their_order() -> None:
    custody = ChoiceType("custody", ("own_site", "cloud", "api"), ordered=True)
    made = model(
        [
            node("where", Symbol("cloud", custody, SPAN), type_=custody),
            node("private", apply("<", "where", Symbol("api", custody, SPAN))),
        ]
    )
    assert evaluated(made, "private").certain("private") == 1.0


def test_words_have_no_number() -> None:
    with pytest.raises(ValueError, match="no number"):
        make_plan(model([node("vendor", Symbol("x", TextType(), SPAN))]), ["vendor"])
    with pytest.raises(ValueError, match="no number"):
        make_plan(model([node("many", Listing((), NUMBER_TYPE, SPAN))]), ["many"])


def test_optional_arguments_are_told_apart_by_name() -> None:
    named = apply("capex", 1.0, 100.0, 2.0, 10.0, given=("quantity", "unit_price", "life", "resale"))
    late = apply("every", 5.0, 4.0, START + 1.0, given=("amount", "period", "from"))
    found = evaluated(model([node("a", named), node("b", late)], months=3), "a", "b")
    assert found.by_month("a") == (100.0, 0.0, 90.0)
    assert found.by_month("b") == (0.0, 5.0, 0.0)


def test_unknown_functions_and_models_without_months_are_refused() -> None:
    with pytest.raises(ValueError, match="no function"):
        make_plan(model([node("a", apply("sqrt", 2.0))]), ["a"])
    with pytest.raises(ValueError, match="no months"):
        make_plan(replace(model([node("a", 1.0)]), decision=None), ["a"])


def test_settings_of_the_wrong_kind_are_mistakes_of_whoever_made_the_model() -> None:
    for term in (apply("power", 2.0, exponent=0.5), apply("sum", 2.0, signs=1), apply("grow", 2.0, 0.1, origin="x")):
        with pytest.raises(TypeError, match="is"):
            evaluate(model([node("a", term)]), Settings(), ["a"])


# What goes wrong


def test_a_division_by_zero_names_its_node_and_inputs() -> None:
    made = model(
        [node("cost", 100.0), node("seats", 0.0), node("each", over("cost", "seats")), node("tco", times("each", 2.0))]
    )
    found = finding(made, "tco")
    assert found.problem.code == "TCO480"
    assert found.message == "`each` is not a number"
    assert found.note == "with `cost` = 100, `seats` = 0"
    assert found.help == "keep `seats` above zero, or say what holds at zero: `if seats > 0 then … else …`"


def test_a_value_that_is_wrong_in_some_futures_and_months_says_so() -> None:
    draw = Distribution("discrete", (("a", 0.0), ("b", 1.0), ("c", 5.0), ("d", 4.0)))
    load = dated((START, 2.0), (START + 1, 1.0))
    ratio = over("load", apply("if", apply(">", "load", 1.5), 1.0, "capacity"))
    made = model([node("capacity", drawn(draw)), node("load", load), node("ratio", ratio)], months=3)
    found = finding(made, "ratio")
    assert found.message == "`ratio` is not a number in 40 of 200 futures, first in 2026-02"
    assert found.note == "with `load` = 1, `capacity` = 0"


def test_what_is_not_chosen_may_be_wrong() -> None:
    made = model([node("seats", 0.0), node("each", apply("if", apply(">", "seats", 0.0), over(100.0, "seats"), 7.0))])
    assert evaluated(made, "each").certain("each") == 7.0


def test_each_cause_is_one_finding() -> None:
    made = model(
        [
            node("zero", 0.0),
            node("a", over(1.0, "zero")),
            node("b", over(2.0, "zero")),
            node("sum", total_of("a", "b")),
        ]
    )
    outcome = evaluate(made, Settings(), ["sum"])
    assert [d.message for d in outcome.diagnostics] == ["`a` is not a number", "`b` is not a number"]


def test_an_overflow_is_not_hidden() -> None:
    made = model([node("a", apply("power", 1e200, exponent=2)), node("b", over(1.0, "a"))])
    assert finding(made, "b").message == "`a` is not a number"
    assert "a power" in finding(made, "b").help and "zero" not in finding(made, "b").help


@pytest.mark.parametrize(
    "hiding",
    [
        over(1.0, apply("power", 1e200, exponent=2)),
        over(1.0, times(1e200, 1e200)),
        over(1.0, over(1.0, "zero")),
        apply("if", apply(">", times(1e200, 1e200), 3.0), 1.0, 2.0),
        apply("if", apply("<", over(1.0, "zero"), 3.0), 1.0, 2.0),
        apply("scale", over(1.0, "zero"), 0.0, 1.0),
        apply("max", over(-1.0, "zero"), 0.0),
        apply("power", "zero", exponent=-2),
    ],
)
def test_what_has_no_result_is_not_hidden_by_what_is_made_of_it(hiding: Term) -> None:
    made = model([node("zero", 0.0), node("a", hiding), node("b", times("a", 2.0)), node("c", total_of("b", 1.0))])
    assert finding(made, "c").message == "`a` is not a number"


def test_a_node_that_is_not_finite_is_found_behind_functions_that_choose() -> None:
    made = model(
        [
            node("zero", 0.0),
            node("bad", over(1.0, "zero")),
            node("chosen", apply("if", apply("==", "zero", 0.0), 5.0, "bad")),
            node("total", total_of("chosen", 1.0)),
        ]
    )
    assert finding(made, "total").message == "`bad` is not a number"


def test_large_finite_values_are_fine() -> None:
    made = model([node("a", times(1e308, spread(0.5, 0.9)))])
    assert evaluated(made, "a", samples=50).values["a"].shape == (1, 50)


def test_a_share_stays_inside_its_range() -> None:
    made = model(
        [
            node("factor", spread(2.0, 4.0)),
            node("part", times(0.4, "factor"), sort="input", type_=SHARE_TYPE),
            node("other", times(0.4, "factor"), sort="formula", type_=SHARE_TYPE),
        ]
    )
    found = finding(made, "part")
    assert found.problem.code == "TCO481"
    assert found.message.startswith("the share `part` is ")
    assert "of 200 futures" in found.message
    fine = model([node("part", total_of(0.1, 0.2, 0.7), sort="assumption", type_=SHARE_TYPE)])
    assert evaluated(fine, "part").certain("part") == pytest.approx(1.0)


# Limits: reaching one is fine, exceeding it is not


def test_limits_are_checked_before_anything_is_allocated() -> None:
    nodes = [node("a", spread(1.0, 2.0)), node("b", apply("grow", "a", growth(0.01)))]
    made = model(nodes, months=30)
    size = size_of(make_plan(made, ["b"]), 100)
    assert size.work == 100 + 1 + 3000
    for limits in (Limits(work=size.work), Limits(memory_bytes=size.memory), Limits(samples=100), Limits(nodes=3)):
        assert evaluate(made, Settings(samples=100, limits=limits), ["b"]).value is not None
    for limits, word in (
        (Limits(work=size.work - 1), "`work`"),
        (Limits(memory_bytes=size.memory - 1), "`memory_bytes`"),
        (Limits(samples=99), "`samples`"),
        (Limits(nodes=2), "`nodes`"),
        (Limits(horizon_months=29), "`horizon_months`"),
    ):
        found = finding(made, "b", limits=limits, samples=100)
        assert found.problem.code == "TCO482"
        assert word in found.help


def test_a_billion_samples_are_refused_at_once() -> None:
    made = model([node("a", spread(1.0, 2.0))])
    assert "1,000,000,000 futures" in finding(made, "a", samples=10**9).message


def test_memory_beside_what_is_asked_for_does_not_grow_with_the_samples() -> None:
    nodes = [node("a", spread(1.0, 2.0))]
    nodes += [node(f"m{k}", apply("grow", "a", growth(0.001 * k))) for k in range(1, 30)]
    nodes.append(node("tco", apply("total", total_of(*(f"m{k}" for k in range(1, 30))))))
    plan = make_plan(model(nodes, months=60), ["tco"])
    small, large = size_of(plan, 10_000).memory, size_of(plan, 100_000).memory
    # The draw, what it is made from, and the total.
    assert large - small == 8 * 90_000 * 3


def test_no_more_memory_is_used_than_was_foreseen() -> None:
    nodes = [node(f"a{k}", spread(1.0, 2.0 + k)) for k in range(4)]
    nodes += [node(f"m{k}", apply("grow", f"a{k % 4}", growth(0.001 * k))) for k in range(1, 40)]
    nodes.append(node("sum", total_of(*(f"m{k}" for k in range(1, 40)))))
    nodes.append(node("left", total_of("sum", apply("plan", "sum", percentile("P80")), signs=(1, -1))))
    nodes.append(node("tco", apply("discounted", "left", growth(0.01))))
    made = model(nodes, months=60)
    foreseen = size_of(make_plan(made, ["tco"]), 40_000).memory
    tracemalloc.start()
    try:
        evaluate(made, Settings(samples=40_000), ["tco"])
        used = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert 0.4 * foreseen < used < foreseen + 2_000_000
