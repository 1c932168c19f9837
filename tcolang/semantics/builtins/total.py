"""`total`: a flow over the horizon."""

from __future__ import annotations

from tcolang.semantics.builtin import Builtin
from tcolang.semantics.builtins import grid

TOTAL = Builtin(
    name="total",
    signature="(flow: A) -> A*time",
    summary="The sum of the flow over all months of the horizon.",
    examples=(("total(100 EUR/month)", "1_200 EUR"),),
    apply=grid.total,
    months="removes",
)
