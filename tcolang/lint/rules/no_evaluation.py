"""An option that runs models of its own and pays nothing for evaluation."""

from __future__ import annotations

from tcolang.base.problem import Severity
from tcolang.lint.examples import complete, without_upkeep
from tcolang.lint.missing import missing
from tcolang.lint.rule import LintRule

NO_EVALUATION = LintRule(
    "TCO452",
    "no-evaluation",
    Severity.INFO,
    "Whether answers are good, and stay so, is found out by test sets and by people who read them.",
    remedy="state `evaluation` of an `upkeep` component, or add `cost reviewing as evaluation = …`",
    check=lambda subject: missing(subject, ["evaluation"], "evaluation", "hidden_evaluation"),
    bad=without_upkeep("evaluation"),
    good=complete(),
)
