"""Compiled kernels give what numpy gives, to the last bit, and find wrong what numpy finds wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcolang.engine import groups
from tcolang.engine.fast import EACH, WORTH, worth_compiling
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.lower import lowered
from tcolang.engine.plan import make_plan
from tcolang.engine.run import Result, run
from tcolang.engine.steps import Drawn
from tcolang.model.costmodel import CostModel, Node
from tcolang.semantics.types import SHARE_TYPE
from tcolang.uncertain.distribution import Distribution
from tests.engine.made import START, Written, apply, dated, growth, model, node, over, spread, times, total_of
from tests.engine.random_models import RandomModel, cost_models
from tests.engine.reference import Reference
from tests.engine.test_against_reference import assert_same
from tests.engine.test_lower import CAN_BE_TAKEN_APART

FUTURES = 11


def both(
    made: CostModel,
    keys: Sequence[str],
    scale: tuple[float, ...] = (1.0,),
    *,
    averaged: bool = False,
    thorough: bool = False,
) -> tuple[Result, Result]:
    """By numpy and compiled."""
    plan = make_plan(made, keys, grouped=len(scale) > 1, averaged=averaged)
    drawn = draw_inputs(plan, made.correlations, FUTURES, seed=1)
    numpy = run(plan, drawn, scale, thorough=thorough, compile=False)
    return numpy, run(plan, drawn, scale, thorough=thorough, compile=True)


def assert_equal(one: Result, other: Result) -> None:
    assert {n: v.tobytes() for n, v in one.values.items()} == {n: v.tobytes() for n, v in other.values.items()}
    assert {n: v.tobytes() for n, v in one.by_month.items()} == {n: v.tobytes() for n, v in other.by_month.items()}
    assert (one.not_finite, one.not_shares) == (other.not_finite, other.not_shares)


@settings(max_examples=50)
@given(cost_models(), st.booleans(), st.sampled_from(((1.0,), (0.5, 2.0))))
def test_random_models(made: RandomModel, averaged: bool, scale: tuple[float, ...]) -> None:
    assert_equal(*both(made.model, made.keys, scale, averaged=averaged))


@settings(max_examples=10)
@given(cost_models())
def test_against_the_simple_evaluator(made: RandomModel) -> None:
    plan = make_plan(made.model, made.keys)
    drawn = draw_inputs(plan, made.model.correlations, FUTURES, seed=1)
    found = run(plan, drawn, (1.0,), compile=True)
    numbers: dict[tuple[str, Distribution], list[float]] = {}
    for place, values in drawn.items():
        operation = plan.steps[place].operation
        assert isinstance(operation, Drawn)
        numbers[operation.key, operation.distribution] = values[0].tolist()
    other = Reference(made.model, numbers)
    for key in made.keys:
        assert_same(found.values[plan.places[key]], other, key)


@settings(max_examples=15)
@given(cost_models())
def test_random_models_in_small_groups(made: RandomModel) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups, "LARGEST", 3)
        assert_equal(*both(made.model, made.keys))


def test_every_instruction_of_every_function() -> None:
    inputs = [node("a", spread(1.0, 2.0)), node("b", dated((START, spread(2.0, 3.0)), (START + 1, 2.5)))]
    inputs.append(node("both", times("a", "b")))
    terms = [node(name, term) for name, term in CAN_BE_TAKEN_APART.items()]
    assert_equal(*both(model([*inputs, *terms], months=15), list(CAN_BE_TAKEN_APART)))


# What is wrong


@st.composite
def hazards(draw: st.DrawFn) -> RandomModel:
    """Models in which something is divided by zero, overflows, or is no share, in some months or futures."""
    zero_sometimes = dated((START, 0.0), (START + 2, 1.0))
    nodes: list[Node] = [
        node("volatile", apply("floor", spread(-3.0, 3.0))),
        node("late", zero_sometimes),
        node("huge", times(1e200, spread(0.5, 2.0))),
        node("plain", total_of(spread(0.2, 0.9), times("late", 0.2))),
    ]
    for number in range(draw(st.integers(3, 9))):
        keys = [n.key for n in nodes]
        one, two, three = (draw(st.sampled_from(keys)) for _ in range(3))
        choices: list[Written] = [
            over(one, two), times(one, two), total_of(one, two, signs=(1, -1)), apply("max", one, two),
            apply("min", one, two), apply("if", apply("<", one, two), two, three), apply("power", one, exponent=-2),
            apply("scale", one, two, three), apply("==", one, two), apply("total", one), apply("cumulative", one),
            apply("ceil", one), apply("round", one), apply("peak_so_far", one), apply("or", apply("<", one, 1.0), "late"),
            apply("exp", one), apply("discounted", one, two), apply("mean", one), apply("step", one, two, START + 1.0),
        ]  # fmt: skip
        share = draw(st.booleans())
        term = draw(st.sampled_from(choices))
        nodes.append(
            node(f"n{number}", term, sort="input" if share else "formula", type_=SHARE_TYPE)
            if share
            else node(f"n{number}", term)
        )
    return RandomModel(model(nodes, months=4), repr([(n.key, n.sort, n.term) for n in nodes]))


@settings(max_examples=60)
@given(hazards(), st.booleans())
def test_what_is_wrong_is_found_alike(made: RandomModel, thorough: bool) -> None:
    last = made.keys[-1]
    assert_equal(*both(made.model, [last], thorough=thorough))


def test_what_is_wrong_in_a_single_future_is_found() -> None:
    inputs = [node("a", spread(1.0, 2.0)), node("half", apply("<", "a", 1.2))]
    made = model(
        [*inputs, node("b", over(1.0, "half")), node("c", total_of(1.4, "half"), sort="input", type_=SHARE_TYPE)]
    )
    numpy, compiled = both(made, ["b", "c"])
    assert compiled.not_finite and compiled.not_shares
    assert_equal(numpy, compiled)


# Which one is chosen


def growing(nodes: int) -> CostModel:
    path = [
        node("n0", spread(1.0, 2.0)),
        *(node(f"n{k}", apply("grow", f"n{k - 1}", growth(0.01))) for k in range(1, nodes)),
    ]
    return model(path, months=60)


def test_a_kernel_is_compiled_where_it_saves_time() -> None:
    """A multiplication each, in 60 months."""
    plan = make_plan(growing(101), ["n100"])
    (part,) = lowered(plan)
    enough = -(-(WORTH + 100 * EACH) // (100 * 60))
    assert worth_compiling(plan, part, enough)
    assert not worth_compiling(plan, part, enough - 1)


def test_without_the_library_numpy_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tcolang.engine.fast.find_spec", lambda name: None)
    monkeypatch.setattr("tcolang.engine.fast.WORTH", 0)
    monkeypatch.setattr("tcolang.engine.fast.EACH", 0)
    plan = make_plan(growing(5), ["n4"])
    (part,) = lowered(plan)
    assert not worth_compiling(plan, part, 50)


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, tcolang.engine.evaluate; assert 'numpy' in sys.modules and 'llvmlite' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
