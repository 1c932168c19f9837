"""What changed, and how much of the difference each change accounts for; the shares add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

from tcolang.diff.changes import Change
from tcolang.diff.difference import Difference
from tcolang.diff.pages.phrases import clipped, of, signed_whole
from tcolang.diff.shares import Share
from tcolang.report.amounts import NONE, add_up, scale, scaled_currency
from tcolang.report.blocks import Block, Bullets, Code, Paragraph, Prose, Section, Table, listed, prose

_ROWS = 40
_SILENT = 20
_COLUMNS = 6


def causes(difference: Difference, several: bool) -> Section | None:
    if difference.base is None or difference.head is None:
        return None
    blocks: list[Block] = []
    if difference.shares.shares or difference.switched is not None:
        blocks += [_recommended(difference), *_by_option(difference)]
        if difference.shares.method:
            blocks.append(Paragraph(f"Method: {difference.shares.method}."))
    blocks += _silent(difference.shares.silent)
    return Section(of(difference, several, "What changed"), tuple(blocks), folded=True)


def on_recommended(difference: Difference) -> tuple[tuple[Share, float], ...]:
    """Each share with its effect on the TCO of what is recommended: of both options evenly, where that changes."""
    assert difference.base is not None and difference.head is not None
    options = (difference.base.decision.recommended, difference.head.decision.recommended)
    found = []
    for share in difference.shares.shares:
        if all(option in share.effects for option in options):
            found.append((share, fsum(share.effects[option] for option in options if option is not None) / 2))
    return tuple(found)


def _recommended(difference: Difference) -> Table:
    told = on_recommended(difference)
    switched = difference.switched
    amounts = (*(effect for _, effect in told), *((switched,) if switched is not None else ()))
    unit = scale(max(map(abs, amounts), default=0.0))
    shown, total = add_up(amounts, unit)
    rows: list[tuple[Prose, ...]] = [
        (*_said(share), signed_whole(amount)) for (share, _), amount in zip(told, shown, strict=False)
    ]
    rows = _fewer(rows, shown)
    if switched is not None:
        rows.append(("another option is recommended", "", "", signed_whole(shown[-1])))
    if rows:
        rows.append(("together", "", "", signed_whole(total)))
    headers = ("Change", "Before", "After", f"Recommended TCO, {scaled_currency(unit, difference.side.currency)}")
    return Table(headers, tuple(rows), frozenset((3,)))


def _fewer(rows: Sequence[tuple[Prose, ...]], shown: Sequence[int]) -> list[tuple[Prose, ...]]:
    if len(rows) <= _ROWS:
        return list(rows)
    rest = sum(shown[_ROWS : len(rows)])
    return [*rows[:_ROWS], (f"{len(rows) - _ROWS} more", "", "", signed_whole(rest))]


def _by_option(difference: Difference) -> Iterator[Block]:
    """The same for each option that was there before."""
    shares = difference.shares.shares
    options = tuple(shares[0].effects)[:_COLUMNS] if shares else ()
    if len(options) < 2:
        return
    unit = scale(max(abs(effect) for share in shares for effect in share.effects.values()))
    columns = [add_up(tuple(share.effects[option] for share in shares), unit) for option in options]
    rows: list[tuple[Prose, ...]] = [
        (_said(share)[0], *(signed_whole(column[0][number]) for column in columns))
        for number, share in enumerate(shares[:_ROWS])
    ]
    if len(shares) > _ROWS:
        rest = tuple(signed_whole(sum(column[0][_ROWS:])) for column in columns)
        rows.append((f"{len(shares) - _ROWS} more", *rest))
    rows.append(("together", *(signed_whole(column[1]) for column in columns)))
    name = f"TCO of each option, {scaled_currency(unit, difference.side.currency)}"
    yield Table((name, *map(Code, options)), tuple(rows), frozenset(range(1, len(options) + 1)))


def _said(share: Share) -> tuple[Prose, Prose, Prose]:
    if not share.changes:
        return "draws, which are named after files", "", ""
    if len(share.changes) > 1:
        names = listed(tuple(Code(change.name) for change in share.changes[:_COLUMNS]))
        more = len(share.changes) - _COLUMNS
        return prose("together: ", names, f" and {more} more" if more > 0 else ""), "", ""
    change = share.changes[0]
    name = prose(Code(change.name), f" ({change.sort}, ", Code(change.where.where), ")")
    return name, clipped(change.before) if change.before else NONE, clipped(change.after) if change.after else NONE


def _silent(changes: Sequence[Change]) -> Iterator[Block]:
    if not changes:
        return
    yield Paragraph("Changed, and moves no cost:")
    items = [_silently(change) for change in changes[:_SILENT]]
    if len(changes) > _SILENT:
        items.append(f"{len(changes) - _SILENT} more")
    yield Bullets(tuple(items))


def _silently(change: Change) -> Prose:
    name = prose(Code(change.name), f" ({change.sort}, ", Code(change.where.where), ")")
    if change.before and change.after:
        return prose(name, ": ", clipped(change.before), " → ", clipped(change.after))
    return prose(name, " is new" if change.added else " is gone")
