"""Workloads one at a time: a model in which an option serves one of them, for all that are of one shape.

Whatever an option does not serve counts as nothing in sums and peaks, so that of the model of a thousand workloads on
ten deployments the part that speaks of one workload is a hundredth. Where two workloads differ in numbers and draws
alone, they share that part, with columns of numbers in the places where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from tcolang.base.record import field, record, state
from tcolang.engine.streams import Piece, Streams, Writing, read_by, written
from tcolang.model.costmodel import Choice, CostModel, Node
from tcolang.semantics.terms import Apply, Constant, Dated, Draw, NodeValue, Term
from tcolang.semantics.types import NUMBER_TYPE
from tcolang.uncertain.distribution import Distribution

MOST_SHAPES = 24
"""With more it is quicker to take the model as it is."""

Drawn: TypeAlias = tuple[str, Distribution]
"""The key of a stream of draws, and what is drawn from it."""


@record
class Template:
    """`model` has one workload. `members` are the choices that it stands for; `shares` its nodes of shares, as many as
    they have deployments. `numbers` has for other nodes the number of each member, `draws` what each draws."""

    model: CostModel
    members: tuple[int, ...]
    shares: tuple[str, ...]
    numbers: Mapping[str, tuple[float, ...]]
    draws: Mapping[str, tuple[Drawn, ...]]


@state
class _Pieces:
    """What each share puts into sums and peaks, as far as it was looked for; `known` are the nodes looked through."""

    streams: Streams
    of: dict[str, list[Piece]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def look_through(self, keys: Iterable[str]) -> None:
        """All that these nodes rest on, but what only streams bring in."""
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key in self.known:
                continue
            self.known.add(key)
            terms = [self.streams.model.node(key).term]
            while terms:
                term = terms.pop()
                match term:
                    case NodeValue(parent):
                        waiting.append(parent)
                    case Apply("sum" | "peak_flow"):
                        for share, piece in self.streams.pieces_of(key, term):
                            if share is None:
                                terms += piece.terms
                            else:
                                self.of.setdefault(share, []).append(piece)
                    case Apply(_, arguments):
                        terms += arguments
                    case Dated(segments):
                        terms += [part for _, part in segments]
                    case _:
                        pass


@state
class _Match:
    """The nodes and numbers of a workload in the places of those of the first one of its shape."""

    model: CostModel
    nodes: dict[str, str] = field(default_factory=dict)
    numbers: dict[int, float] = field(default_factory=dict)
    draws: dict[int, Drawn] = field(default_factory=dict)

    def same(self, one: Iterable[Term], other: Iterable[Term]) -> bool:
        """Whether the terms, and all that they read, differ in numbers and draws alone."""
        waiting: list[tuple[Term, Term, str, str]] = [(a, b, "", "") for a, b in zip(one, other, strict=True)]
        while waiting:
            a, b, first, second = waiting.pop()
            if type(a) is not type(b):
                return False
            match a, b:
                case NodeValue(mine), NodeValue(its):
                    known = self.nodes.get(mine)
                    if known is None:
                        self.nodes[mine] = its
                        if mine != its:
                            left, right = self.model.node(mine), self.model.node(its)
                            if left.sort != right.sort or not _same(left.type, right.type):
                                return False
                            waiting.append((left.term, right.term, left.draw, right.draw))
                    elif known != its:
                        return False
                case Apply(), Apply():
                    if a.function != b.function or len(a.arguments) != len(b.arguments) or a.settings != b.settings:
                        return False
                    waiting += [(x, y, first, second) for x, y in zip(a.arguments, b.arguments, strict=True)]
                case Constant(), Constant():
                    if not _same(a.type, b.type) or self.numbers.setdefault(id(a), float(b.value)) != float(b.value):
                        return False
                case Draw(), Draw():
                    drawn = (_stream(second, b.ordinal), b.distribution)
                    if not _same(a.type, b.type) or self.draws.setdefault(id(a), drawn) != drawn:
                        return False
                case Dated(), Dated():
                    if not _same(a.type, b.type) or [m for m, _ in a.segments] != [m for m, _ in b.segments]:
                        return False
                    waiting += [(x, y, first, second) for (_, x), (_, y) in zip(a.segments, b.segments, strict=True)]
                case _:
                    if a != b:
                        return False
        return True


def templates(streams: Streams, choices: Sequence[Choice], keep: Sequence[str]) -> tuple[Template, ...] | None:
    """For the values of `keep`, whatever workload is served; None where there are too many shapes."""
    pieces = _Pieces(streams)
    pieces.look_through(keep)
    groups: list[tuple[int, list[tuple[int, _Match]]]] = []
    for number, choice in enumerate(choices):
        for first, members in groups:
            match = _matched(pieces, choices[first], choice)
            if match is not None:
                members.append((number, match))
                break
        else:
            own = [part.terms for key in choice.keys for part in pieces.of.get(key, ())]
            pieces.look_through(read_by(own))
            alone = _matched(pieces, choice, choice)
            if len(groups) == MOST_SHAPES or alone is None:
                return None
            groups.append((number, [(number, alone)]))
    return tuple(_template(pieces, choices[first], members, keep) for first, members in groups)


def _matched(pieces: _Pieces, first: Choice, other: Choice) -> _Match | None:
    if first.deployments != other.deployments:
        return None
    match = _Match(pieces.streams.model)
    for mine, its in zip(first.keys, other.keys, strict=True):
        match.nodes[mine] = its
        one, two = pieces.of.get(mine, []), pieces.of.get(its, [])
        if [p.place for p in one] != [p.place for p in two] or [p.profile for p in one] != [p.profile for p in two]:
            return None
        if not match.same((t for p in one for t in p.terms), (t for p in two for t in p.terms)):
            return None
    return match


def _template(pieces: _Pieces, first: Choice, members: Sequence[tuple[int, _Match]], keep: Sequence[str]) -> Template:
    streams = pieces.streams
    matches = [match for _, match in members]
    cases = {mine for match in matches for mine, its in match.nodes.items() if mine != its}
    cases -= streams.shares
    numbers: dict[str, tuple[float, ...]] = {}
    draws: dict[str, tuple[Drawn, ...]] = {}
    asked: dict[int, str] = {}
    stated, drawn = members[0][1].numbers, members[0][1].draws
    for match in matches[1:]:
        stated, drawn = {**match.numbers, **stated}, {**match.draws, **drawn}
    own = _own_numbers(pieces, first, cases)
    for place in own:
        if place in stated:
            values = tuple(match.numbers.get(place, own[place][0]) for match in matches)
            if len(set(values)) > 1:
                asked[place] = f"(given) {len(asked)}"
                numbers[asked[place]] = values
        elif place in drawn:
            default = own[place][1]
            assert default is not None
            asked[place] = f"(given) {len(asked)}"
            draws[asked[place]] = tuple(match.draws.get(place, default) for match in matches)
    writing = Writing(streams, frozenset(first.keys), frozenset(cases), asked)
    made = written(writing, keep, [_given(streams.model, key) for key in (*numbers, *draws)])
    return Template(made, tuple(number for number, _ in members), first.keys, numbers, draws)


def _own_numbers(pieces: _Pieces, first: Choice, cases: set[str]) -> dict[int, tuple[float, Drawn | None]]:
    """The numbers and draws in the pieces of the first workload and in the nodes that are its own, by place."""
    found: dict[int, tuple[float, Drawn | None]] = {}
    waiting = [(t, "") for key in first.keys for piece in pieces.of.get(key, ()) for t in piece.terms]
    model = pieces.streams.model
    waiting += [(model.node(key).term, model.node(key).draw) for key in sorted(cases)]
    while waiting:
        term, draw = waiting.pop()
        match term:
            case Constant():
                found[id(term)] = (float(term.value), None)
            case Draw():
                found[id(term)] = (0.0, (_stream(draw, term.ordinal), term.distribution))
            case Apply():
                waiting += [(part, draw) for part in term.arguments]
            case Dated():
                waiting += [(part, draw) for _, part in term.segments]
            case _:
                pass
    return found


def _given(model: CostModel, key: str) -> Node:
    first = model.nodes[0]
    return Node(
        key, "flow", Constant(1.0, NUMBER_TYPE, first.span), (), NUMBER_TYPE, None, False, False, key, None,
        first.provenance, "", "", first.span,
    )  # fmt: skip


def _same(one: object, other: object) -> bool:
    """Nearly always they are one and the same."""
    return one is other or one == other


def _stream(draw: str, ordinal: int) -> str:
    """As the plan names it."""
    return draw if ordinal == 0 else f"{draw}#{ordinal}"
