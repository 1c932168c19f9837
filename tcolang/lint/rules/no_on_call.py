"""A promised availability for which nobody carries the pager."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.demand import needs
from tcolang.lint.examples import altered, both
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, running_models

PROMISED = 0.995
"""Share of time from which somebody has to be called: more than three and a half hours a month are too long."""


def _check(subject: Subject) -> Iterator[Seen]:
    for option in running_models(subject):
        carrying = [role for role, _ in option.staff if (middle(subject, f"{role}.on_call") or 0) > 0]
        if needs(subject, option) > PROMISED and not carrying and "on_call" not in option.categories:
            yield Seen(f"nobody carries a pager for option `{option.name}`", option.span)


NO_ON_CALL = LintRule(
    "TCO441",
    "no-on-call",
    Severity.INFO,
    "What has to answer nearly always needs somebody who is called when it does not: a rota, or a line that "
    "pays for one.",
    remedy="let a role carry the pager (`on_call = true`), or add `cost pager as on_call = …`",
    check=_check,
    bad=both(
        ("  availability = 99.5%", "  availability = 99.9%"),
        ("source quotes\n}\n\nsite", "source quotes\n  on_call = false\n}\n\nsite"),
    ),
    good=altered("  availability = 99.5%", "  availability = 99.9%"),
)
