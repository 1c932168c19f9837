"""An option that runs models of its own and pays nothing for storage."""

from __future__ import annotations

from tcolang.base.problem import Severity
from tcolang.lint.examples import complete, without_storage
from tcolang.lint.missing import missing
from tcolang.lint.rule import LintRule

NO_STORAGE = LintRule(
    "TCO443",
    "no-storage",
    Severity.INFO,
    "Weights take 20 to 140 GB and more for each model and copy; checkpoints, data sets and logs come on top.",
    remedy="use a `storage` component: `uses = [weights]`",
    check=lambda subject: missing(subject, ["storage"], "storage", "hidden_storage"),
    bad=without_storage(),
    good=complete(),
)
