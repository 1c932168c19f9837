"""Chances and differences between values, counted over the same futures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from tcolang.base.record import record
from tcolang.engine.evaluation import Evaluation, Values
from tcolang.uncertain.summary import Estimate, batch_slices, chance, quantile, summarise

# Two numbers are the same where they differ by what adding up in another order can do to them.
_ROUNDING = 1e-12


@record
class Difference:
    """`other − value`, future by future; `chance` is that of `value` being the lower one, with its standard error."""

    estimate: Estimate
    chance: float
    chance_error: float


def difference(evaluation: Evaluation, key: str, other: str) -> Difference:
    """Of two values that both cost; monthly ones are averaged over the months."""
    value, beside = _rows(evaluation, (key, other))
    gap = beside - value
    lower = gap > _ROUNDING * np.abs(beside)
    share, error = chance(lower, evaluation.batches)
    return Difference(summarise(gap, evaluation.batches), share, error)


def chances_lowest(evaluation: Evaluation, keys: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """For each value the share of futures in which it is the lowest, and its standard error.

    Values that are equal in a future share it, so that the chances add up to one.
    """
    rows = _rows(evaluation, keys)
    lowest = rows.min(axis=0)
    shares = _shared(rows <= lowest + _ROUNDING * np.abs(lowest))
    estimates = [summarise(share, evaluation.batches) for share in shares]
    return tuple((estimate.mean, estimate.standard_error) for estimate in estimates)


def shares_highest(
    evaluation: Evaluation, costs: Sequence[str], bonuses: Sequence[Sequence[float]]
) -> tuple[float, ...]:
    """For each cost the share of futures × rows of `bonuses` in which its bonus minus itself is the highest.

    A row of `bonuses` holds one number per cost. Equal ones share a future, as in `chances_lowest`.
    """
    rows = _rows(evaluation, costs)
    rounding = _ROUNDING * float(np.abs(rows).max())
    wins = np.zeros(len(costs))
    for bonus in bonuses:
        scores = np.asarray(bonus, dtype=np.float64)[:, None] - rows
        wins += _shared(scores >= scores.max(axis=0) - rounding).mean(axis=1)
    return tuple(float(share) for share in wins / len(bonuses))


def statistic_error(evaluation: Evaluation, statistic: str, key: str) -> float | None:
    """The standard error, over the batches, of `mean` or a percentile (`p80`) of a value; None for other statistics
    and where the value was not kept."""
    percentile = re.fullmatch(r"p([0-9]{1,2})", statistic)
    if key not in evaluation.values or (statistic != "mean" and percentile is None):
        return None
    if percentile is None or evaluation.values[key].shape[1] == 1:
        return evaluation.estimate(key).standard_error
    futures, share = evaluation.futures(key), int(percentile[1]) / 100
    each = [quantile(futures[batch], share) for batch in batch_slices(evaluation.samples, evaluation.batches)]
    return float(np.std(each, ddof=1)) / sqrt(len(each)) if len(each) > 1 else 0.0


def _rows(evaluation: Evaluation, keys: Sequence[str]) -> Values:
    """One row per key, one column per future; a single column where all are certain."""
    return np.stack(np.broadcast_arrays(*(evaluation.values[key].mean(axis=0) for key in keys)))


def _shared(best: NDArray[np.bool_]) -> Values:
    """Flags of shape (values, futures) as shares of each future."""
    shares: Values = best / best.sum(axis=0)
    return shares


def share_failing(evaluation: Evaluation, key: str) -> float:
    """The share of the futures in which a flag is 0 in some month."""
    return float((evaluation.futures(key) < 1.0 - 0.5 / evaluation.months).mean())
