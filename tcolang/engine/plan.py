"""What has to be calculated, made once from the model: nodes become steps, equal steps are one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tcolang.base.record import field, record
from tcolang.engine.flatten import Flattening
from tcolang.engine.steps import Drawn, Given, Known, Step
from tcolang.model.costmodel import CostModel, Node
from tcolang.semantics.program import Decision
from tcolang.semantics.types import QuantityType

if TYPE_CHECKING:
    from tcolang.engine.lower import Part

_STATED = ("input", "assumption", "default")


@record
class Plan:
    """`steps` are in an order in which each comes after what it reads; `places` maps keys of nodes to steps (of no node
    where several models share the plan).

    `keep` are the steps whose values are asked for, `averaged` those of them of which the means over the months and
    over the futures are enough, `shares` those that a spec states as shares. As long as the steps that are `watched`
    are finite, so are all nodes.
    """

    months: int
    start: int
    steps: tuple[Step, ...]
    places: Mapping[str, int]
    keep: frozenset[int]
    averaged: frozenset[int]
    shares: frozenset[int]
    watched: frozenset[int]
    parts: dict[bool, tuple[Part, ...]] = field(default_factory=dict, compare=False, repr=False)
    """What `lower` makes of it when it is first asked for."""

    @property
    def uncertain(self) -> bool:
        return any(step.drawn for step in self.steps if isinstance(step.operation, Drawn | Given))

    def draws(self, numbers: Iterable[int]) -> bool:
        """Whether one of these steps rests on a draw, be it by a statistic."""
        found: set[int] = set()
        waiting = list(numbers)
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting.extend(self.steps[number].arguments)
        return any(isinstance(self.steps[number].operation, Drawn) for number in found)

    @property
    def strata(self) -> int:
        return max((step.stratum for step in self.steps), default=0) + 1


def make_plan(
    model: CostModel,
    keep: Iterable[str],
    *,
    grouped: bool = False,
    volume: float = 1.0,
    given: Collection[str] = (),
    by_future: Collection[str] = (),
    known: Mapping[str, Known] | None = None,
    averaged: bool = False,
) -> Plan:
    """For the values of `keep` (keys of the model's nodes) and all that they rest on.

    `averaged`: of those that vary by month and by future only means are kept. `grouped`: the volume gets a factor for
    each group of futures when the plan is run; else it is `volume`. The nodes `given` get their numbers then too, those
    `by_future` one for each future, and those in `known` their values. Raises `ValueError` where the model has no
    decision, hence no months, or a needed term has no number.
    """
    if model.decision is None:
        raise ValueError("a model without a decision has no months to evaluate")
    at_run = frozenset((*given, *by_future))
    flattening = Flattening(model, None if grouped else volume, at_run, frozenset(by_future), known or {})
    asked = _flattened(flattening, keep)
    return _plan(model.decision, flattening.steps, [asked], asked.places, averaged)


def make_common_plan(
    asked: Sequence[tuple[CostModel, Iterable[str]]], volume: float = 1.0
) -> tuple[Plan, tuple[Mapping[str, int], ...]]:
    """One plan for several models that have their months in common, each with the keys to keep; and for each where its
    nodes are. What is equal in them is one step; of what varies by month and by future only means are kept."""
    first = Flattening(asked[0][0], volume)
    others = [Flattening(model, volume, steps=first.steps, numbers=first.numbers) for model, _ in asked[1:]]
    found = [_flattened(each, keep) for each, (_, keep) in zip((first, *others), asked, strict=True)]
    decision = asked[0][0].decision
    assert decision is not None
    return _plan(decision, first.steps, found, {}, averaged=True), tuple(each.places for each in found)


@record
class _Asked:
    """Of one model: where its nodes are, and the steps to keep and those that are stated as shares."""

    places: Mapping[str, int]
    kept: frozenset[int]
    shares: frozenset[int]


def _flattened(flattening: Flattening, keep: Iterable[str]) -> _Asked:
    wanted = tuple(dict.fromkeys(keep))
    outside = {*flattening.given, *flattening.known}
    nodes = _needed(flattening.model, wanted, flattening.known)
    for node in nodes:
        flattening.add(node)
    places = flattening.places
    shares = (places[node.key] for node in nodes if _is_stated_share(node) and node.key not in outside)
    return _Asked(places, frozenset(places[key] for key in wanted), frozenset(shares))


def _plan(
    decision: Decision, steps: Sequence[Step], asked: Sequence[_Asked], places: Mapping[str, int], averaged: bool
) -> Plan:
    made = tuple(steps)
    kept = frozenset(n for each in asked for n in each.kept)
    return Plan(
        decision.horizon,
        decision.start,
        made,
        places,
        kept,
        frozenset(n for n in kept if averaged and made[n].wide and made[n].monthly and not made[n].whole),
        frozenset(n for each in asked for n in each.shares),
        _watched(made, frozenset(n for each in asked for n in each.places.values())),
    )


def _needed(model: CostModel, wanted: Iterable[str], known: Collection[str]) -> list[Node]:
    """The nodes of these keys and their ancestors, as far as they are not known, in the model's order."""
    found: set[int] = set()
    waiting = [model.index[key] for key in wanted]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            if model.nodes[place].key in known:
                continue
            waiting.extend(model.index[parent] for parent in model.nodes[place].parents)
    return [model.nodes[place] for place in sorted(found)]


def _is_stated_share(node: Node) -> bool:
    return node.sort in _STATED and isinstance(node.type, QuantityType) and node.type.share


def _watched(steps: tuple[Step, ...], nodes: frozenset[int]) -> frozenset[int]:
    """The nodes that no step reads whose result cannot be finite where the node is not."""
    watched: set[int] = set()
    safe = [False] * len(steps)
    for number in reversed(range(len(steps))):
        if number in nodes and not safe[number]:
            watched.add(number)
            safe[number] = True
        if safe[number]:
            for argument in steps[number].shown:
                safe[argument] = True
    return frozenset(watched)
