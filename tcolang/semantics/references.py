"""References between kinds and between components: none leads back to where it started, or on and on."""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.base.cycles import one_cycle, strong_components
from tcolang.base.diagnostics import Label
from tcolang.base.source import Span
from tcolang.semantics.problems import names as problems
from tcolang.semantics.program import Component, Kind
from tcolang.semantics.scope import Scope, Tables
from tcolang.semantics.terms import Symbol
from tcolang.semantics.types import ReferenceType
from tcolang.syntax.problems import NESTING_LIMIT

Edges = dict[str, dict[str, Span]]
"""What each refers to, with the place where it does."""


def kinds_end(tables: Tables) -> bool:
    """False after a finding: a kind that contains itself, through however many others."""
    edges: Edges = {
        name: {
            a.type.kind: a.span
            for a in draft.attributes.values()
            if isinstance(a.type, ReferenceType) and not a.type.role
        }
        for name, draft in tables.kinds.items()
    }
    circles = _circles(edges)
    for circle in circles:
        first, *others = _spans(circle, edges)
        Scope(tables, tables.main, "value").report(
            problems.KIND_IN_ITSELF,
            "kinds contain each other: " + " → ".join([*circle, circle[0]]),
            first,
            labels=tuple(Label(span, "this one leads on") for span in others),
            help="leave one of the references out, or let it name a role: `a deployment`",
        )
    return not circles


def components_end(components: Mapping[str, Component], kinds: Mapping[str, Kind], tables: Tables) -> None:
    """Findings where components refer to each other in a circle, which roles allow, or in too long a chain."""
    edges = {key: _referred(component, kinds[component.kind]) for key, component in components.items()}
    for circle in _circles(edges):
        first, *others = _spans(circle, edges)
        Scope(tables, tables.main, "value").report(
            problems.CYCLE,
            "components refer to each other in a circle: " + " → ".join([*circle, circle[0]]),
            first,
            labels=tuple(Label(span, "this one leads on") for span in others),
            help="let one of them refer to another component",
        )
    _depth(edges, components, tables)


def _referred(component: Component, kind: Kind) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for name, attribute in kind.attributes.items():
        value = component.values.get(name) or attribute.default
        if isinstance(attribute.type, ReferenceType) and value is not None:
            for segment in value.segments:
                if isinstance(segment.term, Symbol):
                    found.setdefault(segment.term.value, segment.span)
    return found


def _depth(edges: Edges, components: Mapping[str, Component], tables: Tables) -> None:
    depth: dict[str, int] = {}
    most = tables.limits.nesting
    for members in strong_components(edges):
        below = max((depth.get(target, 0) for key in members for target in edges[key]), default=0)
        depth |= dict.fromkeys(members, below + 1)
        if below == most:
            Scope(tables, tables.main, "value").report(
                NESTING_LIMIT,
                f"references lead from component to component more than {most} times",
                components[members[0]].span,
                help="refer to what is needed directly",
            )


def _circles(edges: Edges) -> list[list[str]]:
    found = strong_components(edges)
    return [one_cycle(members, edges) for members in found if len(members) > 1 or members[0] in edges[members[0]]]


def _spans(circle: list[str], edges: Edges) -> list[Span]:
    return [edges[one][other] for one, other in zip(circle, [*circle[1:], circle[0]], strict=True)]
