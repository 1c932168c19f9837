"""What options would cost if inputs were so many times what is stated: many such cases in one evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from tcolang.base.record import record, replace
from tcolang.engine.evaluation import Evaluation, Values
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.plan import Plan, make_plan
from tcolang.engine.run import run
from tcolang.engine.settings import Settings
from tcolang.engine.steps import Call, Step
from tcolang.model.costmodel import CostModel, Node
from tcolang.semantics.terms import Apply, Constant, NodeValue
from tcolang.semantics.types import NUMBER_TYPE, GrowthType, QuantityType
from tcolang.uncertain.draw import BATCHES

Case: TypeAlias = Mapping[str, float]
"""Factors by the key of the input; inputs that are not in it stay as they are."""

FUTURES = 200
STATED = ("input", "assumption", "default", "rate")
_CASE = "(case)"
_TOGETHER = 64
"""Cases in one run, which bounds the memory it takes."""


@record
class Bonus:
    """What an option has beside its cost: a fixed amount of money, and worths that count as far as a share, which is
    the value of a key, goes."""

    fixed: float
    measured: tuple[tuple[float, str], ...] = ()


@record
class Movable:
    """A plan in which every one of the inputs `moved` is multiplied by a factor, which differs from case to case."""

    model: CostModel
    plan: Plan
    drawn: Mapping[int, Values]
    moved: tuple[str, ...]
    samples: int
    seed: int


def movable_inputs(model: CostModel, keys: Iterable[str]) -> tuple[str, ...]:
    """The figures that somebody has stated, and the defaults, which the nodes `keys` rest on, in the model's order.

    Those worked out from other inputs are left out, since these are moved; so are dates and yes or no, of which there
    is no multiple.
    """
    found = ancestors(model, keys)
    return tuple(n.key for n in model.nodes if n.key in found and n.sort in STATED and can_move(model, n))


def ancestors(model: CostModel, keys: Iterable[str]) -> set[str]:
    """The keys of the nodes, and of all that they rest on."""
    found: set[str] = set()
    waiting = [key for key in keys if key in model.index]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(model.node(key).parents)
    return found


def movable(model: CostModel, keys: Iterable[str], moved: Sequence[str], settings: Settings) -> Movable:
    """For the values of `keys`, with few futures: all cases see the same ones."""
    made = _with_factors(model, moved)
    plan = make_plan(made, keys, grouped=True)
    samples = min(FUTURES, settings.samples) if plan.uncertain else 1
    drawn = draw_inputs(plan, model.correlations, samples, settings.seed)
    return Movable(made, plan, drawn, tuple(moved), samples, settings.seed)


def means(able: Movable, keys: Sequence[str], cases: Sequence[Case]) -> Values:
    """The mean over months and futures of each key in each case, shape (keys, cases)."""
    if not cases:
        return np.zeros((len(keys), 0))
    parts = [_run(able, keys, cases[start : start + _TOGETHER]) for start in range(0, len(cases), _TOGETHER)]
    rows = [np.concatenate([part[key].mean(axis=(0, 2)) for part in parts]) for key in keys]
    return np.stack(rows)


def scores(able: Movable, costs: Sequence[str], bonuses: Sequence[Bonus], cases: Sequence[Case]) -> Values:
    """What each option is worth beside its cost, minus its mean cost, in each case; shape (options, cases)."""
    measured = tuple(dict.fromkeys(key for bonus in bonuses for _, key in bonus.measured))
    found = means(able, (*costs, *measured), cases)
    rows = dict(zip(measured, found[len(costs) :], strict=True))
    made = np.array([bonus.fixed for bonus in bonuses])[:, None] - found[: len(costs)]
    for place, bonus in enumerate(bonuses):
        for worth, key in bonus.measured:
            made[place] += worth * np.clip(rows[key], 0.0, 1.0)
    return made


def leads(scores: Values, stated: int) -> list[float]:
    """How far one option is ahead of the best of the others in each case: below zero where it is behind."""
    others = np.delete(scores, stated, axis=0).max(axis=0)
    return [float(lead) for lead in scores[stated] - others]


def evaluations(able: Movable, keys: Sequence[str], cases: Sequence[Case]) -> tuple[Evaluation, ...]:
    """All values of each case, as if it had been evaluated by itself."""
    made: list[Evaluation] = []
    for start in range(0, len(cases), _TOGETHER):
        some = cases[start : start + _TOGETHER]
        found = _run(able, keys, some)
        for place in range(len(some)):
            values = {key: _one(array[:, place, :]) for key, array in found.items()}
            made.append(Evaluation(able.plan.months, able.samples, min(BATCHES, able.samples), able.seed, values))
    return tuple(made)


def _run(able: Movable, keys: Sequence[str], cases: Sequence[Case]) -> dict[str, Values]:
    """Shape (1 or months, cases, samples)."""
    plan = _for_cases(able, cases)
    found = run(plan, able.drawn, [float(place) for place in range(len(cases))])
    shape = (len(cases), able.samples)
    return {key: _grouped(found.values[plan.places[key]], shape) for key in keys}


def _grouped(values: Values, shape: tuple[int, int]) -> Values:
    rows = values.shape[0]
    return np.broadcast_to(values, (rows, shape[0] * shape[1])).reshape(rows, *shape)


def _one(values: Values) -> Values:
    """Shape (1 or months, 1 or samples): a value that is the same in all futures is certain."""
    first = values[:, :1]
    return np.ascontiguousarray(first if (values == first).all() else values)


def _for_cases(able: Movable, cases: Sequence[Case]) -> Plan:
    """The plan is made once; only the factors in it are others."""
    steps: list[Step] = list(able.plan.steps)
    for key in able.moved:
        place = able.plan.places.get(_factor_key(key))
        if place is None:
            continue
        step = steps[place]
        assert isinstance(step.operation, Call)
        factors = tuple(float(case.get(key, 1.0)) for case in cases)
        steps[place] = replace(step, operation=replace(step.operation, settings=(("values", factors),)))
    return replace(able.plan, steps=tuple(steps))


def _with_factors(model: CostModel, moved: Sequence[str]) -> CostModel:
    """With a node for the number of the case, one for the factor of each input, and the inputs multiplied by it."""
    wanted = {key: place for place, key in enumerate(moved)}
    nodes: list[Node] = [_added(model, _CASE)]
    for node in model.nodes:
        if node.key in wanted:
            factor = _factor(model, node, wanted[node.key])
            nodes += [factor, _multiplied(node, factor)]
        else:
            nodes.append(node)
    return replace(
        model,
        nodes=tuple(nodes),
        index={node.key: place for place, node in enumerate(nodes)},
        volume=_CASE,
    )


def _added(model: CostModel, key: str) -> Node:
    first = model.nodes[0]
    return Node(
        key, "flow", Constant(1.0, NUMBER_TYPE, first.span), (), NUMBER_TYPE, None, False, False, key, None,
        first.provenance, "", "", first.span,
    )  # fmt: skip


def _factor(model: CostModel, node: Node, place: int) -> Node:
    # The first values only tell one factor from another: equal steps would be one.
    number = NodeValue(_CASE, NUMBER_TYPE, node.span)
    term = Apply("picked", (number,), NUMBER_TYPE, node.span, (("values", (1.0, float(place))),))
    return replace(_added(model, _factor_key(node.key)), term=term, parents=(_CASE,))


def _multiplied(node: Node, factor: Node) -> Node:
    """No share is checked here: who asks sees to it that none is above one."""
    factors = (NodeValue(factor.key, NUMBER_TYPE, node.span), node.term)
    term = Apply("product", factors, node.type, node.span, (("powers", (1, 1)),))
    return replace(node, term=term, parents=(*node.parents, factor.key))


def _factor_key(key: str) -> str:
    return f"(factor) {key}"


def can_move(model: CostModel, node: Node) -> bool:
    """Whether it is an amount, not zero, that rests on nothing else."""
    return (
        node.key != model.volume
        and isinstance(node.type, QuantityType | GrowthType)
        and set(node.parents) <= {model.volume}
        and not (isinstance(node.term, Constant) and float(node.term.value) == 0.0)
    )
