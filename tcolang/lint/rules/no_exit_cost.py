"""An option that runs models of its own and pays nothing for getting out again."""

from __future__ import annotations

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.missing import missing
from tcolang.lint.rule import LintRule

NO_EXIT_COST = LintRule(
    "TCO453",
    "no-exit-cost",
    Severity.INFO,
    "Leaving costs too: what is still committed, data to move out, machines to sell, work to do again elsewhere.",
    remedy="add `cost moving_out as exit = once(…, at = DATE)`",
    check=lambda subject: missing(subject, ["exit"], "getting out again"),
    bad=altered("  cost moving_out as exit = once(20k USD, at = 2028-12)\n", ""),
    good=complete(),
)
