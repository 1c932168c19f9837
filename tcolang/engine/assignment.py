"""Fillings too many to try all: the best by a linear program where the model has that shape, else by search."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from tcolang.engine.allowance import Allowance
from tcolang.engine.candidates import FUTURES, TYPICAL, Filling, Trials
from tcolang.engine.linear import GAP, best_assignment, installed
from tcolang.model.costmodel import Choice

if TYPE_CHECKING:
    from tcolang.engine.optimal import Optimum

STARTS = 8
FEWEST = 20
"""Futures in which the ways of a search are compared at least."""
SEARCHED = 10_000
"""Fillings that are evaluated in a search, at most."""


def assign(
    trials: Trials, choices: Sequence[Choice], domains: Sequence[list[Filling]], allowance: Allowance
) -> Optimum:
    """Proven where a linear program describes the option exactly; else the best that changing one choice at a time
    leads to, of which nothing is proven."""
    from tcolang.engine.optimal import Optimum

    option, samples = trials.option.name, trials.settings.samples
    futures = _affordable(trials, len(choices)) if trials.uncertain else TYPICAL
    solved = best_assignment(trials, choices, domains, allowance, futures)
    if solved is not None and solved.describes and solved.allowed:
        exact = trials.means([solved.filling], samples)[0]
        whole = futures in (TYPICAL, samples)
        proven = whole and exact - solved.bound <= GAP * (1 + GAP) * abs(exact)
        return Optimum(
            option, solved.filling, exact, solved.bound, "linear program", proven, solved.probes, (), (),
            futures, 0 if whole else 1, excluded=allowance.excluded(solved.cost), there=solved.cost,
        )  # fmt: skip
    starts = [_joined(parts) for parts in _starts(domains)]
    starts += [solved.filling] if solved is not None else []
    filling, tried, allowed = _search(trials, domains, starts, allowance)
    exact = trials.means([filling], samples)[0]
    without: Literal["allowance", "shape", "highspy"] = "shape" if installed() else "highspy"
    bound, there = -math.inf, exact
    if solved is not None and solved.describes:
        without, bound = "allowance", solved.bound
        there = trials.means([filling], futures)[0]
    finalists = 0 if futures in (TYPICAL, samples) else 1
    return Optimum(
        option, filling, exact, bound, "search", False, tried, (), (), futures, finalists,
        without=without, excluded=allowance.excluded(exact), allowed=allowed, there=there,
    )  # fmt: skip


def _affordable(trials: Trials, workloads: int) -> int:
    """Futures in which each workload can be looked at by itself: as many as there is time for."""
    samples = trials.settings.samples
    return min(samples, max(min(FUTURES, samples), samples * trials.affordable(samples) // (2 * workloads)))


def _starts(domains: Sequence[list[Filling]]) -> list[list[Filling]]:
    most = max(len(domain) for domain in domains)
    return [[domain[min(i, len(domain) - 1)] for domain in domains] for i in range(min(most, STARTS))]


def _search(
    trials: Trials, domains: Sequence[list[Filling]], starts: Sequence[Filling], allowance: Allowance
) -> tuple[Filling, int, bool]:
    """From the best of the starts, changing what makes it cheaper, as long as anything does and there is time; how
    many fillings were evaluated; and whether what was found is allowed. Until something is, anything that is counts as
    cheaper."""
    changes = sum(len(domain) - 1 for domain in domains)
    enough = min(FUTURES, trials.settings.samples)
    futures = max(FEWEST, min(enough, enough * trials.affordable(enough) // max(1, changes)))
    costs = trials.means(starts, min(futures, enough))
    order = sorted(range(len(starts)), key=lambda at: (costs[at], at))
    first = next((at for at in order if allowance.allows(starts[at], costs[at])), None)
    allowed, best = first is not None, starts[order[0] if first is None else first]
    cost = costs[order[0]] if first is None else costs[first]
    tried = len(starts)
    while tried + changes < SEARCHED:
        ways = [(place, {**best, **way}) for place, domain in enumerate(domains) for way in domain]
        ways = [(place, way) for place, way in ways if way != best]
        costs = trials.means([way for _, way in ways], min(futures, enough))
        limit = cost if allowed else math.inf
        better = sorted((c, place, at) for at, ((place, _), c) in enumerate(zip(ways, costs, strict=True)) if c < limit)
        tried += len(ways)
        step: tuple[float, Filling] | None
        step = next(((c, ways[at][1]) for c, _, at in better if allowance.allows(ways[at][1], c)), None)
        if step is None:
            break
        together = _together(best, ways, better)
        both = trials.means([together], min(futures, enough))[0]
        tried += 1
        if allowed and both < step[0] and allowance.allows(together, both):
            step = (both, together)
        cost, best, allowed = step[0], step[1], True
    return best, tried, allowed


def _together(best: Filling, ways: Sequence[tuple[int, Filling]], better: Sequence[tuple[float, int, int]]) -> Filling:
    """All changes that make it cheaper at once, of each choice the one that saves most."""
    changed: dict[int, Filling] = {}
    for _, place, at in better:
        changed.setdefault(place, ways[at][1])
    found = dict(best)
    for way in changed.values():
        found.update({key: value for key, value in way.items() if value != best[key]})
    return found


def _joined(parts: Sequence[Filling]) -> Filling:
    return {key: value for part in parts for key, value in part.items()}
