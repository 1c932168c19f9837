"""The relative load of the 168 hours of a week, which a workload may state."""

from __future__ import annotations

from tcolang.base.source import Span
from tcolang.model import problems
from tcolang.model.drafts import Drafts
from tcolang.model.instantiate import instantiate
from tcolang.model.keys import attribute_value
from tcolang.semantics.terms import Apply, Constant, Listing, Term

HOURS = 168


def profile_of(workload: str, drafts: Drafts) -> tuple[float, ...] | None:
    """None where the workload states none; also after a finding on one that is no profile."""
    kind = drafts.program.kinds[drafts.program.components[workload].kind]
    if "profile" not in kind.attributes:
        return None
    stated = attribute_value(workload, "profile", None, drafts, instantiate)
    if not isinstance(stated, Listing):
        return None
    wrong = _wrong(stated.items)
    if wrong is not None:
        _report(workload, wrong, stated.span, drafts)
        return None
    return tuple(item.value for item in stated.items if isinstance(item, Constant))


def _wrong(items: tuple[Term, ...]) -> str | None:
    numbers = [item.value for item in items if isinstance(item, Constant)]
    if len(items) != HOURS:
        return f"has {len(items)} values, and a week has {HOURS} hours"
    if any(isinstance(item, Apply) and item.function == "negate" for item in items) or min(numbers, default=0.0) < 0:
        return "has a value below zero"
    if len(numbers) < len(items):
        return "has a value that is no plain number"
    return "is zero in every hour" if max(numbers) == 0 else None


def _report(workload: str, what: str, span: Span, drafts: Drafts) -> None:
    drafts.report(
        problems.BAD_PROFILE,
        f"the profile of `{workload}` {what}",
        span,
        help="one number for each hour, Monday 0:00 first; only their relation counts: `[0.4, 0.4, 0.3, …]`",
    )
