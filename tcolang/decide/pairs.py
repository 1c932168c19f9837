"""Two options side by side, future by future, and whether they differ by enough to matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tcolang.decide.decision import OptionRecord, Pairwise
from tcolang.decide.thresholds import Thresholds
from tcolang.engine.chances import difference
from tcolang.engine.evaluation import Evaluation

_ROUNDING = 1e-12


def pairs(
    recommended: OptionRecord,
    options: Sequence[OptionRecord],
    costs: Mapping[str, str],
    evaluation: Evaluation,
    thresholds: Thresholds,
) -> tuple[Pairwise, ...]:
    """The recommended option against each of the others, vetoed ones too, in their order."""
    others = [option for option in options if option.name != recommended.name]
    return tuple(_pair(recommended, other, costs, evaluation, thresholds) for other in others)


def is_material(cost: float, other: float, chance_cheaper: float, thresholds: Thresholds) -> bool:
    """Whether the cheaper on average of two mean costs is so by enough, and often enough. `chance_cheaper` is the share
    of futures in which the first one is."""
    low, often = (cost, chance_cheaper) if cost <= other else (other, 1.0 - chance_cheaper)
    enough = thresholds.material_share * abs(low)
    return abs(other - cost) > enough * (1 + _ROUNDING) and often >= thresholds.material_chance - _ROUNDING


def _pair(
    recommended: OptionRecord,
    other: OptionRecord,
    costs: Mapping[str, str],
    evaluation: Evaluation,
    thresholds: Thresholds,
) -> Pairwise:
    gap = difference(evaluation, costs[recommended.name], costs[other.name])
    material = is_material(recommended.cost.mean, other.cost.mean, gap.chance, thresholds)
    return Pairwise(other.name, gap.estimate, gap.chance, gap.chance_error, material)
