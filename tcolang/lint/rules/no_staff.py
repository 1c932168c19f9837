"""An option that runs models of its own and pays nothing for people."""

from __future__ import annotations

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.missing import missing
from tcolang.lint.rule import LintRule

NO_STAFF = LintRule(
    "TCO440",
    "no-staff",
    Severity.WARNING,
    "Machines do not run themselves. The people who keep a model in production are usually its largest cost: "
    "a barebones crew is three or four specialists.",
    remedy="add `staff { ROLE = N FTE }` to the option",
    check=lambda subject: missing(subject, ["people"], "people", "hidden_people"),
    bad=altered("  staff {\n    engineer = 3 FTE\n  }\n", ""),
    good=complete(),
)
