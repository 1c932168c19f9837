"""`poisson`: how many arrivals at random are rarely exceeded."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation

LARGEST_MEAN = 1_000_000.0
"""Beyond it the result is not a number: counting up to it takes a step each."""


def _apply(calc: Calculation, mean: Any, at: Any) -> Any:
    """The least n for which the sum of e^−m m^k ÷ k! over k ≤ n reaches the share; each term from the one before, in
    logarithms, since e^−m is too small to hold for a large mean."""
    xp = calc.xp
    mean, share = xp.broadcast_arrays(mean, at)
    sound = (mean >= 0.0) & (mean <= LARGEST_MEAN)
    log_mean = xp.log(xp.where(sound & (mean > 0.0), mean, 1.0))
    log_term, reached = -xp.where(sound, mean, 0.0), xp.exp(-xp.where(sound, mean, 0.0))
    found = xp.where(sound, 0.0, xp.nan)
    n = 0
    open_ = sound & (reached < share * (1.0 - 1e-12)) & (mean > 0.0)
    while open_.any():
        n += 1
        log_term = log_term + log_mean - xp.log(float(n))
        reached = reached + xp.exp(log_term)
        found = xp.where(open_, float(n), found)
        open_ = open_ & (reached < share * (1.0 - 1e-12)) & (n < mean + 50.0 * xp.sqrt(mean) + 50.0)
    return found


POISSON = Builtin(
    name="poisson",
    signature="(mean: number, at: percentile) -> number",
    summary="The number of arrivals at random that is not exceeded in that share of the intervals, where `mean` arrive "
    "in one on average.",
    examples=(("poisson(200, P95)", "224"), ("poisson(0, P95)", "0")),
    apply=_apply,
)
