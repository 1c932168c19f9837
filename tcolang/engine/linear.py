"""Workloads assigned to deployments by a mixed-integer linear program, solved by HiGHS with a bound.

Whether the numbers that were read off the model describe it is checked on the solution and on other assignments, in
every future: where they do not, nothing is proven.

Of an uncertain model the program speaks of means over futures. Where the replicas that a pool needs differ from future
to future, whole ones are more than the mean load needs: the program counts as many as the mean load fills, one where
there is any, and those of each future's least load, which are no more than are paid for. Its bound holds, and is not
reached.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from tcolang.base.record import field, record, state
from tcolang.engine.allowance import Allowance
from tcolang.engine.candidates import Filling, Trials
from tcolang.engine.evaluation import Values
from tcolang.engine.figures import SAME, Figures, Pool, read_figures
from tcolang.engine.moves import moved
from tcolang.model.costmodel import Choice

GAP = 1e-3
BRANCHES = 2_000_000
"""Nodes of the search times variables, after which it stops: what is proven by then is proven."""
ROUNDS = 40
"""Sets of deployments that are left out, at most, since they are vetoed together."""
SPREAD, FEW, SMALL = 7, 3, 500
"""Other assignments on which the program is checked: seven, or three where there are more workloads times futures."""


@record
class Solved:
    """`cost` is the mean over the futures that were looked at. `describes`: the program describes the model in them, so
    that no filling costs less than `bound` there. `allowed`: no veto is known to hold of it."""

    filling: Filling
    cost: float
    bound: float
    describes: bool
    allowed: bool
    probes: int


def best_assignment(
    trials: Trials, choices: Sequence[Choice], domains: Sequence[list[Filling]], allowance: Allowance, futures: int
) -> Solved | None:
    """None where the model has another shape, or where HiGHS is not installed. Where vetoes count which deployments are
    used, those that are met are left out one after the other; where that takes too often, or vetoes count more than
    that, what is found may not be allowed."""
    try:
        import highspy
    except ModuleNotFoundError:
        return None
    if any(choice.sort != "assignment" for choice in choices):
        return None
    deployments = list(dict.fromkeys(d for choice in choices for d in choice.deployments))
    figures = read_figures(trials, choices, domains, deployments, futures)
    if figures is None:
        return None
    left_out: list[frozenset[int]] = []
    while True:
        picked, bound = _solve(highspy, figures, left_out)
        if not picked:
            return None
        if not _is_whole(figures):
            picked = moved(figures, picked, lambda use: use in left_out)
        filling = _filling(choices, deployments, picked)
        allowed = allowance.allows(filling, float(predicted(figures, picked).mean()))
        if allowed or not allowance.judge.by_use or len(left_out) == ROUNDS:
            break
        left_out.append(frozenset(picked))
    tests = [picked, *_spread(figures, SPREAD if futures * len(choices) <= SMALL else FEW)]
    costs = trials.costs([_filling(choices, deployments, each) for each in tests], futures)
    describes = all(_near(row, predicted(figures, each)) for row, each in zip(costs, tests, strict=True))
    return Solved(filling, float(costs[0].mean()), bound, describes, allowed, figures.probes)


def installed() -> bool:
    """Whether HiGHS is there."""
    return find_spec("highspy") is not None


def _is_whole(figures: Figures) -> bool:
    """Whether pools need as many replicas in one future as in the others."""
    return all(_is_certain(pool) for pool in figures.pools.values())


def _is_certain(pool: Pool) -> bool:
    return bool((np.abs(pool.loads - pool.loads[:, :, :1]) <= SAME / 100 * pool.loads[:, :, :1]).all())


@state
class _Program:
    """A mixed-integer linear program while it is written down: columns with their cost, bounds and whether they are
    whole, rows with their upper and lower bound and what stands in them."""

    costs: list[float] = field(default_factory=list)
    uppers: list[float] = field(default_factory=list)
    wholes: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    lowest: list[float] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)

    def whole(self, upper: float, cost: float) -> int:
        """The place of a new variable, a whole number from 0 on."""
        return self.any(upper, cost, True)

    def any(self, upper: float, cost: float, whole: bool = False) -> int:
        """The place of a new variable, a number from 0 on."""
        self.costs.append(cost)
        self.uppers.append(upper)
        self.wholes.append(whole)
        return len(self.costs) - 1

    def bound(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        self.starts.append(len(self.columns))
        for column, factor in terms:
            self.columns.append(column)
            self.factors.append(factor)
        self.lowest.append(low)
        self.highest.append(high)


def _solve(highspy: Any, figures: Figures, left_out: Sequence[frozenset[int]]) -> tuple[list[int], float]:
    """The deployment of each workload, and a mean cost below which no assignment is; no deployments where there is
    none. Just the sets of deployments `left_out` are not used."""
    program = _Program()
    workloads, deployments = figures.served.shape[:2]
    served = figures.served.mean(axis=2)
    spots = [(w, d) for w in range(workloads) for d in figures.open(w)]
    x = {spot: program.whole(1, float(served[spot])) for spot in spots}
    for w in range(workloads):
        program.bound(((x[w, d], 1.0) for d in range(deployments) if (w, d) in x), 1, 1)
    opened: dict[int, int] = {}
    for d, standing in enumerate(figures.idle.mean(axis=1)):
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
        mine = [(w, x[w, d]) for w in range(workloads) if (w, d) in x]
        for months in _alike(pool.loads):
            weight = float(figures.discounts[months].sum())
            add = _in_all if _is_certain(pool) else _on_average
            add(program, mine, pool, pool.loads[:, months[0]], weight)
    values, bound = _solved(highspy, program)
    if not values:
        return [], math.inf
    picked = [max((values[x[w, d]], -d) for d in range(deployments) if (w, d) in x)[1] for w in range(workloads)]
    return [-d for d in picked], bound + float(figures.fixed.mean())


def _in_all(program: _Program, mine: Sequence[tuple[int, int]], pool: Pool, loads: Values, weight: float) -> None:
    """Replicas of a pool in a month that are the same in all futures; `loads` has shape (workloads, futures)."""
    most = math.ceil(float(loads[:, 0].sum())) + 1
    used = program.whole(1, weight * float(pool.used.mean()))
    size = program.whole(most, weight * float(pool.replica.mean()))
    # A hair less than whole, as the engine's own rounding up allows.
    program.bound((*((x, float(loads[w, 0])) for w, x in mine), (size, -(1 + SAME / 10))), -math.inf, 0)
    program.bound(((size, 1.0), (used, -float(most))), -math.inf, 0)


def _on_average(program: _Program, mine: Sequence[tuple[int, int]], pool: Pool, loads: Values, weight: float) -> None:
    """What is paid at least for replicas that differ from future to future, in units of the mean price of one."""
    price = float(pool.replica.mean())
    if price <= 0 or pool.replica.min() < 0 or pool.used.min() < 0:
        least = float(np.minimum(pool.replica, 0).mean()) * (math.ceil(float(loads.sum(axis=0).max())) + 1)
        program.bound(((program.any(1, weight * (least + float(np.minimum(pool.used, 0).mean()))), 1.0),), 1, 1)
        return
    average = (loads * pool.replica).mean(axis=1) / price * (1 - SAME)
    lowest = loads.min(axis=1)
    paid = program.any(math.inf, weight * price)
    used = program.whole(1, weight * float(pool.used.mean()))
    size = program.whole(math.ceil(float(lowest.sum())) + 1, 0.0)
    program.bound((*((x, float(average[w])) for w, x in mine), (paid, -1.0)), -math.inf, 0)
    program.bound(((size, 1.0), (paid, -1.0)), -math.inf, 0)
    program.bound(((used, 1.0), (paid, -1.0)), -math.inf, 0)
    program.bound((*((x, float(lowest[w])) for w, x in mine), (size, -(1 + SAME / 10))), -math.inf, 0)
    for w, x in mine:
        if lowest[w] > SAME:
            program.bound(((x, 1.0), (used, -1.0)), -math.inf, 0)


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
    whole, any_ = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    model.integrality_ = [whole if each else any_ for each in program.wholes]
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
    """Months in which every workload has the same load in every future, together."""
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


def predicted(figures: Figures, picked: Sequence[int]) -> Values:
    """The cost of an assignment by the program's numbers, shape (futures,)."""
    cost: Values = figures.fixed + sum(figures.served[w, d] for w, d in enumerate(picked))
    cost = cost + sum(figures.idle[d] for d in dict.fromkeys(picked))
    for d, pool in figures.pools.items():
        there = [w for w, at in enumerate(picked) if at == d]
        sizes = np.ceil(pool.loads[there].sum(axis=0) - SAME / 10)
        cost = cost + (figures.discounts[:, None] * (sizes * pool.replica + (sizes > 0) * pool.used)).sum(axis=0)
    return cost


def _spread(figures: Figures, count: int) -> Iterator[list[int]]:
    """Assignments spread over all that are possible."""
    for shift in range(1, count + 1):
        allowed = [figures.open(w) for w in range(len(figures.served))]
        yield [each[(w * (2 * shift + 1) + shift) % len(each)] for w, each in enumerate(allowed)]


def _near(cost: Values, said: Values) -> bool:
    return bool((np.abs(cost - said) <= SAME * np.abs(cost)).all())
