"""Power of servers without what cooling takes."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, node, own_components


def _check(subject: Subject) -> Iterator[Seen]:
    for component in own_components(subject):
        pue = node(subject, f"{component.key}.pue")
        if pue is None:
            continue
        if pue.provenance.is_default:
            message = f"the PUE of `{component.key}` is the default of the standard library"
            yield Seen(message, component.span)
        elif (middle(subject, pue.key) or 0) < 1.02:
            yield Seen(f"`{component.key}` cools its servers for nothing", pue.span)


POWER_WITHOUT_PUE = LintRule(
    "TCO447",
    "power-without-pue",
    Severity.WARNING,
    "A data hall draws more than its servers: the worldwide average of the power usage effectiveness is about"
    " 1.56, and new halls reach 1.2. Without it the power bill is a fifth to a third too low.",
    remedy="state the `pue` of the site, from its operator",
    check=_check,
    bad=altered("  pue = 1.3 to 1.5 source quotes\n", ""),
    good=complete(),
)
