"""An option that runs models of its own and pays nothing for the network."""

from __future__ import annotations

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.missing import missing
from tcolang.lint.rule import LintRule

NO_NETWORK = LintRule(
    "TCO444",
    "no-network",
    Severity.INFO,
    "Load balancers and traffic to users, between zones and regions are billed by those who carry it.",
    remedy="use an `egress` component, or add `cost traffic as network = …`",
    check=lambda subject: missing(subject, ["network"], "the network", "hidden_network"),
    bad=altered("  cost balancers as network = 600 USD/month\n", ""),
    good=complete(),
)
