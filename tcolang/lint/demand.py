"""How often what an option serves has to answer."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.lint.subject import Subject, middle, running_models
from tcolang.model.costmodel import OptionModel


def needs(subject: Subject, option: OptionModel) -> float:
    """The highest availability that a workload of the option asks for; 0 where none does."""
    return max((_asked(subject, route.workload) for route in option.routes), default=0.0)


def served_by(subject: Subject, option: OptionModel, deployment: str) -> float:
    """The highest availability that a workload asks for which this deployment serves."""
    workloads = {route.workload for route in option.routes if route.deployment == deployment}
    return max((_asked(subject, workload) for workload in workloads), default=0.0)


def pools(subject: Subject) -> Iterator[tuple[OptionModel, str]]:
    """Deployments with spare nodes, each once, with the first option that routes to it."""
    seen: set[str] = set()
    for option in running_models(subject):
        for route in option.routes:
            if route.deployment not in seen and f"{route.deployment}.spare" in subject.model.index:
                seen.add(route.deployment)
                yield option, route.deployment


def _asked(subject: Subject, workload: str) -> float:
    return middle(subject, f"{workload}.availability") or 0.0
