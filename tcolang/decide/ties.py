"""Who is chosen: the highest score, and among scores that sampling cannot tell apart a fixed order of questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tcolang.base.record import record
from tcolang.decide.decision import OptionRecord

_ROUNDING = 1e-9
_REVERSIBLE = {"api": 0, "hybrid": 1, "self_host": 2, None: 2}

Apart = Callable[[str, str], float]
"""How far apart the scores of two options have to be (in money) not to be a tie."""


@record
class TieStep:
    """A question on which tied options may differ; those with the lowest `key` go on."""

    name: str
    key: Callable[[OptionRecord], float]


STEPS = (
    TieStep("unknowns", lambda option: len(option.missing)),
    TieStep("reversibility", lambda option: _REVERSIBLE[option.family]),
    TieStep("p95", lambda option: option.cost.p95),
    TieStep("default_api", lambda option: option.family != "api"),
)


@record
class Choice:
    """`step` is the one that left a single option: `score` where there was no tie, `name` where none of `STEPS` did."""

    option: OptionRecord
    step: str


def choose(options: Sequence[OptionRecord], apart: Apart, steps: Sequence[TieStep] = STEPS) -> Choice | None:
    """Of options that are not vetoed; None where there are none. The order in which they come does not matter."""
    if not options:
        return None
    best = max(options, key=lambda option: (option.score, option.name))
    tied = [option for option in options if best.score - option.score <= _margin(best, option, apart)]
    step = "score"
    for question in steps:
        if len(tied) == 1:
            return Choice(tied[0], step)
        step, tied = question.name, _lowest(tied, question)
    return Choice(tied[0], step) if len(tied) == 1 else Choice(min(tied, key=lambda option: option.name), "name")


def _margin(best: OptionRecord, option: OptionRecord, apart: Apart) -> float:
    if option is best:
        return 0.0
    return max(apart(best.name, option.name), _ROUNDING * max(abs(best.score), abs(option.score)))


def _lowest(options: list[OptionRecord], question: TieStep) -> list[OptionRecord]:
    lowest = min(question.key(option) for option in options)
    limit = lowest + _ROUNDING * abs(lowest)
    return [option for option in options if question.key(option) <= limit]
