"""Assumption debt: how much of a cost rests on figures that are measured, contracted, estimated or only assumed."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from tcolang.base.record import replace
from tcolang.engine.moving import STATED, Case, ancestors, can_move, means, movable
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel, Node
from tcolang.model.grades import ORDER

NO_SOURCE = ""
_NUDGE = 1.05
_FUTURES = 30


def founded(model: CostModel, cost: str, settings: Settings) -> Mapping[str, float]:
    """By grade, best first, shares that add up to one; `NO_SOURCE` for amounts written into a cost line as they are.

    Each figure weighs as much as the cost changes when it changes by one per cent (its elasticity), so that a figure
    which hardly matters hardly counts. `cost` is the key of an option's total.
    """
    reached = ancestors(model, [cost])
    figures = [node for node in model.nodes if node.key in reached and _is_figure(model, node)]
    if not figures:
        return {}
    few = replace(settings, samples=min(_FUTURES, settings.samples))
    able = movable(model, [cost], [node.key for node in figures], few)
    cases: list[Case] = [{node.key: factor} for node in figures for factor in (_NUDGE, 1.0 / _NUDGE)]
    totals = [float(total) for total in means(able, [cost], cases)[0]]
    weights: dict[str, float] = {}
    for place, node in enumerate(figures):
        up, down = totals[2 * place], totals[2 * place + 1]
        grade = node.provenance.grade if node.sort in STATED else NO_SOURCE
        weights[grade] = weights.get(grade, 0.0) + abs(up - down) / (2.0 * log(_NUDGE))
    total = sum(weights.values())
    return {grade: weights[grade] / total for grade in (*ORDER, NO_SOURCE) if total > 0.0 and grade in weights}


def _is_figure(model: CostModel, node: Node) -> bool:
    """Stated, or an amount that stands in a cost line and rests on nothing else."""
    return can_move(model, node) and (node.sort in STATED or (node.sort == "cost" and "@" not in node.key))
