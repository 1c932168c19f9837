"""Numbers for a model: the values of the nodes that are asked for, month by month and future by future."""

from __future__ import annotations

from collections.abc import Iterable

from tcolang.base.diagnostics import Outcome
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.failures import failures
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.limits import refusal
from tcolang.engine.plan import make_plan
from tcolang.engine.run import Progress, run
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel
from tcolang.uncertain.draw import BATCHES


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
    values = {key: result.values[plan.places[key]] for key in wanted}
    monthly = {key: result.by_month[plan.places[key]] for key in wanted if plan.places[key] in result.by_month}
    futures, batches = samples * len(settings.scale), min(BATCHES, samples)
    return Outcome(Evaluation(plan.months, futures, batches, settings.seed, values, monthly))
