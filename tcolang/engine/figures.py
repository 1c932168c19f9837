"""The numbers of a linear program, read off a model by looking at it with one workload at a time.

A deployment costs so much for each workload it serves; a pool in addition so much when it is used and so much for each
of the whole replicas that the sum of its loads needs, month by month. Whether that is so is checked elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tcolang.base.record import record
from tcolang.engine.candidates import Filling, Trials
from tcolang.engine.evaluation import Values
from tcolang.engine.probing import Case, Probing
from tcolang.model.costmodel import Choice, CostModel
from tcolang.semantics.terms import Constant
from tcolang.semantics.types import GrowthType

SAME = 1e-6
REPLICAS = (0.3, 0.7, 1.4, 2.6, 4.5, 7.2, 12.7, 20.5)
"""So many replicas' worth of work are put on a pool to see what replicas cost."""


@record
class Pool:
    """What a pool costs in each future, discounted to the start: `used` for each discounted month of use, `replica` for
    each of a replica, of which one carries `capacity`; shape (futures,). `loads` are those of each workload over that
    capacity, shape (workloads, months, futures)."""

    used: Values
    replica: Values
    loads: Values


@record
class Figures:
    """Each by future, the last axis. `fixed` is paid whatever is assigned, shape (futures,); `served` is the cost of a
    workload on a deployment apart from replicas, infinite where that is not allowed, shape (workloads, deployments,
    futures); `idle` what a deployment costs as soon as it is used at all, shape (deployments, futures). `discounts` has
    one factor per month."""

    fixed: Values
    served: Values
    idle: Values
    pools: Mapping[int, Pool]
    discounts: Values
    probes: int

    def open(self, workload: int) -> list[int]:
        """Where a workload may go."""
        return [d for d in range(self.served.shape[1]) if math.isfinite(self.served[workload, d, 0])]


def read_figures(
    trials: Trials,
    choices: Sequence[Choice],
    domains: Sequence[list[Filling]],
    deployments: Sequence[str],
    futures: int,
) -> Figures | None:
    """None where a pool's cost is not so much for use and so much for each replica."""
    option = trials.option.name
    open_ = [
        {
            d: d in c.deployments and any(f.get(c.keys[c.deployments.index(d)]) == 1.0 for f in domain)
            for d in deployments
        }
        for c, domain in zip(choices, domains, strict=True)
    ]
    there = {d: [w for w in range(len(choices)) if open_[w][d]] for d in deployments}
    sized = [d for d in deployments if f"{option}.{d}.size" in trials.model.index and there[d]]
    keys = (*trials.lines, *(key for d in sized for key in _names(option, d)))
    probing = Probing(trials, choices, keys)
    reach = probing.reach()
    apart = reach is not None and all(len(each) <= 1 for each in reach.values())
    cases: list[Case] = [(0, {})]
    place: dict[tuple[int, str], int] = {}
    for w in range(len(choices)):
        mine = [d for d in deployments if open_[w][d]]
        for together in [mine] if apart else [[d] for d in mine]:
            place.update(((w, d), len(cases)) for d in together)
            cases.append((w, dict.fromkeys(together, 1.0)))
    seen = probing.seen(cases, futures)
    fixed, served, idle = _costs(trials, deployments, there, place, seen, reach if apart else None, futures)
    discounts = _discounts(trials.model)
    found = _pools(trials, probing, sized, there, place, seen, discounts, futures)
    if found is None:
        return None
    pools = {deployments.index(d): pool for d, pool in found.items()}
    for d, pool in pools.items():
        sizes = np.ceil(pool.loads - SAME)
        served[:, d] -= np.einsum("m,wmf->wf", discounts, sizes) * pool.replica
        served[:, d] -= np.einsum("m,wmf->wf", discounts, (sizes > 0).astype(float)) * pool.used
    return Figures(fixed, served, idle, pools, discounts, len(cases))


def _names(option: str, deployment: str) -> tuple[str, str, str]:
    return (f"{option}.{deployment}.busy", f"{option}.{deployment}.size", f"{option}.{deployment}.capacity")


def _costs(
    trials: Trials,
    deployments: Sequence[str],
    there: Mapping[str, Sequence[int]],
    place: Mapping[tuple[int, str], int],
    seen: Mapping[str, Values],
    apart: Mapping[str, frozenset[str]] | None,
    futures: int,
) -> tuple[Values, Values, Values]:
    """Fixed costs, those of each workload on each deployment, and those of each deployment that is used. The first case
    has nothing in it. `apart`: on which deployment a line rests, where a case is about several."""
    workloads = 1 + max(w for w, _ in place)
    served = np.full((workloads, len(deployments), futures), math.inf)
    idle = np.zeros((len(deployments), futures))
    lines = [(line, seen[line.tco][0]) for line in trials.option.lines]
    nobody = trials.unpaid(frozenset())
    fixed = np.zeros(futures) + sum(values[0] for line, values in lines if line.component not in nobody)
    for number, deployment in enumerate(deployments):
        there_ = there[deployment]
        if not there_:
            continue
        rows = [place[w, deployment] for w in there_]
        unpaid = trials.unpaid(frozenset((deployment,)))
        total = np.zeros((len(rows), futures)) - fixed
        for line, values in lines:
            if line.component not in unpaid:
                moved = apart is None or deployment in apart[line.tco]
                total += values[rows] if moved else values[:1]
        idle[number] += sum(
            values[0] for line, values in lines if line.component in nobody and line.component not in unpaid
        )
        served[there_, number] = total - idle[number]
    return fixed, served, idle


def _pools(
    trials: Trials,
    probing: Probing,
    sized: Sequence[str],
    there: Mapping[str, Sequence[int]],
    place: Mapping[tuple[int, str], int],
    seen: Mapping[str, Values],
    discounts: Values,
    futures: int,
) -> dict[str, Pool] | None:
    """None where a pool's cost is not so much for use and so much for each replica."""
    option, months, workloads = trials.option.name, len(discounts), len(probing.choices)
    cases: list[Case] = [(0, {})]
    asked: dict[str, tuple[list[float], Values]] = {}
    for deployment in sized:
        shape = (months, len(there[deployment]), futures)
        rows = [place[w, deployment] for w in there[deployment]]
        busy, size, capacity = (np.broadcast_to(seen[n][:, rows], shape) for n in _names(option, deployment))
        highest = int(busy.mean(axis=2).max(axis=0).argmax())
        if not (size[:, highest] > 0).all():
            return None
        each = (capacity[:, highest] / size[:, highest]).max(axis=0)
        loads = np.zeros((workloads, months, futures))
        loads[there[deployment]] = np.moveaxis(busy, 0, 1) / each
        times = [count * float(each.mean()) / float(busy[:, highest].mean(axis=1).max()) for count in REPLICAS]
        asked[deployment] = (times, loads)
        cases += [(there[deployment][highest], {deployment: often}) for often in times]
    tried = probing.seen(cases, futures)
    found: dict[str, Pool] = {}
    for number, (deployment, (times, loads)) in enumerate(asked.items()):
        part = slice(1 + number * len(REPLICAS), 1 + (number + 1) * len(REPLICAS))
        unpaid = trials.unpaid(frozenset((deployment,)))
        paid = [tried[line.tco][0] for line in trials.option.lines if line.component not in unpaid]
        costs = sum(
            (np.broadcast_to(v[part] - v[:1], (len(times), futures)) for v in paid), np.zeros((len(times), futures))
        )
        sizes = np.broadcast_to(tried[f"{option}.{deployment}.size"][:, part], (months, len(times), futures))
        used = np.einsum("m,mkf->kf", discounts, (sizes > 0).astype(float))
        replicas = np.einsum("m,mkf->kf", discounts, sizes)
        fitted = _fitted(used, replicas, np.broadcast_to(np.array(times)[:, None], costs.shape), costs)
        if fitted is None:
            return None
        found[deployment] = Pool(fitted[0], fitted[1], loads)
    return found


def _fitted(used: Values, replicas: Values, times: Values, costs: Values) -> tuple[Values, Values] | None:
    """The two prices with which use, replicas and a part in proportion to the load give the costs, to a millionth, in
    each future; None where there are none. All have shape (cases, futures). By Cramer's rule, on the first three cases
    that are independent in all futures."""
    table = np.stack([used, replicas, times], axis=1)
    count = len(times)
    for rows in ((a, b, c) for a in range(count) for b in range(a + 1, count) for c in range(b + 1, count)):
        chosen = table[list(rows)]
        determinant = _determinant(chosen)
        if (np.abs(determinant) <= 1e-9 * np.abs(chosen).max(axis=(0, 1)) ** 3).any():
            continue
        prices = []
        for column in range(3):
            other = chosen.copy()
            other[:, column] = costs[list(rows)]
            prices.append(_determinant(other) / determinant)
        guess = used * prices[0] + replicas * prices[1] + times * prices[2]
        fits = np.abs(guess - costs) <= SAME * np.abs(costs).max(axis=0)
        if not fits.all():
            return None
        # What is nothing but rounding is nothing, so that it has no sign.
        smallest = SAME * np.abs(np.array(prices[:2])).max(axis=0)
        return np.where(np.abs(prices[0]) > smallest, prices[0], 0.0), np.where(
            np.abs(prices[1]) > smallest, prices[1], 0.0
        )
    return None


def _determinant(m: Values) -> Values:
    """Of matrices, shape (3, 3, futures)."""
    a, b, c = m
    made: Any = a[0] * (b[1] * c[2] - b[2] * c[1])
    made = made - a[1] * (b[0] * c[2] - b[2] * c[0])
    found: Values = made + a[2] * (b[0] * c[1] - b[1] * c[0])
    return found


def _discounts(model: CostModel) -> Values:
    decision = model.decision
    assert decision is not None
    rate, period = 0.0, 12.0
    node = model.nodes[model.index["decision.discount_rate"]] if "decision.discount_rate" in model.index else None
    if node is not None and isinstance(node.term, Constant) and isinstance(node.type, GrowthType):
        rate, period = node.term.value, node.type.period or 12.0
    return (1.0 + rate) ** (-np.arange(decision.horizon) / period)
