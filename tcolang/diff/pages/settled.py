"""What needs no attention, or no longer any, and rules that speak for or against an option anew."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.problem import Severity
from tcolang.decide.decision import RuleRecord
from tcolang.diff.difference import Difference
from tcolang.diff.pages.phrases import clipped, of, placed
from tcolang.report.blocks import Block, Bullets, Code, Heading, Prose, Section, prose

_EACH = 20
_ARGUED = frozenset(("prefer", "avoid", "advise"))


def settled(difference: Difference, several: bool) -> Section | None:
    argued = [_rule(record) for record in difference.fired if record.action in _ARGUED]
    gone = [_rule(record) for record in difference.silenced]
    mended = [prose(f"{finding.problem.code} ", clipped(finding.message)) for finding in difference.mended]
    light = [_finding(finding) for finding in difference.findings if finding.severity is Severity.INFO]
    known = [prose(Code(fact)) for fact in difference.known]
    titled = (
        ("Rules that apply anew", argued),
        ("Rules that no longer apply", gone),
        ("Findings of little weight that are new", light),
        ("Findings that are gone", mended),
        ("No longer unknown, or no longer asked for", known),
    )
    blocks: list[Block] = []
    for title, items in titled:
        blocks += [Heading(title), Bullets(_some(items))] if items else []
    return Section(of(difference, several, "Rules and findings"), tuple(blocks), folded=True)


def _rule(record: RuleRecord) -> Prose:
    on = tuple(name for name in (record.option, record.workload) if name)
    said = prose(Code(record.rule), f" ({record.action}{', ' if on else ''}{', '.join(on)})")
    text = prose(said, ": ", clipped(record.text)) if record.text else said
    return placed(text, record.span.where)


def _finding(finding: Diagnostic) -> Prose:
    said = prose(f"{finding.problem.code} ", clipped(finding.message))
    return placed(said, finding.span.where) if finding.span is not None else said


def _some(items: Sequence[Prose]) -> tuple[Prose, ...]:
    more = len(items) - _EACH
    return (*items[:_EACH], f"{more} more") if more > 0 else tuple(items)
