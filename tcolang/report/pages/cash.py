"""For finance: what is paid and what is charged, year by year, reconciled to the present value."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from tcolang.model.costmodel import OptionModel
from tcolang.report.amounts import NONE, add_up, money, money_exactly, month, scale, scaled_currency
from tcolang.report.blocks import Block, Chart, Code, Heading, Paragraph, Prose, Section, Series, Strong, Table, prose
from tcolang.report.pages.overtaking import overtaking
from tcolang.report.results import Results
from tcolang.report.totals import at_horizon, cash_by_month, charge_by_month, paid_by_month, resale_by_month
from tcolang.report.words import named
from tcolang.units.quantity import money_rounded, rounded

_MOST_POINTS = 36
_STORED = 1e-9


def cash(results: Results) -> Section:
    """Cumulative cost by month, then a table by year for each option."""
    paid = {record.name: cash_by_month(results, results.option(record.name)) for record in results.ranked()}
    blocks: list[Block] = []
    if results.evaluation.months > 1:
        blocks += [_cumulative(results, paid), overtaking(results)]
    for name, months in paid.items():
        option = results.option(name)
        blocks += [
            Heading(named(results, name)),
            _by_year(results, option, months),
            _reconciled(results, option, months),
        ]
    blocks += [block for chart in blocks if isinstance(chart, Chart) for block in _figures(chart)]
    return Section("Cash and charge", tuple(blocks), folded=True)


def _cumulative(results: Results, paid: dict[str, tuple[float, ...]]) -> Chart:
    sums = {name: tuple(accumulate(months)) for name, months in paid.items()}
    step = -(-results.evaluation.months // _MOST_POINTS)
    points = tuple(range(step - 1, results.evaluation.months, step))
    unit = scale(max(abs(amount) for months in sums.values() for amount in months), thousands_from=10_000)
    series = tuple(
        Series(name, tuple(float(rounded(months[point] / unit, 4)) for point in points))
        for name, months in sums.items()
    )
    labels = tuple(str(point + 1) for point in points)
    currency = scaled_currency(unit, results.currency)
    return Chart("lines", "Cumulative cost by month", "month", currency, labels, series, counted=step == 1)


def _figures(chart: Chart) -> tuple[Heading, Table]:
    """What the chart shows, in a table."""
    rows = tuple(
        (label, *(f"{series.values[index]:,.10g}" for series in chart.series))
        for index, label in enumerate(chart.labels)
    )
    headers: tuple[Prose, ...] = ("Month", *(prose(Code(series.name), f", {chart.y_title}") for series in chart.series))
    return Heading(chart.title), Table(headers, rows, numeric=frozenset(range(len(headers))))


def _by_year(results: Results, option: OptionModel, paid: tuple[float, ...]) -> Table:
    charged, resold = charge_by_month(results, option), resale_by_month(results, option)
    unit = scale(max(sum(map(abs, paid)), sum(map(abs, charged))))
    before = [all_ - credit for all_, credit in zip(paid_by_month(results, option), resold, strict=True)]
    years_paid, years_charged = _years(before), _years(charged)
    credits = {"Resale within the horizon": sum(resold), "Resale at the horizon": at_horizon(results, option)}
    columns = [add_up(parts, unit) for parts in ((*years_paid, *credits.values()), years_charged)]
    years = zip(columns[0][0][: len(years_paid)], columns[1][0], strict=True)
    rows: list[tuple[Prose, ...]] = [
        (_year(results, index), *(f"{amount:,}" for amount in amounts)) for index, amounts in enumerate(years)
    ]
    shown = zip(credits.items(), columns[0][0][len(years_paid) :], strict=True)
    rows += [(name, f"{amount:,}", NONE) for (name, exact), amount in shown if exact]
    rows.append((Strong("Total"), *(Strong(f"{total:,}") for _, total in columns)))
    currency = scaled_currency(unit, results.currency)
    headers = ("Year", f"Cash, {currency}", f"Charge, {currency}")
    return Table(headers, tuple(rows), numeric=frozenset((1, 2)))


def _years(months: Sequence[float]) -> tuple[float, ...]:
    return tuple(sum(months[start : start + 12]) for start in range(0, len(months), 12))


def _year(results: Results, index: int) -> str:
    first = results.question.start + 12 * index
    last = min(first + 11, results.question.start + results.evaluation.months - 1)
    return f"{month(first)} to {month(last)}"


def _reconciled(results: Results, option: OptionModel, paid: tuple[float, ...]) -> Paragraph:
    """To the smallest coin; the middle terms are differences of what is shown, so that the sums can be checked."""
    currency = results.currency
    nominal, present, charge = (
        float(money_rounded(results.evaluation.estimate(option.results[name]).mean, currency))
        for name in ("tco_nominal", "tco", "charge")
    )
    return Paragraph(
        f"Cash {money_exactly(nominal, currency)} − discounting {money_exactly(nominal - present, currency)} = present "
        f"value {money_exactly(present, currency)}. {_against_charge(nominal, charge, currency)} "
        f"{_largest(results, paid)}"
    )


def _largest(results: Results, paid: tuple[float, ...]) -> str:
    """The first of those that differ by no more than how numbers are stored."""
    most = max(paid)
    near = [index for index, amount in enumerate(paid) if most - amount <= _STORED * abs(most)]
    if len(near) == len(paid) > 1:
        return f"Every month costs the same: {money(most, results.currency)}."
    return f"The largest month is {month(results.question.start + near[0])} with {money(most, results.currency)}."


def _against_charge(nominal: float, charge: float, currency: str) -> str:
    if nominal == charge:
        return "The charge is the same."
    left = f"{money_exactly(abs(nominal - charge), currency)}"
    if nominal > charge:
        return f"Cash − {left}, paid and not yet charged at the horizon = charge {money_exactly(charge, currency)}."
    return f"Cash + {left}, charged and not paid within the horizon = charge {money_exactly(charge, currency)}."
