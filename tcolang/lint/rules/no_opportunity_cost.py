"""An option that runs models of its own and pays nothing for what is not built meanwhile."""

from __future__ import annotations

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.missing import missing
from tcolang.lint.rule import LintRule

NO_OPPORTUNITY_COST = LintRule(
    "TCO449",
    "no-opportunity-cost",
    Severity.INFO,
    "Engineers who run models build no product. What that is worth is the cost that comparisons forget first.",
    remedy="add `cost not_built as opportunity = …`, or switch the rule off with a reason",
    check=lambda subject: missing(subject, ["opportunity"], "what is not built meanwhile", "hidden_opportunity"),
    bad=altered("  cost not_built as opportunity = once(50k USD, at = 2026-01)\n", ""),
    good=complete(),
)
