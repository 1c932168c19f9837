"""Fillings too many to try all: the best that changing one choice at a time leads to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tcolang.base.record import replace
from tcolang.engine.candidates import FUTURES, Filling, mean_costs
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import Choice, CostModel

if TYPE_CHECKING:
    from tcolang.engine.optimal import Optimum

ROUNDS = 20


def assign(
    model: CostModel, option: str, choices: Sequence[Choice], domains: Sequence[list[Filling]], settings: Settings
) -> Optimum:
    """From several starts, the choice by choice best until none improves. Nothing is proven."""
    from tcolang.engine.optimal import Optimum

    quick = replace(settings, samples=min(FUTURES, settings.samples))
    tried = 0
    best: tuple[float, list[Filling]] | None = None
    for start in _starts(domains):
        cost, parts, count = _descend(model, option, domains, start, quick)
        tried += count
        if best is None or cost < best[0]:
            best = (cost, parts)
    assert best is not None
    filling = {key: value for part in best[1] for key, value in part.items()}
    exact = mean_costs(model, option, [filling], settings)[0]
    return Optimum(option, filling, exact, -math.inf, "search", False, tried, (), ())


def _starts(domains: Sequence[list[Filling]]) -> list[list[Filling]]:
    most = max(len(domain) for domain in domains)
    return [[domain[min(i, len(domain) - 1)] for domain in domains] for i in range(min(most, 8))]


def _descend(
    model: CostModel, option: str, domains: Sequence[list[Filling]], start: list[Filling], settings: Settings
) -> tuple[float, list[Filling], int]:
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
