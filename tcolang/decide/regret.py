"""Regret: what one would lose by having chosen an option, if a case came true that was not the one planned for.

L. J. Savage, The Theory of Statistical Decision, Journal of the American Statistical Association 46 (1951), 55–67.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tcolang.base.record import record


@record
class Case:
    """Scores of the options that are allowed in a case: − mean cost + what they are worth beside it, in money."""

    name: str
    title: str
    scores: Mapping[str, float]


@record
class Regret:
    """What an option loses in each case against the best one there; None where it is ruled out in that case."""

    option: str
    losses: tuple[float | None, ...]

    @property
    def largest(self) -> float | None:
        """None where there is a case in which it is ruled out."""
        known = [loss for loss in self.losses if loss is not None]
        return max(known) if known and len(known) == len(self.losses) else None


def regrets(options: Sequence[str], cases: Sequence[Case]) -> tuple[Regret, ...]:
    """One per option, in their order; its losses in the order of the cases."""
    best = [max(case.scores.values(), default=0.0) for case in cases]
    return tuple(
        Regret(
            option,
            tuple(
                most - case.scores[option] if option in case.scores else None
                for most, case in zip(best, cases, strict=True)
            ),
        )
        for option in options
    )
