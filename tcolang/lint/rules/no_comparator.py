"""Own models, and no price of the same weights on somebody's endpoint."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject


def _check(subject: Subject) -> Iterator[Seen]:
    kinds = {subject.program.components[r.deployment].kind for o in subject.model.options for r in o.routes}
    if "managed_endpoint" in kinds:
        return
    for option in subject.model.options:
        if option.family == "self_host" and "comparator" not in subject.program.options[option.name].values:
            yield Seen(f"option `{option.name}` is not compared with the same weights on an endpoint", option.span)


NO_COMPARATOR = LintRule(
    "TCO465",
    "no-comparator",
    Severity.INFO,
    "Open weights are also sold by the token. What that costs is the price that running them has to beat, and"
    " often neither the vendor's own model nor the own pool does.",
    remedy="add an option with a `managed_endpoint`, or say in `comparator` why there is none",
    check=_check,
    bad=altered('  comparator = "none: the data may not leave"\n', ""),
    good=complete(),
)
