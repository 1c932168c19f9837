"""What is left out and why, with its price; rules that were changed or switched off."""

from __future__ import annotations

from tcolang.decide.showing import shown_date
from tcolang.report.amounts import money
from tcolang.report.blocks import Block, Bullets, Code, Heading, Paragraph, Prose, Section, Table, prose
from tcolang.report.results import Results
from tcolang.report.words import place
from tcolang.semantics.program import RuleSwitch


def exclusions(results: Results) -> Section:
    """Always there: that nothing is left out is worth saying, too."""
    rows = tuple(_rows(results))
    blocks: list[Block] = [Paragraph("No cost line of what an option reaches has been left out.")]
    if rows:
        headers = ("Option", "Cost line", "Would have cost", "Why it is left out", "Where")
        blocks = [Table(headers, rows, numeric=frozenset((2,)))]
    switches = results.model.program.switches
    if switches:
        blocks += [Heading("Rules that were changed or switched off"), Bullets(tuple(map(_switch, switches)))]
    return Section("What is left out", tuple(blocks), folded=True)


def _rows(results: Results) -> list[tuple[Prose, ...]]:
    return [
        (
            Code(record.name),
            Code(f"{left.component}.{left.name}" if left.component else left.name),
            money(results.evaluation.estimate(left.tco).mean, results.currency),
            left.because,
            place(left.span),
        )
        for record in results.ranked()
        for left in results.option(record.name).left_out
    ]


def _switch(switch: RuleSwitch) -> Prose:
    what = "is switched off" if switch.value is None else "is changed"
    until = f" until {shown_date(switch.until)}"
    return prose(
        Code(switch.target), f" {what} by {switch.by}{until}: {switch.because} (", Code(switch.span.where), ")"
    )
