"""Functions taken apart into instructions: the same numbers as the function itself gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from tcolang.engine import lower
from tcolang.engine.evaluate import evaluate
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.lower import lowered
from tcolang.engine.plan import Plan, make_plan
from tcolang.engine.run import run
from tcolang.engine.settings import Settings
from tcolang.engine.trace import Untraceable
from tcolang.semantics.terms import Term
from tests.engine.made import START, apply, dated, growth, model, node, over, spread, times, total_of
from tests.engine.random_models import RandomModel, cost_models


def instructions(plan: Plan) -> list[str]:
    return [made.name for part in lowered(plan) for made in part.instructions]


@settings(max_examples=60)
@given(cost_models())
def test_taken_apart_or_as_a_whole_it_is_the_same(made: RandomModel) -> None:
    plan, other = (make_plan(made.model, made.keys, grouped=True) for _ in range(2))
    drawn = draw_inputs(plan, made.model.correlations, 9, seed=1)
    apart = run(plan, drawn, (0.5, 2.0))
    with pytest.MonkeyPatch.context() as patch:

        def refuse(*_: object) -> int:
            raise Untraceable

        patch.setattr(lower._Lowering, "_traced", refuse)
        whole = run(other, drawn, (0.5, 2.0))
    assert set(instructions(other)) <= {"value", "apply", "history"}
    for place, values in apart.values.items():
        assert values.tobytes() == whole.values[place].tobytes()


@settings(max_examples=60)
@given(cost_models())
def test_calculated_again_or_kept_it_is_the_same(made: RandomModel) -> None:
    plan, other = (make_plan(made.model, made.keys) for _ in range(2))
    drawn = draw_inputs(plan, made.model.correlations, 9, seed=1)
    kept = run(plan, drawn, (1.0,))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lower, "LARGE", 1)
        again = run(other, drawn, (1.0,))
    assert list(plan.parts) == [False] and list(other.parts) == [True]
    for place, values in kept.values.items():
        assert values.tobytes() == again.values[place].tobytes()


def test_only_what_a_statistic_reads_is_kept_for_all_futures() -> None:
    nodes = [node("a", spread(1.0, 2.0)), node("b", apply("grow", "a", growth(0.01)))]
    nodes += [node("c", times("b", "b")), node("d", apply("mean", "c")), node("tco", total_of("c", "d", "b"))]
    plan = make_plan(model(nodes), ["tco"], averaged=True)
    assert [part.stored for part in lowered(plan)] == [(plan.places["b"], plan.places["c"]), ()]
    assert [part.stored for part in lowered(plan, again=True)] == [(plan.places["c"],), ()]
    names = [[made.name for made in part.instructions if made.wide] for part in lowered(plan, again=True)]
    assert names == [["value", "multiply", "multiply"], ["value", "multiply", "value", "add", "add"]]


CAN_BE_TAKEN_APART: dict[str, Term] = {
    "sum": total_of("a", "b", signs=(-1, 1)),
    "product": over("a", "b"),
    "negate": apply("negate", "a"),
    "power": apply("power", "a", exponent=-3),
    "comparison": apply("<", "a", "b"),
    "if": apply("if", apply("or", apply("not", apply(">=", "a", "b")), apply("==", "a", 2.0)), "a", "b"),
    "in": apply("in", "a", "b", 3.0),
    "approx": apply("approx", "a", "b", 0.2, relative=True),
    "whole": total_of(apply("ceil", "a"), apply("floor", "a"), apply("round", "b")),
    "least": apply("min", apply("max", apply("abs", "a"), "b", 2.0), 9.0),
    "scale": apply("scale", "a", 1.0, "b"),
    "dates": apply("phase_in", apply("step", "a", "b", START + 2.0), START + 1.0, "b"),
    "paid": total_of(apply("once", "a", START + 1.0), apply("every", "a", "b"), apply("annuity", "a", 9.0, "b")),
    "live": apply("live", "b"),
    "over_time": total_of(*(apply(name, "both") for name in ("total", "average", "first_year", "last_month"))),
    "until": total_of(apply("cumulative", "both"), apply("peak_so_far", "both")),
    "compound": total_of(apply("grow", "a", growth(0.1)), apply("decline", "a", "a")),
    "discounted": apply("discounted", "both", growth(0.01), "a"),
    "exp": apply("exp", "a"),
    "carried": apply("carried", "a", "b", curve=((0.5, 0.5, 1.0), (0.5, 1.0, 1.5)), what="peak"),
}


def test_what_does_not_look_at_numbers_is_taken_apart() -> None:
    inputs = [node("a", spread(1.0, 2.0)), node("b", dated((START, spread(2.0, 3.0)), (START + 1, 2.5)))]
    inputs.append(node("both", times("a", "b")))
    for name, term in CAN_BE_TAKEN_APART.items():
        assert "apply" not in instructions(make_plan(model([*inputs, node("it", term)]), ["it"])), name


def test_a_purchase_is_called_as_a_whole() -> None:
    bought = apply("capex", spread(1.0, 5.0), 100.0, 24.0)
    assert instructions(make_plan(model([node("it", bought)]), ["it"]))[-1] == "apply"


def test_what_needs_no_futures_is_calculated_without_them() -> None:
    rate = dated((START, 0.01), (START + 6, 0.02))
    worth = apply("discounted", times(spread(1.0, 2.0), 3.0), rate)
    (part,) = lowered(make_plan(model([node("it", worth)]), ["it"]))
    wide = {made.name for made in part.instructions if made.wide}
    assert wide == {"value", "multiply", "divide", "total"}


def test_instructions_that_are_there_are_used_again() -> None:
    twice = [node(f"it{n}", apply("discounted", spread(1.0, 2.0, n), growth(0.01))) for n in range(5)]
    made = instructions(make_plan(model(twice), [n.key for n in twice]))
    assert made.count("discount") == 1
    assert made.count("total") == 5


def test_a_chain_takes_few_buffers() -> None:
    nodes = [node("n0", times(dated((START, 1.0), (START + 1, 2.0)), spread(1.0, 2.0)))]
    nodes += [node(f"n{k}", total_of(f"n{k - 1}", 1.0)) for k in range(1, 200)]
    (part,) = lowered(make_plan(model([*nodes, node("it", apply("total", "n199"))]), ["it"]))
    assert len([made for made in part.instructions if made.wide]) > 200
    assert len(part.buffers) <= 4


def test_averaged_values_are_the_means_of_all() -> None:
    inputs = [node("a", spread(1.0, 2.0)), node("b", apply("grow", "a", growth(0.01)))]
    made = model([*inputs, node("c", apply("mean", "b")), node("d", total_of("b", "c"))], months=48)
    keys = ["a", "b", "d"]
    every = evaluate(made, Settings(samples=3001), keys).value
    means = evaluate(made, Settings(samples=3001), keys, averaged=True).value
    assert isinstance(every, Evaluation) and isinstance(means, Evaluation)
    for key in keys:
        assert (means.futures(key) == every.futures(key)).all()
        assert means.estimate(key) == every.estimate(key)
        assert np.allclose(means.by_month(key), every.by_month(key), rtol=1e-13, atol=0.0)
    assert means.values["d"].shape == (1, 3001)
    with pytest.raises(ValueError, match="not one number"):
        means.certain("d")
