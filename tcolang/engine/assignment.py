"""Fillings too many to try all: the best by a linear program where the model has that shape, else by search."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tcolang.base.record import replace
from tcolang.engine.candidates import FUTURES, Filling, mean_costs
from tcolang.engine.linear import best_assignment
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import Choice, CostModel

if TYPE_CHECKING:
    from tcolang.engine.optimal import Optimum

ROUNDS = 20


def assign(
    model: CostModel, option: str, choices: Sequence[Choice], domains: Sequence[list[Filling]], settings: Settings
) -> Optimum:
    """Proven where a linear program describes the option exactly; else the best that changing one choice at a time
    leads to, of which nothing is proven."""
    from tcolang.engine.optimal import Optimum

    solved = best_assignment(model, option, choices, domains, settings)
    if solved is not None:
        exact = mean_costs(model, option, [solved.filling], settings)[0]
        return Optimum(
            option, solved.filling, exact, solved.bound, "linear program", solved.exact, solved.probes, (), ()
        )
    quick = replace(settings, samples=min(FUTURES, settings.samples))
    found = [_descend(model, option, domains, start, quick) for start in _starts(domains)]
    _, parts, _ = min(found, key=lambda each: each[0])
    filling = _joined(parts)
    exact = mean_costs(model, option, [filling], settings)[0]
    tried = sum(count for _, _, count in found)
    return Optimum(option, filling, exact, -math.inf, "search", False, tried, (), ())


def _starts(domains: Sequence[list[Filling]]) -> list[list[Filling]]:
    most = max(len(domain) for domain in domains)
    return [[domain[min(i, len(domain) - 1)] for domain in domains] for i in range(min(most, 8))]


def _descend(
    model: CostModel, option: str, domains: Sequence[list[Filling]], start: list[Filling], settings: Settings
) -> tuple[float, list[Filling], int]:
    """The cost, what it was reached with, and how many fillings were evaluated."""
    parts, cost, tried = list(start), math.inf, 0
    for _ in range(ROUNDS):
        before = cost
        for place, domain in enumerate(domains):
            fillings = [_joined([*parts[:place], way, *parts[place + 1 :]]) for way in domain]
            costs = mean_costs(model, option, fillings, settings)
            tried += len(fillings)
            cost = min(costs)
            parts[place] = domain[costs.index(cost)]
        if cost >= before:
            break
    return cost, parts, tried


def _joined(parts: Sequence[Filling]) -> Filling:
    return {key: value for part in parts for key, value in part.items()}
