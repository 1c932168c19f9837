"""A price or a throughput that comes from nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, reached, stated
from tcolang.semantics.terms import Constant
from tcolang.semantics.types import QuantityType
from tcolang.units.dimension import base

_RATE = base("token") / base("time")


def _check(subject: Subject) -> Iterator[Seen]:
    """Of components that an option uses: others decide nothing."""
    used = {key for option in subject.model.options for key in reached(subject, option)}
    for key, value in stated(subject):
        component = key.rpartition(".")[0]
        if component not in used or not isinstance(value.type, QuantityType):
            continue
        dimension = value.type.dimension
        is_price = dict(dimension.exponents).get("money") == 1
        for segment in value.segments if is_price or dimension == _RATE else ():
            number = segment.term.value if isinstance(segment.term, Constant) else None
            if segment.provenance.source is None and not segment.provenance.note and number != 0:
                yield Seen(f"nobody says where `{key}` is from", segment.span)


NO_SOURCE = LintRule(
    "TCO340",
    "no-source",
    Severity.WARNING,
    "A figure that decides about money can be checked only where somebody says where it is from.",
    remedy='add `source NAME` for what was looked up, `note "…"` for what was assumed',
    check=_check,
    bad=altered("  input_price = 0.40 USD per 1M tokens source quotes", "  input_price = 0.40 USD per 1M tokens"),
    good=complete(),
)
