"""What nobody has stated, and which rules wait for it."""

from __future__ import annotations

from tcolang.report.blocks import Block, Bullets, Code, Heading, Prose, Section, listed, prose
from tcolang.report.results import Results
from tcolang.report.words import cited


def unknowns(results: Results) -> Section | None:
    """None where everything that matters is known."""
    blocks: list[Block] = []
    facts = tuple(prose(Code(fact), *_waiting(results, fact)) for fact in results.decision.unknown)
    if facts:
        blocks.append(Bullets(facts))
    guessed = _guessed(results)
    if guessed:
        blocks += [Heading("Counted as half for want of a figure"), Bullets(guessed)]
    return Section("What is not known", tuple(blocks)) if blocks else None


def _waiting(results: Results, fact: str) -> tuple[Prose, ...]:
    """The rules that are neither true nor false without this fact."""
    waiting = {r.rule: r for r in results.decision.rules if r.result == "unknown" and fact in r.missing}
    rules = tuple(prose(r.title or "a rule", cited(r.rule, r.span.where)) for r in waiting.values())
    return (": needed by ", listed(rules)) if rules else ()


def _guessed(results: Results) -> tuple[Prose, ...]:
    found = [(record.name, term.criterion) for record in results.ranked() for term in record.terms if term.assumed]
    return tuple(prose("How ", Code(option), " stands on ", Code(criterion), ".") for option, criterion in found)
