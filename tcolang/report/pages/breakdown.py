"""What the money goes into: by category and option, then line by line with the formula of each."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from tcolang.model.costmodel import Line, OptionModel
from tcolang.report.amounts import NONE, add_up, between, scale, scaled_currency
from tcolang.report.blocks import Block, Chart, Code, Heading, Paragraph, Prose, Section, Series, Strong, Table, prose
from tcolang.report.results import Results
from tcolang.report.totals import categories, mean_before_resale, resale_mean, sells
from tcolang.report.words import named, place, spoken
from tcolang.units.quantity import readable

_MOST_SLICES = 8
_LEAST_SLICE = 0.04
_RESALE = "resale"
"""Credited on a row of its own, so that purchases are seen at what they cost; no category is named so."""


def breakdown(results: Results) -> Section:
    """The parts shown add up to the totals shown."""
    unit = scale(max(record.cost.mean for record in results.decision.options))
    columns = {record.name: _column(results, record.name, unit) for record in results.ranked()}
    first = results.ranked()[0].name
    blocks: list[Block] = [_table(results, columns), Paragraph(_unit_note(results, unit))]
    parts = {name: amount for name, amount in columns[first].items() if name and amount is not None and amount > 0}
    if parts:
        blocks.append(_pie(first, parts, scaled_currency(unit, results.currency)))
    for record in results.ranked():
        option = results.option(record.name)
        blocks.append(Heading(prose("The cost lines of ", named(results, record.name))))
        blocks.append(_lines(results, option))
    return Section("What the money goes into", tuple(blocks), folded=True)


def _column(results: Results, option: str, unit: int) -> dict[str, int | None]:
    """Whole amounts by category and of the resale, None where it has no such line; the total under ''."""
    lines = results.option(option).lines
    used = [c for c in categories(results) if any(line.category == c for line in lines)]
    sums = [fsum(mean_before_resale(results, line) for line in lines if line.category == c) for c in used]
    if any(sells(results, line) for line in lines):
        used.append(_RESALE)
        sums.append(fsum(resale_mean(results, line) for line in lines))
    amounts, total = add_up(tuple(sums), unit)
    column: dict[str, int | None] = dict.fromkeys((*categories(results), _RESALE))
    return column | dict(zip(used, amounts, strict=True)) | {"": total}


def _table(results: Results, columns: dict[str, dict[str, int | None]]) -> Table:
    rows: list[tuple[Prose, ...]] = []
    for category in (*categories(results), _RESALE):
        amounts = [column[category] for column in columns.values()]
        if category != _RESALE or any(amount is not None for amount in amounts):
            rows.append((spoken(category), *(NONE if amount is None else f"{amount:,}" for amount in amounts)))
    rows.append((Strong("Total"), *(Strong(f"{column['']:,}") for column in columns.values())))
    headers: tuple[Prose, ...] = ("Category", *(Code(name) for name in columns))
    return Table(headers, tuple(rows), numeric=frozenset(range(1, len(headers))))


def _unit_note(results: Results, unit: int) -> str:
    return (
        f"In {scaled_currency(unit, results.currency)}, mean present value; rounded so that each column adds up to its "
        "total. A dash: the option has no line in this category."
    )


def _pie(option: str, parts: dict[str, int], currency: str) -> Chart:
    """The largest first; slices too small for their percentages to stand beside each other are one."""
    ordered = sorted(parts.items(), key=lambda part: -part[1])
    least = _LEAST_SLICE * sum(parts.values())
    shown = min(_MOST_SLICES, max(1, sum(amount >= least for _, amount in ordered)))
    shown += shown == len(ordered) - 1
    slices = [(spoken(name), float(amount)) for name, amount in ordered[:shown]]
    rest = sum(amount for _, amount in ordered[shown:])
    if rest:
        slices.append((f"{len(ordered) - shown} smaller ones", float(rest)))
    labels, amounts = zip(*slices, strict=True)
    return Chart("pie", f"Cost of {option}, {currency}", "category", currency, labels, (Series(option, amounts),))


def _lines(results: Results, option: OptionModel) -> Table:
    """The dearest first; what a line's purchases sell for stands on a row below it."""
    lines = sorted(option.lines, key=lambda line: (-mean_before_resale(results, line), line.key))
    rows = tuple(row for line in lines for row in _rows(results, line))
    headers: tuple[Prose, ...] = ("Line", "Category", f"Cost, {results.currency}", "P5 to P95", "Formula", "Where")
    return Table(headers, rows, numeric=frozenset((2, 3)), spare=frozenset((3, 4)))


def _rows(results: Results, line: Line) -> Iterator[tuple[Prose, ...]]:
    name = f"{line.component}.{line.name}" if line.component else line.name
    resold = line.resale if sells(results, line) else None
    formula = Code(results.model.node(line.cash).text)
    key = line.tco if resold is None else resold.before
    yield (Code(name), spoken(line.category), *_amounts(results, key), formula, place(line.span))
    if resold is not None:
        title = prose("resale of ", Code(name))
        yield (title, spoken(_RESALE), *_amounts(results, resold.tco), formula, place(line.span))


def _amounts(results: Results, key: str) -> tuple[Prose, Prose]:
    found = results.evaluation.estimate(key)
    return readable(found.mean), between(found)
