"""The first pass over a program: who declares what. Afterwards every name can be looked up from everywhere."""

from __future__ import annotations

from tcolang.base.diagnostics import Diagnostic, Label
from tcolang.base.source import Span
from tcolang.base.suggest import did_you_mean
from tcolang.semantics.check import months_of
from tcolang.semantics.decisions import currency_of
from tcolang.semantics.literals import unit_of
from tcolang.semantics.load import Loaded
from tcolang.semantics.problems import names as problems
from tcolang.semantics.problems import units as unit_problems
from tcolang.semantics.program import Grade, Source
from tcolang.semantics.scope import ComponentDraft, Declared, FileScope, KindDraft, Scope, Sort, Tables
from tcolang.semantics.types import ChoiceType
from tcolang.semantics.typing import typed
from tcolang.syntax import items, nodes
from tcolang.units.table import UnitMistake

BLOCKS = ("decision", "option", "scenario", "criterion", "source")
RESERVED = ("decision", "option", "served", "assigned", "base", "rest", "none", "fx")
GRADES: tuple[Grade, ...] = ("measured", "contracted", "estimated", "assumed")


def collect_names(tables: Tables) -> None:
    """Fills in the tables; names that are declared twice are findings, and the first counts."""
    _files(tables)
    everywhere = [(file, item) for file in _scopes(tables) for item in file.loaded.module.items]
    main = [item for item in tables.main.loaded.module.items if isinstance(item, items.Block)]
    tables.decision = next((b for b in main if b.kind.text == "decision"), None)
    tables.currency = currency_of(tables.decision)
    for file, item in everywhere:
        if isinstance(item, items.UnitDeclaration):
            _unit(item, file, tables)
    for file, item in everywhere:
        if isinstance(item, items.Choice):
            _choice(item, file, tables)
    for file, item in everywhere:
        if isinstance(item, items.Kind):
            _kind(item, file, tables)
    for file, item in everywhere:
        _value(item, file, tables)


def _files(tables: Tables) -> None:
    """All standard files are one scope, so that they may speak of each other."""
    standard: list[Loaded] = []
    for loaded in tables.project.files:
        if loaded.origin == "std":
            standard.append(loaded)
            continue
        prefix = "" if loaded.origin == "main" else loaded.stem
        tables.files[loaded.stem] = FileScope(loaded, prefix)
    if standard:
        joined = tuple(item for loaded in standard for item in loaded.module.items)
        first = standard[0].module
        module = items.Module(first.edition, first.doc, joined, first.file)
        tables.standard = FileScope(Loaded("std", "std", module), "std")


def _scopes(tables: Tables) -> list[FileScope]:
    """The standard files first: their names are taken before anyone else's."""
    return [*([tables.standard] if tables.standard else []), *tables.files.values()]


def _unit(item: items.UnitDeclaration, file: FileScope, tables: Tables) -> None:
    scope = Scope(tables, file, "value")
    name = item.name.text
    if item.value is None:
        made = tables.units.define_base(name)
    elif isinstance(item.value, nodes.Quantity) and item.value.number > 0:
        unit = unit_of(item.value, scope)
        if unit is None:
            return
        made = tables.units.define(name, unit.times(item.value.number))
    else:
        scope.report(
            unit_problems.BAD_UNIT,
            f"unit `{name}` is so much of another unit",
            item.value.span,
            help=f"`unit {name} = 6 requests`, or `unit {name}` alone for something new",
        )
        return
    if isinstance(made, UnitMistake):
        scope.report(unit_problems.BAD_UNIT, made.message, item.name.span, help=made.help)
        return
    tables.units = made


def _choice(item: items.Choice, file: FileScope, tables: Tables) -> None:
    scope = Scope(tables, file, "value")
    name = item.name.text
    if name in tables.choices:
        _twice(item.name, None, scope, "choice")
        return
    type_, _ = typed(item.typing, scope, name)
    if isinstance(type_, ChoiceType):
        tables.choices[name] = type_


def _kind(item: items.Kind, file: FileScope, tables: Tables) -> None:
    scope = Scope(tables, file, "value")
    name = item.name.text
    origin = file.loaded.origin
    if origin != "std" and name in tables.project.standard_names:
        scope.report(
            problems.STANDARD_KIND,
            f"`{name}` is a standard kind",
            item.name.span,
            help="give your kind a name of its own; kinds do not extend each other",
        )
        return
    if name in tables.kinds:
        _twice(item.name, tables.kinds[name].item.name, scope, "kind")
        return
    tables.kinds[name] = KindDraft(item, file)


def _value(item: items.Item, file: FileScope, tables: Tables) -> None:
    match item:
        case items.Assume():
            before = file.values.get(item.name.text)
            if not (before and isinstance(before.item, items.Assume) and item.since is not None):
                _declare("assume", item.name, item, file, tables)
        case items.Let():
            _declare("let", item.name, item, file, tables)
        case items.Block() if item.kind.text == "source":
            _source(item, file, tables)
        case items.Block() if item.kind.text in ("criterion", "scenario"):
            pass
        case items.Block() if item.kind.text == "decision":
            _decision(item, file, tables)
        case items.Block() if item.kind.text == "option":
            if _declare("option", item.name, item, file, tables):
                tables.options[item.name.text] = item
                tables.option_files[item.name.text] = file
        case items.Block():
            _component(item, file, tables)


def _decision(item: items.Block, file: FileScope, tables: Tables) -> None:
    if file is not tables.main:
        return
    if item is not tables.decision and tables.decision is not None:
        Scope(tables, file, "value").report(
            problems.TWO_DECISIONS,
            "a program asks one question, and this is a second decision",
            item.name.span,
            labels=(Label(tables.decision.name.span, "the first"),),
            help="put it into a file of its own; both can import what they share",
        )
        return
    _declare("decision", item.name, item, file, tables)


def _component(item: items.Block, file: FileScope, tables: Tables) -> None:
    scope = Scope(tables, file, "value")
    kind = tables.kinds.get(item.kind.text)
    if kind is None or item.kind.text in BLOCKS:
        known = [*tables.project.standard_names, *tables.kinds, *BLOCKS]
        scope.report(
            problems.UNKNOWN_KIND,
            f"there is no kind `{item.kind.text}`",
            item.kind.span,
            help=did_you_mean(item.kind.text, known) or f"declare it: `kind {item.kind.text} {{ … }}`",
        )
        return
    if _declare("component", item.name, item, file, tables):
        tables.components[file.key(item.name.text)] = ComponentDraft(file.key(item.name.text), item, kind, file)


def _declare(
    sort: Sort, name: items.Name, item: items.Assume | items.Let | items.Block, file: FileScope, tables: Tables
) -> bool:
    scope = Scope(tables, file, "value")
    before = file.values.get(name.text)
    if before is not None:
        _twice(name, before.item.name, scope, "name")
        return False
    if name.text in file.loaded.imports:
        _twice(name, None, scope, "import")
        return False
    stems = {stem for stem, other in tables.files.items() if other.prefix} | {"std"}
    if not file.prefix and name.text in stems:
        scope.report(
            problems.DECLARED_TWICE,
            f"`{name.text}` is also the name of a file of this program",
            name.span,
            help="give it another name: values of an imported file are called after the file",
        )
        return False
    if name.text in RESERVED:
        scope.report(
            problems.RESERVED, f"`{name.text}` is a word of the language", name.span, help="choose another name"
        )
        return False
    file.values[name.text] = Declared(sort, file.key(name.text), item, file)
    return True


def _twice(name: items.Name, before: items.Name | None, scope: Scope, what: str) -> None:
    labels = (Label(before.span, "declared here first"),) if before else ()
    scope.report(
        problems.DECLARED_TWICE,
        f"the {what} `{name.text}` is declared twice",
        name.span,
        labels=labels,
        help="give one of them another name",
    )


def _source(item: items.Block, file: FileScope, tables: Tables) -> None:
    scope = Scope(tables, file, "value")
    url, checked, grade = "", None, "assumed"
    for member in item.members:
        if not isinstance(member, items.Attribute) or member.path.text not in ("url", "checked", "grade"):
            _source_line(member.span, scope)
            continue
        value = member.value
        if member.path.text == "url" and isinstance(value, nodes.Text) and value.plain is not None:
            url = value.plain
        elif member.path.text == "checked" and isinstance(value, nodes.Date):
            checked = months_of(value)
        elif member.path.text == "grade" and isinstance(value, nodes.Path) and value.text in GRADES:
            grade = value.text
        else:
            _source_line(value.span, scope)
    if item.name.text in file.sources:
        _twice(item.name, None, scope, "source")
        return
    made = Source(file.key(item.name.text), item.title, url, checked, grade, item.name.span)  # type: ignore[arg-type]
    file.sources[item.name.text] = made


def _source_line(span: Span, scope: Scope) -> None:
    scope.tables.findings.append(
        Diagnostic(
            problems.BAD_SOURCE,
            "a source states `url`, `checked` and `grade`",
            span,
            help='`url = "https://…"`, `checked = 2026-01-12`, `grade = contracted` (of ' + ", ".join(GRADES) + ")",
        )
    )
