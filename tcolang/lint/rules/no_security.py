"""An option that runs models of its own and pays nothing for security."""

from __future__ import annotations

from tcolang.base.problem import Severity
from tcolang.lint.examples import complete, without_upkeep
from tcolang.lint.missing import missing
from tcolang.lint.rule import LintRule

NO_SECURITY = LintRule(
    "TCO450",
    "no-security",
    Severity.INFO,
    "Patches, scans, audits and penetration tests are somebody else's work on an API, and ours on our own machines.",
    remedy="state `security` of an `upkeep` component, or add `cost audits as security = …`",
    check=lambda subject: missing(subject, ["security"], "security", "hidden_security"),
    bad=without_upkeep("security"),
    good=complete(),
)
