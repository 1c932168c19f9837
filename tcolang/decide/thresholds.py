"""Where the words of a verdict begin. They can be set; these are the defaults."""

from __future__ import annotations

from tcolang.base.record import record


@record
class Thresholds:
    """A cost difference is material above `material_share` of the cheaper, where that one is cheaper with at least
    `material_chance`; a recommendation is clear, or leaning, from these acceptabilities up; a score is tied with the
    best within `tie_errors` standard errors."""

    material_share: float = 0.05
    material_chance: float = 0.80
    clear: float = 0.90
    leaning: float = 0.70
    tie_errors: float = 2.0


DEFAULT_THRESHOLDS = Thresholds()
