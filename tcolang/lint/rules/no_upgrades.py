"""An option that runs models of its own and pays nothing for changes of model."""

from __future__ import annotations

from tcolang.base.problem import Severity
from tcolang.lint.examples import complete, without_upkeep
from tcolang.lint.missing import missing
from tcolang.lint.rule import LintRule

NO_UPGRADES = LintRule(
    "TCO451",
    "no-upgrades",
    Severity.INFO,
    "The model of an API improves by itself. One of our own is outdated in a year, and changing it is a project.",
    remedy="state `upgrade` of an `upkeep` component, or add `cost new_models as upgrades = …`",
    check=lambda subject: missing(subject, ["upgrades"], "changes of model", "hidden_upgrades"),
    bad=without_upkeep("upgrades"),
    good=complete(),
)
