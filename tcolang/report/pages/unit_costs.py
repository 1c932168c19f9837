"""What one unit of work costs, and the figures that the spec itself names."""

from __future__ import annotations

from tcolang.model.costmodel import Node
from tcolang.report.amounts import NONE, money, money_between, symbol, value
from tcolang.report.blocks import Block, Code, Heading, Paragraph, Prose, Section, Table, listed, prose
from tcolang.report.results import Results
from tcolang.report.totals import over_horizon
from tcolang.report.words import place
from tcolang.uncertain.summary import summarise

_UNITS = {"tokens": (1e6, "Per 1M tokens"), "requests": (1.0, "Per request")}


def unit_costs(results: Results) -> Section:
    """Of the charge, the view in which a purchase is spread over its life."""
    rows: tuple[tuple[Prose, ...], ...] = tuple(
        (Code(record.name), *(_unit_cost(results, record.name, flow) for flow in _UNITS)) for record in results.ranked()
    )
    table = Table(("Option", *(title for _, title in _UNITS.values())), rows, numeric=frozenset((1, 2)))
    note = "Undiscounted charge over the horizon, divided by what is asked for in it: P50 (P5 to P95)."
    blocks: list[Block] = [table, Paragraph(note)]
    published = tuple(_published(results, key) for key in results.model.published)
    if published:
        blocks += [Heading("Figures that the spec names"), Table(("Name", "Value", "Formula", "Where"), published)]
    return Section("Unit costs and named figures", tuple(blocks), folded=True)


def _unit_cost(results: Results, option: str, flow: str) -> str:
    names = results.option(option).results
    if flow not in names:
        return NONE
    amount = over_horizon(results, names[flow])
    if min(amount.tolist()) <= 0:
        return NONE
    size, _ = _UNITS[flow]
    each = summarise(over_horizon(results, names["charge"]) / amount * size, results.evaluation.batches)
    middle = money(each.p50, results.currency)
    return middle if each.p5 == each.p95 else f"{middle} ({money_between(each, results.currency)})"


def _published(results: Results, key: str) -> tuple[Prose, ...]:
    model = results.model
    if key not in model.index:
        missing = tuple(Code(fact) for fact in model.unknown.get(key, ()))
        return (Code(key), "unknown", prose("nobody has stated ", listed(missing)) if missing else "", "")
    node = model.node(key)
    return (Code(key), _value(results, node), Code(node.text), place(node.span))


def _value(results: Results, node: Node) -> Prose:
    word = symbol(node)
    if word is not None:
        return word
    if node.key not in results.evaluation.values:
        return NONE
    return value(node, results.evaluation.estimate(node.key), results.currency)
