"""Which formulas depend on how much is served or who is assigned, and so on the option."""

from __future__ import annotations

from functools import lru_cache

from tcolang.semantics.program import Kind, Program
from tcolang.semantics.terms import Apply, Assigned, AttributeOf, Dated, Flow, Listing, Own, Owner, Term, Through
from tcolang.semantics.types import ReferenceType


def needs_option(program: Program, kind: str, name: str) -> bool:
    """Whether a formula or cost line of a kind reads `served` or `assigned`, itself or through others."""
    return (kind, name) in _dependent(_Kinds(program))


class _Kinds:
    """The kinds of a program, compared by identity so that the answer is worked out once."""

    def __init__(self, program: Program) -> None:
        self.kinds = program.kinds

    def __hash__(self) -> int:
        return id(self.kinds)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kinds) and self.kinds is other.kinds


@lru_cache(maxsize=8)
def _dependent(program: _Kinds) -> frozenset[tuple[str, str]]:
    """By repetition until nothing is added: formulas may read each other in any order."""
    direct: set[tuple[str, str]] = set()
    reads: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind in program.kinds.values():
        members = {name: f.term for name, f in kind.formulas.items()} | {n: c.term for n, c in kind.costs.items()}
        for name, term in members.items():
            served, read = _scan(term, kind, program)
            if served:
                direct.add((kind.name, name))
            reads[kind.name, name] = read
    found = set(direct)
    while True:
        more = {place for place, read in reads.items() if place not in found and any(r in found for r in read)}
        if not more:
            return frozenset(found)
        found |= more


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
                owned = _kind_of(owner, kind, program)
                read += [(owned, name)] if owned else []
    return served, read


def _kind_of(owner: Owner, kind: Kind, program: _Kinds) -> str | None:
    match owner:
        case Own():
            return kind.name
        case Through(inner, attribute):
            name = _kind_of(inner, kind, program)
            declared = program.kinds[name].attributes.get(attribute) if name else None
            return declared.type.kind if declared and isinstance(declared.type, ReferenceType) else None
        case _:
            return None
