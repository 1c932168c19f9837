"""What `optimal()` asks for: the filling with the lowest expected cost, and a proof that none is lower."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Literal

import numpy as np

from tcolang.base.record import record, replace
from tcolang.engine.allowance import FREE, Allowance, Excluded, Judge
from tcolang.engine.assignment import assign
from tcolang.engine.binding import Binding, Forbidden, bindings
from tcolang.engine.candidates import FUTURES, Filling, Trials
from tcolang.engine.evaluation import Values
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import Choice, CostModel

EXHAUSTIVE = 4_096
"""So many fillings of one option are all tried; beyond, a linear program proves."""
FINALISTS = 8
CLEAR = 6.0
"""Standard errors by which a way has to be dearer in the first futures to be left out of the comparison in all."""


@record
class Neighbour:
    """A filling that differs in one place, and what it costs."""

    key: str
    value: float
    cost: float


@record
class Marginal:
    """Whether one more replica pays: it would be used in `used` of its usable capacity, and pays from `needed`."""

    key: str
    replica: int
    used: float
    needed: float


@record
class Optimum:
    """The best filling of an option. No filling costs less than `bound`; `proven` where that is this one's cost, within
    the gap. `tried` counts the fillings that were evaluated, in the same `futures`; where these are not all there are,
    `finalists` counts those that were then compared in all."""

    option: str
    values: Filling
    cost: float
    bound: float
    method: Literal["exhaustive", "linear program", "search"]
    proven: bool
    tried: int
    neighbours: tuple[Neighbour, ...]
    marginals: tuple[Marginal, ...]
    futures: int = 1
    finalists: int = 0
    without: Literal["", "highspy", "allowance", "shape"] = ""
    """For want of what a linear program does not prove a search."""
    bindings: tuple[Binding, ...] = ()
    """What holds it back."""
    excluded: tuple[Excluded, ...] = ()
    """What would be cheaper, and is vetoed."""
    there: float = math.nan
    """What it costs in the futures that a linear program speaks of."""
    allowed: bool = True
    """False where all that was judged is vetoed, and not all was judged."""


@record
class Barred:
    """An option that cannot be filled in: all `ways` are vetoed, each by some of the `rules`."""

    option: str
    ways: int
    rules: tuple[str, ...]


@record
class Optima:
    """An optimum for each option with choices; `impossible` are the choices for which nothing is allowed, `barred` the
    options for which nothing is as a whole."""

    found: tuple[Optimum, ...] = ()
    impossible: tuple[Choice, ...] = ()
    barred: tuple[Barred, ...] = ()


def optimise(model: CostModel, settings: Settings, forbidden: Forbidden, judge: Judge = FREE) -> Optima:
    """Of each option with choices. `forbidden` are assignments that are vetoed wherever all else goes; of what they
    leave `judge` says whether it is vetoed as a whole."""
    found: list[Optimum] = []
    impossible: list[Choice] = []
    barred: list[Barred] = []
    for option in model.options:
        choices = [choice for choice in model.choices if choice.option == option.name]
        if not choices:
            continue
        trials = Trials(model, option, settings)
        domains = [_domain(choice, trials, forbidden) for choice in choices]
        empty = [choice for choice, domain in zip(choices, domains, strict=True) if not domain]
        if empty:
            impossible += empty
            continue
        allowance = Allowance(option.name, judge, choices)
        best = _best(trials, choices, domains, allowance)
        if isinstance(best, Barred):
            barred.append(best)
            continue
        most = {key: value for domain in domains for key, value in domain[-1].items()}
        found.append(replace(best, bindings=bindings(trials, choices, best.values, most, forbidden)))
    return Optima(tuple(found), tuple(impossible), tuple(barred))


def _domain(choice: Choice, trials: Trials, forbidden: Forbidden) -> list[Filling]:
    """Every way to fill in one choice."""
    if choice.sort == "assignment":
        open_ = [key for key in choice.keys if not forbidden.get((choice.option, key))]
        return [{key: float(key == picked) for key in choice.keys} for picked in open_]
    sizes = [range(_most(choice, trials) + 1)] * len(choice.keys)
    return [{key: float(n) for key, n in zip(choice.keys, each, strict=True)} for each in product(*sizes)]


def _most(choice: Choice, trials: Trials) -> int:
    """As many replicas as carry the highest load of any month: more would carry nothing."""
    others = (key for each in trials.model.choices if each.option == choice.option for key in each.keys)
    one = dict.fromkeys(others, 0.0) | dict.fromkeys(choice.keys, 1.0)
    seen = trials.rows([one], (choice.load, choice.capacity), min(FUTURES, trials.settings.samples))
    capacity = float(seen[choice.capacity].min())
    if capacity <= 0:
        return 0
    return math.ceil(float(seen[choice.load].max()) * choice.peak / capacity - 1e-9) + 1


def _best(
    trials: Trials, choices: Sequence[Choice], domains: Sequence[list[Filling]], allowance: Allowance
) -> Optimum | Barred:
    size = math.prod(len(domain) for domain in domains)
    if size > EXHAUSTIVE:
        return assign(trials, choices, domains, allowance)
    fillings = [_joined(parts) for parts in product(*domains)]
    samples = trials.settings.samples
    all_ = not trials.uncertain or size <= trials.affordable(samples)
    futures = samples if all_ else min(samples, max(FUTURES, samples * trials.affordable(samples) // size))
    first = trials.costs(fillings, futures)
    means = [float(v) for v in first.mean(axis=1)]
    cheapest = _cheapest_allowed(means, fillings, allowance)
    if cheapest is None and not allowance.exhausted:
        return Barred(trials.option.name, size, tuple(dict.fromkeys(rule for rules in allowance.met for rule in rules)))
    start = means.index(min(means)) if cheapest is None else cheapest
    if futures == samples:
        cost, at, finalists = means[start], start, size
    else:
        open_ = _finalists(first, start, trials.affordable(samples))
        exact = trials.means([fillings[i] for i in open_], samples)
        order = sorted(zip(exact, open_, strict=True))
        cost, at = next((each for each in order if allowance.allows(fillings[each[1]], means[each[1]])), order[0])
        finalists = len(open_)
    best = fillings[at]
    near = tuple(_neighbours(best, fillings, trials))
    marginals = tuple(_marginals(trials, best, choices, fillings, means, futures))
    proven = futures == samples and cheapest is not None
    return Optimum(
        trials.option.name, best, cost, cost if proven else -math.inf, "exhaustive", proven, size, near, marginals,
        futures if trials.uncertain else 1, finalists,
        excluded=allowance.excluded(means[at]), allowed=cheapest is not None,
    )  # fmt: skip


def _cheapest_allowed(means: Sequence[float], fillings: Sequence[Filling], allowance: Allowance) -> int | None:
    """Judged from the cheapest on; None where none is allowed of those that may be judged."""
    order = sorted(range(len(means)), key=lambda i: (means[i], i))
    return next((i for i in order if allowance.allows(fillings[i], means[i])), None)


def _finalists(costs: Values, start: int, most: int) -> list[int]:
    """The ways that the first futures leave open, the cheapest first: those no cheaper than the way `start`, and no
    dearer by more than six standard errors of the difference. As many as there is time for, but a few in any case."""
    order = [int(i) for i in np.argsort(costs.mean(axis=1), kind="stable")]
    apart = costs - costs[start]
    errors = apart.std(axis=1) / math.sqrt(costs.shape[1])
    open_ = [i for i in order[order.index(start) :] if apart[i].mean() <= CLEAR * errors[i]]
    return open_[: max(most, FINALISTS)]


def _joined(parts: Sequence[Filling]) -> Filling:
    return {key: value for part in parts for key, value in part.items()}


def _neighbours(best: Filling, fillings: Sequence[Filling], trials: Trials) -> Iterator[Neighbour]:
    """One replica fewer or more."""
    near: list[tuple[str, Filling]] = []
    for filling in fillings:
        other = [key for key in best if filling[key] != best[key]]
        if len(other) == 1 and abs(filling[other[0]] - best[other[0]]) == 1:
            near.append((other[0], filling))
    costs = trials.means([filling for _, filling in near], trials.settings.samples) if near else []
    for (key, filling), cost in zip(near, costs, strict=True):
        yield Neighbour(key, filling[key], cost)


def _marginals(
    trials: Trials,
    best: Filling,
    choices: Sequence[Choice],
    fillings: Sequence[Filling],
    costs: Sequence[float],
    futures: int,
) -> Iterator[Marginal]:
    """For the last replica that is bought and the first that is not: its use, and the use from which it pays. What it
    carries saves in proportion, so use divided by needed use is saving divided by cost."""
    table = {tuple(sorted(f.items())): c for f, c in zip(fillings, costs, strict=True)}
    for choice in choices:
        if choice.sort != "size" or len(choice.keys) != 1:
            continue
        key = choice.keys[0]
        for number in (int(best[key]), int(best[key]) + 1):
            with_ = {**best, key: float(number)}
            without = {**best, key: float(number - 1)}
            if number < 1 or tuple(sorted(with_.items())) not in table:
                continue
            saved = table[tuple(sorted(without.items()))] - table[tuple(sorted(with_.items()))]
            used, needed = _used_and_needed(trials, choice, with_, without, saved, futures)
            if needed is not None:
                yield Marginal(key, number, used, needed)


def _used_and_needed(
    trials: Trials, choice: Choice, with_: Filling, without: Filling, saved: float, futures: int
) -> tuple[float, float | None]:
    """What one more replica carries of what it could; and that use × (cost of the replica ÷ what its load would have
    cost elsewhere): the replica's own cost is that of the deployment's lines, and what is saved beside it is the load's
    price elsewhere."""
    carried = f"{choice.option}.carried.{choice.workload}.{choice.deployments[0]}"
    own = [line.tco for line in trials.option.lines if line.component == choice.deployments[0]]
    seen = trials.rows([with_, without], (carried, choice.load, choice.capacity, *own), futures)
    more, less = seen[carried][:, 0], seen[carried][:, 1]
    extra = float(((more - less) * seen[choice.load][:, 0]).sum())
    room = float((seen[choice.capacity][:, 0] - seen[choice.capacity][:, 1]).sum())
    used = extra / room if room > 0 else 0.0
    replica = sum(float(seen[key][0, 0] - seen[key][0, 1]) for key in own)
    elsewhere = saved + replica
    if not own or elsewhere <= 0 or used <= 0:
        return used, None
    return used, used * replica / elsewhere
