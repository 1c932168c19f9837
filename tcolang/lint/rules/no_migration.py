"""An option that runs models of its own and pays nothing for moving there."""

from __future__ import annotations

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.missing import missing
from tcolang.lint.rule import LintRule

NO_MIGRATION = LintRule(
    "TCO446",
    "no-migration",
    Severity.INFO,
    "Moving from what is there now takes integration, tests and a time in which both run.",
    remedy="add `cost moving as migration = once(…, at = DATE)`",
    check=lambda subject: missing(subject, ["migration", "one_off"], "moving there"),
    bad=altered("  cost moving_in as migration = once(20k USD, at = 2026-01)\n", ""),
    good=complete(),
)
