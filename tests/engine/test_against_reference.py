from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tcolang.engine.evaluate import evaluate
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.plan import make_plan
from tcolang.engine.run import run
from tcolang.engine.settings import Settings
from tcolang.engine.steps import Drawn
from tcolang.model.costmodel import CostModel
from tests.engine.random_models import MAKERS, RandomModel, cost_models
from tests.engine.reference import FUNCTIONS, Reference

SAMPLES = 6


def reference(model: CostModel, keys: list[str], volume: float = 1.0) -> Reference:
    """With the numbers that the engine draws."""
    plan = make_plan(model, keys)
    arrays = draw_inputs(plan, model.correlations, SAMPLES, seed=1)
    drawn: dict[tuple[str, object], list[float]] = {}
    for place, array in arrays.items():
        operation = plan.steps[place].operation
        assert isinstance(operation, Drawn)
        drawn[operation.key, operation.distribution] = array[0].tolist()
    return Reference(model, drawn, volume)  # type: ignore[arg-type]


def assert_same(values: np.ndarray[tuple[int, int], np.dtype[np.float64]], other: Reference, key: str) -> None:
    """In every month and future, to 1e-12."""
    for month in range(other.months):
        for future in range(other.futures):
            mine = float(values[min(month, values.shape[0] - 1), min(future, values.shape[1] - 1)])
            theirs = other.value(key, month, future)
            assert math.isclose(mine, theirs, rel_tol=1e-12, abs_tol=1e-12), (key, month, future, mine, theirs)


@settings(max_examples=200)
@given(cost_models())
def test_both_evaluators_agree(made: RandomModel) -> None:
    model, keys = made.model, made.keys
    found = evaluate(model, Settings(samples=SAMPLES), keys).value
    assert isinstance(found, Evaluation)
    other = reference(model, keys)
    for key in keys:
        assert_same(found.values[key], other, key)


@settings(max_examples=60)
@given(cost_models(), st.sampled_from(((0.5, 1.0, 3.0), tuple(k / 2 for k in range(1, SAMPLES + 1)))))
def test_each_group_of_futures_is_an_evaluation_at_its_volume(made: RandomModel, scale: tuple[float, ...]) -> None:
    """Also where there are as many groups as futures."""
    model, keys = made.model, made.keys
    found = evaluate(model, Settings(samples=SAMPLES, scale=scale), keys).value
    assert isinstance(found, Evaluation)
    for group, factor in enumerate(scale):
        other = reference(model, keys, factor)
        size = other.futures
        for key in keys:
            values = found.values[key]
            group_of = values[:, group * size : (group + 1) * size] if values.shape[1] > 1 else values
            assert_same(group_of, other, key)


@settings(max_examples=60)
@given(cost_models())
def test_results_do_not_depend_on_the_size_of_the_pieces(made: RandomModel) -> None:
    model, keys = made.model, made.keys
    plan = make_plan(model, keys)
    inputs = draw_inputs(plan, model.correlations, 43, seed=1)
    whole = run(plan, inputs, (1.0,))
    for width in (1, 7, 16):
        pieces = run(plan, inputs, (1.0,), piece=width * plan.months)
        for place, values in whole.values.items():
            assert values.tobytes() == pieces.values[place].tobytes()


@settings(max_examples=40)
@given(cost_models())
def test_nor_do_those_of_groups(made: RandomModel) -> None:
    """Pieces of several groups, of one, and of parts of one."""
    plan = make_plan(made.model, made.keys, grouped=True)
    inputs = draw_inputs(plan, made.model.correlations, 7, seed=1)
    scale = (0.5, 1.0, 2.0, 3.0, 5.0)
    whole = run(plan, inputs, scale)
    for width in (1, 4, 7, 16):
        pieces = run(plan, inputs, scale, piece=width * plan.months)
        for place, values in whole.values.items():
            assert values.tobytes() == pieces.values[place].tobytes()


def test_the_random_models_use_every_function() -> None:
    from tcolang.engine.functions import functions

    assert set(functions()) == set(FUNCTIONS)
    assert len(MAKERS) >= 40
