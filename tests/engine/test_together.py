"""Several models in one run, as a spec and its scenarios: the same numbers, and what is equal is calculated once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tcolang.engine import evaluate as evaluating
from tcolang.engine.evaluate import evaluate, evaluate_together
from tcolang.engine.plan import Plan, make_common_plan, make_plan
from tcolang.engine.run import Result, run
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel, Node
from tests.engine.made import apply, growth, model, node, over, spread, times, total_of
from tests.engine.random_models import RandomModel, cost_models

FEW = Settings(samples=40)
Asked = list[tuple[CostModel, list[str]]]


def priced(price: float, *, months: int = 12, more: tuple[Node, ...] = ()) -> CostModel:
    nodes = [
        node("load", spread(1.0, 2.0)),
        node("wage", spread(5.0, 9.0)),
        node("path", apply("grow", "load", growth(0.01))),
        node("staff", apply("total", times("wage", "path"))),
        node("price", price),
        node("bill", apply("total", times("price", "path"))),
        *more,
    ]
    return model(nodes, months=months)


def assert_as_alone(asked: Asked, settings: Settings = FEW) -> None:
    for (made, keys), found in zip(asked, evaluate_together(asked, settings), strict=True):
        alone = evaluate(made, settings, keys, averaged=True)
        assert found.diagnostics == alone.diagnostics
        assert (found.value is None) == (alone.value is None)
        if found.value is not None and alone.value is not None:
            assert (found.value.samples, found.value.batches) == (alone.value.samples, alone.value.batches)
            for key in keys:
                assert found.value.values[key].tobytes() == alone.value.values[key].tobytes()
                assert found.value.by_month(key) == alone.value.by_month(key)


def runs(asked: Asked, patch: pytest.MonkeyPatch) -> list[Plan]:
    """The plans that are run for it."""
    seen: list[Plan] = []

    def running(plan: Plan, *given: object, **named: object) -> Result:
        seen.append(plan)
        return run(plan, *given, **named)  # type: ignore[arg-type]

    patch.setattr(evaluating, "run", running)
    evaluate_together(asked, FEW)
    return seen


def test_what_is_equal_is_calculated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Asked = [(priced(price), ["staff", "bill"]) for price in (3.0, 4.0, 5.0)]
    one = len(make_plan(*asked[0]).steps)
    (plan,) = runs(asked, monkeypatch)
    # Of each other model a price, what is paid each month, and its total.
    assert len(plan.steps) == one + 2 * 3
    assert_as_alone(asked)


def test_a_plan_for_several_tells_where_the_nodes_of_each_are() -> None:
    plan, (one, other) = make_common_plan([(priced(3.0), ["staff", "bill"]), (priced(4.0), ["staff", "bill"])])
    assert one["staff"] == other["staff"]
    assert one["bill"] != other["bill"]
    assert plan.keep == {one["staff"], one["bill"], other["bill"]}


def test_more_models_than_fit_into_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Asked = [(priced(float(price)), ["staff", "bill"]) for price in range(1, 7)]
    assert len(runs(asked, monkeypatch)) == 2
    assert_as_alone(asked)


def test_other_months_are_a_run_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Asked = [(priced(3.0), ["bill"]), (priced(3.0, months=24), ["bill"])]
    assert [plan.months for plan in runs(asked, monkeypatch)] == [12, 24]
    assert_as_alone(asked)


def test_so_are_other_correlations() -> None:
    nodes = [node("one", spread(1.0, 2.0)), node("other", spread(1.0, 2.0)), node("both", times("one", "other"))]
    assert_as_alone([(model(nodes), ["both"]), (model(nodes, correlations=[("one", "other", 0.9)]), ["both"])])


def test_a_model_without_uncertainty_has_one_future_beside_an_uncertain_one() -> None:
    certain = model([node("cost", 3.0)])
    assert_as_alone([(priced(3.0), ["bill"]), (certain, ["cost"])])


def test_what_is_wrong_in_one_model_is_told_of_that_one() -> None:
    wrong = priced(3.0, more=(node("none", 0.0), node("bad", over("staff", "none"))))
    asked: Asked = [(priced(3.0), ["bill"]), (wrong, ["bad"])]
    fine, failed = evaluate_together(asked, FEW)
    assert fine.value is not None and not fine.diagnostics
    assert failed.value is None and "`bad`" in failed.diagnostics[0].message
    assert_as_alone(asked)


def test_a_limit_holds_for_each_model_and_not_for_all_of_them() -> None:
    asked: Asked = [
        (priced(3.0), ["staff", "bill"]),
        (priced(4.0, more=(node("sum", total_of("bill", "staff")),)), ["sum"]),
    ]
    limits = FEW.limits.changed("work", str(max(_work(*each) for each in asked)))
    tight = Settings(samples=40, limits=limits)
    assert all(each.value is not None for each in evaluate_together(asked, tight))
    assert_as_alone(asked, tight)


def _work(made: CostModel, keys: list[str]) -> int:
    from tcolang.engine.size import size_of

    return size_of(make_plan(made, keys, averaged=True), FEW.samples).work


@settings(max_examples=60)
@given(cost_models(), cost_models())
def test_random_models_side_by_side(one: RandomModel, other: RandomModel) -> None:
    assert_as_alone([(one.model, one.keys), (other.model, other.keys), (one.model, one.keys[:1])])
