"""An option that runs models of its own and pays nothing for monitoring."""

from __future__ import annotations

from tcolang.base.problem import Severity
from tcolang.lint.examples import complete, without_upkeep
from tcolang.lint.missing import missing
from tcolang.lint.rule import LintRule

NO_MONITORING = LintRule(
    "TCO445",
    "no-monitoring",
    Severity.WARNING,
    "A model that nobody watches fails without anybody noticing: logs, metrics, traces and alerts cost money.",
    remedy="use an `upkeep` component: `uses = [serving]`",
    check=lambda subject: missing(subject, ["monitoring"], "monitoring", "hidden_monitoring"),
    bad=without_upkeep("monitoring"),
    good=complete(),
)
