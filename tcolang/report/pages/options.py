"""All options side by side, in money and chances."""

from __future__ import annotations

from tcolang.decide.decision import OptionRecord
from tcolang.report.amounts import NONE, chance, money, money_between
from tcolang.report.blocks import Code, Paragraph, Prose, Section, Strong, Table, listed, prose
from tcolang.report.results import Results
from tcolang.report.words import counted, family

_HEADERS = ("Option", "Kind", "Cost", "P50", "P5 to P95", "Per month", "Cheapest", "Best", "Ruled out by")


def options(results: Results) -> Section:
    """The recommended one first."""
    rows = tuple(_row(results, record) for record in results.ranked())
    note = (
        f"Cost: mean present value over {counted(results.question.horizon, 'month')}. P50: half of all futures cost "
        "less. P5 to P95: nine futures in ten. Per month: mean of what is paid. Cheapest: the chance to cost least of "
        "all options. Best: the chance to come out best of those allowed, with everything counted that has a worth."
    )
    table = Table(_HEADERS, rows, numeric=frozenset(range(2, 8)), spare=frozenset((3, 5)))
    return Section("The options", (table, Paragraph(note)))


def _row(results: Results, record: OptionRecord) -> tuple[Prose, ...]:
    currency, cost = results.currency, record.cost
    nominal = results.evaluation.estimate(results.option(record.name).results["tco_nominal"]).mean
    chosen = record.name == results.decision.recommended
    name: Prose = Code(record.name)
    return (
        prose(name, " ✔") if chosen else name,
        family(record.family),
        Strong(money(cost.mean, currency)) if chosen else money(cost.mean, currency),
        money(cost.p50, currency),
        money_between(cost, currency),
        money(nominal / results.question.horizon, currency),
        chance(record.chance_cheapest),
        chance(record.acceptability) if not record.vetoes else NONE,
        listed(tuple(Code(rule) for rule in record.vetoes), last=",") if record.vetoes else NONE,
    )
