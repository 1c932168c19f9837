"""What `optimal()` asks for: the filling with the lowest expected cost, and a proof that none is lower."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Literal

from tcolang.base.record import record, replace
from tcolang.engine.assignment import assign
from tcolang.engine.candidates import FUTURES, Filling, mean_costs, values_at
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import Choice, CostModel

EXHAUSTIVE = 4_096
"""So many fillings of one option are all tried; beyond, a linear program proves."""
FINALISTS = 8


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
    the gap. `tried` counts the fillings that were evaluated."""

    option: str
    values: Filling
    cost: float
    bound: float
    method: Literal["exhaustive", "linear program", "search"]
    proven: bool
    tried: int
    neighbours: tuple[Neighbour, ...]
    marginals: tuple[Marginal, ...]


def optimise(
    model: CostModel, settings: Settings, allowed: Mapping[tuple[str, str], bool]
) -> tuple[tuple[Optimum, ...], tuple[Choice, ...]]:
    """An optimum for each option with choices; and the choices for which nothing is allowed. `allowed` tells by option
    and key of an assignment whether no veto forbids it; keys it does not have are allowed."""
    found: list[Optimum] = []
    impossible: list[Choice] = []
    for option in dict.fromkeys(choice.option for choice in model.choices):
        choices = [choice for choice in model.choices if choice.option == option]
        domains = [_domain(choice, model, settings, allowed) for choice in choices]
        empty = [choice for choice, domain in zip(choices, domains, strict=True) if not domain]
        if empty:
            impossible += empty
            continue
        found.append(_best(model, option, choices, domains, settings))
    return tuple(found), tuple(impossible)


def _domain(
    choice: Choice, model: CostModel, settings: Settings, allowed: Mapping[tuple[str, str], bool]
) -> list[Filling]:
    """Every way to fill in one choice."""
    if choice.sort == "assignment":
        open_ = [key for key in choice.keys if allowed.get((choice.option, key), True)]
        return [{key: float(key == picked) for key in choice.keys} for picked in open_]
    most = _most(choice, model, settings)
    sizes = [range(most + 1)] * len(choice.keys)
    return [{key: float(n) for key, n in zip(choice.keys, each, strict=True)} for each in product(*sizes)]


def _most(choice: Choice, model: CostModel, settings: Settings) -> int:
    """As many replicas as carry the highest load of any month: more would carry nothing."""
    one = dict.fromkeys(_keys(model, choice.option), 0.0) | dict.fromkeys(choice.keys, 1.0)
    quick = replace(settings, samples=min(FUTURES, settings.samples))
    seen = values_at(model, (choice.load, choice.capacity), one, quick)
    capacity = min(seen[choice.capacity])
    if capacity <= 0:
        return 0
    return math.ceil(max(seen[choice.load]) * choice.peak / capacity - 1e-9) + 1


def _keys(model: CostModel, option: str) -> list[str]:
    return [key for choice in model.choices if choice.option == option for key in choice.keys]


def _best(
    model: CostModel, option: str, choices: Sequence[Choice], domains: Sequence[list[Filling]], settings: Settings
) -> Optimum:
    size = math.prod(len(domain) for domain in domains)
    if size > EXHAUSTIVE:
        return assign(model, option, choices, domains, settings)
    fillings = [_joined(parts) for parts in product(*domains)]
    quick = replace(settings, samples=min(FUTURES, settings.samples))
    rough = mean_costs(model, option, fillings, quick)
    order = sorted(range(size), key=lambda i: (rough[i], i))[:FINALISTS]
    exact = mean_costs(model, option, [fillings[i] for i in order], settings)
    cost, at = min((c, i) for c, i in zip(exact, order, strict=True))
    best = fillings[at]
    near = tuple(_neighbours(best, fillings, rough, cost - rough[at]))
    marginals = tuple(_marginals(model, option, best, choices, fillings, rough, quick))
    return Optimum(option, best, cost, cost, "exhaustive", True, size, near, marginals)


def _joined(parts: Sequence[Filling]) -> Filling:
    return {key: value for part in parts for key, value in part.items()}


def _neighbours(
    best: Filling, fillings: Sequence[Filling], costs: Sequence[float], shift: float
) -> Iterator[Neighbour]:
    """One replica fewer or more. `shift` is what the costs lack for being those of all futures."""
    for filling, cost in zip(fillings, costs, strict=True):
        other = [key for key in best if filling[key] != best[key]]
        if len(other) == 1 and abs(filling[other[0]] - best[other[0]]) == 1:
            yield Neighbour(other[0], filling[other[0]], cost + shift)


def _marginals(
    model: CostModel,
    option: str,
    best: Filling,
    choices: Sequence[Choice],
    fillings: Sequence[Filling],
    costs: Sequence[float],
    settings: Settings,
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
            used = _used(model, choice, with_, without, settings)
            saved = table[tuple(sorted(without.items()))] - table[tuple(sorted(with_.items()))]
            needed = _needed(model, option, choice, with_, without, used, saved, settings)
            if needed is not None:
                yield Marginal(key, number, used, needed)


def _used(model: CostModel, choice: Choice, with_: Filling, without: Filling, settings: Settings) -> float:
    """What one more replica carries, of what it could."""
    carried = f"{choice.option}.carried.{choice.workload}.{choice.deployments[0]}"
    keys = (carried, choice.load, choice.capacity)
    more, less = (values_at(model, keys, filling, settings) for filling in (with_, without))
    loads = more[choice.load] if len(more[choice.load]) > 1 else more[choice.load] * len(more[carried])
    extra = sum((a - b) * load for a, b, load in zip(more[carried], less[carried], loads, strict=False))
    room = sum(a - b for a, b in zip(more[choice.capacity], less[choice.capacity], strict=True))
    return extra / room if room > 0 else 0.0


def _needed(
    model: CostModel,
    option: str,
    choice: Choice,
    with_: Filling,
    without: Filling,
    used: float,
    saved: float,
    settings: Settings,
) -> float | None:
    """Use × (cost of the replica ÷ what its load would have cost elsewhere): the replica's own cost is that of the
    deployment's lines, and what is saved beside it is the load's price elsewhere."""
    lines = [line for o in model.options if o.name == option for line in o.lines]
    own = [line.tco for line in lines if line.component == choice.deployments[0]]
    if not own:
        return None
    more, less = (values_at(model, own, filling, settings) for filling in (with_, without))
    replica = sum(more[key][0] - less[key][0] for key in own)
    elsewhere = saved + replica
    return used * replica / elsewhere if elsewhere > 0 and used > 0 else None
