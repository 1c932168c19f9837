"""How an evaluation is to be made."""

from __future__ import annotations

from tcolang.base.limits import Limits
from tcolang.base.record import field, record


@record
class Settings:
    """`scale` holds factors of the volume: with several, the futures are repeated for each, group after group."""

    samples: int = 10_000
    seed: int = 1
    limits: Limits = field(default_factory=Limits)
    scale: tuple[float, ...] = (1.0,)
