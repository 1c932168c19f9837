"""What the checks found, and whether the spec's own expectations hold."""

from __future__ import annotations

from tcolang.base.diagnostics import Diagnostic, in_order
from tcolang.report.blocks import Block, Bullets, Code, Paragraph, Prose, Section, Strong, prose, quoted
from tcolang.report.results import Expected, Results
from tcolang.report.words import counted, place


def findings(results: Results) -> Section | None:
    """Failed expectations first; None where there is nothing to tell."""
    blocks: list[Block] = []
    failed = tuple(expected for expected in results.expectations if not expected.passed)
    if failed:
        blocks += [Paragraph("These expectations of the spec do not hold:"), Bullets(tuple(map(_expected, failed)))]
    held = len(results.expectations) - len(failed)
    if held:
        blocks.append(Paragraph(f"{counted(held, 'expectation')} of the spec {'holds' if held == 1 else 'hold'}."))
    found = in_order(results.findings)
    if found:
        blocks.append(Bullets(tuple(map(_finding, found))))
    return Section("Findings", tuple(blocks), folded=not failed) if blocks else None


def _expected(expected: Expected) -> Prose:
    because = f": {expected.because}" if expected.because else ""
    return prose(Code(expected.text), because, " (", Code(expected.where), ")")


def _finding(finding: Diagnostic) -> Prose:
    where: Prose = prose(" (", place(finding.span), ")") if finding.span is not None else ""
    head = Strong(f"{finding.severity.word} {finding.problem.code}")
    more = (prose(" ", *quoted(_sentence(text))) for text in (finding.note, finding.help) if text)
    return prose(head, " ", quoted(_sentence(finding.message).removesuffix(".")), where, ".", *more)


def _sentence(text: str) -> str:
    """Notes and remedies begin small where they stand under a caret."""
    return f"{text[0].upper()}{text[1:].rstrip('.')}."
