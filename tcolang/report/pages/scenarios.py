"""The same question under other assumptions."""

from __future__ import annotations

from tcolang.report.amounts import NONE, money
from tcolang.report.blocks import Code, Paragraph, Prose, Section, Table, prose
from tcolang.report.results import Results, ScenarioResult
from tcolang.report.words import counted


def scenarios(results: Results) -> Section | None:
    """What would be recommended in each scenario, and the mean cost of each option; None where none was run."""
    if not results.scenarios:
        return None
    names = tuple(record.name for record in results.ranked())
    rows = (_base(results, names), *(_row(results, scenario, names) for scenario in results.scenarios))
    headers: tuple[Prose, ...] = ("Scenario", "Recommended", *(Code(name) for name in names))
    table = Table(headers, rows, numeric=frozenset(range(2, len(headers))))
    note = f"Mean present value, each over {counted(results.evaluation.samples, 'future')}."
    return Section("Scenarios", (table, Paragraph(note)), folded=True)


def _base(results: Results, names: tuple[str, ...]) -> tuple[Prose, ...]:
    chosen = results.decision.recommended
    costs = (money(results.decision.option(name).cost.mean, results.currency) for name in names)
    return ("As stated", Code(chosen) if chosen is not None else "none is allowed", *costs)


def _row(results: Results, scenario: ScenarioResult, names: tuple[str, ...]) -> tuple[Prose, ...]:
    title = f" ({scenario.title})" if scenario.title else ""
    chosen: Prose = Code(scenario.recommended) if scenario.recommended is not None else "none is allowed"
    if scenario.recommended != results.decision.recommended:
        chosen = prose(chosen, " (changes)")
    costs = (money(scenario.costs[name], results.currency) if name in scenario.costs else NONE for name in names)
    return (prose(Code(scenario.name), title), chosen, *costs)
