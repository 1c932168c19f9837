"""Workloads assigned to deployments by a mixed-integer linear program, solved by HiGHS with a bound.

The program's numbers are read off the model itself, by evaluating it with one workload on one deployment. A deployment
costs so much for each workload it serves; a pool in addition so much when it is used and so much for each of the whole
replicas that the sum of its loads needs, month by month. An uncertain model is taken as it is where every input has its
mean. Whether that describes the model exactly is checked on the
solution and on other assignments: where it does not, nothing is proven.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from tcolang.base.record import field, record, state
from tcolang.engine.allowance import Allowance
from tcolang.engine.candidates import TYPICAL, Filling, Trials
from tcolang.engine.evaluation import Values
from tcolang.model.costmodel import Choice, CostModel
from tcolang.semantics.terms import Constant
from tcolang.semantics.types import GrowthType

GAP = 1e-3
BRANCHES = 2_000_000
"""Nodes of the search times variables, after which it stops: what is proven by then is proven."""
SAME = 1e-6
ROUNDS = 40
"""Sets of deployments that are left out, at most, since they are vetoed together."""
REPLICAS = (0.3, 0.7, 1.4, 2.6, 4.5, 7.2, 12.7, 20.5)
"""So many replicas' worth of work are put on a pool to see what replicas cost."""


@record
class Solved:
    """`exact`: the program describes the model, so that no filling costs less than `bound`. Of an uncertain model that
    is said of the future in which all inputs have their means, and of no other."""

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
    trials: Trials, choices: Sequence[Choice], domains: Sequence[list[Filling]], allowance: Allowance
) -> Solved | None:
    """None where the model has another shape, or where HiGHS is not installed. Where vetoes count which deployments are
    used, those that are met are left out one after the other; where that takes too often, or vetoes count more than
    that, what is found may not be allowed, and is not `exact`."""
    try:
        import highspy
    except ModuleNotFoundError:
        return None
    if any(choice.sort != "assignment" for choice in choices):
        return None
    deployments = list(dict.fromkeys(d for choice in choices for d in choice.deployments))
    figures = _figures(trials, choices, domains, deployments)
    if figures is None:
        return None
    left_out: list[frozenset[int]] = []
    while True:
        picked, bound = _solve(highspy, figures, left_out)
        if not picked:
            return None
        filling = _filling(choices, deployments, picked)
        allowed = allowance.allows(filling, _predicted(figures, picked))
        if allowed or not allowance.judge.by_use or len(left_out) == ROUNDS:
            break
        left_out.append(frozenset(picked))
    exact = allowed and _describes(trials, choices, deployments, figures, picked)
    return Solved(filling, bound, exact, figures.probes)


def installed() -> bool:
    """Whether HiGHS is there."""
    return find_spec("highspy") is not None


def _figures(
    trials: Trials, choices: Sequence[Choice], domains: Sequence[list[Filling]], deployments: Sequence[str]
) -> Figures | None:
    option = trials.option.name
    nothing = {key: 0.0 for choice in choices for key in choice.keys}
    places = {(i, d): choice.keys[choice.deployments.index(d)] for i, choice in enumerate(choices)
              for d in choice.deployments}  # fmt: skip
    open_ = {(i, d) for (i, d), key in places.items() if any(filling.get(key) == 1.0 for filling in domains[i])}
    spots = sorted(open_)
    probes = [nothing, *({**nothing, places[spot]: 1.0} for spot in spots)]
    sized = [d for d in deployments if f"{option}.{d}.size" in trials.model.index and any(at == d for _, at in spots)]
    keys = [*trials.lines, *(key for d in sized for key in _names(option, d))]
    seen = trials.rows(probes, keys, TYPICAL)
    totals = trials.added_up(probes, seen)
    served = np.full((len(choices), len(deployments)), math.inf)
    number = {deployment: place for place, deployment in enumerate(deployments)}
    for (workload, deployment), total in zip(spots, totals[1:], strict=True):
        served[workload, number[deployment]] = total - totals[0]
    idle = np.array([trials.standing(d, nothing, seen) for d in deployments])
    served -= idle[None, :]
    discounts = _discounts(trials.model)
    pools = _pools(trials, sized, spots, places, nothing, len(choices), seen, discounts)
    if pools is None:
        return None
    for deployment, pool in pools.items():
        for i, at in spots:
            if at == deployment:
                sizes = np.ceil(pool.loads[i] / pool.capacity - SAME)
                replicas = float((discounts * sizes).sum()) * pool.replica
                served[i, number[deployment]] -= replicas + float((discounts * (sizes > 0)).sum()) * pool.used
    by_number = {number[deployment]: pool for deployment, pool in pools.items()}
    return Figures(totals[0], served, idle, by_number, discounts, len(probes))


def _names(option: str, deployment: str) -> tuple[str, str, str]:
    return (f"{option}.{deployment}.busy", f"{option}.{deployment}.size", f"{option}.{deployment}.capacity")


def _pools(
    trials: Trials,
    sized: Sequence[str],
    spots: Sequence[tuple[int, str]],
    places: dict[tuple[int, str], str],
    nothing: Filling,
    workloads: int,
    seen: Mapping[str, Values],
    discounts: Values,
) -> dict[str, Pool] | None:
    """None where a pool's cost is not so much for use and so much for each replica."""
    option = trials.option.name
    fillings: list[Filling] = [nothing]
    asked: dict[str, tuple[float, list[float], Values]] = {}
    for deployment in sized:
        busy, size, capacity = (seen[name] for name in _names(option, deployment))
        there = [(place, i) for place, (i, at) in enumerate(spots, 1) if at == deployment]
        loads = np.zeros((workloads, len(discounts)))
        for place, i in there:
            loads[i] = busy[:, place]
        first, workload = max(there, key=lambda each: float(busy[:, each[0]].max()))
        if not (size[:, first] > 0).all():
            return None
        each = float((capacity[:, first] / size[:, first]).max())
        times = [count * each / float(busy[:, first].max()) for count in REPLICAS]
        asked[deployment] = (each, times, loads)
        fillings += [{**nothing, places[workload, deployment]: often} for often in times]
    tried = trials.rows(fillings, tuple(seen), TYPICAL)
    costs = np.array(trials.added_up(fillings, tried))
    found: dict[str, Pool] = {}
    for number, (deployment, (each, times, loads)) in enumerate(asked.items()):
        part = slice(1 + number * len(REPLICAS), 1 + (number + 1) * len(REPLICAS))
        sizes = tried[f"{option}.{deployment}.size"][:, part]
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


@state
class _Program:
    """A mixed-integer linear program while it is written down: columns with their cost, bounds and whether they are
    whole, rows with their upper and lower bound and what stands in them."""

    costs: list[float] = field(default_factory=list)
    uppers: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    lowest: list[float] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)

    def whole(self, upper: float, cost: float) -> int:
        """The place of a new variable, a whole number from 0 on."""
        self.costs.append(cost)
        self.uppers.append(upper)
        return len(self.costs) - 1

    def bound(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        self.starts.append(len(self.columns))
        for column, factor in terms:
            self.columns.append(column)
            self.factors.append(factor)
        self.lowest.append(low)
        self.highest.append(high)


def _solve(highspy: Any, figures: Figures, left_out: Sequence[frozenset[int]]) -> tuple[list[int], float]:
    """The deployment of each workload, and a cost below which no assignment is; no deployments where there is none.
    Just the sets of deployments `left_out` are not used."""
    program = _Program()
    workloads, deployments = figures.served.shape
    spots = [(w, d) for w in range(workloads) for d in range(deployments) if math.isfinite(figures.served[w, d])]
    x = {spot: program.whole(1, float(figures.served[spot])) for spot in spots}
    for w in range(workloads):
        program.bound(((x[w, d], 1.0) for d in range(deployments) if (w, d) in x), 1, 1)
    opened: dict[int, int] = {}
    for d, standing in enumerate(figures.idle):
        if standing != 0 or left_out:
            opened[d] = program.whole(1, float(standing))
            there = [x[w, d] for w in range(workloads) if (w, d) in x]
            for each in there:
                program.bound(((each, 1.0), (opened[d], -1.0)), -math.inf, 0)
            if left_out:
                program.bound((*((each, 1.0) for each in there), (opened[d], -1.0)), 0, math.inf)
    for used in left_out:
        terms = [(place, 1.0 if d in used else -1.0) for d, place in opened.items()]
        program.bound(terms, -math.inf, len(used) - 1)
    for d, pool in figures.pools.items():
        for months in _alike(pool.loads):
            weight = float(figures.discounts[months].sum())
            month = months[0]
            most = math.ceil(float(pool.loads[:, month].sum()) / pool.capacity) + 1
            in_use = program.whole(1, weight * pool.used)
            size = program.whole(most, weight * pool.replica)
            served = [(x[w, d], float(pool.loads[w, month]) / pool.capacity) for w in range(workloads) if (w, d) in x]
            # A hair less than whole, as the engine's own rounding up allows.
            program.bound((*served, (size, -(1 + SAME / 10))), -math.inf, 0)
            program.bound(((size, 1.0), (in_use, -float(most))), -math.inf, 0)
    values, bound = _solved(highspy, program)
    if not values:
        return [], math.inf
    picked = [max((values[x[w, d]], -d) for d in range(deployments) if (w, d) in x)[1] for w in range(workloads)]
    return [-d for d in picked], bound + figures.fixed


def _solved(highspy: Any, program: _Program) -> tuple[Sequence[float], float]:
    """The value of each variable and the bound. The same program has the same answer: no clock ends it."""
    # `Highs` itself prints a line on standard output, where the report goes, before it can be told not to.
    solver = getattr(highspy, "_Highs", highspy.Highs)()
    count = len(program.costs)
    nodes = max(1, BRANCHES // count)
    options = {"output_flag": False, "threads": 1, "random_seed": 1, "mip_rel_gap": GAP, "mip_max_nodes": nodes}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count, len(program.starts)
    model.col_cost_ = np.array(program.costs)
    model.col_lower_, model.col_upper_ = np.zeros(count), np.array(program.uppers, dtype=np.float64)
    model.row_lower_, model.row_upper_ = np.array(program.lowest), np.array(program.highest)
    model.integrality_ = [highspy.HighsVarType.kInteger] * count
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array([*program.starts, len(program.columns)], dtype=np.int32)
    model.a_matrix_.index_ = np.array(program.columns, dtype=np.int32)
    model.a_matrix_.value_ = np.array(program.factors)
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return [], math.inf
    return solver.getSolution().col_value, float(solver.getInfo().mip_dual_bound)


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
    trials: Trials, choices: Sequence[Choice], deployments: Sequence[str], figures: Figures, picked: list[int]
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
    costs = trials.means(fillings, TYPICAL)
    return all(
        abs(cost - _predicted(figures, each)) <= SAME * abs(cost) for cost, each in zip(costs, tests, strict=True)
    )
