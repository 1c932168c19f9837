"""The checked model of a spec that is written down nowhere, made as `tco` makes it."""

from __future__ import annotations

import gc
from pathlib import Path

from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.cli.dispatch import KEPT
from tcolang.model.costmodel import CostModel
from tcolang.pipeline import check
from tcolang.semantics.program import Program

WIDE = Limits(file_bytes=10**9, nodes=10**7, work=10**13, samples=10**8, memory_bytes=10**11)
"""So that growth can be seen beyond what a stranger's spec may ask for."""


gc.set_threshold(KEPT)


def checked(text: str) -> tuple[Program, CostModel]:
    outcome = check(World(Path.cwd(), WIDE), SourceFile("spec.tco", text))
    assert not outcome.failed and outcome.value.program and outcome.value.model, outcome.diagnostics[:3]
    return outcome.value.program, outcome.value.model


def model_of(text: str) -> CostModel:
    return checked(text)[1]
