"""At which volume one option becomes cheaper than another, exact across the steps of whole replicas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tcolang.engine.crossings import RawCrossing, find_crossings
from tcolang.engine.evaluation import Values
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.plan import Plan, make_plan
from tcolang.engine.run import run
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel

SPAN = (1.0 / 64.0, 64.0)
FUTURES = 200
"""Enough for expected costs, whose error shrinks faster than with independent draws; all factors see the same ones."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """At `factor` times the stated volume. `equal`: both cost the same there; `step`: beyond it one of them jumps over
    the other, as when one more replica is needed."""

    factor: float
    kind: Literal["equal", "step"]
    cheaper_below: str
    cheaper_above: str


@dataclass(frozen=True, slots=True)
class BreakEven:
    """All crossings in the span of factors, in order, and both mean TCOs at the `factors` that were looked at.

    `proven`: none is missed, provided that costs do not fall where the volume rises.
    """

    first: str
    second: str
    span: tuple[float, float]
    crossings: tuple[Crossing, ...]
    proven: bool
    factors: tuple[float, ...]
    first_costs: tuple[float, ...]
    second_costs: tuple[float, ...]

    @property
    def not_reached(self) -> bool:
        """One option is cheaper in the whole span, or both always cost the same."""
        return not self.crossings


def break_even(
    model: CostModel, first: str, second: str, settings: Settings, span: tuple[float, float] = SPAN
) -> BreakEven:
    """Between the mean TCOs of two options, by name, over factors of the volume of all workloads.

    Raises `KeyError` where the TCO of one of them is unknown.
    """
    plan, costs = _mean_costs(model, (first, second), settings)
    size = (33, 3, 400) if plan.uncertain else (193, 16, 8192)
    search = find_crossings(costs, span, grid=size[0], parts=size[1], budget=size[2])
    return BreakEven(
        first,
        second,
        span,
        tuple(_named(crossing, first, second) for crossing in search.crossings),
        search.proven,
        tuple(search.curves.factors.tolist()),
        tuple(search.curves.costs[0].tolist()),
        tuple(search.curves.costs[1].tolist()),
    )


def curve(
    model: CostModel, options: Sequence[str], factors: Sequence[float], settings: Settings
) -> tuple[tuple[float, ...], ...]:
    """The mean TCO of each option at each factor of the volume. Raises `KeyError` where a TCO is unknown."""
    _, costs = _mean_costs(model, options, settings)
    return tuple(tuple(row.tolist()) for row in costs(np.array(factors, dtype=np.float64)))


def _named(crossing: RawCrossing, first: str, second: str) -> Crossing:
    below, above = (first, second) if crossing.first_below else (second, first)
    return Crossing(crossing.factor, crossing.kind, below, above)


def _mean_costs(
    model: CostModel, options: Sequence[str], settings: Settings
) -> tuple[Plan, Callable[[Values], Values]]:
    """The plan, and the function from factors to mean costs, shape (options, factors)."""
    results = {option.name: option.results for option in model.options}
    keys = [results[option]["tco"] for option in options]
    plan = make_plan(model, keys, grouped=True)
    samples = min(FUTURES, settings.samples) if plan.uncertain else 1
    inputs = draw_inputs(plan, model.correlations, samples, settings.seed)

    def costs(factors: Values) -> Values:
        values = run(plan, inputs, factors.tolist()).values
        shape = (1, factors.size * samples)
        totals = (np.broadcast_to(values[plan.places[key]], shape) for key in keys)
        return np.stack([total.reshape(factors.size, samples).mean(axis=1) for total in totals])

    return plan, costs
