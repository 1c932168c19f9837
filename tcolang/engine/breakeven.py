"""At which volume one option becomes cheaper than another, exact across the steps of whole replicas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

import numpy as np

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import record
from tcolang.engine.crossings import Costs, Curves, RawCrossing, find_crossings, unsearched
from tcolang.engine.evaluation import Values
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.limits import refusal
from tcolang.engine.plan import Plan, make_plan
from tcolang.engine.run import run
from tcolang.engine.settings import Settings
from tcolang.engine.size import size_of
from tcolang.model.costmodel import CostModel

SPAN = (1.0 / 64.0, 64.0)
_POINTS = 61
"""Where the search starts, and what charts are drawn from."""

_COLUMNS = 100_000
"""Factors times futures in one run, which bounds the memory it takes."""

NOISE = 1e-3
"""As a share of the costs: expected costs of so few futures have steps of that size, one for each future that needs one
replica more."""


@record
class Crossing:
    """At `factor` times the stated volume. `equal`: both cost the same there; `step`: beyond it one of them jumps over
    the other, as when one more replica is needed."""

    factor: float
    kind: Literal["equal", "step"]
    cheaper_below: str
    cheaper_above: str


@record
class BreakEven:
    """All crossings in the span of factors, in order, and both mean TCOs at the `factors` that were looked at.

    `proven`: none is missed, provided that costs do not fall where the volume rises. Where they are uncertain, a
    crossing counts if the costs differ by more than a thousandth before the next one.
    """

    first: str
    second: str
    span: tuple[float, float]
    crossings: tuple[Crossing, ...]
    proven: bool
    factors: tuple[float, ...]
    first_costs: tuple[float, ...]
    second_costs: tuple[float, ...]
    futures: int = 1
    """That the means are taken over; 1 where nothing is uncertain."""

    @property
    def not_reached(self) -> bool:
        """One option is cheaper in the whole span, or both always cost the same."""
        return not self.crossings


@record
class VolumeStudy:
    """The mean TCO of each option at the `factors` of the volume, and the break-even of each pair."""

    factors: tuple[float, ...]
    costs: Mapping[str, tuple[float, ...]]
    break_evens: tuple[BreakEven, ...]
    futures: int


def study_volume(
    model: CostModel,
    options: Sequence[str],
    pairs: Iterable[tuple[str, str]],
    settings: Settings,
    factors: Sequence[float] | None = None,
) -> VolumeStudy:
    """All that is asked of the volume at once, which takes less time than one question after the other.

    All factors see the same `settings.samples` futures. `factors` rise; without them they span `SPAN`. The options of
    the pairs are among `options`. Raises `KeyError` where the TCO of one of them is unknown.
    """
    plan, all_costs, most = _mean_costs(model, options, settings)
    grid = np.geomspace(*SPAN, _POINTS) if factors is None else np.array(factors, dtype=np.float64)
    rows = dict(zip(options, all_costs(grid), strict=True))
    keys = _keys(model)
    futures = _futures(plan, settings)
    noisy = {option for option in options if plan.steps[plan.places[keys[option]]].drawn}

    def between(first: str, second: str) -> BreakEven:
        start = unsearched(grid, np.stack([rows[first], rows[second]]))
        costs = _when_asked(lambda: _mean_costs(model, (first, second), settings)[1])
        return _search(costs, start, (first, second), futures, not noisy.isdisjoint((first, second)), most)

    return VolumeStudy(
        tuple(grid.tolist()),
        {option: tuple(row.tolist()) for option, row in rows.items()},
        tuple(between(*pair) for pair in pairs),
        futures,
    )


def break_even(
    model: CostModel, first: str, second: str, settings: Settings, span: tuple[float, float] = SPAN
) -> BreakEven:
    """Between the mean TCOs of two options, by name, over factors of the volume of all workloads.

    Raises `KeyError` where the TCO of one of them is unknown.
    """
    factors = np.geomspace(*span, _POINTS)
    factors[0], factors[-1] = span
    return study_volume(model, (first, second), [(first, second)], settings, factors.tolist()).break_evens[0]


def refused(model: CostModel, first: str, second: str, settings: Settings) -> Diagnostic | None:
    """Why the break-even of two options would cost too much, before any of it is spent: one factor its memory, or those
    that the search starts from their work. Raises `KeyError` where a TCO is unknown."""
    known = _keys(model)
    plan = make_plan(model, (known[first], known[second]), grouped=True)
    return refusal(plan, model, settings, _POINTS)


def curve(
    model: CostModel, options: Sequence[str], factors: Sequence[float], settings: Settings
) -> tuple[tuple[float, ...], ...]:
    """The mean TCO of each option at each factor of the volume. Raises `KeyError` where a TCO is unknown."""
    return tuple(study_volume(model, options, (), settings, factors).costs.values())


def _search(costs: Costs, start: Curves, pair: tuple[str, str], futures: int, noisy: bool, most: int) -> BreakEven:
    """`most` bounds the factors: what is not looked at for want of them is not proven."""
    # A factor costs hundreds of futures where something is uncertain, and next to nothing where all is certain.
    parts, budget = (3, 400) if futures > 1 else (16, 8192)
    search = find_crossings(costs, start, parts=parts, budget=min(budget, most), noise=NOISE if noisy else 0.0)
    factors = tuple(search.curves.factors.tolist())
    return BreakEven(
        *pair,
        (factors[0], factors[-1]),
        tuple(_named(crossing, *pair) for crossing in search.crossings),
        search.proven,
        factors,
        tuple(search.curves.costs[0].tolist()),
        tuple(search.curves.costs[1].tolist()),
        futures,
    )


def _when_asked(make: Callable[[], Costs]) -> Costs:
    """Most pairs need no more than the points that are there, and a plan for two options takes time."""
    made = cache(make)

    def costs(factors: Values) -> Values:
        return made()(factors)

    return costs


def _named(crossing: RawCrossing, first: str, second: str) -> Crossing:
    below, above = (first, second) if crossing.first_below else (second, first)
    return Crossing(crossing.factor, crossing.kind, below, above)


def _keys(model: CostModel) -> Mapping[str, str]:
    return {option.name: option.results["tco"] for option in model.options if "tco" in option.results}


def _mean_costs(
    model: CostModel, options: Sequence[str], settings: Settings
) -> tuple[Plan, Callable[[Values], Values], int]:
    """The plan, the function from factors to mean costs, shape (options, factors), and of how many factors the limit on
    work allows to ask it."""
    known = _keys(model)
    keys = [known[option] for option in options]
    plan = make_plan(model, keys, grouped=True)
    samples = _futures(plan, settings)
    together = max(1, _COLUMNS // samples)
    while together > 1 and size_of(plan, samples, together).memory > settings.limits.memory_bytes:
        together //= 2
    inputs = draw_inputs(plan, model.correlations, samples, settings.seed)

    def some(factors: Values) -> Values:
        values = run(plan, inputs, factors.tolist()).values
        shape = (1, factors.size * samples)
        totals = (np.broadcast_to(values[plan.places[key]], shape) for key in keys)
        return np.stack([total.reshape(factors.size, samples).mean(axis=1) for total in totals])

    def costs(factors: Values) -> Values:
        return np.concatenate([some(factors[at : at + together]) for at in range(0, factors.size, together)], axis=1)

    return plan, costs, settings.limits.work // max(1, size_of(plan, samples).work)


def _futures(plan: Plan, settings: Settings) -> int:
    return settings.samples if plan.uncertain else 1
