"""What nobody has stated, and which rules wait for it."""

from __future__ import annotations

from tcolang.report.blocks import Block, Bullets, Code, Heading, Prose, Section, listed, prose
from tcolang.report.results import Results

_WEIGHTY = ("veto", "avoid", "prefer", "warn")
_NAMED = 4
_FEW = 3
"""Rules that are named of a fact for which more than `_NAMED` wait."""


def unknowns(results: Results) -> Section | None:
    """None where everything that matters is known."""
    blocks: list[Block] = []
    by_rules: dict[tuple[Prose, ...], list[str]] = {}
    for fact in results.decision.unknown:
        by_rules.setdefault(_waiting(results, fact), []).append(fact)
    if by_rules:
        blocks.append(Bullets(tuple(_missing(facts, rules) for rules, facts in by_rules.items())))
    guessed = _guessed(results)
    if guessed:
        blocks += [Heading("Counted as half for want of a figure"), Bullets(guessed)]
    return Section("What is not known", tuple(blocks)) if blocks else None


def _waiting(results: Results, fact: str) -> tuple[Prose, ...]:
    """The rules that are neither true nor false without this fact: first those that could rule an option out, then
    those that would count for or against one."""
    waiting = {r.rule: r for r in results.decision.rules if r.result == "unknown" and fact in r.missing}
    ordered = sorted(
        waiting.values(), key=lambda r: _WEIGHTY.index(r.action) if r.action in _WEIGHTY else len(_WEIGHTY)
    )
    return tuple(prose(Code(r.rule), f" ({r.title}, ", Code(r.span.where), ")") for r in ordered)


def _missing(facts: list[str], rules: tuple[Prose, ...]) -> Prose:
    names = listed(tuple(map(Code, facts)))
    if not rules:
        return names
    if len(rules) <= _NAMED:
        return prose(names, ": needed by ", listed(rules))
    return prose(
        names, f": needed by {len(rules)} rules, those that weigh most first: ", listed((*rules[:_FEW], "others"))
    )


def _guessed(results: Results) -> tuple[Prose, ...]:
    found = [(record.name, term.criterion) for record in results.ranked() for term in record.terms if term.assumed]
    return tuple(prose("How ", Code(option), " stands on ", Code(criterion), ".") for option, criterion in found)
