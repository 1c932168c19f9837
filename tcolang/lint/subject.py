"""What a lint rule looks at: a checked program and its model, and the questions that many rules ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tcolang.base.record import field, record
from tcolang.base.source import Span
from tcolang.lint.estimate import Estimate
from tcolang.model.costmodel import CostModel, Node, OptionModel
from tcolang.semantics.program import Allowance, Component, Program, Value
from tcolang.semantics.terms import Symbol
from tcolang.semantics.types import ReferenceType

"""Files that come with the tool, in which nothing is found."""


@record
class Subject:
    """`estimates` are rough values of nodes by key; `as_of` is the date by which all is judged, if there is one."""

    program: Program
    model: CostModel
    estimates: Mapping[str, Estimate]
    as_of: float | None
    unused: tuple[Allowance, ...] = field(default=())


def is_own(span: Span) -> bool:
    """Whether it lies in a file of the project."""
    return not span.file.shipped


def running_models(subject: Subject) -> Iterator[OptionModel]:
    """Options in which at least some requests are answered by models that we run ourselves."""
    for option in subject.model.options:
        if option.family in ("self_host", "hybrid"):
            yield option


def own_components(subject: Subject) -> Iterator[Component]:
    """Components that the project declares."""
    for component in subject.program.components.values():
        if is_own(component.span):
            yield component


def stated(subject: Subject) -> Iterator[tuple[str, Value]]:
    """All that the project states of its components, by key, in order of writing: not defaults."""
    for component in own_components(subject):
        for name, value in component.values.items():
            yield f"{component.key}.{name}", value


def references(subject: Subject, key: str) -> tuple[str, ...]:
    """The component and all those it refers to, directly or through others."""
    found: dict[str, None] = {}
    pending = [key]
    while pending:
        current = pending.pop()
        component = subject.program.components.get(current)
        if component is None or current in found:
            continue
        found[current] = None
        for value in component.values.values():
            for segment in value.segments:
                if isinstance(segment.term, Symbol) and isinstance(segment.term.type, ReferenceType):
                    pending.append(segment.term.value)
    return tuple(found)


def reached(subject: Subject, option: OptionModel) -> tuple[str, ...]:
    """Every component that an option uses: deployments, their machines, staff and the rest."""
    stated_option = subject.program.options[option.name]
    first = [route.deployment for route in option.routes]
    first += [role for role, _ in option.staff]
    first += stated_option.uses
    first += [option.bridge] if option.bridge else []
    return tuple(dict.fromkeys(key for one in first for key in references(subject, one)))


def node(subject: Subject, key: str) -> Node | None:
    index = subject.model.index.get(key)
    return None if index is None else subject.model.nodes[index]


def middle(subject: Subject, key: str) -> float | None:
    """The middle value of a node at the start, in canonical units; None where it cannot be told."""
    estimate = subject.estimates.get(key)
    return None if estimate is None else estimate.middle


def words(subject: Subject, key: str, name: str) -> str | None:
    """An attribute of a component that is a text, a choice or a reference, as stated."""
    component = subject.program.components.get(key)
    value = component.values.get(name) if component is not None else None
    term = value.segments[-1].term if value is not None else None
    return term.value if isinstance(term, Symbol) else None
