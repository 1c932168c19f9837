"""What a change does to a decision: numbers and the recommendation before and after, and why. Frozen."""

from __future__ import annotations

from typing import Literal

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import record
from tcolang.decide.decision import Decision, RuleRecord
from tcolang.diff.shares import Shares
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel
from tcolang.semantics.program import Allowance, Program

Missing = Literal["", "new", "deleted", "unreadable"]
"""Why there is only one side: the spec is new, it has been deleted, or its base has errors."""


@record
class Side:
    """A revision of a spec, decided. `findings` count; `allowed` ones are meant."""

    program: Program
    model: CostModel
    evaluation: Evaluation
    decision: Decision
    findings: tuple[Diagnostic, ...]
    allowed: tuple[tuple[Diagnostic, Allowance], ...]

    @property
    def currency(self) -> str:
        return self.model.decision.currency if self.model.decision else ""

    @property
    def horizon(self) -> int:
        return self.model.decision.horizon if self.model.decision else 0

    @property
    def cost(self) -> float | None:
        """Mean TCO of what is recommended."""
        chosen = self.decision.recommended
        return self.decision.option(chosen).cost.mean if chosen is not None else None


@record
class Crossing:
    """A flow that crosses the break-even of two options: before, after and there, a month, in canonical units."""

    what: Literal["tokens", "requests"]
    before: float
    after: float
    at: float


@record
class Difference:
    """`base` or `head` is None where `missing` says why; `broken` are then the errors of a base that has some.

    `switched` is what the change of the recommended option itself adds to the TCO of what is recommended.
    `newly_allowed` are findings that only this change allows. `path` is that of the spec as it is shown.
    """

    path: str
    base: Side | None
    head: Side | None
    missing: Missing
    broken: tuple[Diagnostic, ...]
    shares: Shares
    switched: float | None
    fired: tuple[RuleRecord, ...]
    silenced: tuple[RuleRecord, ...]
    unknown: tuple[str, ...]
    known: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    mended: tuple[Diagnostic, ...]
    newly_allowed: tuple[tuple[Diagnostic, Allowance], ...]
    crossing: Crossing | None

    @property
    def side(self) -> Side:
        """The newer of those there are."""
        side = self.head or self.base
        assert side is not None
        return side

    @property
    def flipped(self) -> bool:
        both = self.base is not None and self.head is not None
        return both and self.base.decision.recommended != self.head.decision.recommended  # type: ignore[union-attr]

    @property
    def comparable(self) -> bool:
        """Whether costs before and after are in one currency."""
        return self.base is not None and self.head is not None and self.base.currency == self.head.currency

    @property
    def increase(self) -> float | None:
        """Of the TCO of what is recommended; None where there is none before or after."""
        before = self.base.cost if self.base else None
        after = self.head.cost if self.head else None
        if before is None or after is None or not self.comparable:
            return None
        return after - before if self.shares.shares or self.flipped else 0.0

    @property
    def changed(self) -> bool:
        """Whether there is anything to be told. Edits of text alone are nothing."""
        told = (self.shares.shares, self.shares.silent, self.fired, self.silenced, self.unknown, self.known)
        found = (self.findings, self.mended, self.newly_allowed)
        return bool(self.missing) or self.flipped or any(told) or any(found)
