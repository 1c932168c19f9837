"""What evaluation gives: an array per node that was asked for, and the estimates read off it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tcolang.base.record import field, record
from tcolang.uncertain.summary import Estimate, summarise

Values = NDArray[np.float64]


@record
class Evaluation:
    """`values` maps keys to arrays of shape (1 or months, 1 or samples), in canonical units.

    Of the keys in `monthly_means` only means are known: in `values` those over the months, shape (1, samples), and in
    `monthly_means` those over the futures, shape (months, 1).
    """

    months: int
    samples: int
    batches: int
    seed: int
    values: Mapping[str, Values]
    monthly_means: Mapping[str, Values] = field(default_factory=dict)
    estimated: dict[str, Estimate] = field(default_factory=dict, compare=False, repr=False)
    """Estimates that were asked for before: sorting the futures takes most of the time of a report's pages."""

    def certain(self, key: str) -> float:
        """The one number of a node that varies neither by month nor by future."""
        array = self.values[key]
        if array.size != 1 or key in self.monthly_means:
            raise ValueError(f"{key} is not one number")
        return float(array[0, 0])

    def futures(self, key: str) -> Values:
        """One number per future, shape (samples,); a monthly node gives its mean over the months."""
        return np.broadcast_to(self.values[key].mean(axis=0), (self.samples,))

    def estimate(self, key: str) -> Estimate:
        """Over the futures; a monthly node is averaged over the months first."""
        found = self.estimated.get(key)
        if found is None:
            found = self.estimated[key] = self._estimate(key)
        return found

    def _estimate(self, key: str) -> Estimate:
        array = self.values[key]
        if array.shape[1] == 1:
            value = float(array[0, 0]) if array.size == 1 else float(array.mean())
            return Estimate(value, value, value, value, 0.0)
        return summarise(array.mean(axis=0), self.batches)

    def by_month(self, key: str) -> tuple[float, ...]:
        """The mean over the futures in each month."""
        means = self.monthly_means.get(key, self.values[key]).mean(axis=1)
        return tuple(float(v) for v in np.broadcast_to(means, (self.months,)))
