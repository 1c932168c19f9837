"""Which formulas read which: an order in which each can be checked after what it reads, and the circles in it.

A formula has the type that it turns out to have, so what it reads is checked first. That is worked out from the text
alone, and without recursion: a chain of formulas may be as long as a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from tcolang.base.cycles import one_cycle, strong_components
from tcolang.base.diagnostics import Label
from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.semantics.problems import names as problems
from tcolang.semantics.scope import Declared, FileScope, KindDraft, Scope, Tables
from tcolang.semantics.types import ChoiceType, ReferenceType
from tcolang.syntax import items, nodes
from tcolang.syntax.walk import children

Key: TypeAlias = tuple[str, str]
"""The kind of a formula ('' at the top of a file) and its name or key."""


@record
class _Formula:
    """One that is to be checked, with the expressions it is made of."""

    declared: Declared | KindDraft
    name: str
    expressions: tuple[nodes.Expression, ...]
    """All that it is worked out from."""

    @property
    def file(self) -> FileScope:
        return self.declared.file

    @property
    def kind(self) -> KindDraft | None:
        return self.declared if isinstance(self.declared, KindDraft) else None


def in_order(tables: Tables) -> Iterator[Declared | tuple[KindDraft, str]]:
    """Every formula that is not checked yet, after those it reads. What goes in circles is reported, marked in the
    tables, and left out."""
    formulas = _formulas(tables)
    words = _words(tables)
    edges = {key: _reads(formula, tables, words) for key, formula in formulas.items()}
    graph = {key: list(read) for key, read in edges.items()}
    for component in strong_components(graph):
        if len(component) > 1 or component[0] in graph[component[0]]:
            _circles(component, edges, formulas, tables)
        for key in component:
            declared = formulas[key].declared
            if key not in tables.circular:
                yield (declared, key[1]) if isinstance(declared, KindDraft) else declared


def _formulas(tables: Tables) -> dict[Key, _Formula]:
    found: dict[Key, _Formula] = {}
    standard = [tables.standard] if tables.standard else []
    for file in (*tables.files.values(), *standard):
        for declared in file.values.values():
            if declared.sort in ("assume", "let") and not _is_checked(declared.key, tables):
                found["", declared.key] = _Formula(declared, declared.key, _expressions(declared))
    for kind in tables.kinds.values():
        for name, item in kind.formula_items.items():
            if name not in kind.formulas:
                found[kind.name, name] = _Formula(kind, name, (item.value,))
    return found


def _is_checked(key: str, tables: Tables) -> bool:
    return key in tables.assumptions or key in tables.formulas


def _expressions(declared: Declared) -> tuple[nodes.Expression, ...]:
    item = declared.item
    if isinstance(item, items.Block):
        return ()
    if isinstance(item, items.Let):
        return (item.value,)
    return tuple(line.value for line in declared.file.assumes.get(item.name.text, (item,)))


def _reads(formula: _Formula, tables: Tables, words: set[str]) -> dict[Key, Span | None]:
    """The formulas that are read, each with the first place where it certainly is.

    Two sorts of mention may be no reading at all: a bare word that is also one of a choice, and a name behind a
    reference to any kind of one role. They count for the order alone.
    """
    found: dict[Key, Span | None] = {}
    stack = [(expression, False) for expression in formula.expressions]
    while stack:
        node, stream = stack.pop()
        if isinstance(node, nodes.Path):
            for key, certain in _named(node.names, formula, stream, tables):
                certain = certain and node.text not in words
                found[key] = found.get(key) or (node.span if certain else None)
            continue
        inside = stream or (isinstance(node, nodes.Call) and node.function.names[0] == "served")
        stack += [(child, inside) for child in children(node)]
    return found


def _named(names: Sequence[str], formula: _Formula, stream: bool, tables: Tables) -> list[tuple[Key, bool]]:
    """The formulas that a path passes, and whether it certainly does."""
    kind = formula.kind
    if kind is not None:
        if stream:
            workloads = [k for k in tables.kinds_with_role("workload") if k.has(names[0])]
            if workloads:
                return _passed(workloads, names)
        if kind.has(names[0]):
            return _passed([kind], names)
    return _from_file(names, formula.file, tables)


def _from_file(names: Sequence[str], file: FileScope, tables: Tables) -> list[tuple[Key, bool]]:
    declared, rest = file.values.get(names[0]), names[1:]
    if declared is None and rest:
        alias = file.loaded.imports.get(names[0])
        target = tables.standard if alias == "std" else tables.files.get(alias or "")
        declared, rest = (target.values.get(names[1]) if target else None), names[2:]
    if declared is None:
        return []
    match declared.sort:
        case "assume" | "let":
            return [(("", declared.key), True)]
        case "component":
            draft = tables.components.get(declared.key)
            return _passed([draft.kind], rest) if draft else []
        case "option" if rest:
            return _from_file(rest, declared.file, tables)
        case _:
            return []


def _passed(kinds: list[KindDraft], names: Sequence[str]) -> list[tuple[Key, bool]]:
    """Through references to the formulas that are named; of several kinds it may be any."""
    found: list[tuple[Key, bool]] = []
    for name in names:
        found += [((kind.name, name), len(kinds) == 1) for kind in kinds if name in kind.formula_items]
        declared = [(kind, kind.attributes[name].type) for kind in kinds if name in kind.attributes]
        kinds = [k for kind, type_ in declared if isinstance(type_, ReferenceType) for k in kind.targets(type_)]
    return found


def _circles(
    component: list[Key], edges: dict[Key, dict[Key, Span | None]], formulas: dict[Key, _Formula], tables: Tables
) -> None:
    """Reports each circle that is certain, with every edge."""
    members = set(component)
    certain = {
        key: {k: span for k, span in edges[key].items() if k in members and span is not None} for key in component
    }
    graph = {key: list(read) for key, read in certain.items()}
    for circle in strong_components(graph):
        if len(circle) > 1 or circle[0] in graph[circle[0]]:
            tables.circular |= set(circle)
            _report(one_cycle(circle, graph), certain, formulas, tables)


def _words(tables: Tables) -> set[str]:
    """All that a choice can be."""
    attributes = [a.type for kind in tables.kinds.values() for a in kind.attributes.values()]
    choices = [*tables.choices.values(), *(type_ for type_ in attributes if isinstance(type_, ChoiceType))]
    return {word for choice in choices for word in choice.values}


def _report(
    circle: list[Key], edges: dict[Key, dict[Key, Span]], formulas: dict[Key, _Formula], tables: Tables
) -> None:
    shown = [f"{kind}.{name}" if kind else name for kind, name in circle]
    following = [*circle[1:], circle[0]]
    spans = [edges[one][other] for one, other in zip(circle, following, strict=True)]
    notes = [f"`{one}` reads `{other}`" for one, other in zip(shown, [*shown[1:], shown[0]], strict=True)]
    Scope(tables, formulas[circle[0]].file, "value").report(
        problems.CYCLE,
        "values depend on each other in a circle: " + " → ".join([*shown, shown[0]]),
        spans[0],
        note=notes[0],
        labels=tuple(Label(span, note) for span, note in zip(spans[1:], notes[1:], strict=True)),
        help="state one of them as a number of its own",
    )
