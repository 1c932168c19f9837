"""Every figure with how far it has to move until another option comes out best, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.decide.sureness import Flip, Sureness
from tcolang.report.amounts import mean
from tcolang.report.results import Results
from tcolang.units.quantity import readable


def sensitivity(results: Results) -> str:
    """One line for each figure, the nearest flip first; ends with a newline."""
    sure, chosen = results.sureness, results.decision.recommended
    if sure is None or chosen is None:
        return "nothing is recommended, so nothing can flip\n"
    return "\n".join((f"recommended: {chosen}", *_lines(results, sure))) + "\n"


def _lines(results: Results, sure: Sureness) -> Iterator[str]:
    if sure.close:
        yield "two options are so close that the smallest change of any figure may flip it"
        return
    for flip in sure.flips:
        yield _line(results, flip)
    if sure.pair is not None:
        yield f"together, by equal ratios: {_line(results, sure.pair)}"
    for each in sure.unflipped:
        yield f"{each.key}: nothing changes from {readable(each.low)} to {readable(each.high)} times"


def _line(results: Results, flip: Flip) -> str:
    parts: list[str] = []
    for key, stated, factor in zip(flip.keys, flip.stated, flip.factors, strict=True):
        node = results.model.node(key)
        ends = [mean(node, value, results.currency) for value in (stated, stated * factor)]
        parts.append(f"{key} from {ends[0]} to {ends[1]} ({readable(factor)} times)")
    becomes = flip.judged or "nothing is allowed"
    if flip.judged == results.decision.recommended:
        becomes = f"{flip.instead} on cost, {flip.judged} when the rules are judged again"
    return f"{' and '.join(parts)}: {becomes}"
