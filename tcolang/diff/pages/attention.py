"""What somebody has to do something about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tcolang.base.problem import Severity
from tcolang.diff.difference import Difference
from tcolang.diff.guardrails import Breach
from tcolang.diff.pages.phrases import clipped, placed
from tcolang.report.blocks import Bullets, Code, Paragraph, Prose, Section, Strong, listed, prose
from tcolang.report.words import counted

_EACH = 10
_BAD, _CARE = "✖ ", "⚠ "


def attention(differences: Sequence[Difference], breaches: Sequence[Breach]) -> Section | None:
    """The worst first: guardrails, the base, constraints, findings, facts that are not known."""
    items: list[Prose] = [_guardrail(breach) for breach in breaches]
    for page in (_broken, _vetoes, _findings, _allowed, _warnings, _unknown):
        for difference in differences:
            items += page(difference)
    if not items:
        return None
    return Section("", (Paragraph(Strong("Needs attention")), Bullets(tuple(dict.fromkeys(items)))))


def _guardrail(breach: Breach) -> Prose:
    return prose(_BAD, "guardrail ", Code(breach.name), " breached: ", clipped(breach.text))


def _broken(difference: Difference) -> Iterator[Prose]:
    if difference.missing != "unreadable":
        return
    first = difference.broken[0] if difference.broken else None
    said = f"{_CARE}the base has {counted(len(difference.broken), 'error')}, so only the new revision is reported"
    yield prose(said, *((": ", clipped(first.message)) if first is not None else ()))


def _vetoes(difference: Difference) -> Iterator[Prose]:
    told = [record for record in difference.fired if record.action == "veto"]
    for record in told[:_EACH]:
        on = (" on ", Code(record.option)) if record.option else ()
        said = prose(_BAD, Code(record.rule), " violated", *on, ": ", clipped(record.text))
        yield placed(said, record.span.where)
    yield from _more(told)


def _warnings(difference: Difference) -> Iterator[Prose]:
    told = [record for record in difference.fired if record.action == "warn"]
    for record in told[:_EACH]:
        yield placed(prose(_CARE, clipped(record.text), " ", Code(record.rule)), record.span.where)
    yield from _more(told)


def _findings(difference: Difference) -> Iterator[Prose]:
    heavy = [finding for finding in difference.findings if finding.severity > Severity.INFO]
    told = sorted(heavy, key=lambda finding: -finding.severity)
    for finding in told[:_EACH]:
        sign = _BAD if finding.severity is Severity.ERROR else _CARE
        said = prose(sign, f"{finding.problem.code} ", clipped(finding.message))
        yield placed(said, finding.span.where) if finding.span is not None else said
    yield from _more(told)


def _allowed(difference: Difference) -> Iterator[Prose]:
    for finding, allowance in difference.newly_allowed[:_EACH]:
        said = prose(_CARE, f"{finding.problem.code} is allowed by this change alone: ", clipped(finding.message))
        yield placed(prose(said, ", because: ", clipped(allowance.reason)), allowance.span.where)
    yield from _more(difference.newly_allowed)


def _unknown(difference: Difference) -> Iterator[Prose]:
    if difference.unknown:
        facts = listed(tuple(Code(fact) for fact in difference.unknown[:_EACH]))
        yield prose(f"{_CARE}{counted(len(difference.unknown), 'fact')} unknown: ", facts)


def _more(told: Sequence[object]) -> Iterator[Prose]:
    if len(told) > _EACH:
        yield f"and {len(told) - _EACH} more like these"
