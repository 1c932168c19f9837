"""Workloads assigned to deployments by a mixed-integer linear program, solved by HiGHS with a bound.

The program's numbers are read off the model itself, by evaluating it with one workload on one deployment. A deployment
costs so much for each workload it serves; a pool in addition so much when it is used and so much for each of the whole
replicas that the sum of its loads needs, month by month. Whether that describes the model exactly is checked on the
solution and on other assignments: where it does not, nothing is proven.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from tcolang.base.record import record
from tcolang.engine.candidates import Filling, costs_in, line_keys, mean_costs, rows, standing_cost
from tcolang.engine.evaluation import Values
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import Choice, CostModel
from tcolang.semantics.terms import Constant
from tcolang.semantics.types import GrowthType

GAP = 1e-4
SAME = 1e-6
REPLICAS = (0.3, 0.7, 1.4, 2.6, 4.5, 7.2, 12.7, 20.5)
"""So many replicas' worth of work are put on a pool to see what replicas cost."""


@record
class Solved:
    """`exact`: the program describes the model, so no filling costs less than `bound`."""

    filling: Filling
    bound: float
    exact: bool
    probes: int


@record
class Pool:
    """What a pool costs, discounted to the start: `used` for each discounted month of use, `replica` for each of a
    replica, of which one carries `capacity`. `loads` are those of each workload, shape (workloads, months)."""

    used: float
    replica: float
    capacity: float
    loads: Values


@record
class Figures:
    """`fixed` is paid whatever is assigned; `served` is the cost of a workload on a deployment apart from replicas,
    infinite where that is not allowed, shape (workloads, deployments); `idle` what a deployment costs as soon as it
    is used at all. `discounts` has one factor per month."""

    fixed: float
    served: Values
    idle: Values
    pools: dict[int, Pool]
    discounts: Values
    probes: int


def best_assignment(
    model: CostModel, option: str, choices: Sequence[Choice], domains: Sequence[list[Filling]], settings: Settings
) -> Solved | None:
    """None where the model is uncertain or of another shape, or where HiGHS is not installed."""
    try:
        import highspy
    except ModuleNotFoundError:
        return None
    if any(choice.sort != "assignment" for choice in choices):
        return None
    deployments = list(dict.fromkeys(d for choice in choices for d in choice.deployments))
    figures = _figures(model, option, choices, domains, deployments, settings)
    if figures is None:
        return None
    picked, bound = _solve(highspy, figures)
    filling = _filling(choices, deployments, picked)
    # What whole replicas cost on average over futures is no function of their mean load.
    certain = not any(model.node(key).uncertain for key in line_keys(model, option))
    exact = certain and _describes(model, option, choices, deployments, figures, picked, settings)
    return Solved(filling, bound, exact, figures.probes)


def _figures(
    model: CostModel,
    option: str,
    choices: Sequence[Choice],
    domains: Sequence[list[Filling]],
    deployments: Sequence[str],
    settings: Settings,
) -> Figures | None:
    nothing = {key: 0.0 for choice in choices for key in choice.keys}
    places = {(i, d): choice.keys[choice.deployments.index(d)] for i, choice in enumerate(choices)
              for d in choice.deployments}  # fmt: skip
    open_ = {(i, d) for (i, d), key in places.items() if any(filling.get(key) == 1.0 for filling in domains[i])}
    spots = sorted(open_)
    probes = [nothing, *({**nothing, places[spot]: 1.0} for spot in spots)]
    sized = [d for d in deployments if f"{option}.{d}.size" in model.index and any(at == d for _, at in spots)]
    keys = [*line_keys(model, option), *(key for d in sized for key in _names(option, d))]
    seen = rows(model, probes, keys, settings)
    totals = costs_in(model, option, probes, seen)
    served = np.full((len(choices), len(deployments)), math.inf)
    for spot, total in zip(spots, totals[1:], strict=True):
        served[spot[0], deployments.index(spot[1])] = total - totals[0]
    idle = np.array([standing_cost(model, option, d, nothing, seen) for d in deployments])
    served -= idle[None, :]
    discounts = _discounts(model)
    pools = _pools(model, option, sized, spots, places, nothing, len(choices), seen, discounts, settings)
    if pools is None:
        return None
    for deployment, pool in pools.items():
        number = deployments.index(deployment)
        for i, at in spots:
            if at == deployment:
                sizes = np.ceil(pool.loads[i] / pool.capacity - SAME)
                replicas = float((discounts * sizes).sum()) * pool.replica
                served[i, number] -= replicas + float((discounts * (sizes > 0)).sum()) * pool.used
    by_number = {deployments.index(deployment): pool for deployment, pool in pools.items()}
    return Figures(totals[0], served, idle, by_number, discounts, len(probes))


def _names(option: str, deployment: str) -> tuple[str, str, str]:
    return (f"{option}.{deployment}.busy", f"{option}.{deployment}.size", f"{option}.{deployment}.capacity")


def _pools(
    model: CostModel,
    option: str,
    sized: Sequence[str],
    spots: Sequence[tuple[int, str]],
    places: dict[tuple[int, str], str],
    nothing: Filling,
    workloads: int,
    seen: dict[str, Values],
    discounts: Values,
    settings: Settings,
) -> dict[str, Pool] | None:
    """None where a pool's cost is not so much for use and so much for each replica."""
    months = len(discounts)
    fillings: list[Filling] = [nothing]
    asked: dict[str, tuple[float, list[float], Values]] = {}
    for deployment in sized:
        busy, size, capacity = (
            np.broadcast_to(seen[name], (months, 1 + len(spots))) for name in _names(option, deployment)
        )
        there = [(place, i) for place, (i, at) in enumerate(spots, 1) if at == deployment]
        loads = np.zeros((workloads, months))
        for place, i in there:
            loads[i] = busy[:, place]
        first, workload = max(there, key=lambda each: float(busy[:, each[0]].max()))
        if not (size[:, first] > 0).all():
            return None
        each = float((capacity[:, first] / size[:, first]).max())
        times = [count * each / float(busy[:, first].max()) for count in REPLICAS]
        asked[deployment] = (each, times, loads)
        fillings += [{**nothing, places[workload, deployment]: often} for often in times]
    keys = [*line_keys(model, option), *(f"{option}.{d}.size" for d in sized)]
    tried = rows(model, fillings, keys, settings)
    costs = np.array(costs_in(model, option, fillings, tried))
    found: dict[str, Pool] = {}
    for number, (deployment, (each, times, loads)) in enumerate(asked.items()):
        part = slice(1 + number * len(REPLICAS), 1 + (number + 1) * len(REPLICAS))
        sizes = np.broadcast_to(tried[f"{option}.{deployment}.size"], (months, len(fillings)))[:, part]
        used, replicas = ((discounts[:, None] * each_).sum(axis=0) for each_ in (sizes > 0, sizes))
        fitted = _fitted(used, replicas, np.array(times), costs[part] - costs[0])
        if fitted is None:
            return None
        found[deployment] = Pool(fitted[0], fitted[1], each, loads)
    return found


def _fitted(used: Values, replicas: Values, times: Values, costs: Values) -> tuple[float, float] | None:
    """The two prices with which use, replicas and a part in proportion to the load give the costs, to a millionth;
    None where there are none. Cramer's rule on each three that are independent."""
    table = np.stack([used, replicas, times], axis=1)
    count = len(times)
    for rows_ in ((a, b, c) for a in range(count) for b in range(a + 1, count) for c in range(b + 1, count)):
        chosen = table[list(rows_)]
        determinant = _determinant(chosen)
        if abs(determinant) <= 1e-9 * float(np.abs(chosen).max()) ** 3:
            continue
        prices = []
        for column in range(3):
            other = chosen.copy()
            other[:, column] = costs[list(rows_)]
            prices.append(_determinant(other) / determinant)
        guess = table[:, 0] * prices[0] + table[:, 1] * prices[1] + table[:, 2] * prices[2]
        if bool((np.abs(guess - costs) <= SAME * np.abs(costs).max()).all()):
            return prices[0], prices[1]
        return None
    return None


def _determinant(m: Values) -> float:
    a, b, c = m
    first = a[0] * (b[1] * c[2] - b[2] * c[1])
    return float(first - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]))


def _discounts(model: CostModel) -> Values:
    decision = model.decision
    assert decision is not None
    rate, period = 0.0, 12.0
    node = model.nodes[model.index["decision.discount_rate"]] if "decision.discount_rate" in model.index else None
    if node is not None and isinstance(node.term, Constant) and isinstance(node.type, GrowthType):
        rate, period = node.term.value, node.type.period or 12.0
    return (1.0 + rate) ** (-np.arange(decision.horizon) / period)


def _solve(highspy: Any, figures: Figures) -> tuple[list[int], float]:
    """The deployment of each workload, and a cost below which no assignment is."""
    solver = highspy.Highs()
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_rel_gap", GAP)):
        solver.setOptionValue(name, value)
    workloads, deployments = figures.served.shape
    x = {
        (w, d): solver.addBinary(obj=float(figures.served[w, d]))
        for w in range(workloads)
        for d in range(deployments)
        if math.isfinite(figures.served[w, d])
    }
    for w in range(workloads):
        solver.addConstr(sum(x[w, d] for d in range(deployments) if (w, d) in x) == 1)
    for d, standing in enumerate(figures.idle):
        if standing != 0:
            opened = solver.addBinary(obj=float(standing))
            for w in range(workloads):
                if (w, d) in x:
                    solver.addConstr(x[w, d] <= opened)
    for d, pool in figures.pools.items():
        for months in _alike(pool.loads):
            weight = float(figures.discounts[months].sum())
            month = months[0]
            most = math.ceil(float(pool.loads[:, month].sum()) / pool.capacity) + 1
            used = solver.addBinary(obj=weight * pool.used)
            size = solver.addIntegral(lb=0, ub=most, obj=weight * pool.replica)
            served = [(w, float(pool.loads[w, month])) for w in range(workloads) if (w, d) in x]
            # A hair less than whole, as the engine's own rounding up allows.
            solver.addConstr(sum(load * x[w, d] for w, load in served) <= pool.capacity * (1 + SAME / 10) * size)
            solver.addConstr(size <= most * used)
    solver.run()
    values = solver.getSolution().col_value
    picked = [max((values[x[w, d].index], -d) for d in range(deployments) if (w, d) in x)[1] for w in range(workloads)]
    bound = float(solver.getInfo().mip_dual_bound) + figures.fixed
    return [-d for d in picked], bound


def _alike(loads: Values) -> Iterator[list[int]]:
    """Months in which every workload has the same load, together."""
    groups: dict[bytes, list[int]] = {}
    for month in range(loads.shape[1]):
        groups.setdefault(np.round(loads[:, month], 12).tobytes(), []).append(month)
    yield from groups.values()


def _filling(choices: Sequence[Choice], deployments: Sequence[str], picked: Sequence[int]) -> Filling:
    return {
        key: float(deployment == deployments[number])
        for choice, number in zip(choices, picked, strict=True)
        for deployment, key in zip(choice.deployments, choice.keys, strict=True)
    }


def _predicted(figures: Figures, picked: Sequence[int]) -> float:
    cost = figures.fixed + sum(float(figures.served[w, d]) for w, d in enumerate(picked))
    cost += sum(float(figures.idle[d]) for d in dict.fromkeys(picked))
    for d, pool in figures.pools.items():
        load = sum((pool.loads[w] for w, at in enumerate(picked) if at == d), np.zeros(len(figures.discounts)))
        sizes = np.ceil(load / pool.capacity - SAME / 10)
        cost += float((figures.discounts * (sizes * pool.replica + (sizes > 0) * pool.used)).sum())
    return cost


def _describes(
    model: CostModel,
    option: str,
    choices: Sequence[Choice],
    deployments: Sequence[str],
    figures: Figures,
    picked: list[int],
    settings: Settings,
) -> bool:
    """Whether the program's cost is the model's, on the solution and on a few assignments spread over all."""
    tests = [picked]
    for shift in range(1, 8):
        spread = []
        for w in range(len(choices)):
            allowed = [d for d in range(len(deployments)) if math.isfinite(figures.served[w, d])]
            spread.append(allowed[(w * (2 * shift + 1) + shift) % len(allowed)])
        tests.append(spread)
    fillings = [_filling(choices, deployments, each) for each in tests]
    costs = mean_costs(model, option, fillings, settings)
    return all(
        abs(cost - _predicted(figures, each)) <= SAME * abs(cost) for cost, each in zip(costs, tests, strict=True)
    )
