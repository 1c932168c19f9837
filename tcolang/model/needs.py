"""Which formulas depend on how much is served or who is assigned, and so on the option."""

from __future__ import annotations

from functools import lru_cache

from tcolang.semantics.program import Kind, Program
from tcolang.semantics.terms import (
    Apply,
    Assigned,
    AttributeOf,
    Dated,
    Flow,
    Listing,
    OfComponent,
    Own,
    Owner,
    Term,
    Through,
)
from tcolang.semantics.types import ReferenceType


def needs_option(program: Program, kind: str, name: str) -> bool:
    """Whether a formula or cost line of a kind reads `served` or `assigned`, itself or through others."""
    return (kind, name) in _dependent(_Kinds(program))


class _Kinds:
    """The kinds of a program, compared by identity so that the answer is worked out once."""

    def __init__(self, program: Program) -> None:
        self.kinds = program.kinds
        self.components = program.components

    def named_by(self, type_: ReferenceType) -> list[str]:
        if type_.role:
            return [kind.name for kind in self.kinds.values() if kind.role == type_.kind]
        return [type_.kind] if type_.kind in self.kinds else []

    def __hash__(self) -> int:
        return id(self.kinds)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kinds) and self.kinds is other.kinds


@lru_cache(maxsize=8)
def _dependent(program: _Kinds) -> frozenset[tuple[str, str]]:
    """Those that read it directly, and all that read one of these, however long the chain."""
    found: dict[tuple[str, str], None] = {}
    readers: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind in program.kinds.values():
        members = {name: f.term for name, f in kind.formulas.items()} | {n: c.term for n, c in kind.costs.items()}
        for name, term in members.items():
            served, read = _scan(term, kind, program)
            if served:
                found[kind.name, name] = None
            for place in read:
                readers.setdefault(place, []).append((kind.name, name))
    waiting = list(found)
    while waiting:
        for reader in readers.get(waiting.pop(), ()):
            if reader not in found:
                found[reader] = None
                waiting.append(reader)
    return frozenset(found)


def _scan(term: Term, kind: Kind, program: _Kinds) -> tuple[bool, list[tuple[str, str]]]:
    served = False
    read: list[tuple[str, str]] = []
    stack: list[Term] = [term]
    while stack:
        part = stack.pop()
        match part:
            case Flow() | Assigned():
                served = True
            case Apply(_, arguments):
                stack += arguments
            case Listing(items):
                stack += items
            case Dated(segments):
                stack += [inner for _, inner in segments]
            case AttributeOf(owner, name):
                read += [(owned, name) for owned in _kinds_of(owner, kind, program)]
    return served, read


def _kinds_of(owner: Owner, kind: Kind, program: _Kinds) -> list[str]:
    """Several where a reference names a role."""
    match owner:
        case Own():
            return [kind.name]
        case OfComponent(key):
            return [program.components[key].kind]
        case Through(inner, attribute):
            through = [program.kinds[name].attributes.get(attribute) for name in _kinds_of(inner, kind, program)]
            types = [declared.type for declared in through if declared is not None]
            return [name for type_ in types if isinstance(type_, ReferenceType) for name in program.named_by(type_)]
        case _:
            return []
