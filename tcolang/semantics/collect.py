"""The first pass over a program: who declares what. Afterwards every name can be looked up from everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tcolang.base.cycles import strong_components
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
from tcolang.semantics.typing import ROLES, WORDS, typed
from tcolang.syntax import items, nodes
from tcolang.units.table import UnitMistake

BLOCKS = ("decision", "option", "scenario", "criterion", "source")
RESERVED = ("option", "workload", "decision", "served", "base", "rest", "none", "std", "fx", "staff", "assigned")
"""`self_host.staff.mlops` is how many of them there are, so no component can be called `staff`."""
LARGEST_FACTOR = 1000
"""Of a unit of one's own, in binary digits: what it is multiplied with still fits a number."""
GRADES: tuple[Grade, ...] = ("measured", "contracted", "estimated", "assumed")


def collect_names(tables: Tables) -> None:
    """Fills in the tables; names that are declared twice are findings, and the first counts."""
    _files(tables)
    for file in tables.files.values():
        _aliases(file, tables)
    everywhere = [(file, item) for file in _scopes(tables) for item in file.loaded.module.items]
    main = [item for item in tables.main.loaded.module.items if isinstance(item, items.Block)]
    tables.decision = next((b for b in main if b.kind.text == "decision"), None)
    tables.currency = currency_of(tables.decision)
    for file, unit in _by_need([(f, i) for f, i in everywhere if isinstance(i, items.UnitDeclaration)]):
        _unit(unit, file, tables)
    for file, item in everywhere:
        if isinstance(item, items.Choice):
            _choice(item, file, tables)
    for file, item in everywhere:
        if isinstance(item, items.Kind):
            _kind(item, file, tables)
    for file, item in everywhere:
        _value(item, file, tables)
    for file, item in everywhere:
        _only_in_the_spec(item, file, tables)
    _argued_once(everywhere, tables)


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


def _aliases(file: FileScope, tables: Tables) -> None:
    scope = Scope(tables, file, "value")
    seen: dict[str, items.Name] = {}
    for item in file.loaded.module.items:
        if not isinstance(item, items.Import):
            continue
        before = seen.setdefault(item.alias.text, item.alias)
        if before is not item.alias:
            _twice(item.alias, before, scope, "import")
        elif item.alias.text in RESERVED:
            _reserved(item.alias, scope)


def _only_in_the_spec(item: items.Item, file: FileScope, tables: Tables) -> None:
    """What speaks of the decision has no effect in a file that the spec imports, and would be passed over there."""
    if file is tables.main or not isinstance(item, items.Use | items.Override):
        return
    Scope(tables, file, "value").report(
        problems.NOT_HERE,
        "rule packs are used, and departed from, in the spec itself",
        item.path.span,
        help=f"move this line to `{tables.main.loaded.module.file.path}`",
    )


def _argued_once(everywhere: list[tuple[FileScope, items.Item]], tables: Tables) -> None:
    """Rules and criteria have names of their own in a file, scenarios in a program."""
    seen: dict[tuple[str, str, str], items.Name] = {}
    for file, item in everywhere:
        if isinstance(item, items.Rule):
            key = ("rule", file.stem, item.name.text)
        elif isinstance(item, items.Block) and item.kind.text in ("criterion", "scenario"):
            key = (item.kind.text, file.stem if item.kind.text == "criterion" else "", item.name.text)
        else:
            continue
        before = seen.setdefault(key, item.name)
        if before is not item.name:
            _twice(item.name, before, Scope(tables, file, "value"), key[0])


def _by_need(
    declared: list[tuple[FileScope, items.UnitDeclaration]],
) -> Iterator[tuple[FileScope, items.UnitDeclaration]]:
    """Units after those they are made of, in whatever order they are written."""
    places: dict[str, list[int]] = {}
    for i, (_, item) in enumerate(declared):
        places.setdefault(item.name.text, []).append(i)
    needs = {
        i: [place for word in _words(item.value) for place in places.get(word, ()) if place != i]
        for i, (_, item) in enumerate(declared)
    }
    for component in strong_components(needs):
        yield from (declared[i] for i in sorted(component))


def _words(value: nodes.Expression | None) -> list[str]:
    """What the words of a unit can be the plural of."""
    words = re.findall(r"[A-Za-z_]\w*", value.span.text) if value is not None else []
    return [singular for w in words for singular in (w, w[:-1], w[:-2], f"{w[:-3]}y")]


def _unit(item: items.UnitDeclaration, file: FileScope, tables: Tables) -> None:
    scope = Scope(tables, file, "value")
    name = item.name.text
    if item.value is None:
        made = tables.units.define_base(name)
    elif isinstance(item.value, nodes.Quantity) and item.value.number > 0:
        unit = unit_of(item.value, scope)
        if unit is None:
            return
        whole = unit.times(item.value.number)
        if max(whole.factor.numerator.bit_length(), whole.factor.denominator.bit_length()) > LARGEST_FACTOR:
            scope.report(
                unit_problems.BAD_UNIT,
                f"one `{name}` is too much, or too little, of what it is made of",
                item.value.span,
                help="use a larger or smaller unit",
            )
            return
        made = tables.units.define(name, whole)
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
    if name in tables.units.words or name in WORDS:
        scope.report(
            problems.RESERVED,
            f"`{name}` is a unit or the name of a type already",
            item.name.span,
            help="choose another name: both stand behind a colon",
        )
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
    if origin != "std" and name in (*BLOCKS, *ROLES):
        _reserved(item.name, scope)
        return
    if name in tables.kinds:
        _twice(item.name, tables.kinds[name].item.name, scope, "kind")
        return
    tables.kinds[name] = KindDraft(item, file)


def _value(item: items.Item, file: FileScope, tables: Tables) -> None:
    if isinstance(item, items.Block) and item.extends is not None and item.kind.text != "scenario":
        Scope(tables, file, "value").report(
            problems.NOT_HERE,
            f"a {item.kind.text} extends nothing",
            item.extends.span,
            help="only a scenario extends another one; components state what they have",
        )
    match item:
        case items.Assume():
            before = file.values.get(item.name.text)
            history = before is not None and isinstance(before.item, items.Assume) and item.since is not None
            if history or _declare("assume", item.name, item, file, tables):
                file.assumes.setdefault(item.name.text, []).append(item)
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
        # What names it is no mistake of its own.
        file.values.setdefault(item.name.text, Declared("component", file.key(item.name.text), item, file))
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
    if name.text in RESERVED:
        _reserved(name, scope)
        return False
    # An option has no file in front of its name.
    unprefixed = not file.prefix or sort == "option"
    if file.prefix and sort == "option" and (other := _elsewhere(name.text, tables)) is not None:
        _twice(name, other, scope, "name")
        return False
    stem = tables.files.get(name.text)
    if unprefixed and (name.text == "std" or (stem is not None and stem.prefix)):
        scope.report(
            problems.DECLARED_TWICE,
            f"`{name.text}` is also the name of a file of this program",
            name.span,
            help="give it another name: values of an imported file are called after the file",
        )
        return False
    file.values[name.text] = Declared(sort, file.key(name.text), item, file)
    return True


def _elsewhere(name: str, tables: Tables) -> items.Name | None:
    """Where the spec, or another file as an option, has that name."""
    if name in tables.options:
        return tables.options[name].name
    declared = tables.main.values.get(name)
    return declared.item.name if declared else None


def _reserved(name: items.Name, scope: Scope) -> None:
    scope.report(problems.RESERVED, f"`{name.text}` is a word of the language", name.span, help="choose another name")


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
    url, checked, checked_on, grade = "", None, "", "assumed"
    _lines_once(item.members, scope)
    for member in item.members:
        if not isinstance(member, items.Attribute) or member.path.text not in ("url", "checked", "grade"):
            _source_line(member.span, scope)
            continue
        value = member.value
        if member.path.text == "url" and isinstance(value, nodes.Text) and value.plain is not None:
            url = value.plain
        elif member.path.text == "checked" and isinstance(value, nodes.Date):
            checked, checked_on = months_of(value), value.text
        elif member.path.text == "grade" and isinstance(value, nodes.Path) and value.text in GRADES:
            grade = value.text
        else:
            _source_line(value.span, scope)
    if item.name.text in file.sources:
        _twice(item.name, None, scope, "source")
        return
    key, span = file.key(item.name.text), item.name.span
    file.sources[item.name.text] = Source(key, item.title, url, checked, grade, span, checked_on)  # type: ignore[arg-type]


def _lines_once(members: Iterable[items.Member], scope: Scope) -> None:
    seen: dict[str, items.Attribute] = {}
    for member in members:
        if isinstance(member, items.Attribute) and seen.setdefault(member.path.text, member) is not member:
            scope.report(problems.SET_TWICE, f"`{member.path.text}` is set twice", member.span, help="keep one of them")


def _source_line(span: Span, scope: Scope) -> None:
    scope.tables.findings.append(
        Diagnostic(
            problems.BAD_SOURCE,
            "a source states `url`, `checked` and `grade`",
            span,
            help='`url = "https://…"`, `checked = 2026-01-12`, `grade = contracted` (of ' + ", ".join(GRADES) + ")",
        )
    )
