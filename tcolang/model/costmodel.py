"""The cost model: every value a decision rests on as a named node, each after those that it reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from tcolang.base.record import field, record
from tcolang.base.source import Span
from tcolang.semantics.program import Decision, Grade, Program, Provenance
from tcolang.semantics.terms import Term
from tcolang.semantics.types import Type
from tcolang.units.unit import Unit

NodeSort = Literal["input", "assumption", "default", "formula", "cost", "flow", "result", "rate", "rule"]


@record
class Node:
    """A named value. In `term` every value read from elsewhere is a `NodeValue`; unknowns have been resolved away.

    A value has one number, or one per month (`monthly`), or one per future (`uncertain`), or one for each of both.
    `draw` is the key of its random stream, for terms that hold a `Draw`. `text` is its formula as written.
    """

    key: str
    sort: NodeSort
    term: Term
    parents: tuple[str, ...]
    type: Type
    unit: Unit | None
    monthly: bool
    uncertain: bool
    draw: str
    grade: Grade | None
    provenance: Provenance
    doc: str
    text: str
    span: Span


@record
class Resale:
    """What the purchases of a cost line sell for, as keys of nodes: `cash` is the credits by month within the horizon,
    `tco` these and those at the horizon, discounted, and `before` the line's discounted total without them."""

    cash: str
    tco: str
    before: str


@record
class Line:
    """A cost line as an option pays it. The keys name nodes: `cash` and `charge` are money per month, `at_horizon` the
    money that comes back when the horizon ends (None where nothing does), `tco` and `nominal` the line's totals.
    `component` is '' for a line of the option itself. `at_end` is the part of `cash` that falls due when a month ends,
    None where all is due before; `resale` is None where no purchase states one."""

    key: str
    component: str
    name: str
    category: str
    cash: str
    charge: str
    at_horizon: str | None
    tco: str
    nominal: str
    span: Span
    at_end: str | None = None
    resale: Resale | None = None


@record
class RoutedShare:
    """Which share of a workload goes where, as `text` says it; `key` names the node of the share in force."""

    workload: str
    deployment: str
    key: str
    text: str
    span: Span


@record
class LeftOut:
    """A cost line that was excluded, with the reason and what it would have cost (key of its discounted total)."""

    component: str
    name: str
    because: str
    tco: str
    span: Span


@record
class OptionModel:
    """An option as it will be evaluated. `results` maps published names (`tco`, `tco_nominal`, `charge`, `monthly`,
    `tokens`, `requests`, `unserved`, …) to keys of nodes; those that are unknown are not in it.
    `farthest` maps each workload served to the least trusted custody its requests can reach."""

    name: str
    title: str
    family: Literal["self_host", "api", "hybrid"] | None
    routes: tuple[RoutedShare, ...]
    bridge: str | None
    staff: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    results: Mapping[str, str]
    farthest: Mapping[str, str]
    categories: tuple[str, ...]
    doc: str
    span: Span
    at_once: str = ""
    """The key of what it pays at the start of each month (purchases and one-off payments), '' where it pays none so."""
    at_end: str = ""
    """The key of what it pays at the end of each month (instalments), '' where it pays none so."""
    familyless: tuple[str, ...] = ()
    """Which custodies nobody states, where `family` is None for want of them."""


@record
class Choice:
    """Something that `optimal()` is to find, of one option.

    A `size`: how many replicas carry a workload by load; `keys` are the nodes of the number from each date on, `load`
    and `capacity` those of the mean load and of what that many carry, in one unit, and `peak` is the highest load over
    the mean. An `assignment`: which of the deployments serves the workload; `keys` are the nodes of their shares.
    `custodies` are those of the deployments. The nodes hold a 1 until they are chosen."""

    option: str
    sort: Literal["size", "assignment"]
    workload: str
    deployments: tuple[str, ...]
    custodies: tuple[str, ...]
    keys: tuple[str, ...]
    load: str
    capacity: str
    peak: float
    span: Span


# Conditions of rules and expectations, over operands that are read from an evaluation


@record
class Operand:
    """One side of a comparison: a node's value (`key`), a `symbol`, a list of symbols, something that is known only
    after the decision is made (`late`: `NAME.recommendation`, `OPTION.payback`), or unknown for want of `missing`.
    `text` is the expression as written."""

    type: Type
    unit: Unit | None
    text: str
    span: Span
    key: str | None = None
    symbol: str | None = None
    symbols: tuple[str, ...] | None = None
    late: str | None = None
    missing: tuple[str, ...] = ()


@record
class Compare:
    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Operand
    right: Operand
    order: tuple[str, ...] = ()
    """The values of an ordered choice, least first, where choices are compared."""


@record
class Near:
    """`left ~= right within tolerance`: a quantity like both, or (`relative`) a share of the right side."""

    left: Operand
    right: Operand
    tolerance: Operand
    relative: bool


@record
class OneOf:
    value: Operand
    items: tuple[Operand, ...]


@record
class Holds:
    """A flag."""

    value: Operand


@record
class AllOf:
    items: tuple[Condition, ...]


@record
class AnyOf:
    items: tuple[Condition, ...]


@record
class Negated:
    item: Condition


Condition: TypeAlias = Compare | Near | OneOf | Holds | AllOf | AnyOf | Negated


@record
class Told:
    """A text with operands in it."""

    parts: tuple[str | Operand, ...]


@record
class RuleCase:
    """A rule for one option (and one workload) of those it ranges over. `option` is '' where it ranges over none."""

    rule: str
    title: str
    option: str
    workload: str
    conditions: tuple[Condition, ...]
    exceptions: tuple[tuple[str, Condition], ...]
    yields_to_cost: bool
    action: Literal["veto", "prefer", "avoid", "warn", "advise"]
    criterion: str | None
    degree: Operand | None
    because: Told
    span: Span


@record
class RequirementCase:
    """What a kind requires of a component as an option runs it; `key` is the node of the flag."""

    key: str
    option: str
    component: str
    because: Told
    strict: bool
    text: str
    span: Span
    component_span: Span


@record
class CriterionModel:
    """`worth` is the key of the node of its present value over the horizon; `measures` maps options to operands."""

    name: str
    title: str
    worth: str
    measures: Mapping[str, Operand]
    span: Span


@record
class Question:
    """A break-even that an expectation asks for: between two options, over the node `over` (all volumes where it is
    ''), at factors from `low` to `high`. `name` is that of the operand which takes the answer."""

    name: str
    first: str
    second: str
    over: str
    low: float
    high: float


@record
class ExpectCase:
    condition: Condition
    because: Told | None
    text: str
    span: Span


@record
class CostModel:
    """`nodes` are in topological order. `unknown` maps the key of a value that is not known to the facts that are
    missing. `published` lists the top-level assumptions and formulas of the main file, by key, as a report shows them.
    `volume` is the key of the node (a 1) by which the requests of all workloads are multiplied: break-even moves it."""

    program: Program
    decision: Decision | None
    nodes: tuple[Node, ...]
    index: Mapping[str, int]
    unknown: Mapping[str, tuple[str, ...]]
    options: tuple[OptionModel, ...]
    criteria: tuple[CriterionModel, ...]
    rules: tuple[RuleCase, ...]
    expectations: tuple[ExpectCase, ...]
    published: tuple[str, ...]
    correlations: tuple[tuple[str, str, float], ...]
    volume: str = "volume"
    choices: tuple[Choice, ...] = ()
    questions: tuple[Question, ...] = ()
    requirements: tuple[RequirementCase, ...] = ()
    scenario: str = ""
    assumed: tuple[str, ...] = field(default=())

    def node(self, key: str) -> Node:
        return self.nodes[self.index[key]]
