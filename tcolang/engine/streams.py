"""A model without what is not served: a share that is nothing brings nothing into sums and peaks.

Of the model of a thousand workloads on ten deployments the part that speaks of one way to assign them is a tenth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tcolang.base.record import field, record, replace, state
from tcolang.model.costmodel import Choice, CostModel, Node
from tcolang.semantics.terms import Apply, Constant, Dated, Draw, NodeValue, Term
from tcolang.semantics.types import NUMBER_TYPE


@record
class Piece:
    """What a stream puts into a sum or peak: `place` tells into which one."""

    place: tuple[str, int]
    terms: tuple[Term, ...]
    profile: object


@state
class Streams:
    """Which nodes are multiples of which of the `shares` of workloads on deployments."""

    model: CostModel
    shares: frozenset[str]
    flows: dict[str, str] = field(default_factory=dict)

    def of(self, term: Term) -> str | None:
        """The share that a term is a multiple of: it is zero where the share is."""
        match term:
            case NodeValue(key):
                return key if key in self.shares else self.flows.get(key)
            case Apply("product", factors):
                powers = _setting(term, "powers", len(factors))
                shares = [self.of(factor) for factor in factors]
                if any(share is not None and power < 0 for share, power in zip(shares, powers, strict=True)):
                    return None
                return next((share for share in shares if share is not None), None)
            case _:
                return None

    def pieces_of(self, key: str, term: Apply) -> list[tuple[str | None, Piece]]:
        """The parts of a sum or peak, each with the share that it is a multiple of."""
        place = (key, id(term))
        if term.function == "sum":
            signs = _setting(term, "signs", len(term.arguments))
            return [(self.of(t), Piece(place, (t,), s)) for t, s in zip(term.arguments, signs, strict=True)]
        flows, ratios = term.arguments[0::2], term.arguments[1::2]
        profiles = dict(term.settings).get("profiles")
        each = profiles if isinstance(profiles, tuple) and profiles else (None,) * len(flows)
        return [(self.of(f), Piece(place, (f, r), p)) for f, r, p in zip(flows, ratios, each, strict=True)]


def streams_of(model: CostModel, choices: Sequence[Choice]) -> Streams:
    """Of the assignments among the choices."""
    made = Streams(model, frozenset(key for choice in choices if choice.sort == "assignment" for key in choice.keys))
    for node in model.nodes:
        share = made.of(node.term)
        if share is not None:
            made.flows[node.key] = share
    return made


def serving(streams: Streams, live: frozenset[str], keep: Iterable[str]) -> CostModel:
    """What the nodes `keep` rest on, where no shares but the `live` ones are more than nothing."""
    return written(Writing(streams, live), keep, ())


@state
class Writing:
    """A model while it is written down. `cases` are nodes that differ from workload to workload: they stand beside
    those of the same name that the first workload has, and the places `asked` in them are nodes of their own."""

    streams: Streams
    live: frozenset[str]
    cases: frozenset[str] = frozenset()
    asked: dict[int, str] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)

    def add(self, key: str) -> None:
        """A node by its key in the template."""
        source = self.streams.model.node(_plain(key))
        if key in self.streams.shares:
            term: Term = Constant(0.0, NUMBER_TYPE, source.span)
        elif key != _plain(key):
            term = self.of_case(source.term)
        else:
            term = self.pruned(source.term, key)
        parents = tuple(dict.fromkeys(read_by([(term,)])))
        self.nodes[key] = replace(source, key=key, term=term, parents=parents)
        self.read += parents

    def of_case(self, term: Term) -> Term:
        """A term of one workload, with the places in which workloads differ."""
        match term:
            case Constant() | Draw():
                asked = self.asked.get(id(term))
                return term if asked is None else NodeValue(asked, term.type, term.span)
            case NodeValue(key) if key in self.cases:
                return replace(term, key=of_case(key))
            case Apply():
                return replace(term, arguments=tuple(self.of_case(part) for part in term.arguments))
            case Dated():
                return replace(term, segments=tuple((month, self.of_case(part)) for month, part in term.segments))
            case _:
                return term

    def pruned(self, term: Term, key: str) -> Term:
        """A term without the streams that are not served."""
        match term:
            case Apply("sum" | "peak_flow"):
                kept: list[tuple[tuple[Term, ...], object]] = []
                for share, piece in self.streams.pieces_of(key, term):
                    if share is None:
                        kept.append((tuple(self.pruned(part, key) for part in piece.terms), piece.profile))
                    elif share in self.live:
                        kept.append((tuple(self.of_case(part) for part in piece.terms), piece.profile))
                if not kept:
                    return Constant(0.0, term.type, term.span)
                name = "signs" if term.function == "sum" else "profiles"
                told = tuple(each for _, each in kept)
                settings = (*((n, v) for n, v in term.settings if n != name), (name, told))
                return replace(term, arguments=tuple(t for terms, _ in kept for t in terms), settings=settings)
            case Apply():
                return replace(term, arguments=tuple(self.pruned(part, key) for part in term.arguments))
            case Dated():
                return replace(term, segments=tuple((month, self.pruned(part, key)) for month, part in term.segments))
            case _:
                return term


def written(writing: Writing, keep: Iterable[str], given: Sequence[Node]) -> CostModel:
    """The model of the nodes `keep`, after those that are `given`."""
    there = {node.key for node in given}
    waiting = list(keep)
    while waiting:
        key = waiting.pop()
        if key not in writing.nodes and key not in there:
            writing.add(key)
            waiting += writing.read
            writing.read = []
    index = writing.streams.model.index
    order = sorted(writing.nodes, key=lambda key: (index[_plain(key)], key))
    nodes = (*given, *(writing.nodes[key] for key in order))
    return replace(writing.streams.model, nodes=nodes, index={node.key: place for place, node in enumerate(nodes)})


def read_by(pieces: Iterable[Iterable[Term]]) -> list[str]:
    """The keys of the nodes that are read."""
    found: list[str] = []
    waiting = [term for terms in pieces for term in terms]
    while waiting:
        match waiting.pop():
            case NodeValue(key):
                found.append(key)
            case Apply(_, arguments):
                waiting += arguments
            case Dated(segments):
                waiting += [part for _, part in segments]
            case _:
                pass
    return found


def _setting(term: Apply, name: str, count: int) -> tuple[int, ...]:
    value = dict(term.settings).get(name)
    return value if isinstance(value, tuple) else (1,) * count


def of_case(key: str) -> str:
    return f"(case) {key}"


def _plain(key: str) -> str:
    return key.removeprefix("(case) ")
