"""Memory that a run takes: what lies between inputs and results does not grow with the number of futures."""

from __future__ import annotations

import tracemalloc

import pytest

from tcolang.engine.bench import Bench
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.lower import Part
from tcolang.engine.plan import Plan, make_plan
from tcolang.engine.run import PIECE, run
from tcolang.engine.work import Work
from tests.engine.made import apply, growth, model, node, spread, times

MONTHS, FORMULAS, NUMBER = 60, 100, 8


def chain() -> Plan:
    """A matrix of months and futures in each of many formulas, of which two are read at a time."""
    nodes = [node("n0", apply("grow", spread(1.0, 2.0), growth(0.01))), node("n1", times("n0", "n0"))]
    nodes += [node(f"n{k}", times(f"n{k - 1}", f"n{k - 2}", powers=(1, -1))) for k in range(2, FORMULAS)]
    made = model([*nodes, node("it", apply("total", f"n{FORMULAS - 1}"))], months=MONTHS)
    return make_plan(made, ["it"])


def beyond_inputs(plan: Plan, samples: int) -> int:
    """The most bytes that are there at the same time during a run, without the draws and without the result."""
    inputs = draw_inputs(plan, (), samples, seed=1)
    run(plan, draw_inputs(plan, (), 50, seed=1), (1.0,))
    tracemalloc.start()
    run(plan, inputs, (1.0,))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most - NUMBER * samples


def test_whatever_the_number_of_futures() -> None:
    plan = chain()
    few, many = (beyond_inputs(plan, samples) for samples in (20_000, 200_000))
    # A row of the many futures takes 1.6 MB, a matrix of them 96.
    assert few < 4 * NUMBER * PIECE
    assert many < few + 2 * NUMBER * 200_000


def test_pieces_fit_into_a_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """All buffers of a piece together: four matrices of a quarter of a megabyte at most, for a hundred formulas."""
    seen: list[int] = []

    class Watched(Bench):
        def __init__(self, work: Work, part: Part, width: int) -> None:
            super().__init__(work, part, width)
            seen.append(sum(buffer.nbytes for buffer in self.buffers))

    monkeypatch.setattr("tcolang.engine.run.Bench", Watched)
    plan = chain()
    run(plan, draw_inputs(plan, (), 50_000, seed=1), (1.0,), compile=False)
    assert seen and max(seen) <= 4 * NUMBER * PIECE
