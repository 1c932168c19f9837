"""What is told about the futures of a value: its mean, its percentiles, and how far sampling may have moved them."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tcolang.base.record import record
from tcolang.uncertain.exact import exact_sums
from tcolang.uncertain.order import between


@record
class Estimate:
    """In the unit of the values; `standard_error` is that of the mean."""

    mean: float
    p5: float
    p50: float
    p95: float
    standard_error: float


def summarise(values: NDArray[np.float64], batches: int) -> Estimate:
    """Of values of shape (samples,), drawn in `batches` independent batches one after the other.

    The mean is summed exactly and rounded once per batch; percentiles as in `quantile`. A certain value has itself as
    mean and percentiles, and no standard error. Raises `ValueError` for values that are not finite, or too large to
    be summed.
    """
    _refuse_unusable(values)
    first = float(values[0])
    if first == values.min() == values.max():
        return Estimate(first, first, first, first, 0.0)
    mean, standard_error = _mean(values, batches)
    p5, p50, p95 = (float(q) for q in between(np, values, (0.05, 0.5, 0.95)))
    return Estimate(mean, p5, p50, p95, standard_error)


def chance(flags: NDArray[np.bool_], batches: int) -> tuple[float, float]:
    """The share of futures in which a condition holds, and its standard error; `flags` of shape (samples,)."""
    return _mean(flags.astype(np.float64), batches)


def quantile(values: NDArray[np.float64], q: float) -> float:
    """The value that a share `q` of the values lies below, on the line between the two nearest of them.

    Hyndman and Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996), definition 7.
    Raises `ValueError` for values that are not finite, or `q` outside 0–1.
    """
    _refuse_unusable(values)
    if not 0.0 <= q <= 1.0:
        raise ValueError(f"a share of {q} of the values: it must be from 0 to 1")
    return float(between(np, values, (q,))[0])


def batch_slices(samples: int, batches: int) -> tuple[slice, ...]:
    """Where each batch lies: sizes differ by one at most, the larger ones first; never more batches than samples."""
    if samples < 1 or batches < 1:
        raise ValueError(f"{samples} samples in {batches} batches: both must be at least 1")
    count = min(samples, batches)
    size, larger = divmod(samples, count)
    starts = [size * i + min(i, larger) for i in range(count + 1)]
    return tuple(slice(start, stop) for start, stop in pairwise(starts))


def _refuse_unusable(values: NDArray[np.float64]) -> None:
    if values.ndim != 1 or values.size == 0:
        raise ValueError(f"values of shape {values.shape}: one number per future is needed")
    if not np.isfinite(values).all():
        raise ValueError(f"{int((~np.isfinite(values)).sum())} of {values.size} values are not finite")


def _mean(values: NDArray[np.float64], batches: int) -> tuple[float, float]:
    """With the standard error that the means of the batches show."""
    pieces = batch_slices(values.size, batches)
    if len(pieces) == 1 and values.size > 1:
        raise ValueError("one batch does not show a standard error")
    try:
        totals = exact_sums(values, pieces)
        mean = math.fsum(totals) / values.size
        deviations = [total / (piece.stop - piece.start) - mean for total, piece in zip(totals, pieces, strict=True)]
        spread = math.fsum(d * d for d in deviations) / max(1, len(pieces) - 1)
    except OverflowError as error:
        raise ValueError("the values are too large to be summed") from error
    return mean, math.sqrt(spread / len(pieces))
