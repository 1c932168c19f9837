"""Why not each of the other options: what rules it out, what speaks against it, and what it costs beside the winner."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.decide.decision import OptionRecord
from tcolang.report.amounts import money
from tcolang.report.arguments import missing_for_vetoes, why_not
from tcolang.report.blocks import Block, Bullets, Code, Heading, Prose, Section, Strong, listed, prose
from tcolang.report.grouped import grouped
from tcolang.report.results import Results
from tcolang.report.words import named


def alternatives(results: Results) -> Section | None:
    """One list per option; None where there is no other."""
    chosen = results.decision.recommended
    blocks: list[Block] = []
    for record in results.ranked():
        if record.name != chosen:
            blocks.append(Heading(prose("Why not ", named(results, record.name))))
            blocks.append(Bullets(tuple(_against(results, record)) or ("Nothing speaks against it but its score.",)))
    return Section("Why not the others", tuple(blocks)) if blocks else None


def _against(results: Results, record: OptionRecord) -> Iterator[Prose]:
    for rule, told in grouped(why_not(results, record.name)):
        yield prose(Strong("Ruled out. ") if rule in record.vetoes else "", told)
    if record.conditional_on:
        yield prose(
            "It may be ruled out by ",
            listed(tuple(Code(rule) for rule in record.conditional_on)),
            ": nobody has stated ",
            listed(tuple(Code(fact) for fact in missing_for_vetoes(results, record.name))) or "a fact that decides it",
            ".",
        )
    yield from _worth_less(results, record)


def _worth_less(results: Results, record: OptionRecord) -> Iterator[Prose]:
    """The criteria on which it stands behind the recommended option, in money."""
    chosen = results.decision.recommended
    if chosen is None:
        return
    ours = {term.criterion: term.money for term in results.decision.option(chosen).terms}
    for term in record.terms:
        behind = ours.get(term.criterion, 0.0) - term.money
        if behind > 0:
            yield prose("It is worth ", money(behind, results.currency), " less on ", Code(term.criterion), ".")
