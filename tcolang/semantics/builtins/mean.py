"""`mean`: the mean over the futures."""

from __future__ import annotations

from tcolang.semantics.builtin import Builtin
from tcolang.semantics.builtins import futures

MEAN = Builtin(
    name="mean",
    signature="(value: A) -> A",
    summary="The mean over the futures. Means rank, price and add up.",
    examples=(("mean(3 EUR)", "3 EUR"),),
    apply=futures.mean,
    statistic=True,
)
