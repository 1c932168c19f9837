"""Uncertain constants: what a spec states about a number that nobody knows exactly."""

from __future__ import annotations

import math
from typing import Any, Literal, TypeAlias

from tcolang.base.record import record
from tcolang.uncertain.blocks import Floats
from tcolang.uncertain.family import family

Domain: TypeAlias = Literal["share", "positive", "real"]


@record
class Distribution:
    """A family and its parameters, in the family's order; `components` are those of a mixture.

    Made by `interval`, `certain` or the functions of `explicit.py`, which refuse what the family cannot be.
    """

    family: str
    parameters: tuple[tuple[str, float], ...]
    components: tuple[Distribution, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.parameters)

    @property
    def numbers(self) -> tuple[float, ...]:
        return tuple(number for _, number in self.parameters)


@record
class DistributionMistake:
    """Why there is no such distribution, and what to write. Both are free of amounts, whose unit is the caller's.

    `keys` are the values that it is about, where correlations contradict each other.
    """

    message: str
    help: str
    keys: tuple[str, ...] = ()


def interval(low: float, high: float, domain: Domain) -> Distribution | DistributionMistake:
    """`low to high`: the 5th and the 95th percentile of one constant.

    The family follows from what is known about it: a share is logit-normal; what has both ends above zero is
    log-normal; the rest is normal. `positive` is for what cannot be negative. Equal ends are a certain value.
    """
    mistake = _unordered(low, high) or _outside(low, high, domain)
    if mistake is not None:
        return mistake
    if low == high:
        return certain(low)
    mistake = _at_the_edge(low, high, domain)
    if mistake is not None:
        return mistake
    name = "logitnormal" if domain == "share" else "lognormal" if low > 0.0 else "normal"
    distribution = Distribution(name, (("p5", low), ("p95", high)))
    return family(name).check(distribution) or distribution


def certain(value: float) -> Distribution:
    """Exactly this value in every future."""
    return Distribution("certain", (("value", value),))


def is_certain(distribution: Distribution) -> bool:
    """Whether it is one value in every future."""
    return distribution.family == "certain"


def support(distribution: Distribution) -> tuple[float, float]:
    """The smallest and the largest value it can have; infinite where there is none.

    A value that is approached and never reached is left out: a log-normal starts at the smallest number above zero, so
    `low <= 0 <= high` tells whether it can be zero, and a logit-normal stays inside 0–1.
    """
    return family(distribution.family).support(distribution)


def quantile(xp: Any, u: Floats, distribution: Distribution) -> Floats:
    """The values at the probabilities `u`, strictly inside 0–1, of any shape; rises with `u`. `xp` is numpy."""
    return family(distribution.family).quantile(xp, u, distribution)


def cumulative(xp: Any, x: Floats, distribution: Distribution) -> Floats:
    """The probabilities that it is at most `x`, of any shape. `xp` is numpy."""
    return family(distribution.family).cumulative(xp, x, distribution)


def mean(distribution: Distribution) -> float:
    """Its expectation, by a closed form where there is one (for a logit-normal: to 1e-12)."""
    return family(distribution.family).mean(distribution)


def describe(distribution: Distribution) -> str:
    """The family as a report names it, with the meaning of the stated numbers: `log-normal, P5–P95`."""
    return family(distribution.family).describe(distribution)


def _unordered(low: float, high: float) -> DistributionMistake | None:
    if not (math.isfinite(low) and math.isfinite(high)):
        return DistributionMistake("an end of the interval is not a finite number", "write both ends as plain numbers")
    if low > high:
        return DistributionMistake(
            "the interval runs backwards: its left end is above its right end", "write the smaller end first"
        )
    return None


def _outside(low: float, high: float, domain: Domain) -> DistributionMistake | None:
    if domain == "share" and not (low >= 0.0 and high <= 1.0):
        return DistributionMistake(
            "the interval of a share leaves 0–100 %", "keep both ends between 0 % and 100 %, as in `5% to 20%`"
        )
    if domain == "positive" and low < 0.0:
        return DistributionMistake(
            "the interval goes below zero, and this value cannot be negative",
            "write a left end above zero, or `uniform(0, …)` where zero is possible",
        )
    return None


def _at_the_edge(low: float, high: float, domain: Domain) -> DistributionMistake | None:
    if domain == "share" and (low == 0.0 or high == 1.0):
        edge, near = ("0 %", "`0.1%`") if low == 0.0 else ("100 %", "`99.9%`")
        return DistributionMistake(
            f"an end of this share is exactly {edge}, which a share that may vary never reaches",
            f"write an end inside, such as {near}; or `uniform(…, …)` or `triangular(low, mode, high)`, "
            "whose ends are extremes and may be 0 % and 100 %",
        )
    if low == 0.0 or high == 0.0:
        side = "above" if low == 0.0 else "below"
        ends = "0, …" if low == 0.0 else "…, 0"
        return DistributionMistake(
            "an end of the interval is exactly zero, so it is open whether the value can pass zero",
            f"if it cannot: `uniform({ends})`, `triangular(low, mode, high)`, or a small end {side} zero; "
            "if it can: `normal(p5 = …, p95 = …)`",
        )
    return None
