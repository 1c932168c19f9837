"""How an evaluation is to be made."""

from __future__ import annotations

from tcolang.base.limits import Limits
from tcolang.base.record import field, record, replace

FEW = 400
"""Futures for break-even, where each factor that is tried is an evaluation: enough for expected costs, whose error
shrinks faster than with independent draws."""


@record
class Settings:
    """`scale` holds factors of the volume: with several, the futures are repeated for each, group after group."""

    samples: int = 10_000
    seed: int = 1
    limits: Limits = field(default_factory=Limits)
    scale: tuple[float, ...] = (1.0,)


def few(settings: Settings) -> Settings:
    """The same with at most `FEW` futures."""
    return replace(settings, samples=min(FEW, settings.samples))
