"""A decision and the record of how it was made. Frozen; the report and the trace document are written from it alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.model.costmodel import RuleCase, Told
from tcolang.uncertain.summary import Estimate

Truth = Literal["true", "false", "unknown"]
Confidence = Literal["clear", "leaning", "no_clear_winner", "conditional", "none"]


@record
class Reading:
    """One operand as it was read: its expression, its value as a reader sees it and as a number (None: a word, or
    unknown), the key of the node it came from ('' for a literal or a fact that was never stated), grade and place."""

    text: str
    shown: str
    value: float | None
    key: str
    grade: str
    missing: tuple[str, ...]
    span: Span


@record
class ConditionRecord:
    """A condition and how it came out. `operator` is a comparator, `~=`, `in`, `holds`, `and`, `or`, `not`; `items`
    are those of the last three. Every part is evaluated, none is skipped."""

    result: Truth
    operator: str
    readings: tuple[Reading, ...]
    items: tuple[ConditionRecord, ...] = ()


@record
class ExceptionRecord:
    label: str
    condition: ConditionRecord


class Seen(Protocol):
    """What was read while rules were judged: enough to tell in full how one came out, where somebody asks."""

    def conditions(self, case: RuleCase) -> tuple[ConditionRecord, ...]: ...

    def exceptions(self, case: RuleCase) -> tuple[ExceptionRecord, ...]: ...

    def told(self, text: Told) -> str: ...


@record
class RuleRecord:
    """A rule case: whether it holds, for want of which facts it is unknown, and what was seen. `stepped_back` tells
    that it yields to cost, and the cost of both sides is known. `degree` is None for rules without one."""

    case: RuleCase
    result: Truth
    degree: float | None
    stepped_back: bool
    missing: tuple[str, ...]
    seen: Seen

    @property
    def rule(self) -> str:
        return self.case.rule

    @property
    def title(self) -> str:
        return self.case.title

    @property
    def option(self) -> str:
        return self.case.option

    @property
    def workload(self) -> str:
        return self.case.workload

    @property
    def action(self) -> str:
        return self.case.action

    @property
    def criterion(self) -> str:
        return self.case.criterion or ""

    @property
    def span(self) -> Span:
        return self.case.span

    @property
    def conditions(self) -> tuple[ConditionRecord, ...]:
        return self.seen.conditions(self.case)

    @property
    def exceptions(self) -> tuple[ExceptionRecord, ...]:
        return self.seen.exceptions(self.case)

    @property
    def text(self) -> str:
        """A rule that does not hold says nothing: its text is empty."""
        return "" if self.result == "false" else self.seen.told(self.case.because)


@record
class ScoreTerm:
    """What one criterion adds to an option's score: present value of its worth times `standing` (0–1).

    `standing` is the measure, or ½ + (strongest argument for − strongest against) ÷ 2; `assumed` marks an unknown
    measure counted as ½. `rules` are those whose arguments decided it."""

    criterion: str
    worth: float
    standing: float
    money: float
    assumed: bool
    rules: tuple[str, ...]


@record
class OptionRecord:
    """An option in the decision. `score` is − mean cost + the sum of the terms, and its standard error is that of the
    cost. `vetoes` and `conditional_on` hold rule ids (vetoes that hold, vetoes that are unknown). The chances are over
    futures; `acceptability` over futures and worths, among options that are not vetoed (0 for those that are)."""

    name: str
    family: str | None
    """None where the custody of something that it serves with is not stated."""
    cost: Estimate
    terms: tuple[ScoreTerm, ...]
    score: float
    score_error: float
    vetoes: tuple[str, ...]
    conditional_on: tuple[str, ...]
    missing: tuple[str, ...]
    chance_cheapest: float
    chance_cheapest_error: float
    acceptability: float


@record
class Pairwise:
    """The recommended option against another: mean of the paired difference in cost (other − recommended), its
    estimate, the chance that the recommended one is cheaper with its standard error, and whether that is material."""

    other: str
    difference: Estimate
    chance_cheaper: float
    chance_error: float
    material: bool


@record
class VetoPrice:
    """What vetoes cost: the expected cost a year, over the horizon, above what would be chosen without these rules.
    `instead` is what would then be recommended (the same option: 0). Several rules take out the same option."""

    rules: tuple[str, ...]
    instead: str
    per_year: float


@record
class Disagreement:
    """*Thumb disagrees*: a rule of thumb that stepped back speaks for `thumb`, the computed cost for `cost`."""

    rule: str
    thumb: str
    cost: str
    thumb_cost: float
    cost_cost: float


@record
class Hinge:
    """`instead` would come out best if `rules` held, of which that is not known for want of `missing`."""

    instead: str
    rules: tuple[str, ...]
    missing: tuple[str, ...]


@record
class Decision:
    """`recommended` is None where all options are vetoed; `conflict_sets` are then the smallest sets of rules whose
    removal would leave an option. `tie_step` names the step that decided ('score' where no tie was broken).
    `strategy_premium` is what the recommended option costs a year above the cheapest, vetoed ones included."""

    name: str
    options: tuple[OptionRecord, ...]
    recommended: str | None
    runner_up: str | None
    cheapest: str
    cheapest_allowed: str | None
    confidence: Confidence
    acceptability: float | None
    tie_step: str
    pairs: tuple[Pairwise, ...]
    veto_prices: tuple[VetoPrice, ...]
    strategy_premium: float
    conflict_sets: tuple[tuple[str, ...], ...]
    disagreements: tuple[Disagreement, ...]
    rules: tuple[RuleRecord, ...]
    unknown: tuple[str, ...]
    worths: Mapping[str, float]
    hinges: tuple[Hinge, ...] = ()

    def option(self, name: str) -> OptionRecord:
        return next(option for option in self.options if option.name == name)
