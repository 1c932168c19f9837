"""What a reader sees first: one line, and a row for each decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

from tcolang.decide.showing import shown_date
from tcolang.diff.difference import Difference, Side
from tcolang.diff.guardrails import Breach
from tcolang.diff.pages.phrases import option, share, signed
from tcolang.report.amounts import NONE, money
from tcolang.report.blocks import Block, Code, Paragraph, Prose, Section, Strong, Table, prose
from tcolang.report.words import confidence, counted
from tcolang.semantics.program import Source
from tcolang.version import __version__

_ROWS = 50


def heading(differences: Sequence[Difference], breaches: Sequence[Breach]) -> Prose:
    """`TCO +18,400 EUR over 36 months (+6.2%) · 1 recommendation changed · 1 option ruled out`"""
    parts = [part for part in (*_total(differences), *_counts(differences, breaches)) if part]
    if parts:
        return " · ".join(parts)
    if any(difference.changed for difference in differences):
        return "Changed, without an effect on cost or recommendation"
    return "No change in cost or recommendation"


def summary(differences: Sequence[Difference], unchanged: int) -> Section:
    headers = ("Decision", "Recommendation", "TCO, mean present value", "Change")
    rows = tuple(_row(difference) for difference in differences[:_ROWS])
    blocks: list[Block] = [Table(headers, rows, frozenset((3,)))]
    more = len(differences) - len(rows)
    if more:
        blocks.append(Paragraph(f"And {counted(more, 'decision')} more."))
    if unchanged:
        blocks.append(Paragraph(f"{counted(unchanged, 'decision')} unchanged."))
    return Section("", tuple(blocks))


def footer(differences: Sequence[Difference]) -> Prose:
    """What the figures rest on."""
    sides = [difference.side for difference in differences]
    checked = [
        (source.checked, source.checked_on) for side in sides for source in _sources(side) if source.checked is not None
    ]
    rates = [rate.since for side in sides for rate in side.program.rates if not rate.reference]
    parts = [f"newest source {max(checked)[1]}"] if checked else []
    parts += [f"exchange rates {shown_date(max(rates))}"] if rates else []
    futures = {side.evaluation.samples for side in sides}
    parts += [counted(max(futures), "future") if max(futures) > 1 else "all figures certain"]
    return " · ".join((*parts, f"tcolang {__version__}"))


def _sources(side: Side) -> Iterator[Source]:
    """Those of the project, not those that ship with the tool."""
    packs = {pack.span.file.path for pack in side.program.packs}
    for source in side.program.sources.values():
        path = source.span.file.path
        if path not in packs and not path.startswith("std/"):
            yield source


def _total(differences: Sequence[Difference]) -> Iterator[str]:
    """Of all decisions whose cost can be compared, where they have one currency."""
    compared = [(d, d.increase) for d in differences if d.increase is not None and d.base is not None]
    currencies = {difference.side.currency for difference, _ in compared}
    increase = fsum(amount for _, amount in compared if amount is not None)
    if len(currencies) != 1 or not increase:
        return
    (currency,) = currencies
    before = fsum(d.base.cost or 0.0 for d, _ in compared if d.base is not None)
    horizons = {side.horizon for d, _ in compared for side in (d.base, d.head) if side is not None}
    over = f" over {counted(horizons.pop(), 'month')}" if len(horizons) == 1 else ""
    yield f"TCO {signed(increase, currency)}{over}{share(increase, before)}"


def _counts(differences: Sequence[Difference], breaches: Sequence[Breach]) -> Iterator[str]:
    flipped = sum(difference.flipped for difference in differences)
    vetoed = sum(record.action == "veto" for difference in differences for record in difference.fired)
    missing = {name: sum(d.missing == name for d in differences) for name in ("new", "deleted", "unreadable")}
    yield f"{counted(flipped, 'recommendation')} changed" if flipped else ""
    yield f"{counted(vetoed, 'constraint')} violated anew" if vetoed else ""
    yield f"{counted(len(breaches), 'guardrail')} breached" if breaches else ""
    yield f"{counted(missing['new'], 'new decision')}" if missing["new"] else ""
    yield f"{counted(missing['deleted'], 'decision')} deleted" if missing["deleted"] else ""
    yield f"{counted(missing['unreadable'], 'base')} with errors" if missing["unreadable"] else ""


def _row(difference: Difference) -> tuple[Prose, ...]:
    side = difference.side
    question = side.model.decision
    assert question is not None
    where = question.span.where if difference.changed else difference.path
    name = prose(Code(side.decision.name), " (", Code(where), ")")
    if difference.base is None or difference.head is None:
        return name, _alone(difference), _cost(side.cost, side.currency), difference.missing
    old, new = difference.base, difference.head
    if difference.flipped:
        names = (old.decision.recommended or "none", new.decision.recommended or "none")
        recommended: Prose = Strong(" → ".join(names))
    else:
        recommended = prose(option(new.decision.recommended))
    sure = [confidence(s.decision.confidence) for s in (old, new)]
    told = sure[1] if sure[0] == sure[1] else f"{sure[0]} → {sure[1]}"
    costs = [_cost(s.cost, s.currency) for s in (old, new)]
    increase = difference.increase
    return (
        name,
        prose(recommended, f", {told}"),
        costs[1] if costs[0] == costs[1] else " → ".join(costs),
        NONE if increase is None else signed(increase, new.currency) if increase else "none",
    )


def _alone(difference: Difference) -> Prose:
    decision = difference.side.decision
    return prose(option(decision.recommended), f", {confidence(decision.confidence)}")


def _cost(cost: float | None, currency: str) -> str:
    return NONE if cost is None else money(cost, currency)
