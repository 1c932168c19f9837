"""All options side by side, in money and chances."""

from __future__ import annotations

from tcolang.decide.decision import OptionRecord
from tcolang.decide.thresholds import DEFAULT_THRESHOLDS
from tcolang.report.amounts import NONE, between, chance
from tcolang.report.blocks import Code, Paragraph, Prose, Section, Strong, Table, listed, prose
from tcolang.report.results import Results
from tcolang.report.words import counted, family
from tcolang.units.quantity import readable

_HEADERS = ("Option", "Kind", "Cost", "P50", "P5 to P95", "Per month", "Cheapest", "Best", "Ruled out by")
_AMOUNTS = range(2, 6)


def options(results: Results) -> Section:
    """The recommended one first."""
    rows = tuple(_row(results, record) for record in results.ranked())
    note = (
        f"Cost: mean present value over {counted(results.question.horizon, 'month')}. P50: half of all futures cost "
        "less. P5 to P95: nine futures in ten. Per month: mean of what is paid. Cheapest: the chance to cost least of "
        "all options. Best: the chance to come out best of those allowed, with everything counted that has a worth. "
        f"A difference in cost is material above {chance(DEFAULT_THRESHOLDS.material_share)} of the cheaper option, "
        f"where that one is cheaper in at least {chance(DEFAULT_THRESHOLDS.material_chance)} of futures."
    )
    headers = tuple(f"{h}, {results.currency}" if i in _AMOUNTS else h for i, h in enumerate(_HEADERS))
    table = Table(headers, rows, numeric=frozenset(range(2, 8)), spare=frozenset((3, 5)))
    return Section("The options", (table, Paragraph(note)))


def _row(results: Results, record: OptionRecord) -> tuple[Prose, ...]:
    cost = record.cost
    nominal = results.evaluation.estimate(results.option(record.name).results["tco_nominal"]).mean
    chosen = record.name == results.decision.recommended
    name: Prose = Code(record.name)
    return (
        prose(name, " ✔") if chosen else name,
        family(record.family),
        Strong(readable(cost.mean)) if chosen else readable(cost.mean),
        readable(cost.p50),
        between(cost),
        readable(nominal / results.question.horizon),
        chance(record.chance_cheapest),
        chance(record.acceptability) if not record.vetoes else NONE,
        listed(tuple(Code(rule) for rule in record.vetoes), last=", ") if record.vetoes else NONE,
    )
