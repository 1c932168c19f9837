"""Everything that a report is written from: what the stages before it have found out about one decision."""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import field, record
from tcolang.decide.decision import Decision, OptionRecord
from tcolang.decide.portfolio import Portfolio
from tcolang.decide.sureness import Sureness
from tcolang.engine.breakeven import BreakEven
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.optimal import Optimum
from tcolang.model.costmodel import CostModel, OptionModel
from tcolang.semantics.program import Allowance
from tcolang.semantics.program import Decision as Question


@record
class Expected:
    """An expectation of the spec and whether it held; `because` is the reason that the spec gives, or ''."""

    text: str
    passed: bool
    because: str
    where: str


@record
class ScenarioResult:
    """What is recommended in a scenario, the mean present value of each option's cost there, and the scores of those
    that are allowed there."""

    name: str
    title: str
    recommended: str | None
    costs: Mapping[str, float]
    scores: Mapping[str, float] = field(default_factory=dict)


@record
class Results:
    """`curves` gives each option's mean cost at multiples of the planned volume, as `(factor, cost)`, rising by factor.

    They are means over `curve_futures` futures. `paybacks` gives the month, counted from 1, from whose end on an option
    has cost no more in total than the baseline; 0 where it never has cost more, None where it has at the horizon.
    `version` is that of the tool.
    """

    model: CostModel
    evaluation: Evaluation
    decision: Decision
    version: str
    break_evens: tuple[BreakEven, ...] = ()
    curves: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    curve_futures: int = 1
    paybacks: Mapping[str, int | None] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()
    allowed: tuple[tuple[Diagnostic, Allowance], ...] = ()
    optima: tuple[Optimum, ...] = ()
    expectations: tuple[Expected, ...] = ()
    scenarios: tuple[ScenarioResult, ...] = ()
    sureness: Sureness | None = None
    portfolio: Portfolio | None = None

    @property
    def question(self) -> Question:
        """The `decision` statement. A model without one has no report."""
        if self.model.decision is None:
            raise ValueError("a model without a decision has no report")
        return self.model.decision

    @property
    def currency(self) -> str:
        return self.question.currency

    def option(self, name: str) -> OptionModel:
        return next(option for option in self.model.options if option.name == name)

    def ranked(self) -> tuple[OptionRecord, ...]:
        """The recommended option, the runner-up, the others that are allowed, and those that are not; best first."""
        return tuple(sorted(self.decision.options, key=self._rank))

    def _rank(self, option: OptionRecord) -> tuple[bool, bool, bool, float, str]:
        chosen = self.decision.recommended
        return (
            option.name != chosen,
            option.name != self.decision.runner_up,
            bool(option.vetoes),
            -option.score,
            option.name,
        )
