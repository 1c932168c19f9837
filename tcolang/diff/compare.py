"""From two revisions of a spec, both decided, to what is different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from tcolang.base.diagnostics import Diagnostic
from tcolang.decide.decision import RuleRecord
from tcolang.diff.attribution import EVALUATIONS
from tcolang.diff.changes import changes
from tcolang.diff.costs import mean_costs
from tcolang.diff.difference import Crossing, Difference, Side
from tcolang.diff.shares import Shares, shares
from tcolang.engine.breakeven import break_even
from tcolang.engine.settings import Settings, few
from tcolang.semantics.meant import meant_before
from tcolang.semantics.program import Allowance, Program

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much about."""

NO_SHARES = Shares((), (), "")


def compare(path: str, base: Side, head: Side, settings: Settings, progress: Progress | None = None) -> Difference:
    """`settings` are those that both were evaluated with, and programs between the two are."""
    found = _shares(base, head, settings, progress)
    before, after = _fired(base), _fired(head)
    newly_allowed = _newly_allowed(base, head)
    known = Counter(map(_said, (*base.findings, *(finding for finding, _ in base.allowed))))
    now = Counter(map(_said, (*head.findings, *(finding for finding, _ in head.allowed))))
    return Difference(
        path=path,
        base=base,
        head=head,
        missing="",
        broken=(),
        shares=found,
        switched=_switched(base, head, found),
        fired=tuple(record for key, record in after.items() if key not in before),
        silenced=tuple(record for key, record in before.items() if key not in after),
        unknown=_without(head.decision.unknown, base.decision.unknown),
        known=_without(base.decision.unknown, head.decision.unknown),
        findings=tuple(_beyond(head.findings, known)),
        mended=tuple(_beyond(base.findings, now)),
        newly_allowed=newly_allowed,
        crossing=_crossing(base, head, settings),
    )


def only(path: str, side: Side, missing: str, broken: tuple[Diagnostic, ...] = ()) -> Difference:
    """Where there is nothing to compare with: the spec is `new`, `deleted`, or its base `unreadable`."""
    base, head = (side, None) if missing == "deleted" else (None, side)
    nothing = ((),) * 7
    return Difference(path, base, head, missing, broken, NO_SHARES, None, *nothing, None)  # type: ignore[arg-type]


def _shares(base: Side, head: Side, settings: Settings, progress: Progress | None) -> Shares:
    before, after = (_costs(side) for side in (base, head))
    found = changes(base.program, head.program)
    if not found:
        return NO_SHARES
    if base.currency != head.currency:
        return Shares((), found, "costs in different currencies cannot be compared")
    done = 0

    def costs(program: Program) -> Mapping[str, float] | None:
        nonlocal done
        done += 1
        if progress is not None:
            progress("comparing", done, max(done + 1, EVALUATIONS))
        return mean_costs(program, settings)

    return shares(base.program, head.program, found, before, after, costs)


def _costs(side: Side) -> dict[str, float]:
    return {option.name: option.cost.mean for option in side.decision.options}


def _switched(base: Side, head: Side, found: Shares) -> float | None:
    """Averaged over switching before all changes and after them, as each of their shares is then over both options."""
    old, new = base.decision.recommended, head.decision.recommended
    before, after = _costs(base), _costs(head)
    if old == new or old is None or new is None or base.currency != head.currency:
        return None
    if old not in after or new not in before:
        return after[new] - before[old]
    return ((after[new] - after[old]) + (before[new] - before[old])) / 2


def _fired(side: Side) -> dict[tuple[str, str, str], RuleRecord]:
    return {(r.rule, r.option, r.workload): r for r in side.decision.rules if r.result == "true"}


def _without(these: Sequence[str], those: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in these if one not in those)


def _said(finding: Diagnostic) -> tuple[str, str]:
    """What makes a finding the same in another revision: its lines may have moved."""
    return finding.problem.code, finding.message


def _beyond(findings: Iterable[Diagnostic], known: Counter[tuple[str, str]]) -> Iterable[Diagnostic]:
    left = Counter(known)
    for finding in findings:
        if left[_said(finding)] > 0:
            left[_said(finding)] -= 1
        else:
            yield finding


def _newly_allowed(base: Side, head: Side) -> tuple[tuple[Diagnostic, Allowance], ...]:
    """Allowances count as of the base: a change cannot silence what it causes."""
    meant = meant_before(base.program.allowances, head.program.decision.as_of if head.program.decision else None)
    return tuple((finding, allowance) for finding, allowance in head.allowed if not meant(finding))


def _crossing(base: Side, head: Side, settings: Settings) -> Crossing | None:
    """Where the recommendation changes and so does the volume: the break-even that lies between, if one does."""
    old, new = base.decision.recommended, head.decision.recommended
    options = {option.name: option for option in head.model.options}
    known = {option.name: option for option in base.model.options}
    if old == new or old not in options or new not in options or new not in known:
        return None
    assert old is not None and new is not None
    what, before, after = _volumes(base, head, new)
    if before == after or min(before, after) <= 0:
        return None
    found = break_even(head.model, old, new, few(settings))
    low, high = sorted((before / after, 1.0))
    between = [crossing.factor for crossing in found.crossings if low < crossing.factor < high]
    return Crossing(what, before, after, between[0] * after) if len(between) == 1 else None  # type: ignore[arg-type]


def _volumes(base: Side, head: Side, option: str) -> tuple[str, float, float]:
    """Means a month over the horizon, of tokens if both know them, else of requests."""
    results = [next(o.results for o in side.model.options if o.name == option) for side in (base, head)]
    for what in ("tokens", "requests"):
        if all(what in known for known in results):
            means = [s.evaluation.estimate(r[what]).mean for s, r in zip((base, head), results, strict=True)]
            return what, means[0], means[1]
    return "requests", 0.0, 0.0
