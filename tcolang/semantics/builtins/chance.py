"""`chance`: in how many of the futures something holds."""

from __future__ import annotations

from tcolang.semantics.builtin import Builtin
from tcolang.semantics.builtins import futures

CHANCE = Builtin(
    name="chance",
    signature="(condition: flag) -> share",
    summary="The share of the futures in which the condition holds.",
    examples=(("chance(2 EUR < 3 EUR)", "100%"), ("chance(3 EUR < 2 EUR)", "0%")),
    apply=futures.mean,
    statistic=True,
)
