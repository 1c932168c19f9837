"""Names: from `our.acme_large.input_price` to what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.base.suggest import did_you_mean
from tcolang.semantics.problems import names as problems
from tcolang.semantics.problems import units as unit_problems
from tcolang.semantics.results import DECISION_RESULTS, LATE, OPTION_RESULTS
from tcolang.semantics.scope import UPSTREAM, Declared, FileScope, KindDraft, Scope, is_poison, poison
from tcolang.semantics.terms import (
    Assigned,
    AttributeOf,
    Constant,
    Global,
    Identity,
    NodeValue,
    OfComponent,
    OfDecision,
    OfOption,
    OfVariable,
    Own,
    Owner,
    Symbol,
    Term,
    Through,
)
from tcolang.semantics.types import (
    AnyType,
    ChoiceType,
    DateType,
    GrowthType,
    OptionType,
    PercentileType,
    QuantityType,
    ReferenceType,
    TextType,
    Type,
)
from tcolang.semantics.words import fits, words
from tcolang.syntax import items, nodes
from tcolang.syntax.problems import NESTING_LIMIT
from tcolang.units.dimension import base


@record
class Found:
    """An owner of attributes, and the kinds that say which (several for the workloads of a rule or stream)."""

    owner: Owner
    kinds: tuple[KindDraft, ...]
    type: Type
    option: bool = False
    decision: bool = False


def path_term(node: nodes.Path, scope: Scope, expected: Type | None) -> Term:
    """What the path stands for; a finding, and a term that fits everywhere, where it stands for nothing."""
    word = _word(node, expected)
    if word is not None:
        return word
    if len(node.names) > scope.tables.limits.nesting:
        return scope.wrong(
            NESTING_LIMIT,
            f"a path has more than {scope.tables.limits.nesting} names",
            node.span,
            help="name what it leads to directly",
        )
    if scope.base is not None and node.names == ("base",):
        return NodeValue("base", scope.base, node.span)
    if node.names == ("assigned", "fte") and scope.kind is not None and scope.kind.role == "staffing":
        return Assigned(QuantityType(base("FTE")), node.span)
    found = _head(node, scope)
    if found is None:
        return _unknown(node, node.names[0], _visible(scope), scope, expected)
    start, used = found
    if isinstance(start, Found):
        return _attributes(start, node, used, scope)
    if used < len(node.names):
        return scope.wrong(
            problems.UNKNOWN_ATTRIBUTE,
            f"`{'.'.join(node.names[:used])}` is a value and has no `{node.names[used]}`",
            node.span,
            help=f"write `{'.'.join(node.names[:used])}` alone",
        )
    return start


def find_owner(node: nodes.Path, scope: Scope) -> Found | None:
    """The component, option or loop variable a whole path names; None where it names something else or nothing."""
    found = _head(node, scope) if len(node.names) <= scope.tables.limits.nesting else None
    if found is None or not isinstance(found[0], Found):
        return None
    start, used = found[0], found[1]
    if isinstance(start.owner, Own) or start.owner == OfVariable("stream"):
        used -= 1
    for name in node.names[used:]:
        step = _reference(start, name)
        if step is None:
            return None
        start = step
    return start


def _word(node: nodes.Path, expected: Type | None) -> Term | None:
    """A bare word that the expected type gives a meaning to."""
    if len(node.names) > 1:
        return None
    name = node.names[0]
    if isinstance(expected, ChoiceType) and name in expected.values:
        return Symbol(name, expected, node.span)
    if isinstance(expected, OptionType) and name == "none":
        return Symbol(name, expected, node.span)
    if isinstance(expected, PercentileType) and re.fullmatch(r"P[0-9]{1,2}", name):
        return Constant(int(name[1:]) / 100, expected, node.span)
    return None


def _head(node: nodes.Path, scope: Scope) -> tuple[Found | Term, int] | None:
    """What the first name (or two, behind an import) stands for, and how many names that took."""
    name = node.names[0]
    if name in scope.variables:
        return _variable(name, scope), 1
    if scope.kind is not None:
        own = _own(node, scope)
        if own is not None:
            return own, 1
    if name == "decision":
        return Found(OfDecision(), _kinds(scope, "decision"), AnyType(), decision=True), 1
    return _in_file(node, scope.file, scope)


def _variable(name: str, scope: Scope) -> Found:
    if name == "option":
        return Found(OfVariable("option"), _kinds(scope, "option"), OptionType(), option=True)
    kinds = tuple(scope.tables.kinds_with_role("workload"))
    return Found(OfVariable("workload"), kinds, ReferenceType("workload", role=True))


def _own(node: nodes.Path, scope: Scope) -> Found | None:
    """A name of the kind itself, or inside `served.…` of its workloads."""
    name = node.names[0]
    assert scope.kind is not None
    mine = scope.kind.has(name)
    if scope.stream:
        kinds = tuple(kind for kind in scope.tables.kinds_with_role("workload") if kind.has(name))
        if kinds and mine:
            scope.report(
                problems.NAME_IN_BOTH,
                f"`{name}` is a name of the workload and of `{scope.kind.name}`",
                node.span,
                help=f"name it in a formula outside of `served`: `let own_{name} = {name}`",
            )
        if kinds:
            return Found(OfVariable("stream"), kinds, AnyType())
    return Found(Own(), (scope.kind,), AnyType()) if mine else None


def _kinds(scope: Scope, name: str) -> tuple[KindDraft, ...]:
    kind = scope.tables.kinds.get(name)
    return (kind,) if kind else ()


def _in_file(node: nodes.Path, file: FileScope, scope: Scope) -> tuple[Found | Term, int] | None:
    name = node.names[0]
    declared = file.values.get(name)
    if declared is not None:
        return _declared(declared, node, 1, scope)
    alias = file.loaded.imports.get(name)
    if alias is None or len(node.names) < 2:
        return None
    target = scope.tables.standard if alias == "std" else scope.tables.files.get(alias)
    declared = target.values.get(node.names[1]) if target else None
    if declared is not None:
        return _declared(declared, node, 2, scope)
    if target is None:
        return poison(node.span), len(node.names)
    _unknown(node, node.names[1], target.values, scope, None)
    return poison(node.span), len(node.names)


def _declared(declared: Declared, node: nodes.Path, used: int, scope: Scope) -> tuple[Found | Term, int] | None:
    match declared.sort:
        case "assume" | "let":
            return _global(declared, node, scope), used
        case "component":
            draft = scope.tables.components.get(declared.key)
            if draft is None:
                return poison(node.span), len(node.names)
            return Found(OfComponent(declared.key), (draft.kind,), ReferenceType(draft.kind.name)), used
        case "option":
            return _option(declared, node, used, scope)
        case "decision":
            return Found(OfDecision(), _kinds(scope, "decision"), AnyType(), decision=True), used


def _global(declared: Declared, node: nodes.Path, scope: Scope) -> Term:
    tables = scope.tables
    if ("", declared.key) in tables.circular:
        return poison(node.span)
    if declared.key not in tables.assumptions and declared.key not in tables.formulas:
        if declared.key in tables.under_way or tables.check_global is None:
            return _circular(declared.key, node.span, scope)
        tables.check_global(tables, declared)
    assumption = tables.assumptions.get(declared.key)
    if assumption is not None:
        return Global(declared.key, assumption.value.type, node.span)
    formula = tables.formulas.get(declared.key)
    if formula is None:
        return poison(node.span)
    if formula.reads_results:
        if scope.place in UPSTREAM:
            return _result_upstream(node, scope)
        scope.reads_results.append(node.span)
    return Global(declared.key, formula.formula.type, node.span)


def _circular(name: str, span: Span, scope: Scope) -> Term:
    """Where a word that could be a choice has turned out to be a name; all other circles are found before."""
    return scope.wrong(
        problems.CYCLE,
        f"`{name}` depends on itself",
        span,
        help="state one of the values in the circle as a number of its own",
    )


def _result_upstream(node: nodes.Path, scope: Scope) -> Term:
    return scope.wrong(
        problems.RESULT_IN_COST,
        f"`{node.text}` is a result, and costs are worked out before any result",
        node.span,
        help="compare results in a `let` at the top of the file, in a rule or in an `expect`",
    )


def _option(declared: Declared, node: nodes.Path, used: int, scope: Scope) -> tuple[Found | Term, int]:
    """`self_host`, or a component as an option runs it: `self_host.onprem.servers`, `self_host.our.acme.fresh`."""
    name = declared.item.name.text
    rest = nodes.Path(node.names[used:], node.span) if used < len(node.names) else None
    if rest is not None and rest.names[0] not in OPTION_RESULTS:
        inner = _in_file(rest, declared.file, scope) if _is_component(rest, declared.file) else None
        if inner is not None and not isinstance(inner[0], Found) and is_poison(inner[0]):
            return inner[0], len(node.names)
        if inner is not None and isinstance(inner[0], Found) and isinstance(inner[0].owner, OfComponent):
            if scope.place in UPSTREAM and name != scope.option:
                return _result_upstream(node, scope), len(node.names)
            scope.reads_results.append(node.span)
            return Found(OfOption(name, inner[0].owner.key), inner[0].kinds, inner[0].type), used + inner[1]
    return Found(OfOption(name), _kinds(scope, "option"), OptionType(), option=True), used


def _is_component(path: nodes.Path, file: FileScope) -> bool:
    declared = file.values.get(path.names[0])
    return (declared is not None and declared.sort == "component") or path.names[0] in file.loaded.imports


def _attributes(start: Found, node: nodes.Path, used: int, scope: Scope) -> Term:
    """Follows the rest of a path through references to an attribute."""
    if isinstance(start.owner, Own) or start.owner == OfVariable("stream"):
        used -= 1
    rest = node.names[used:]
    if not rest:
        return _itself(start, node)
    for name in rest[:-1]:
        step = _reference(start, name)
        if step is None:
            return _no_attribute(start, name, node, scope, reference=True)
        start = step
    return _attribute(start, rest[-1], node, scope)


def _itself(start: Found, node: nodes.Path) -> Term:
    match start.owner:
        case OfComponent(key):
            return Symbol(key, start.type, node.span)
        case OfOption(option, None):
            return Symbol(option, OptionType(), node.span)
        case OfVariable():
            return Identity(start.owner, start.type, node.span)
        case _:
            return Identity(start.owner, TextType(), node.span)


def _reference(start: Found, name: str) -> Found | None:
    for kind in start.kinds:
        attribute = kind.attributes.get(name)
        if attribute and isinstance(attribute.type, ReferenceType):
            return Found(Through(start.owner, name), tuple(kind.targets(attribute.type)), attribute.type)
    return None


def _attribute(start: Found, name: str, node: nodes.Path, scope: Scope) -> Term:
    if start.option and name in OPTION_RESULTS:
        return _result(start, name, OPTION_RESULTS[name], node, scope)
    if start.decision and name in DECISION_RESULTS:
        return _result(start, name, DECISION_RESULTS[name], node, scope)
    if start.decision and name in STRUCTURAL:
        return AttributeOf(start.owner, name, STRUCTURAL[name], node.span)
    if isinstance(start.owner, OfOption) and start.owner.component is None:
        own = _option_member(start.owner.option, name, scope)
        if own is not None:
            return AttributeOf(start.owner, name, own, node.span)
    having = [kind for kind in start.kinds if kind.has(name)]
    if not having:
        return _no_attribute(start, name, node, scope)
    # One that is being checked has its type from the others.
    ready = [kind for kind in having if name not in kind.under_way] or having[:1]
    types = [member_type(kind, name, scope) or AnyType() for kind in ready]
    unlike = next((i for i, type_ in enumerate(types) if not fits(type_, types[0])), None)
    if unlike is not None:
        return scope.wrong(
            unit_problems.UNLIKE,
            f"`{name}` is {words(types[0])} in a {ready[0].name}, and {words(types[unlike])} in a {ready[unlike].name}",
            node.span,
            help="what is asked of several kinds measures the same in all of them",
        )
    return AttributeOf(start.owner, name, types[0], node.span)


STRUCTURAL: dict[str, Type] = {
    "start": DateType(),
    "as_of": DateType(),
    "horizon": QuantityType(base("time")),
    "discount_rate": GrowthType(),
}
"""What every decision has, whatever facts it states."""


def _option_member(option: str, name: str, scope: Scope) -> Type | None:
    block = scope.tables.options.get(option)
    for member in block.members if block else ():
        if isinstance(member, items.CostLine) and member.name.text == name:
            return QuantityType(base("money") / base("time"))
    return None


def _result(start: Found, name: str, type_: Type, node: nodes.Path, scope: Scope) -> Term:
    if name in LATE and scope.place != "expect":
        return scope.wrong(
            problems.TOO_EARLY,
            f"`{node.text}` is known only once the decision is made",
            node.span,
            help="ask for it in an `expect`, or in a `test`",
        )
    if scope.place in UPSTREAM:
        return _result_upstream(node, scope)
    scope.reads_results.append(node.span)
    return AttributeOf(start.owner, name, type_, node.span)


def member_type(kind: KindDraft, name: str, scope: Scope) -> Type | None:
    """The type of an attribute, formula or cost line; formulas are checked when first asked for."""
    attribute = kind.attributes.get(name)
    if attribute is not None:
        return attribute.type
    if name in kind.cost_items:
        return QuantityType(base("money") / base("time"))
    if name in kind.formula_items:
        if name in kind.formulas:
            return kind.formulas[name].type
        if (kind.name, name) in scope.tables.circular or kind.check_formula is None:
            return AnyType()
        if name in kind.under_way:
            _circular(f"{kind.name}.{name}", kind.formula_items[name].name.span, scope)
            return AnyType()
        if sum(len(k.under_way) for k in scope.tables.kinds.values()) > scope.tables.limits.nesting:
            scope.report(
                NESTING_LIMIT,
                f"formulas of kinds lead to each other more than {scope.tables.limits.nesting} times",
                kind.formula_items[name].name.span,
                help="declare its type: `let custody: custody = …`",
            )
            return AnyType()
        kind.check_formula(kind, name)
        return kind.formulas[name].type if name in kind.formulas else AnyType()
    return None


def _no_attribute(start: Found, name: str, node: nodes.Path, scope: Scope, *, reference: bool = False) -> Term:
    known = [n for kind in start.kinds for n in kind.member_names()]
    known += list(OPTION_RESULTS) if start.option else []
    known += list(DECISION_RESULTS) + list(STRUCTURAL) if start.decision else []
    what = (
        "an option"
        if start.option
        else "a decision"
        if start.decision
        else f"a {start.kinds[0].name}"
        if start.kinds
        else "this"
    )
    hint = did_you_mean(name, known)
    if reference and not hint:
        hint = "only a reference to another component can be followed by a further name"
    listed = f"it has: {', '.join(sorted(set(known))[:30])}" if known else ""
    return scope.wrong(problems.UNKNOWN_ATTRIBUTE, f"{what} has no `{name}`", node.span, help=hint or listed)


def _unknown(node: nodes.Path, name: str, candidates: Iterable[str], scope: Scope, expected: Type | None) -> Term:
    known = list(candidates)
    if isinstance(expected, ChoiceType) and len(node.names) == 1:
        return scope.wrong(
            problems.UNKNOWN_CHOICE,
            f"`{name}` is not one of the choices",
            node.span,
            help=did_you_mean(name, expected.values) or f"choose one of {', '.join(expected.values)}",
        )
    if name in scope.tables.units.words and not did_you_mean(name, known):
        return scope.wrong(
            unit_problems.UNIT_AS_NAME,
            f"`{name}` is a unit, and a name is expected here",
            node.span,
            help="a unit stands right behind a number: `5 EUR`; `1 / hour` is written `1 per 1 hour`",
        )
    meant = _meant(expected, scope)
    return scope.wrong(
        problems.UNKNOWN_NAME,
        f"there is nothing called `{name}` here",
        _first_name(node, name),
        help=did_you_mean(name, known) or _declare(name) if meant is None else _one_of(name, meant),
    )


def _meant(expected: Type | None, scope: Scope) -> list[str] | None:
    """All that could stand here, where only options do, or components of some kind."""
    if isinstance(expected, OptionType):
        return list(scope.tables.options)
    if isinstance(expected, ReferenceType):
        drafts = scope.tables.components.values()
        role, kind = (expected.kind, "") if expected.role else ("", expected.kind)
        return sorted(d.key for d in drafts if (not role or d.kind.role == role) and (not kind or d.kind.name == kind))
    return None


def _one_of(name: str, meant: list[str]) -> str:
    return did_you_mean(name, meant) or (f"there are: {', '.join(meant[:12])}" if meant else "there is none yet")


def _declare(name: str) -> str:
    return f"declare it: `assume {name} = …` for an input people argue about, `let {name} = …` for a formula"


def _first_name(node: nodes.Path, name: str) -> Span:
    offset = node.span.text.find(name)
    start = node.span.start + max(offset, 0)
    return Span(node.span.file, start, start + len(name))


def is_name(node: nodes.Path, scope: Scope) -> bool:
    """Whether the first word of a path is declared, or may as well be one of a choice."""
    name = node.names[0]
    if name in scope.file.values or name in scope.file.loaded.imports or name in (*scope.variables, "decision"):
        return True
    if scope.kind is not None and scope.kind.has(name):
        return True
    if scope.stream and any(kind.has(name) for kind in scope.tables.kinds_with_role("workload")):
        return True
    return scope.base is not None and name == "base"


def _visible(scope: Scope) -> list[str]:
    names = [*scope.file.values, *scope.file.loaded.imports, *scope.variables, "decision"]
    if scope.kind is not None:
        names += scope.kind.member_names()
        if scope.stream:
            names += [n for kind in scope.tables.kinds_with_role("workload") for n in kind.member_names()]
    return names
