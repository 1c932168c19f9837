"""A salary on top of which the employer pays nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, node, own_components


def _check(subject: Subject) -> Iterator[Seen]:
    for component in own_components(subject):
        overhead = node(subject, f"{component.key}.overhead")
        if overhead is not None and middle(subject, overhead.key) == 0:
            yield Seen(f"nothing is paid on top of the salary of `{component.key}`", overhead.span)


SALARY_WITHOUT_OVERHEAD = LintRule(
    "TCO448",
    "salary-without-overhead",
    Severity.WARNING,
    "Social charges, equipment and an office add 25 to 40 % to a salary; the market price of a person is not "
    "their gross pay.",
    remedy="leave `overhead` at its default, or state the employer's own figure",
    check=_check,
    bad=altered("source quotes\n}\n\nsite", "source quotes\n  overhead = 0%\n}\n\nsite"),
    good=complete(),
)
