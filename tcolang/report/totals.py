"""Sums over an option's cost lines and over the horizon, that several pages show."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from tcolang.engine.evaluation import Values
from tcolang.model.costmodel import Line, OptionModel
from tcolang.report.amounts import DAYS_A_MONTH
from tcolang.report.results import Results
from tcolang.semantics.types import QuantityType


def cash_by_month(results: Results, option: OptionModel) -> tuple[float, ...]:
    """Mean nominal cost in each month; what comes back at the horizon is taken off the last one.

    They add up to the mean of the nominal total.
    """
    paid = paid_by_month(results, option)
    return (*paid[:-1], paid[-1] + at_horizon(results, option))


def paid_by_month(results: Results, option: OptionModel) -> tuple[float, ...]:
    """Mean of what is paid in each month, as `OPTION.monthly`."""
    return _by_month(results, [results.evaluation.by_month(line.cash) for line in option.lines])


def at_horizon(results: Results, option: OptionModel) -> float:
    """Mean of what comes back when the horizon ends, as a cost: below zero, or 0."""
    return fsum(results.evaluation.estimate(line.at_horizon).mean for line in option.lines if line.at_horizon)


def charge_by_month(results: Results, option: OptionModel) -> tuple[float, ...]:
    """Mean charge in each month: purchases spread over their life."""
    return _by_month(results, [results.evaluation.by_month(line.charge) for line in option.lines])


def line_mean(results: Results, line: Line) -> float:
    """Mean present value of a line."""
    return results.evaluation.estimate(line.tco).mean


def sells(results: Results, line: Line) -> bool:
    """Whether what it buys is sold, in some future."""
    return line.resale is not None and bool((results.evaluation.futures(line.resale.tco) != 0.0).any())


def resale_mean(results: Results, line: Line) -> float:
    """Mean present value of what its purchases sell for, as a cost: below zero, or 0."""
    return results.evaluation.estimate(line.resale.tco).mean if line.resale is not None else 0.0


def mean_before_resale(results: Results, line: Line) -> float:
    """Mean present value of a line without what its purchases sell for."""
    return line_mean(results, line) if line.resale is None else results.evaluation.estimate(line.resale.before).mean


def resale_by_month(results: Results, option: OptionModel) -> tuple[float, ...]:
    """Mean of what comes back in each month within the horizon, as a cost."""
    return _by_month(
        results, [results.evaluation.by_month(line.resale.cash) for line in option.lines if line.resale is not None]
    )


def over_horizon(results: Results, key: str) -> Values:
    """What a flow, or a total, comes to over the whole horizon, in each future; shape (samples,)."""
    futures = results.evaluation.futures(key)
    type_ = results.model.node(key).type
    per_month = isinstance(type_, QuantityType) and type_.dimension.exponent("time") == -1
    return futures * results.evaluation.months if per_month else futures


def tokens_a_day(results: Results, option: str) -> float | None:
    """Mean over the horizon; None where the tokens are not known."""
    key = results.option(option).results.get("tokens")
    if key is None:
        return None
    total = over_horizon(results, key)
    return fsum(total.tolist()) / total.size / results.evaluation.months / DAYS_A_MONTH


def planned_tokens_a_day(results: Results) -> float | None:
    """Of the option that is ranked first: options differ in who serves, not in what is asked for."""
    return tokens_a_day(results, results.ranked()[0].name)


def categories(results: Results) -> tuple[str, ...]:
    """Those in which any option pays anything, in the order of the language."""
    from tcolang.semantics.results import CATEGORIES

    used = {line.category for option in results.model.options for line in option.lines}
    return tuple(category for category in CATEGORIES if category in used)


def _by_month(results: Results, lines: Iterable[tuple[float, ...]]) -> tuple[float, ...]:
    rows = list(lines)
    return tuple(fsum(row[month] for row in rows) for month in range(results.evaluation.months))
