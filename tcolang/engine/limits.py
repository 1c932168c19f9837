"""Refuses what would cost too much time or memory, before any of it is spent."""

from __future__ import annotations

from tcolang.base.diagnostics import Diagnostic
from tcolang.engine.plan import Plan
from tcolang.engine.problems import TOO_LARGE
from tcolang.engine.settings import Settings
from tcolang.engine.size import size_of
from tcolang.model.costmodel import CostModel


def refusal(plan: Plan, model: CostModel, settings: Settings, times: int = 1) -> Diagnostic | None:
    """The first limit that as many evaluations, one after the other, would exceed."""
    limits = settings.limits
    size = size_of(plan, settings.samples, len(settings.scale))
    measures = (
        (settings.samples, limits.samples, "futures", "samples"),
        (plan.months, limits.horizon_months, "months", "horizon_months"),
        (len(model.nodes), limits.nodes, "nodes", "nodes"),
        (size.work * times, limits.work, "numbers to calculate", "work"),
        (size.memory, limits.memory_bytes, "bytes at once", "memory_bytes"),
    )
    for amount, most, what, limit in measures:
        if amount > most:
            return Diagnostic(
                TOO_LARGE,
                f"the evaluation needs {amount:,} {what}, and the limit is {most:,}",
                model.decision.span if model.decision else None,
                help=f"ask for fewer samples or a shorter horizon, or raise the limit `{limit}`",
            )
    return None
