"""Why another option is recommended: rules first, then money."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.diff.difference import Difference, Side
from tcolang.diff.pages.phrases import clipped, placed, signed
from tcolang.diff.shares import Share
from tcolang.report.amounts import money
from tcolang.report.blocks import Bullets, Code, Paragraph, Prose, Section, Strong, listed, prose
from tcolang.units.quantity import readable

_NAMED = 3
_MATERIAL = 0.05
"""Of the largest: what moves the gap less than that is not named."""


def why(difference: Difference) -> Section | None:
    if not difference.flipped or difference.base is None or difference.head is None:
        return None
    base, head = difference.base, difference.head
    old, new = base.decision.recommended, head.decision.recommended
    reasons = [*_rules(difference, base, head), *_presence(base, head), *_crossing(difference)]
    if old is not None and new is not None and _both(base, head, old, new):
        reasons += _money(difference, base, head, old, new)
    lead = prose(Strong("Why it flipped"), ": from ", _named(old), " to ", _named(new), ".")
    return Section("", (Paragraph(lead), Bullets(tuple(reasons))) if reasons else (Paragraph(lead),))


def _named(option: str | None) -> Prose:
    return Code(option) if option is not None else "no recommendation"


def _both(base: Side, head: Side, *options: str) -> bool:
    return all(name in {o.name for o in side.decision.options} for side in (base, head) for name in options)


def _rules(difference: Difference, base: Side, head: Side) -> Iterator[Prose]:
    old, new = base.decision.recommended, head.decision.recommended
    for record in difference.fired:
        if record.action == "veto" and record.option == old:
            said = prose(Code(record.option), " is now ruled out by ", Code(record.rule), ": ", clipped(record.text))
            yield placed(said, record.span.where)
    for record in difference.silenced:
        if record.action == "veto" and record.option == new:
            said = prose(Code(record.option), " is no longer ruled out by ", Code(record.rule))
            yield placed(said, record.span.where)


def _presence(base: Side, head: Side) -> Iterator[Prose]:
    names = [{option.name for option in side.decision.options} for side in (base, head)]
    old, new = base.decision.recommended, head.decision.recommended
    if old is not None and old not in names[1]:
        yield prose(Code(old), " is no longer an option.")
    if new is not None and new not in names[0]:
        yield prose(Code(new), " is a new option.")


def _crossing(difference: Difference) -> Iterator[Prose]:
    found = difference.crossing
    if found is not None:
        volumes = f"{readable(found.before)} → {readable(found.after)} a month"
        yield f"{found.what} {volumes} cross the break-even of {readable(found.at)}."


def _money(difference: Difference, base: Side, head: Side, old: str, new: str) -> Iterator[Prose]:
    gaps = [side.decision.option(old).cost.mean - side.decision.option(new).cost.mean for side in (base, head)]
    if difference.comparable:
        yield prose(
            "On cost, ", Code(new), f" was {_than(gaps[0], head.currency)} than ", Code(old),
            f"; it is now {_than(gaps[1], head.currency)}.",
        )  # fmt: skip
        yield from _drivers(difference.shares.shares, old, new, head.currency)
    worth = [_worth(side, new) - _worth(side, old) for side in (base, head)]
    moved = worth[1] - worth[0]
    if abs(moved) > _MATERIAL * max(map(abs, gaps)):
        said = f"What it is worth beside its cost, against {old}, changes by {signed(moved, head.currency)}"
        yield f"{said} in present value."


def _than(gap: float, currency: str) -> str:
    return f"{money(abs(gap), currency)} {'cheaper' if gap >= 0 else 'dearer'}"


def _drivers(shares: tuple[Share, ...], old: str, new: str, currency: str) -> Iterator[Prose]:
    """The changes that did most to the gap between the two."""
    moves = [(share.effects[old] - share.effects[new], share) for share in shares]
    ordered = sorted(moves, key=lambda move: -abs(move[0]))
    largest = max((abs(gap) for gap, _ in moves), default=0.0)
    told = [_driver(s, gap, currency) for gap, s in ordered[:_NAMED] if abs(gap) > _MATERIAL * largest]
    if told:
        yield prose("What moved the gap, in favour of ", Code(new), ": ", listed(tuple(told), last="; "), ".")


def _driver(share: Share, gap: float, currency: str) -> Prose:
    if len(share.changes) != 1:
        return prose(f"{len(share.changes)} changes together ", signed(gap, currency))
    change = share.changes[0]
    was = clipped(f"{change.before} → {change.after}, ") if change.before and change.after else ""
    return prose(Code(change.name), " ", was, " " if was else "", signed(gap, currency))


def _worth(side: Side, option: str) -> float:
    record = side.decision.option(option)
    return record.score + record.cost.mean
