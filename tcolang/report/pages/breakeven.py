"""At which volume another option becomes the cheaper one, steps of whole machines included; and when it pays back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tcolang.engine.breakeven import BreakEven, Crossing
from tcolang.report.amounts import month, scale, scaled_currency
from tcolang.report.blocks import Block, Bullets, Chart, Code, Heading, Paragraph, Prose, Section, Series, Table, prose
from tcolang.report.results import Results
from tcolang.report.totals import planned_tokens_a_day
from tcolang.report.volume import drawn_factors
from tcolang.report.words import counted
from tcolang.units.quantity import readable, rounded


def breakeven(results: Results) -> Section | None:
    """The chart of cost against volume with the crossings in words; None where nothing was computed."""
    blocks: list[Block] = []
    chart = _chart(results)
    if chart is not None:
        blocks.append(chart)
    crossings = tuple(item for found in results.break_evens for item in _said(results, found))
    if crossings:
        blocks.append(Bullets(crossings))
    paybacks = tuple(_paybacks(results))
    if paybacks:
        blocks.extend((Heading("Payback"), Bullets(paybacks)))
    if not blocks:
        return None
    tokens = planned_tokens_a_day(results)
    planned = "" if tokens is None else f", {readable(tokens)} tokens a day on average over the horizon"
    blocks.append(
        Paragraph(f"Only the volume of all workloads moves here, from the planned one{planned}.{_few(results)}")
    )
    return Section("Cost against volume", tuple(blocks))


def volume_table(results: Results) -> Section | None:
    """The figures of the chart."""
    points = _points(results)
    if not points:
        return None
    curves = _curves(results)
    rows = tuple(
        (_volume(results, factor), *(readable(curve[factor]) for curve in curves.values())) for factor in points
    )
    headers: tuple[Prose, ...] = (_axis(results), *(prose(Code(name), f", {results.currency}") for name in curves))
    table = Table(headers, rows, numeric=frozenset(range(len(headers))))
    few = _few(results).strip()
    return Section("Cost against volume: the figures", (table, Paragraph(few)) if few else (table,), folded=True)


def _few(results: Results) -> str:
    """Why a cost here may be another than where the options are compared."""
    few, all_ = results.curve_futures, results.evaluation.samples
    if few in (1, all_):
        return ""
    return (
        f" These costs are means over {few:,} futures, those of the options over {all_:,}: so they may differ, and"
        " by a step where a size is planned for a percentile of the futures."
    )


def _points(results: Results) -> tuple[float, ...]:
    """The multiples of the planned volume that are drawn: of those that all curves have."""
    curves = _curves(results).values()
    if not curves:
        return ()
    shared = frozenset.intersection(*(frozenset(curve) for curve in curves))
    return drawn_factors(sorted(shared), results.break_evens)


def _curves(results: Results) -> dict[str, dict[float, float]]:
    """By option, in the order of the ranking."""
    names = (record.name for record in results.ranked() if record.name in results.curves)
    return {name: dict(results.curves[name]) for name in names}


def _chart(results: Results) -> Chart | None:
    points = _points(results)
    if len(points) < 2:
        return None
    curves = _curves(results)
    unit = scale(max(abs(curve[factor]) for curve in curves.values() for factor in points), thousands_from=10_000)
    series = tuple(
        Series(name, tuple(float(rounded(curve[factor] / unit, 4)) for factor in points))
        for name, curve in curves.items()
    )
    currency = scaled_currency(unit, results.currency)
    title = f"Cost over {counted(results.question.horizon, 'month')} against volume"
    labels = tuple(_volume(results, factor) for factor in points)
    return Chart("lines", title, _axis(results), currency, labels, series)


def _axis(results: Results) -> str:
    return "times the planned volume" if planned_tokens_a_day(results) is None else "tokens a day"


def _volume(results: Results, factor: float) -> str:
    tokens = planned_tokens_a_day(results)
    return readable(factor if tokens is None else factor * tokens)


def named_volume(results: Results, factor: float) -> str:
    """`1.47B tokens a day (1.74 times the plan)`"""
    tokens = planned_tokens_a_day(results)
    if tokens is None:
        return f"{readable(factor)} times the planned volume"
    return f"{readable(factor * tokens)} tokens a day ({readable(factor)} times the plan)"


def _said(results: Results, found: BreakEven) -> Iterator[Prose]:
    pair = prose(Code(found.first), " and ", Code(found.second), ": ")
    for _, group in groupby(found.crossings, key=lambda crossing: named_volume(results, crossing.factor)):
        yield prose(pair, _crossings(results, tuple(group)))
    span = " and ".join(named_volume(results, end) for end in found.span)
    if found.not_reached:
        doubt = "" if found.proven else ", as far as was looked; it is not proven that there is none"
        yield prose(pair, f"no break-even between {span}{doubt}.")
    elif not found.proven:
        yield prose(pair, f"it is not proven that there is no further break-even between {span}.")


def _crossings(results: Results, near: tuple[Crossing, ...]) -> Prose:
    """Those that cannot be told apart in the digits that are shown: what holds below all of them, and above."""
    first, last = near[0], near[-1]
    below = prose(Code(first.cheaper_below), " is the cheaper one below ", named_volume(results, first.factor))
    above = "above" if first.cheaper_below != last.cheaper_above else "above, too"
    return prose(below, ", ", Code(last.cheaper_above), f" {above}, {_how(near)}.")


def _how(near: tuple[Crossing, ...]) -> str:
    if len(near) > 1:
        return f"and right there steps change the order {len(near)} times"
    if near[0].kind == "equal":
        return "where their costs are equal"
    return "where the cost of one of them jumps by a step"


def _paybacks(results: Results) -> Iterator[Prose]:
    baseline = results.question.baseline
    if baseline is None:
        return
    for option, after in results.paybacks.items():
        if option != baseline:
            yield prose(Code(option), *_payback(results, baseline, after))


def _payback(results: Results, baseline: str, after: int | None) -> tuple[Prose, ...]:
    match after:
        case None:
            return (" has cost more than ", Code(baseline), " when the horizon ends: it does not pay back.")
        case 0:
            return (" never has cost more in total than ", Code(baseline), ".")
        case _:
            when = f" from the end of month {after}, {month(results.question.start + after - 1)}, on."
            return (" has cost no more in total than ", Code(baseline), when)
