"""Numbers for a model: the values of the nodes that are asked for, month by month and future by future."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tcolang.base.diagnostics import Outcome
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.failures import failures
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.limits import refusal
from tcolang.engine.plan import Plan, make_common_plan, make_plan
from tcolang.engine.run import Progress, Result, run
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel
from tcolang.uncertain.draw import BATCHES

_TOGETHER = 4
"""Models in one run: the values of all of them are there at the same time."""


def evaluate(
    model: CostModel,
    settings: Settings,
    keep: Iterable[str],
    progress: Progress | None = None,
    *,
    averaged: bool = False,
) -> Outcome[Evaluation | None]:
    """The values of the nodes `keep`, by key, in arrays of shape (1 or months, 1 or futures).

    One future is enough where nothing that is asked for is uncertain. With several factors in `settings.scale` the
    futures are those of the first factor, then those of the second, and so on. `averaged`: of what varies by month and
    by future only means are kept, which takes much less memory. `progress` is told how many pieces are
    done, of how many. There is no value where a limit is exceeded, or a node is not finite or no share.
    """
    wanted = tuple(keep)
    grouped = len(settings.scale) > 1
    plan = make_plan(model, wanted, grouped=grouped, volume=settings.scale[0], averaged=averaged)
    refused = refusal(plan, model, settings)
    if refused is not None:
        return Outcome(None, (refused,))
    samples = settings.samples if plan.uncertain else 1
    inputs = draw_inputs(plan, model.correlations, samples, settings.seed)
    result = run(plan, inputs, settings.scale, progress=progress)
    if result.not_finite or result.not_shares:
        thorough = run(plan, inputs, settings.scale, thorough=True)
        return Outcome(None, failures(model, plan, settings, thorough))
    return Outcome(_evaluation(plan, plan.places, wanted, result, samples, settings))


def evaluate_together(
    asked: Sequence[tuple[CostModel, Iterable[str]]], settings: Settings, progress: Progress | None = None
) -> tuple[Outcome[Evaluation | None], ...]:
    """As `evaluate` with `averaged` gives it for each model with the keys to keep, but what is equal in several models,
    as in a spec and its scenarios, is calculated once."""
    wanted = [(model, tuple(keep)) for model, keep in asked]
    found: list[Outcome[Evaluation | None]] = []
    for first in range(0, len(wanted), _TOGETHER):
        some = wanted[first : first + _TOGETHER]
        together = _together(some, settings, progress) if len(some) > 1 else None
        found += together or (evaluate(model, settings, keep, progress, averaged=True) for model, keep in some)
    return tuple(found)


def _together(
    wanted: Sequence[tuple[CostModel, tuple[str, ...]]], settings: Settings, progress: Progress | None
) -> tuple[Outcome[Evaluation | None], ...] | None:
    """None where the models differ in their months or in how inputs are correlated, or some are certain, where all of
    them together exceed a limit, or where one of them has something to tell about a value."""
    model = wanted[0][0]
    if any(_grid(other) != _grid(model) for other, _ in wanted):
        return None
    plan, places = make_common_plan(wanted, settings.scale[0])
    certain = [not plan.draws(own[key] for key in keep) for own, (_, keep) in zip(places, wanted, strict=True)]
    if len(set(certain)) > 1 or any(refusal(plan, other, settings) is not None for other, _ in wanted):
        return None
    samples = settings.samples if plan.uncertain else 1
    result = run(plan, draw_inputs(plan, model.correlations, samples, settings.seed), settings.scale, progress=progress)
    if result.not_finite or result.not_shares:
        return None
    each = zip(places, wanted, strict=True)
    return tuple(Outcome(_evaluation(plan, own, keep, result, samples, settings)) for own, (_, keep) in each)


def _grid(model: CostModel) -> tuple[object, ...]:
    decision = model.decision
    return (decision.horizon, decision.start, model.correlations) if decision is not None else (None,)


def _evaluation(
    plan: Plan, places: Mapping[str, int], keep: Iterable[str], result: Result, samples: int, settings: Settings
) -> Evaluation:
    values = {key: result.values[places[key]] for key in keep}
    monthly = {key: result.by_month[places[key]] for key in keep if places[key] in result.by_month}
    futures, batches = samples * len(settings.scale), min(BATCHES, samples)
    return Evaluation(plan.months, futures, batches, settings.seed, values, monthly)
