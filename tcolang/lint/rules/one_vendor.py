"""An option that depends on one vendor's models alone."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, words


def _check(subject: Subject) -> Iterator[Seen]:
    for option in subject.model.options:
        vendors = {words(subject, route.deployment, "vendor") for route in option.routes}
        if option.family == "api" and len(vendors) == 1 and None not in vendors and len(subject.model.options) > 1:
            (vendor,) = vendors
            yield Seen(f"everything in option `{option.name}` depends on {vendor}", option.span)


ONE_VENDOR = LintRule(
    "TCO457",
    "one-vendor",
    Severity.INFO,
    "When the one vendor raises the price, retires the model or is down, there is nothing to change to, and "
    "no time to find it.",
    remedy="route a share to another vendor, or name a `bridge` that is tried out",
    check=_check,
    bad=altered("    small = 90%\n    other = rest\n", "    small = 100%\n"),
    good=complete(),
)
