"""Who bears what several workloads share: each what it adds, and of the rest a part by its contribution to the peak."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tcolang.base.record import record
from tcolang.engine.evaluate import evaluate
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel

_LOADS = ("busy", "peak_rate")
"""What a kind calls its load in the peak hour: copies or units kept busy, or tokens."""


@record
class Used:
    """Of one option: mean present value by component, "" for what is the option's own, and the peak loads of what
    serves, summed over the months."""

    costs: Mapping[str, float]
    peaks: Mapping[str, float]


@record
class Part:
    """What one workload bears of the recommended option. `alone` is what the option costs for it by itself,
    `incremental` what it costs more with it than without, `peak` its part in the peaks of what serves (0 to 1), and
    `allocated` what it adds and its part of what all share. The allocated costs add up to those of all together."""

    workload: str
    alone: float
    incremental: float
    peak: float
    allocated: float


def use(model: CostModel | None, name: str, settings: Settings) -> Used | None:
    """None where it cannot be computed."""
    option = next((o for o in model.options if o.name == name), None) if model is not None else None
    if model is None or option is None:
        return None
    serving = dict.fromkeys(route.deployment for route in option.routes)
    loads = {d: key for d in serving for load in _LOADS if (key := f"{name}.{d}.{load}") in model.index}
    seen = evaluate(model, settings, sorted({*(line.tco for line in option.lines), *loads.values()})).value
    if seen is None:
        return None
    costs: dict[str, float] = {}
    for line in option.lines:
        component = line.component or ""
        costs[component] = costs.get(component, 0.0) + seen.estimate(line.tco).mean
    return Used(costs, {d: math.fsum(seen.by_month(key)) for d, key in loads.items()})


def allocate(alone: Mapping[str, float], together: Used, without: Mapping[str, Used | None]) -> tuple[Part, ...]:
    """By workload. A part of a peak is what the peak would be lower without the workload, over the sum of these; what
    can wait and fills a valley has none. What serves nobody, people above all, is shared by the parts in all peaks,
    each counting as much as what serves costs."""
    known = {workload: used for workload, used in without.items() if used is not None}
    if len(known) < len(without) or set(alone) != set(without):
        return ()
    by_peak = {d: shares for d in together.peaks if (shares := _shares(d, together, known))}
    weights = {d: max(0.0, together.costs.get(d, 0.0)) for d in by_peak}
    overall = _weighted(by_peak, weights, alone)
    added = {w: {c: cost - used.costs.get(c, 0.0) for c, cost in together.costs.items()} for w, used in known.items()}
    borne = {w: math.fsum(lines.values()) for w, lines in added.items()}
    for component, cost in together.costs.items():
        shared = cost - math.fsum(lines[component] for lines in added.values())
        for workload, share in by_peak.get(component, overall).items():
            borne[workload] += shared * share
    return tuple(Part(w, alone[w], math.fsum(added[w].values()), overall[w], borne[w]) for w in known)


def _shares(deployment: str, together: Used, without: Mapping[str, Used]) -> dict[str, float]:
    """Empty where no workload moves the peak."""
    peak = together.peaks[deployment]
    lower = {w: max(0.0, peak - used.peaks.get(deployment, 0.0)) for w, used in without.items()}
    total = math.fsum(lower.values())
    return {w: part / total for w, part in lower.items()} if total > 1e-12 * abs(peak) and total > 0 else {}


def _weighted(
    by_peak: Mapping[str, Mapping[str, float]], weights: Mapping[str, float], alone: Mapping[str, float]
) -> dict[str, float]:
    """Where nothing has a peak or a price, by what each costs alone; where that is nothing, in equal parts."""
    total = math.fsum(weights.values())
    if total > 0:
        return {w: math.fsum(weights[d] * shares[w] for d, shares in by_peak.items()) / total for w in alone}
    cost = math.fsum(alone.values())
    return {w: part / cost if cost > 0 else 1 / len(alone) for w, part in alone.items()}
