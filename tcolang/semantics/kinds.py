"""Kinds: what their components state, and the formulas and cost lines they have in common."""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.base.diagnostics import Label
from tcolang.base.suggest import did_you_mean
from tcolang.semantics.check import check, sentence
from tcolang.semantics.costs import cost_line
from tcolang.semantics.operators import needs_flag
from tcolang.semantics.problems import names as problems
from tcolang.semantics.program import Attribute, Formula, Kind, Provenance, Requirement, Segment, Value
from tcolang.semantics.scope import KindDraft, Scope, Tables, is_poison, natural_unit
from tcolang.semantics.types import AnyType, ChoiceType, CurveType, ListType, QuantityType, Type
from tcolang.semantics.typing import ROLES, typed
from tcolang.semantics.values import accepted, provenance
from tcolang.semantics.words import fits, words
from tcolang.syntax import items
from tcolang.units.dimension import NUMBER, base

_FLOW = QuantityType(base("request") / base("time"))
_TOKENS = QuantityType(base("token") / base("time"))
_CUSTODY = ChoiceType("custody", (), ordered=True)
CONTRACTS: Mapping[str, tuple[tuple[str, Type, str], ...]] = {
    "workload": (
        ("requests", _FLOW, "requests: request/month"),
        ("tokens", _TOKENS, "let tokens = requests * (input_tokens + output_tokens)"),
        ("peak_to_average", QuantityType(NUMBER), "peak_to_average: number = 3"),
    ),
    "deployment": (("custody", _CUSTODY, "custody: custody"),),
    "staffing": (),
}
OPTIONAL: Mapping[str, tuple[tuple[str, Type, str], ...]] = {
    "workload": (
        ("profile", ListType(QuantityType(NUMBER)), "profile?: list of number"),
        ("load_curve", CurveType(), "load_curve?: curve"),
    ),
}
"""What it may state, in the form in which it is understood."""
"""What a kind with a role has to state, and how that is written."""


def declare_attributes(draft: KindDraft, tables: Tables) -> None:
    """First pass: names and types, so that formulas of other kinds can be checked against them."""
    scope = Scope(tables, draft.file, "value")
    _role(draft, scope)
    seen: dict[str, items.AttributeDeclaration | items.Let | items.CostLine] = {}
    for member in draft.item.members:
        if isinstance(member, items.Requirement):
            continue
        name = member.name.text
        if name in seen:
            scope.report(
                problems.DECLARED_TWICE,
                f"`{name}` is declared twice in `{draft.name}`",
                member.name.span,
                labels=(Label(seen[name].name.span, "declared here first"),),
                help="give one of them another name",
            )
            continue
        seen[name] = member
        match member:
            case items.AttributeDeclaration():
                type_, unit = typed(member.typing, scope, name)
                draft.attributes[name] = Attribute(
                    name, type_, unit, member.optional, None, member.doc, member.name.span
                )
            case items.Let():
                draft.formula_items[name] = member
            case items.CostLine():
                draft.cost_items[name] = member
    draft.siblings = tables.kinds


def check_kind(draft: KindDraft, tables: Tables) -> Kind:
    """Second pass: defaults, formulas, cost lines and the contract of its role."""
    for member in draft.item.members:
        if isinstance(member, items.AttributeDeclaration) and member.default is not None:
            _default(draft, member, tables)
    for name, item in draft.cost_items.items():
        scope = Scope(tables, draft.file, "cost", kind=draft)
        draft.costs[name] = cost_line(item, scope)
    _contract(draft, Scope(tables, draft.file, "value"))
    return Kind(
        draft.name,
        draft.role,
        draft.item.title,
        dict(draft.attributes),
        dict(draft.formulas),
        dict(draft.costs),
        tuple(_requirement(m, draft, tables) for m in draft.item.members if isinstance(m, items.Requirement)),
        draft.item.doc,
        draft.item.name.span,
    )


def _requirement(item: items.Requirement, draft: KindDraft, tables: Tables) -> Requirement:
    scope = Scope(tables, draft.file, "formula", kind=draft)
    condition = check(item.condition, scope)
    needs_flag(condition, scope)
    because = sentence(item.because, scope)
    return Requirement(condition, because, item.strict, item.condition.span.text, item.condition.span)


def check_formula(draft: KindDraft, name: str, tables: Tables) -> None:
    """One formula, once."""
    if name in draft.formulas:
        return
    item = draft.formula_items[name]
    draft.under_way.add(name)
    scope = Scope(tables, draft.file, "formula", kind=draft)
    draft.formulas[name] = formula(item, scope)
    draft.under_way.discard(name)


def formula(item: items.Let, scope: Scope) -> Formula:
    """A `let`, with its declared type or the one it turns out to have."""
    name = item.name.text
    type_, unit = typed(item.typing, scope, name) if item.typing else (None, None)
    term = check(item.value, scope, type_)
    if type_ is not None:
        term = accepted(term, type_, unit, scope, name)
    shown = type_ if type_ is not None else term.type
    return Formula(
        name,
        shown,
        unit or natural_unit(shown),
        term,
        provenance(item.clauses, scope),
        item.doc,
        item.value.span.text,
        item.name.span,
    )


def _default(draft: KindDraft, member: items.AttributeDeclaration, tables: Tables) -> None:
    name = member.name.text
    attribute = draft.attributes[name]
    if attribute.span != member.name.span or member.default is None:
        return
    scope = Scope(tables, draft.file, "value")
    term = check(member.default, scope, attribute.type)
    term = accepted(term, attribute.type, attribute.unit, scope, name)
    stated = provenance(member.clauses, scope)
    segment = Segment(None, term, Provenance(stated.source, stated.note, is_default=True), True, member.default.span)
    type_ = term.type if fits(term.type, attribute.type) and not is_poison(term) else attribute.type
    joined = type_ if not isinstance(attribute.type, QuantityType | ChoiceType | ListType) else attribute.type
    value = Value((segment,), joined, attribute.unit or natural_unit(attribute.type), member.span)
    draft.attributes[name] = Attribute(
        name, attribute.type, attribute.unit, attribute.optional, value, attribute.doc, attribute.span
    )


def _role(draft: KindDraft, scope: Scope) -> None:
    role = draft.item.role
    if role is not None and role.text not in ROLES:
        scope.report(
            problems.UNKNOWN_ROLE,
            f"there is no role `{role.text}`",
            role.span,
            help=did_you_mean(role.text, ROLES)
            or f"roles are {', '.join(ROLES)}; a kind without one is reached by reference",
        )


def _contract(draft: KindDraft, scope: Scope) -> None:
    for name, type_, written in (*CONTRACTS.get(draft.role, ()), *OPTIONAL.get(draft.role, ())):
        actual = _type_of(draft, name, scope)
        if actual is None and (name, type_, written) in OPTIONAL.get(draft.role, ()):
            continue
        if actual is None:
            scope.report(
                problems.ROLE_UNMET,
                f"a kind with the role `{draft.role}` has `{name}`, and `{draft.name}` has not",
                draft.item.name.span,
                help=f"add `{written}`",
            )
        elif not _meets(actual, type_):
            scope.report(
                problems.ROLE_UNMET,
                f"`{name}` of a {draft.role} is {words(type_) if type_ is not _CUSTODY else 'the choice `custody`'}",
                draft.item.name.span,
                note=f"here it is {words(actual)}",
                help=f"write `{written}`",
            )


def _type_of(draft: KindDraft, name: str, scope: Scope) -> Type | None:
    if (draft.name, name) in scope.tables.circular:
        return AnyType()
    if name in draft.attributes:
        return draft.attributes[name].type
    return draft.formulas[name].type if name in draft.formulas else None


def _meets(actual: Type, wanted: Type) -> bool:
    if wanted is _CUSTODY:
        return fits(actual, ChoiceType("", (), True)) or (isinstance(actual, ChoiceType) and actual.name == "custody")
    return fits(actual, wanted)
