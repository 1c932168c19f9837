"""Inputs that move: what does not depend on them is not calculated again, counted node by node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, settings

from tcolang.base.record import replace
from tcolang.engine import moving
from tcolang.engine.evaluate import evaluate
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.lower import lowered
from tcolang.engine.moving import Case, dependents, evaluations, means, movable
from tcolang.engine.plan import Plan, make_plan
from tcolang.engine.run import Result, run
from tcolang.engine.settings import Settings
from tcolang.engine.steps import Drawn, Fixed, Given, Known
from tcolang.model.costmodel import CostModel
from tests.engine.made import apply, growth, model, node, percentile, spread, times, total_of
from tests.engine.random_models import RandomModel, cost_models

FEW = Settings(samples=12)

OPTIONS = model(
    [
        node("price", spread(1.0, 2.0), sort="input"),
        node("load", 100.0, sort="input"),
        node("wage", spread(5.0, 9.0), sort="input"),
        node("path", apply("grow", "load", growth(0.01))),
        node("bill", times("price", "path")),
        node("staff", times("wage", 3.0)),
        node("spare", apply("p80", "bill")),
        node("api", apply("total", "bill")),
        node("own", apply("total", total_of("staff", "spare"))),
    ],
    tco={"api": "api", "own": "own"},
)


@contextmanager
def counted() -> Iterator[list[set[str]]]:
    """The keys of the nodes that each run of a plan calculates."""
    runs: list[set[str]] = []

    def running(plan: Plan, *given: object, **named: object) -> Result:
        runs.append({key for key, n in plan.places.items() if not isinstance(plan.steps[n].operation, Known | Given)})
        return run(plan, *given, **named)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "run", running)
        yield runs


@pytest.mark.parametrize(
    ("moved", "calculated"),
    [
        (("price",), {"price", "bill", "spare", "api", "own"}),
        (("load",), {"load", "path", "bill", "spare", "api", "own"}),
        (("wage",), {"wage", "staff", "own"}),
        (("wage", "price"), {"price", "bill", "spare", "api", "own", "wage", "staff"}),
        ((), set()),
    ],
)
def test_only_what_depends_on_an_input_is_calculated_again(moved: tuple[str, ...], calculated: set[str]) -> None:
    able = movable(OPTIONS, ("api", "own"), ("price", "load", "wage"), FEW)
    with counted() as runs:
        means(able, ("api", "own"), [dict.fromkeys(moved, 1.5)])
        evaluations(able, ("api", "own"), [dict.fromkeys(moved, 3.0)])
    assert runs == [calculated, calculated]


def test_many_cases_of_an_input_have_a_run_of_their_own() -> None:
    able = movable(OPTIONS, ("api", "own"), ("price", "load", "wage"), FEW)
    wages, loads = ([{key: 2.0 + k} for k in range(count)] for key, count in (("wage", 9), ("load", 5)))
    cases: list[Case] = [*wages[:3], *loads, *wages[3:], {"price": 2.0}, {}]
    with counted() as runs:
        found = means(able, ("api", "own"), cases)
    assert sorted(len(keys) for keys in runs) == [3, 5, 6]
    alone = np.concatenate([means(able, ("api", "own"), [case]) for case in cases], axis=1)
    assert found == pytest.approx(alone, rel=1e-13)


def test_the_plan_of_an_input_is_made_once() -> None:
    able = movable(OPTIONS, ("api", "own"), ("price", "wage"), FEW)
    for factor in (2.0, 3.0):
        means(able, ("own",), [{"wage": factor}])
    assert list(able.plans) == [frozenset({"wage"})]


def moved_by_hand(made: CostModel, case: Case) -> CostModel:
    nodes = [replace(n, term=times(case[n.key], n.term)) if n.key in case else n for n in made.nodes]
    return replace(made, nodes=tuple(nodes))


def assert_as_by_hand(made: RandomModel, cases: Iterable[Case]) -> None:
    told = list(cases)
    able = movable(made.model, made.keys, ("certain", "monthly", "uncertain", "both"), FEW)
    found = evaluations(able, made.keys, told)
    for case, seen in zip(told, found, strict=True):
        other = evaluate(moved_by_hand(made.model, case), FEW, made.keys).value
        assert isinstance(other, Evaluation)
        for key in made.keys:
            expected = np.broadcast_to(
                other.values[key], np.broadcast_shapes(other.values[key].shape, seen.values[key].shape)
            )
            assert np.allclose(seen.values[key], expected, rtol=1e-9, atol=1e-9), key


CASES: tuple[Case, ...] = ({}, {"certain": 2.0}, {"monthly": 0.5}, {"uncertain": 1.5}, {"both": 2.0, "certain": 0.7})


@settings(max_examples=25)
@given(cost_models())
def test_a_case_is_the_model_with_other_inputs(made: RandomModel) -> None:
    assert_as_by_hand(made, CASES)


@settings(max_examples=8)
@given(cost_models())
def test_also_where_nothing_is_kept_as_stated(made: RandomModel) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "_MOST_KNOWN", 0)
        assert_as_by_hand(made, CASES)


def test_what_rests_on_an_input() -> None:
    assert dependents(OPTIONS, ["wage"]) == {"wage", "staff", "own"}


# Break-even


def test_for_a_volume_only_what_depends_on_it_is_calculated_again() -> None:
    nodes = [node("free0", spread(1.0, 2.0)), node("sized", times("free0", "volume"))]
    nodes += [node(f"free{k}", apply("grow", f"free{k - 1}", growth(0.01))) for k in range(1, 9)]
    plan = make_plan(model([*nodes, node("tco", apply("total", total_of("free8", "sized")))]), ["tco"], grouped=True)
    once, of_groups, again = lowered(plan)
    assert (once.across, of_groups.across, again.across) == ("futures", "groups", "both")
    assert not of_groups.instructions
    assert [made.name for made in once.instructions if made.wide] == ["value", *["multiply"] * 8]
    assert [made.name for made in again.instructions if made.wide] == [
        "value",
        "value",
        "multiply",
        "value",
        "add",
        "total",
    ]
    assert {type(plan.steps[n].operation) for part in (once, again) for n in part.whole} == {Fixed}
    assert sum(isinstance(step.operation, Drawn) for step in plan.steps) == 1


def test_what_differs_only_from_group_to_group_has_a_column_for_each_group() -> None:
    """A plan is one path for all futures of a volume: what it costs is calculated once a volume, not once a future."""
    nodes = [
        node("load", times(spread(1.0, 2.0), "volume")),
        node("size", apply("plan", "load", percentile("P80"))),
        node("rent", times("size", 3.0)),
        node("tco", apply("total", total_of("rent", "load"))),
    ]
    plan = make_plan(model(nodes), ["tco", "rent"], grouped=True)
    assert plan.steps[plan.places["rent"]].across == "groups"
    of_groups = [made for part in lowered(plan) if part.across == "groups" for made in part.instructions]
    assert [made.name for made in of_groups if made.wide] == ["value", "multiply"]
    inputs = draw_inputs(plan, (), 50, seed=1)
    found = run(plan, inputs, (1.0, 2.0)).values[plan.places["rent"]]
    # The 40th of 50 futures, in order, is not exceeded in four of five.
    load = np.sort(next(iter(inputs.values()))[0])[39]
    assert found.tolist() == [[3.0 * load] * 50 + [6.0 * load] * 50]
