"""The checked program: everything a spec says, with names resolved and types known. Frozen, in order of writing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tcolang.base.limits import Limits
from tcolang.base.record import field, record
from tcolang.base.source import SourceFile, Span
from tcolang.semantics.terms import Sentence, Term
from tcolang.semantics.types import ChoiceType, Type
from tcolang.units.table import UnitTable
from tcolang.units.unit import Unit

Grade = Literal["measured", "contracted", "estimated", "assumed"]


@record
class Source:
    """A `source` statement. `checked` is a date as in `DateType`, `checked_on` the same as written, to the day or the
    month; unstated they are None and ''."""

    key: str
    title: str
    url: str
    checked: float | None
    grade: Grade
    span: Span
    checked_on: str = ""


@record
class Provenance:
    """Where a figure comes from. No source and no note: nobody says."""

    source: Source | None = None
    note: str = ""
    is_default: bool = False

    @property
    def grade(self) -> Grade:
        return self.source.grade if self.source else "assumed"


@record
class Segment:
    """A value in force from a date (None: always); `flat` says that carrying it forward is meant."""

    since: float | None
    term: Term
    provenance: Provenance
    flat: bool
    span: Span


@record
class Value:
    """What an attribute, assumption or formula is set to. `unit` is the unit to show it in, if it is a quantity."""

    segments: tuple[Segment, ...]
    type: Type
    unit: Unit | None
    span: Span


@record
class Attribute:
    name: str
    type: Type
    unit: Unit | None
    optional: bool
    default: Value | None
    doc: str
    span: Span


@record
class Formula:
    """A `let`, at the top of a file or in a kind or option. `text` is the expression as written."""

    name: str
    type: Type
    unit: Unit | None
    term: Term
    provenance: Provenance
    doc: str
    text: str
    span: Span


@record
class CostLine:
    name: str
    category: str
    term: Term
    provenance: Provenance
    doc: str
    text: str
    span: Span


@record
class Requirement:
    """What has to hold for each component of a kind, in every month and future; or had better, where not `strict`."""

    condition: Term
    because: Sentence
    strict: bool
    text: str
    span: Span


@record
class Kind:
    name: str
    role: str
    title: str
    attributes: Mapping[str, Attribute]
    formulas: Mapping[str, Formula]
    costs: Mapping[str, CostLine]
    requirements: tuple[Requirement, ...]
    doc: str
    span: Span


@record
class Assumption:
    """`assume`, by key: the name, with the file's in front where it is imported or of a pack."""

    key: str
    value: Value
    doc: str
    text: str
    span: Span


@record
class GlobalFormula:
    """`let` at the top of a file. `reads_results`: it reads options or statistics, so no cost may read it."""

    key: str
    formula: Formula
    reads_results: bool


@record
class Component:
    """`stem` is the file's; draws are keyed by it, never by an alias."""

    key: str
    name: str
    stem: str
    kind: str
    title: str
    values: Mapping[str, Value]
    doc: str
    span: Span


@record
class Route:
    """`share` is None for `rest`, and where `size` says how many replicas carry what they can, by load. `values` are
    the route's own attributes, which go before the deployment's."""

    deployment: str
    share: Value | None
    size: Value | None
    values: Mapping[str, Value]
    span: Span


@record
class Serve:
    """`by_load`: the first route has a size, and the last takes what is above its capacity."""

    workload: str
    by_load: bool
    routes: tuple[Route, ...]
    span: Span


@record
class Assignment:
    """`role = N FTE` in `staff`"""

    role: str
    fte: Value
    span: Span


@record
class Exclusion:
    """`without x.hosting because "…"`; `component` is None for a line of the option itself."""

    component: str | None
    cost: str
    because: str
    span: Span


@record
class Option:
    """`bridge` is the key of a deployment, or None: nobody serves before go-live (`bridge_stated`: that is said)."""

    name: str
    stem: str
    title: str
    serves: tuple[Serve, ...]
    staff: tuple[Assignment, ...]
    uses: tuple[str, ...]
    costs: Mapping[str, CostLine]
    without: tuple[Exclusion, ...]
    values: Mapping[str, Value]
    bridge: str | None
    bridge_stated: bool
    doc: str
    span: Span


@record
class Decision:
    """`start` and `as_of` are months as in `DateType`; `horizon` is in months. `values` are its facts."""

    name: str
    stem: str
    title: str
    currency: str
    start: int
    horizon: int
    as_of: float
    options: tuple[str, ...]
    baseline: str | None
    values: Mapping[str, Value]
    doc: str
    span: Span


@record
class ExchangeRate:
    """`1 currency = value other`, from a date. `reference` is one that ships with the tool."""

    currency: str
    other: str
    since: float
    term: Term
    stem: str
    provenance: Provenance
    flat: bool
    reference: bool
    span: Span


@record
class Correlation:
    """Rank correlation of two values, by the keys of their nodes."""

    left: str
    right: str
    value: float
    span: Span


@record
class Override:
    """`target` is the key of a node; `replaces` tells `=` from `from`. `base` in a term is `NodeValue('base')`."""

    target: str
    segments: tuple[Segment, ...]
    replaces: bool
    span: Span


@record
class Scenario:
    name: str
    title: str
    extends: str | None
    overrides: tuple[Override, ...]
    doc: str
    span: Span


@record
class Criterion:
    """`worth` is money per time. `measure` is a share, of an option."""

    name: str
    title: str
    worth: Value
    measure: Term | None
    doc: str
    span: Span


@record
class Unless:
    """`unless label: condition`"""

    label: str
    condition: Term
    span: Span


@record
class Rule:
    """`id` is `pack/name`. `over` lists what it ranges over, of `option` and `workload`."""

    id: str
    title: str
    over: tuple[str, ...]
    conditions: tuple[Term, ...]
    exceptions: tuple[Unless, ...]
    yields_to_cost: bool
    action: Literal["veto", "prefer", "avoid", "warn", "advise"]
    criterion: str | None
    degree: Term | None
    because: Sentence
    doc: str
    span: Span


@record
class Expectation:
    condition: Term
    because: Sentence | None
    text: str
    span: Span


@record
class Test:
    title: str
    under: str | None
    given: tuple[Override, ...]
    expectations: tuple[Expectation, ...]
    span: Span


@record
class Pack:
    """`sha256` is of the file's text."""

    name: str
    version: str
    sha256: str
    span: Span


@record
class RuleSwitch:
    """A parameter overridden or (`value` is None) a rule switched off, with reason, owner and end."""

    target: str
    value: Term | None
    because: str
    by: str
    until: float
    span: Span


@record
class Allowance:
    """Findings of one code that are meant, in a file or (`block`) in one block of it."""

    code: str
    reason: str
    until: float
    path: str
    block: Span | None
    span: Span


@record
class Program:
    """`main` is the file that was asked for; names in it have no file in front of their key. `pack`: what that file
    says of itself, where it is a rule pack."""

    main: SourceFile
    files: tuple[SourceFile, ...]
    units: UnitTable
    choices: Mapping[str, ChoiceType]
    kinds: Mapping[str, Kind]
    components: Mapping[str, Component]
    assumptions: Mapping[str, Assumption]
    formulas: Mapping[str, GlobalFormula]
    sources: Mapping[str, Source]
    rates: tuple[ExchangeRate, ...]
    correlations: tuple[Correlation, ...]
    options: Mapping[str, Option]
    decision: Decision | None
    scenarios: Mapping[str, Scenario]
    criteria: Mapping[str, Criterion]
    rules: tuple[Rule, ...]
    expectations: tuple[Expectation, ...]
    tests: tuple[Test, ...]
    packs: tuple[Pack, ...]
    switches: tuple[RuleSwitch, ...] = field(default=())
    allowances: tuple[Allowance, ...] = field(default=())
    limits: Limits = field(default_factory=Limits)
    pack: Pack | None = field(default=None)
