"""The month in which the best option changes: which one would be cheapest if the horizon ended earlier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from tcolang.report.amounts import month
from tcolang.report.blocks import Bullets, Code, Paragraph, prose
from tcolang.report.results import Results
from tcolang.report.totals import cash_by_month


def overtaking(results: Results) -> Paragraph | Bullets:
    """By what has been paid so far, on average: each stretch of months with its cheapest option."""
    paid = {record.name: cash_by_month(results, results.option(record.name)) for record in results.ranked()}
    stretches = cheapest_by_month({name: tuple(accumulate(months)) for name, months in paid.items()})
    start = results.question.start
    if len(stretches) == 1:
        return Paragraph(
            prose("By what has been paid so far, ", Code(stretches[0][1]), " is the cheapest in every month.")
        )
    ends = [first for first, _ in stretches[1:]] + [results.evaluation.months]
    return Bullets(
        tuple(
            prose(f"{_span(start + first, start + end - 1)}, by what has been paid so far: ", Code(name))
            for (first, name), end in zip(stretches, ends, strict=True)
        )
    )


def cheapest_by_month(sums: Mapping[str, Sequence[float]]) -> list[tuple[int, str]]:
    """The month, counted from 0, from which on an option has the lowest sum, with its name. Sums within a billionth of
    each other leave the order as it was."""
    found: list[tuple[int, str]] = []
    for index in range(min(len(months) for months in sums.values())):
        least = min(months[index] for months in sums.values())
        near = [name for name, months in sums.items() if months[index] - least <= 1e-9 * abs(least)]
        if not found or found[-1][1] not in near:
            found.append((index, near[0]))
    return found


def _span(first: int, last: int) -> str:
    return f"In {month(first)}" if first == last else f"From {month(first)} to {month(last)}"
