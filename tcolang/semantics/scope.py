"""What names mean while a program is checked: the tables of all declarations, and the scope of one expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from tcolang.base.diagnostics import Diagnostic, Label
from tcolang.base.limits import Limits
from tcolang.base.problem import Problem
from tcolang.base.record import field, record, replace, state
from tcolang.base.rename import renaming
from tcolang.base.source import Span
from tcolang.semantics import program
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.load import Loaded, Project
from tcolang.semantics.terms import Constant, Term
from tcolang.semantics.types import AnyType, ChoiceType, QuantityType, ReferenceType, Type
from tcolang.syntax import items
from tcolang.units.standard import STANDARD
from tcolang.units.table import UnitTable
from tcolang.units.unit import Unit, canonical

Sort = Literal["assume", "let", "component", "option", "decision"]
Place = Literal["value", "route", "formula", "cost", "global", "rule", "expect"]
UPSTREAM = ("value", "route", "formula", "cost")
"""Places whose values are worked out before any result."""


@record
class Declared:
    """A name of a file that stands for a value. `key` is what the rest of the program calls it."""

    sort: Sort
    key: str
    item: items.Assume | items.Let | items.Block
    file: FileScope


@state
class FileScope:
    """A file and the names it declares. `prefix` goes in front of its names where they become keys."""

    loaded: Loaded
    prefix: str
    values: dict[str, Declared] = field(default_factory=dict)
    sources: dict[str, program.Source] = field(default_factory=dict)
    assumes: dict[str, list[items.Assume]] = field(default_factory=dict)
    """The lines of each assumption: several where it has a history."""

    @property
    def stem(self) -> str:
        return self.loaded.stem

    def key(self, name: str) -> str:
        return f"{self.prefix}.{name}" if self.prefix else name


@state
class KindDraft:
    """A kind while its formulas are being checked, each when it is first asked for."""

    item: items.Kind
    file: FileScope
    attributes: dict[str, program.Attribute] = field(default_factory=dict)
    formula_items: dict[str, items.Let] = field(default_factory=dict)
    cost_items: dict[str, items.CostLine] = field(default_factory=dict)
    formulas: dict[str, program.Formula] = field(default_factory=dict)
    costs: dict[str, program.CostLine] = field(default_factory=dict)
    under_way: set[str] = field(default_factory=set)
    siblings: dict[str, KindDraft] = field(default_factory=dict)
    check_formula: Callable[[KindDraft, str], None] | None = None

    @property
    def name(self) -> str:
        return self.item.name.text

    @property
    def role(self) -> str:
        return self.item.role.text if self.item.role else ""

    def member_names(self) -> list[str]:
        return [*self.attributes, *self.formula_items, *self.cost_items]

    def has(self, name: str) -> bool:
        """Whether a member is called so."""
        return name in self.attributes or name in self.formula_items or name in self.cost_items

    def targets(self, type_: ReferenceType) -> list[KindDraft]:
        """The kinds that a reference of this one can name."""
        if type_.role:
            return [kind for kind in self.siblings.values() if kind.role == type_.kind]
        return [self.siblings[type_.kind]] if type_.kind in self.siblings else []


@state
class ComponentDraft:
    key: str
    block: items.Block
    kind: KindDraft
    file: FileScope


@state
class Tables:
    """Everything declared in the files of one program, filled in by the passes of `analyse`."""

    project: Project
    limits: Limits
    builtins: dict[str, Builtin]
    units: UnitTable = STANDARD
    currency: str | None = None
    files: dict[str, FileScope] = field(default_factory=dict)
    standard: FileScope | None = None
    choices: dict[str, ChoiceType] = field(default_factory=dict)
    kinds: dict[str, KindDraft] = field(default_factory=dict)
    components: dict[str, ComponentDraft] = field(default_factory=dict)
    options: dict[str, items.Block] = field(default_factory=dict)
    option_files: dict[str, FileScope] = field(default_factory=dict)
    decision: items.Block | None = None
    assumptions: dict[str, program.Assumption] = field(default_factory=dict)
    formulas: dict[str, program.GlobalFormula] = field(default_factory=dict)
    under_way: set[str] = field(default_factory=set)
    circular: set[tuple[str, str]] = field(default_factory=set)
    """Formulas that depend on themselves, by kind ('' at the top of a file) and name or key."""
    exchanged: dict[str, Span] = field(default_factory=dict)
    """The currencies of amounts that a project states, each with the first place."""
    exchanged_by_tool: dict[str, Span] = field(default_factory=dict)
    """Those of amounts that ship with the tool, for which its reference rates will do."""
    findings: list[Diagnostic] = field(default_factory=list)
    check_global: Callable[[Tables, Declared], None] | None = None

    @property
    def main(self) -> FileScope:
        return self.files[self.project.main.stem]

    def kinds_with_role(self, role: str) -> list[KindDraft]:
        return [kind for kind in self.kinds.values() if kind.role == role]


@state
class Counter:
    """Numbers the intervals of one value."""

    next: int = 0

    def take(self) -> int:
        self.next += 1
        return self.next - 1


@state
class Scope:
    """Where an expression stands. `kind` is set in a kind's formulas, `stream` inside `served.…`, `option` in a block
    of an option, `variables` in rules; `base` is the type of `base` in an override. `reads_results` is set when an
    option's result or a statistic is read."""

    tables: Tables
    file: FileScope
    place: Place
    kind: KindDraft | None = None
    stream: bool = False
    option: str | None = None
    variables: frozenset[str] = frozenset()
    base: Type | None = None
    counter: Counter = field(default_factory=Counter)
    reads_results: list[Span] = field(default_factory=list)

    def within(self, **changes: object) -> Scope:
        return replace(self, **changes)

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
        fix = renaming(span, help)
        self.tables.findings.append(Diagnostic(problem, message, span, note, labels, help, fix))

    def wrong(
        self,
        problem: Problem,
        message: str,
        span: Span,
        *,
        note: str = "",
        labels: tuple[Label, ...] = (),
        help: str = "",
    ) -> Term:
        """Reports and gives a term that fits everywhere, so that nothing else is found because of it."""
        self.report(problem, message, span, note=note, labels=labels, help=help)
        return poison(span)


def poison(span: Span) -> Term:
    return Constant(0.0, AnyType(), span)


def is_poison(term: Term) -> bool:
    return isinstance(term.type, AnyType)


def natural_unit(type_: Type) -> Unit | None:
    """The unit to show a quantity in where none is declared: canonical, in the words a reader expects."""
    if not isinstance(type_, QuantityType):
        return None
    if type_.share:
        found = STANDARD.parse("%")
        return found if isinstance(found, Unit) else None
    if type_.dimension.is_number:
        return None
    over = "-".join(_word(base) for base, power in type_.dimension.exponents for _ in range(power))
    under = "-".join(_word(base) for base, power in type_.dimension.exponents for _ in range(-power))
    return canonical(f"{over or '1'}/{under}" if under else over, type_.dimension)


def _word(base: str) -> str:
    return {"time": "month", "data": "GB", "energy": "kWh"}.get(base, base)
