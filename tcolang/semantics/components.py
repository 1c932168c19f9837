"""Components: what each states, held against its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tcolang.base.diagnostics import Label
from tcolang.base.suggest import closest, did_you_mean
from tcolang.semantics.problems import names as problems
from tcolang.semantics.program import Attribute, Component, Value
from tcolang.semantics.scope import ComponentDraft, Scope, Tables
from tcolang.semantics.values import value_of
from tcolang.syntax import items


def component(draft: ComponentDraft, tables: Tables) -> Component:
    """Every attribute that is stated; a required one that is not is a finding at the name."""
    scope = Scope(tables, draft.file, "value")
    block = draft.block
    lines = stated(block.members, scope, f"a component of the kind `{draft.kind.name}`")
    values = attribute_values(lines, draft.kind.attributes, scope, f"a {draft.kind.name}", draft.kind.member_names())
    unknown = [name for name in lines if name not in draft.kind.attributes]
    misspelt = {closest(name, draft.kind.member_names()) for name in unknown}
    for name, attribute in draft.kind.attributes.items():
        if name in misspelt:
            continue
        if name not in values and attribute.default is None and not attribute.optional:
            what = attribute.unit.text if attribute.unit else ""
            scope.report(
                problems.MISSING_ATTRIBUTE,
                f"`{block.name.text}` lacks `{name}`",
                block.name.span,
                help=f"add `{name} = … {what}`".rstrip()
                + (f": {attribute.doc.splitlines()[0]}" if attribute.doc else ""),
            )
    return Component(
        draft.key, block.name.text, draft.file.stem, draft.kind.name, block.title, values, block.doc, block.name.span
    )


def stated(members: Iterable[items.Member], scope: Scope, where: str) -> dict[str, list[items.Attribute]]:
    """The attribute lines by name, in order; whatever else stands there is a finding."""
    lines: dict[str, list[items.Attribute]] = {}
    for member in members:
        if isinstance(member, items.Allow):
            continue
        if isinstance(member, items.Attribute) and len(member.path.names) == 1:
            lines.setdefault(member.path.text, []).append(member)
            continue
        scope.report(
            problems.NOT_HERE,
            f"{where} holds lines `name = value`, and this is something else",
            member.path.span if isinstance(member, items.Attribute) else member.span,
            help="formulas and cost lines stand in a kind; cost lines of one option in the option",
        )
    return lines


def stated_once(lines: Sequence[items.Attribute], scope: Scope) -> None:
    """A finding where a line has a second one of its name, or a date: what it states does not change."""
    for line in lines[1:]:
        scope.report(
            problems.SET_TWICE,
            f"`{line.path.text}` is set twice",
            line.span,
            labels=(Label(lines[0].span, "set here first"),),
            help="keep one of them",
        )
    if len(lines) == 1 and lines[0].since is not None:
        scope.report(
            problems.NOT_HERE,
            f"`{lines[0].path.text}` holds for the whole horizon, and has no date",
            lines[0].since.span,
            help=f"`{lines[0].path.text} = {lines[0].value.span.text}`",
        )


def attribute_values(
    lines: Mapping[str, list[items.Attribute]],
    attributes: Mapping[str, Attribute],
    scope: Scope,
    what: str,
    known: Iterable[str],
) -> dict[str, Value]:
    """The values of the lines, each checked against the attribute it sets."""
    values: dict[str, Value] = {}
    for name, group in lines.items():
        attribute = attributes.get(name)
        if attribute is None:
            names = list(known)
            hint = did_you_mean(name, names)
            scope.report(
                problems.UNKNOWN_ATTRIBUTE,
                f"{what} has no `{name}`" + ("" if name not in names else " to set: it is worked out by a formula"),
                group[0].path.span,
                help=hint if name not in names else "",
            )
            continue
        values[name] = value_of(group, scope, attribute.type, attribute.unit, name)
    return values
