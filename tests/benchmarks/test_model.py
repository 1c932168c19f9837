"""The same model, in every language in which it can be run here, gives the same result at a tiny size."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest

from tcolang.engine.inputs import draw_inputs
from tcolang.engine.plan import make_plan
from tcolang.engine.run import run
from tcolang.engine.settings import Settings
from tests.benchmarks import model
from tests.benchmarks.workers.checked import model_of
from tests.benchmarks.workers.generated import module_of

COUNT, MONTHS, SAMPLES = 23, 4, 9


def test_the_engine_numpy_by_hand_and_plain_python_agree() -> None:
    made = model_of(model.spec(COUNT, MONTHS))
    plan = make_plan(made, ["answer"])
    drawn = draw_inputs(plan, made.correlations, SAMPLES, Settings().seed)
    engine = run(plan, drawn, (1.0,)).values[plan.places["answer"]][0]

    x = [drawn[plan.places[f"x{i}"]] for i in range(model.INPUTS)]
    growth = (1.0 + model.GROWTH) ** np.arange(MONTHS)[:, None]
    buffers = [np.empty((MONTHS, SAMPLES)) for _ in range(model.BUFFERS)]
    by_hand = module_of(model.numpy_source(COUNT)).piece(growth, x, buffers)

    arguments = ", ".join(["g", *(f"x{i}" for i in range(model.INPUTS))])
    month = module_of(model.python_source(COUNT, arguments)).month
    plain = [
        sum(month((1.0 + model.GROWTH) ** at, *(float(row[0, s]) for row in x)) for at in range(MONTHS))
        for s in range(SAMPLES)
    ]
    assert engine == pytest.approx(plain, rel=1e-12)
    assert by_hand == pytest.approx(plain, rel=1e-12)


def test_c_and_squiggle_have_the_formulas_as_they_stand() -> None:
    for text in (model.c_source(COUNT), model.squiggle_source(COUNT)):
        for i, formula in enumerate(model.expressions(COUNT)):
            assert f"f{i} = {formula}" in text


@pytest.mark.parametrize("count", [40, 200])
def test_everything_is_read_and_soon(count: int) -> None:
    formulas = model.expressions(count)
    reads = [list(model.read_by(text)) for text in formulas]
    assert {f"x{i}" for i in range(model.INPUTS)} <= set(chain(*reads))
    assert {f"f{i}" for i in range(count - 1)} <= set(chain(*reads))
    for i, names in enumerate(reads):
        assert all(i - model.BACK < int(name[1:]) < i for name in names if name.startswith("f"))
