"""The nodes of a model while it is being built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from tcolang.base.diagnostics import Diagnostic, Label
from tcolang.base.problem import Problem
from tcolang.base.record import field, record, replace, state
from tcolang.base.source import Span
from tcolang.model.costmodel import Choice, NodeSort
from tcolang.semantics.program import Override, Program, Provenance, Route
from tcolang.semantics.terms import Constant, NodeValue, Term
from tcolang.semantics.types import FlagType, QuantityType, Type
from tcolang.units.dimension import NUMBER
from tcolang.units.unit import Unit

VOLUME = "(volume)"
"""Keys in parentheses are the model's own: no name that a user can write is one of them."""


@record
class Stream:
    """A workload as one route of an option carries it."""

    workload: str
    share: str
    route: Route | None
    peak: str | None = None
    """The key of its own peak over mean, where a split by load changes that of the workload."""


@record
class Context:
    """What names without an owner mean while a term is made concrete. `option` and `workload` are also those that a
    rule's variables stand for; `base` is the key of what an override overrides; `origin` is the month from which a
    dated growth counts; `mean` is the one stream of which a flow gives the mean, whatever its share and peak."""

    component: str | None = None
    option: str | None = None
    workload: str | None = None
    stream: Stream | None = None
    base: str | None = None
    origin: int | None = None
    mean: Stream | None = None

    def having(self, **changes: object) -> Context:
        return replace(self, **changes)


@record
class Draft:
    """A node whose term is concrete; whether it is known, and on what it depends, is not worked out yet."""

    key: str
    sort: NodeSort
    term: Term
    type: Type
    unit: Unit | None
    draw: str
    provenance: Provenance
    doc: str
    text: str
    span: Span


Make = Callable[[], Draft | None]


@record
class Facts:
    """What is certain about an option before anything is evaluated."""

    family: Literal["self_host", "api", "hybrid"] | None
    farthest: dict[str, str]
    categories: tuple[str, ...]
    unplaced: dict[str, tuple[str, ...]]
    """For each workload that a deployment of unknown custody serves, what is missing."""
    familyless: tuple[str, ...]
    """Which custodies are missing to know the family, where it is not known."""


@state
class Drafts:
    """All nodes so far. Keys are asked for before their nodes are made, so long chains need no recursion."""

    program: Program
    overrides: dict[str, list[Override]]
    findings: list[Diagnostic] = field(default_factory=list)
    made: dict[str, Draft] = field(default_factory=dict)
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    waiting: dict[str, Make] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    streams: dict[tuple[str, str], list[Stream]] = field(default_factory=dict)
    chosen: Mapping[str, float] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    words: dict[str, Term] = field(default_factory=dict)
    """Choices, texts and references that have been settled, by the place where they are asked for."""
    settling: set[str] = field(default_factory=set)
    words_to_settle: dict[str, list[str]] = field(default_factory=dict)
    """By component as an option runs it, the formulas of its kind that are still to be settled, the first last."""
    quiet: bool = False
    """Set while nodes are made that nothing which is compared rests on."""
    reported: set[tuple[str, Span]] = field(default_factory=set)

    @property
    def home(self) -> str:
        return self.program.decision.currency if self.program.decision else ""

    @property
    def start(self) -> int | None:
        return self.program.decision.start if self.program.decision else None

    @property
    def full(self) -> bool:
        """Whether there are more nodes than the limit allows."""
        return len(self.made) > self.program.limits.nodes

    def ask(self, key: str, make: Make) -> None:
        """Has the node made later, once."""
        if key not in self.made and key not in self.unknown and key not in self.waiting:
            self.waiting[key] = make

    def settle(self) -> None:
        """Makes every node that was asked for, and those that they ask for."""
        while self.waiting and not self.full:
            key = next(iter(self.waiting))
            make = self.waiting[key]
            draft = make()
            del self.waiting[key]
            if draft is not None:
                self.made[key] = draft
            elif key not in self.unknown:
                self.unknown[key] = (key,)

    def report(
        self,
        problem: Problem,
        message: str,
        span: Span,
        *,
        note: str = "",
        labels: tuple[Label, ...] = (),
        help: str = "",
    ) -> None:
        """Once for each problem and place: one cause shows in every option."""
        if (problem.code, span) not in self.reported:
            self.reported.add((problem.code, span))
            self.findings.append(Diagnostic(problem, message, span, note, labels, help))

    def silent(self, work: Callable[[], None]) -> bool:
        """Does some work; whether nothing was found by it, not even what had been found before."""
        findings, reported = self.findings, self.reported
        self.findings, self.reported = [], set()
        work()
        found, self.findings, self.reported = self.findings, findings, reported
        for one in found:
            assert one.span is not None
            self.report(one.problem, one.message, one.span, note=one.note, labels=one.labels, help=one.help)
        return not found


def one(span: Span) -> Term:
    return Constant(1.0, QuantityType(NUMBER), span)


def zero(type_: Type, span: Span) -> Term:
    return Constant(0.0, type_, span)


def truth(value: bool, span: Span) -> Term:
    return Constant(float(value), FlagType(), span)


def value(key: str, type_: Type, span: Span) -> Term:
    return NodeValue(key, type_, span)
