"""What the money goes into: by category and option, then line by line with the formula of each."""

from __future__ import annotations

from math import fsum

from tcolang.model.costmodel import Line, OptionModel
from tcolang.report.amounts import NONE, add_up, between, scale, scaled_currency
from tcolang.report.blocks import Block, Chart, Code, Heading, Paragraph, Prose, Section, Series, Strong, Table, prose
from tcolang.report.results import Results
from tcolang.report.totals import categories, line_mean
from tcolang.report.words import named, place, spoken
from tcolang.units.quantity import readable

_MOST_SLICES = 8


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
    """Whole amounts by category, None for a category in which it pays nothing; the total under ''."""
    lines = results.option(option).lines
    used = tuple(c for c in categories(results) if any(line.category == c for line in lines))
    sums = tuple(fsum(line_mean(results, line) for line in lines if line.category == c) for c in used)
    amounts, total = add_up(sums, unit)
    column: dict[str, int | None] = dict.fromkeys(categories(results))
    return column | dict(zip(used, amounts, strict=True)) | {"": total}


def _table(results: Results, columns: dict[str, dict[str, int | None]]) -> Table:
    rows: list[tuple[Prose, ...]] = []
    for category in categories(results):
        amounts = (column[category] for column in columns.values())
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
    """The largest first; slices too small to be seen are one."""
    ordered = sorted(parts.items(), key=lambda part: -part[1])
    slices = [(spoken(name), float(amount)) for name, amount in ordered[:_MOST_SLICES]]
    rest = sum(amount for _, amount in ordered[_MOST_SLICES:])
    if rest:
        slices.append((f"{len(ordered) - _MOST_SLICES} smaller ones", float(rest)))
    labels, amounts = zip(*slices, strict=True)
    return Chart("pie", f"Cost of {option}, {currency}", "category", currency, labels, (Series(option, amounts),))


def _lines(results: Results, option: OptionModel) -> Table:
    lines = sorted(option.lines, key=lambda line: (-line_mean(results, line), line.key))
    rows = tuple(_line(results, line) for line in lines)
    headers: tuple[Prose, ...] = ("Line", "Category", f"Cost, {results.currency}", "P5 to P95", "Formula", "Where")
    return Table(headers, rows, numeric=frozenset((2, 3)), spare=frozenset((3, 4)))


def _line(results: Results, line: Line) -> tuple[Prose, ...]:
    tco = results.evaluation.estimate(line.tco)
    return (
        Code(f"{line.component}.{line.name}" if line.component else line.name),
        spoken(line.category),
        readable(tco.mean),
        between(tco),
        Code(results.model.node(line.cash).text),
        place(line.span),
    )
