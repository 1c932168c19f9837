"""A criterion that no rule ever argues for."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import more
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject

_CALM = """criterion calm "Sleep at night" {
  worth = 50k USD/year note "board"
}
"""


def _check(subject: Subject) -> Iterator[Seen]:
    argued = {rule.criterion for rule in subject.program.rules}
    for criterion in subject.program.criteria.values():
        if criterion.measure is None and criterion.name not in argued:
            yield Seen(f"no rule argues for `{criterion.name}`", criterion.span)


CRITERION_WITHOUT_RULE = LintRule(
    "TCO515",
    "criterion-without-rule",
    Severity.WARNING,
    "A criterion counts by the rules that prefer or avoid something on it, or by its measure. Without any it "
    "is worth money and decides nothing.",
    remedy="write a rule: `then prefer option on NAME by 60%`; or give it a `measure`",
    check=_check,
    bad=more(_CALM),
    good=more(_CALM.replace("}", "  measure = 1 - option.vendor_share\n}")),
)
