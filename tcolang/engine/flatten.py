"""Terms taken apart into steps. A step that is there already is used again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from tcolang.base.record import field, state
from tcolang.engine.functions import functions
from tcolang.engine.steps import Call, Drawn, Fixed, Given, History, Known, Operation, Step, View, Volume
from tcolang.model.costmodel import CostModel, Node
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.signature import Signature, signature
from tcolang.semantics.terms import Apply, Constant, Dated, Draw, NodeValue, Symbol, Term
from tcolang.semantics.types import ChoiceType, GrowthType, PercentileType, Type
from tcolang.uncertain.distribution import support

_NOT_FOR_APPLY = ("given", "view")


@state
class Flattening:
    """The steps so far. `volume` is the factor of all requests, or None where each group of futures has its own; the
    nodes `given` have a number for each group, or for each of its futures (`by_future`), and those in `known` have
    their values."""

    model: CostModel
    volume: float | None
    given: frozenset[str] = frozenset()
    by_future: frozenset[str] = frozenset()
    known: Mapping[str, Known] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    numbers: dict[tuple[Operation, tuple[int, ...]], int] = field(default_factory=dict)

    def add(self, node: Node) -> None:
        """The parents of the node are there. Raises `ValueError` where its term has no number."""
        if node.key == self.model.volume:
            self.places[node.key] = self._number(Volume() if self.volume is None else Fixed(self.volume), ())
            return
        if node.key in self.given:
            self.places[node.key] = self._number(Given(node.key, node.key in self.by_future), ())
            return
        if node.key in self.known:
            self.places[node.key] = self._number(self.known[node.key], ())
            return
        # Without recursion: terms may be as deep as the nesting that is allowed, and chains of formulas deeper.
        done: dict[int, int] = {}
        waiting: list[Term] = [node.term]
        while waiting:
            missing = [part for part in self._parts(waiting[-1]) if id(part) not in done]
            if missing:
                waiting.extend(missing)
            else:
                term = waiting.pop()
                done[id(term)] = self._flat(term, node, lambda part: done[id(part)])
        self.places[node.key] = done[id(node.term)]

    def _parts(self, term: Term) -> tuple[Term, ...]:
        match term:
            case Apply():
                return term.arguments
            case Dated():
                return tuple(part for _, part in self._in_force(term))
            case _:
                return ()

    def _flat(self, term: Term, node: Node, place: Callable[[Term], int]) -> int:
        match term:
            case Constant():
                return self._number(Fixed(float(term.value)), ())
            case Symbol():
                return self._number(Fixed(_number_of_symbol(term)), ())
            case Draw():
                return self._number(_drawn(term, node), ())
            case NodeValue():
                return self.places[term.key]
            case Dated():
                history = self._in_force(term)
                if len(history) == 1:
                    return place(history[0][1])
                return self._number(History(tuple(month for month, _ in history)), tuple(place(p) for _, p in history))
            case Apply():
                return self._number(self._call(term), tuple(place(part) for part in term.arguments))
            case _:
                raise ValueError(f"{node.key}: {type(term).__name__} has no number")

    def _in_force(self, term: Dated) -> list[tuple[int, Term]]:
        """The segments that the horizon meets, each with its first month of it."""
        decision = self.model.decision
        assert decision is not None
        result: list[tuple[int, Term]] = []
        for since, part in term.segments:
            month = max(0, since - decision.start)
            if month < decision.horizon or not result:
                if result and result[-1][0] == month:
                    result.pop()
                result.append((month, part))
        if not term.segments or term.segments[0][0] > decision.start:
            raise ValueError("a dated value begins after the horizon does")
        return result

    def _call(self, term: Apply) -> Call:
        function = functions().get(term.function)
        if function is None:
            raise ValueError(f"there is no function {term.function}")
        settings = dict(term.settings)
        view = cast(View, settings.get("view", "cash"))
        given = cast("tuple[str, ...] | None", settings.get("given"))
        kept = {name: value for name, value in settings.items() if name not in _NOT_FOR_APPLY}
        if "period" not in kept:
            kept.update(self._period(term))
        return Call(function, _places(function, len(term.arguments), given), tuple(sorted(kept.items())), view)

    def _period(self, term: Apply) -> dict[str, object]:
        """Over how many months the growth among the arguments compounds."""
        for part in term.arguments:
            types: list[Type] = [part.type]
            if isinstance(part, NodeValue):
                types.append(self.model.node(part.key).type)
            for type_ in types:
                if isinstance(type_, GrowthType) and type_.period is not None:
                    return {"period": type_.period}
        return {}

    def _number(self, operation: Operation, arguments: tuple[int, ...]) -> int:
        key = (operation, arguments)
        if key not in self.numbers:
            self.numbers[key] = len(self.steps)
            self.steps.append(_step(operation, arguments, [self.steps[a] for a in arguments]))
        return self.numbers[key]


def _step(operation: Operation, arguments: tuple[int, ...], read: list[Step]) -> Step:
    monthly = isinstance(operation, History) or any(step.monthly for step in read)
    drawn = isinstance(operation, Drawn) or any(step.drawn for step in read)
    if isinstance(operation, Given):
        drawn = operation.by_future
    if isinstance(operation, Known):
        monthly, drawn = operation.monthly, operation.drawn
    scaled = isinstance(operation, Volume | Given) or any(step.scaled for step in read)
    stratum = max((step.stratum for step in read), default=0)
    if isinstance(operation, Call):
        monthly = _is_monthly(operation, monthly)
        if operation.function.statistic:
            stratum += any(step.wide for step in read)
            drawn = False
    return Step(operation, arguments, monthly, drawn, scaled, stratum)


def _is_monthly(call: Call, read: bool) -> bool:
    if call.view == "at_horizon" and call.function.only_in_costs:
        return False
    return call.function.months == "adds" or (call.function.months == "keeps" and read)


def _drawn(term: Draw, node: Node) -> Operation:
    low, high = support(term.distribution)
    if low == high:
        return Fixed(low)
    return Drawn(node.draw if term.ordinal == 0 else f"{node.draw}#{term.ordinal}", term.distribution)


def _number_of_symbol(term: Symbol) -> float:
    """A percentile as a share; a choice as its place among the values."""
    match term.type:
        case PercentileType():
            return float(term.value.lstrip("Pp")) / 100.0
        case ChoiceType() if term.value in term.type.values:
            return float(term.type.values.index(term.value))
        case _:
            raise ValueError(f"`{term.value}` has no number")


def _places(function: Builtin, count: int, given: tuple[str, ...] | None) -> tuple[int | None, ...]:
    """Which argument each parameter gets. `given` names the parameters of the arguments; without it they come first."""
    if not function.signature:
        return tuple(range(count))
    shape: Signature = signature(function.signature)
    names = given if given is not None else _first_names(shape, count)
    places: list[int | None] = []
    for parameter in shape.parameters:
        of_it = [place for place, name in enumerate(names) if name == parameter.name]
        places.extend(of_it or ([] if parameter.variadic else [None]))
    return tuple(places)


def _first_names(shape: Signature, count: int) -> tuple[str, ...]:
    names = [parameter.name for parameter in shape.parameters]
    if shape.parameters and shape.parameters[-1].variadic:
        names.extend(names[-1:] * (count - len(names)))
    return tuple(names[:count])
