"""A range of more than a factor of a hundred."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.estimate import spread
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, stated
from tcolang.semantics.terms import Draw
from tcolang.semantics.types import QuantityType

FACTOR = 100


def _check(subject: Subject) -> Iterator[Seen]:
    drawn = [(key, value) for key, value in stated(subject)]
    drawn += [(assumption.key, assumption.value) for assumption in subject.program.assumptions.values()]
    for key, value in drawn:
        for segment in value.segments:
            if not isinstance(segment.term, Draw) or (isinstance(value.type, QuantityType) and value.type.share):
                continue
            found = spread(segment.term.distribution)
            if found.low > 0 and found.high / found.low > FACTOR:
                yield Seen(f"`{key}` may be {found.high / found.low:,.0f} times as high as it may be low", segment.span)


RANGE_TOO_WIDE = LintRule(
    "TCO348",
    "range-too-wide",
    Severity.WARNING,
    "A range from one to a hundred says that nothing is known. The mean of such a range is made by its upper "
    "end, and so is the decision.",
    remedy="find out more, split it into what can be known, or use scenarios",
    check=_check,
    bad=altered("requests = 2M to 3M requests/month", "requests = 20k to 3M requests/month"),
    good=complete(),
)
