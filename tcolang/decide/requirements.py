"""What kinds require of their components, looked at in every month and future."""

from __future__ import annotations

from tcolang.base.diagnostics import Diagnostic
from tcolang.engine.chances import share_failing
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel
from tcolang.model.inspect import requirement_finding
from tcolang.units.quantity import percentage


def failed_requirements(model: CostModel, evaluation: Evaluation) -> tuple[Diagnostic, ...]:
    """A finding for each that fails anywhere: an error where it is strict. `evaluation` holds the keys of
    `model.requirements`."""
    found: list[Diagnostic] = []
    nodes = {node.key: node for node in model.nodes}
    for case in model.requirements:
        share = share_failing(evaluation, case.key)
        if share > 0:
            note = "" if share == 1 else f"it fails in {percentage(share)} of the futures"
            found.append(requirement_finding(case, nodes, note))
    return tuple(found)
