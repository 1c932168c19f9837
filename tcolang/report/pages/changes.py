"""What would change this: how far a figure has to move until another option comes out best."""

from __future__ import annotations

from tcolang.decide.sureness import Flip, Sureness
from tcolang.engine.moving import FUTURES
from tcolang.report.amounts import mean
from tcolang.report.blocks import (
    Block,
    Bullets,
    Chart,
    Code,
    Paragraph,
    Prose,
    Section,
    Series,
    Table,
    listed,
    prose,
    quoted,
)
from tcolang.report.results import Results
from tcolang.report.words import counted
from tcolang.units.quantity import percentage, readable, rounded

_DRAWN = 12


def changes(results: Results) -> Section | None:
    """None where only one option is allowed, so that nothing can change places."""
    sure = results.sureness
    if sure is None or not (sure.flips or sure.unflipped or sure.close):
        return None
    if sure.close:
        said = (
            "Two options are so close that chance decides between them: the smallest change of any figure may flip it."
        )
        return Section("What would change this", (Paragraph(said),))
    blocks: list[Block] = []
    if sure.flips:
        items = (*(_sentence(results, flip) for flip in sure.flips), *_together(results, sure))
        blocks += [Bullets(items), _table(results, sure.flips), _chart(sure.flips)]
    blocks += [Paragraph(quoted(text)) for text in _rest(results, sure)]
    return Section("What would change this", tuple(blocks))


def moved(results: Results, key: str, stated: float, factor: float) -> Prose:
    """`price` falls 31%, from 3.70 EUR/hour to 2.55 EUR/hour"""
    node = results.model.node(key)
    values = (mean(node, value, results.currency) for value in (stated, stated * factor))
    return prose(Code(key), f" {_change(factor)}, from ", " to ".join(values))


def _change(factor: float) -> str:
    if factor < 1.0:
        return f"falls {percentage(1.0 - factor, 2)}"
    if factor < 2.0:
        return f"rises {percentage(factor - 1.0, 2)}"
    return f"rises to {readable(factor)} times"


def _sentence(results: Results, flip: Flip) -> Prose:
    parts = zip(flip.keys, flip.stated, flip.factors, strict=True)
    what = listed(tuple(moved(results, key, stated, factor) for key, stated, factor in parts))
    return prose(_new(results, flip), " if ", what, ".", _doubt(results, flip))


def _new(results: Results, flip: Flip) -> Prose:
    if flip.judged is None:
        return "No option is allowed any more"
    taken = flip.instead if flip.judged == results.decision.recommended else flip.judged
    return prose("It becomes ", Code(taken))


def _doubt(results: Results, flip: Flip) -> Prose:
    if flip.judged != results.decision.recommended:
        return ""
    return prose(
        " That counts costs alone: the rules, judged again with that figure, still speak for ",
        Code(flip.judged or ""),
        ".",
    )


def _together(results: Results, sure: Sureness) -> tuple[Prose, ...]:
    if sure.pair is None:
        return ()
    return (prose("Two figures together have to move less. ", _sentence(results, sure.pair)),)


def _table(results: Results, flips: tuple[Flip, ...]) -> Table:
    rows = tuple(_row(results, flip) for flip in flips)
    headers = ("Figure", "Stated", "Flips at", "Times", "It becomes")
    return Table(headers, rows, numeric=frozenset((1, 2, 3)))


def _row(results: Results, flip: Flip) -> tuple[Prose, ...]:
    key, stated, factor = flip.keys[0], flip.stated[0], flip.factors[0]
    node = results.model.node(key)
    becomes: Prose = Code(flip.instead if flip.judged == results.decision.recommended else flip.judged or "none")
    return (
        Code(key),
        mean(node, stated, results.currency),
        mean(node, stated * factor, results.currency),
        readable(factor),
        becomes,
    )


def _chart(flips: tuple[Flip, ...]) -> Chart:
    shown = flips[:_DRAWN]
    ratios = tuple(float(rounded(flip.ratio, 3)) for flip in shown)
    labels = tuple(flip.keys[0] for flip in shown)
    title = "How many times up or down until it flips (short: fragile)"
    return Chart("bars", title, "figure", "times", labels, (Series("times up or down", ratios),))


def _rest(results: Results, sure: Sureness) -> tuple[str, ...]:
    said: list[str] = []
    if sure.unflipped:
        names = ", ".join(f"`{each.key}`" for each in sure.unflipped)
        span = "from a twentieth to twenty times (a share: up to 100%)"
        said.append(f"Nothing changes, {span}, if one of these moves alone: {names}.")
    if sure.left_out:
        more = counted(sure.left_out, "figure")
        said.append(f"{more} more matter less at a third or three times; `tco sensitivity` moves every one.")
    note = (
        "One figure moves at a time, whole machines and capacity included; an uncertain one moves with its range, and "
    )
    futures = counted(min(FUTURES, results.evaluation.samples), "future")
    return (*said, f"{note}its mean is shown. These figures are found in {futures}.")
