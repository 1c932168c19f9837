"""The draws that a plan needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tcolang.engine.evaluation import Values
from tcolang.engine.plan import Plan
from tcolang.engine.steps import Drawn
from tcolang.uncertain.distribution import quantile
from tcolang.uncertain.draw import correlated_uniforms

EDITION = 1
"""Of the streams: the same seed gives the same numbers as long as it stays."""


def draw_inputs(
    plan: Plan, correlations: Sequence[tuple[str, str, float]], samples: int, seed: int
) -> Mapping[int, Values]:
    """For each step that draws, its values of shape (1, samples)."""
    drawn = {n: step.operation for n, step in enumerate(plan.steps) if isinstance(step.operation, Drawn)}
    keys = tuple(dict.fromkeys(operation.key for operation in drawn.values()))
    uniforms = correlated_uniforms(keys, correlations, samples, seed, EDITION)
    return {
        number: quantile(np, uniforms[operation.key], operation.distribution)[None, :]
        for number, operation in drawn.items()
    }
