"""Restricted data that a third party gets to see."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, words

_BEYOND = ("managed_endpoint", "marketplace")


def _check(subject: Subject) -> Iterator[Seen]:
    for option in subject.model.options:
        for workload, custody in option.farthest.items():
            if custody in _BEYOND and words(subject, workload, "data_class") == "restricted":
                yield Seen(
                    f"`{workload}` is restricted, and under option `{option.name}` it can reach a {custody}",
                    option.span,
                )


RESTRICTED_DATA_LEAVES = LintRule(
    "TCO464",
    "restricted-data-leaves",
    Severity.WARNING,
    "What is restricted may usually not be seen by others, on whatever terms. The custody of a deployment "
    "says who holds the machine.",
    remedy="route this class of data to a deployment within the tenancy, or classify it as it is",
    check=_check,
    bad=altered("  data_class = internal", "  data_class = restricted"),
    good=complete(),
)
