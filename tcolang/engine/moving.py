"""What options would cost if inputs were so many times what is stated: many such cases in one evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from tcolang.base.record import field, record, replace
from tcolang.engine.evaluation import Evaluation, Values
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.plan import Plan, make_plan
from tcolang.engine.run import run
from tcolang.engine.settings import Settings
from tcolang.engine.steps import Known
from tcolang.model.costmodel import CostModel, Node
from tcolang.semantics.terms import Apply, Constant, NodeValue
from tcolang.semantics.types import NUMBER_TYPE, GrowthType, QuantityType
from tcolang.uncertain.draw import BATCHES

Case: TypeAlias = Mapping[str, float]
"""Factors by the key of the input; inputs that are not in it stay as they are."""

FUTURES = 500
"""In the support example a flip point differs by a tenth between seeds with 200, by a hundredth with 500."""
STATED = ("input", "assumption", "default", "rate")
_TOGETHER = 64
"""Cases in one run, which bounds the memory it takes."""
_ALIKE = 4
"""So many cases in which the same inputs move are worth a run of their own."""
_MOST_KNOWN = 20_000_000
"""Numbers that are kept as stated: 160 MB."""


@record
class Bonus:
    """What an option has beside its cost: a fixed amount of money, and worths that count as far as a share, which is
    the value of a key, goes."""

    fixed: float
    measured: tuple[tuple[float, str], ...] = ()


@record
class Movable:
    """Values as stated, and the plans of those that change when inputs are moved. `known` are the values of nodes in
    `samples` futures; `plans` are made when they are first needed, one for each set of inputs that move."""

    model: CostModel
    keys: tuple[str, ...]
    moved: frozenset[str]
    known: Mapping[str, Values]
    samples: int
    seed: int
    plans: dict[frozenset[str], Plan] = field(default_factory=dict, compare=False, repr=False)


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
    wanted = tuple(dict.fromkeys(keys))
    plan = make_plan(model, wanted)
    samples = min(FUTURES, settings.samples) if plan.uncertain else 1
    stated = _stated(model, wanted, moved, samples, settings)
    return Movable(model, wanted, frozenset(moved), stated, samples, settings.seed)


def _stated(
    model: CostModel, keys: Sequence[str], moved: Sequence[str], samples: int, settings: Settings
) -> Mapping[str, Values]:
    """Of what is asked for, and of what is read by nodes that rest on something that moves; of nothing where this
    would take too much memory."""
    needed = ancestors(model, keys)
    moving = dependents(model, moved) & needed
    read = {parent for key in moving for parent in model.node(key).parents}
    plan = make_plan(model, [n.key for n in model.nodes if n.key in read or n.key in keys])
    steps = [plan.steps[place] for place in plan.keep]
    if sum((plan.months if step.monthly else 1) * (samples if step.wide else 1) for step in steps) > _MOST_KNOWN:
        return {}
    values = run(plan, draw_inputs(plan, model.correlations, samples, settings.seed), (1.0,)).values
    return {key: values[place] for key, place in plan.places.items() if place in values}


def dependents(model: CostModel, keys: Iterable[str]) -> set[str]:
    """The keys of the nodes, and of all that rest on them."""
    found = set(keys)
    for node in model.nodes:
        if not found.isdisjoint(node.parents):
            found.add(node.key)
    return found


def plan_for(able: Movable, moved: frozenset[str]) -> Plan:
    """For cases in which these inputs move: nothing is calculated that does not depend on one of them."""
    found = able.plans.get(moved)
    if found is None:
        made = _with_factors(able.model, moved)
        changing = dependents(able.model, moved)
        known = {
            key: Known(key, values.shape[0] > 1, values.shape[1] > 1)
            for key, values in able.known.items()
            if key not in changing
        }
        found = make_plan(made, able.keys, given=[_factor_key(key) for key in moved], known=known)
        able.plans[moved] = found
    return found


def means(able: Movable, keys: Sequence[str], cases: Sequence[Case]) -> Values:
    """The mean over months and futures of each key in each case, shape (keys, cases)."""
    found = np.zeros((len(keys), len(cases)))
    for places in _batches(able, cases):
        values = _run(able, keys, [cases[place] for place in places])
        found[:, places] = np.stack([values[key].mean(axis=(0, 2)) for key in keys])
    return found


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
    made: dict[int, Evaluation] = {}
    months = able.model.decision.horizon if able.model.decision else 1
    for places in _batches(able, cases):
        found = _run(able, keys, [cases[place] for place in places])
        for group, place in enumerate(places):
            values = {key: _one(array[:, group, :]) for key, array in found.items()}
            made[place] = Evaluation(months, able.samples, min(BATCHES, able.samples), able.seed, values)
    return tuple(made[place] for place in range(len(cases)))


def _batches(able: Movable, cases: Sequence[Case]) -> list[list[int]]:
    """The places of the cases that are run together: those in which the same inputs move, where they are many; the
    others with each other, since a run has its price."""
    alike: dict[frozenset[str], list[int]] = {}
    for place, case in enumerate(cases):
        alike.setdefault(able.moved.intersection(case), []).append(place)
    many = [places for places in alike.values() if len(places) >= _ALIKE]
    few = sorted(place for places in alike.values() if len(places) < _ALIKE for place in places)
    return [group[at : at + _TOGETHER] for group in (*many, few) for at in range(0, len(group), _TOGETHER)]


def _run(able: Movable, keys: Sequence[str], cases: Sequence[Case]) -> dict[str, Values]:
    """Shape (1 or months, cases, samples)."""
    moved = able.moved & frozenset().union(*cases)
    plan = plan_for(able, moved)
    inputs = dict(draw_inputs(plan, able.model.correlations, able.samples, able.seed))
    for place, step in enumerate(plan.steps):
        if isinstance(step.operation, Known):
            inputs[place] = able.known[step.operation.key]
    given = {_factor_key(key): [float(case.get(key, 1.0)) for case in cases] for key in moved}
    found = run(plan, inputs, (1.0,) * len(cases), given=given)
    shape = (len(cases), able.samples)
    return {key: _grouped(found.values[plan.places[key]], shape) for key in keys}


def _grouped(values: Values, shape: tuple[int, int]) -> Values:
    rows = values.shape[0]
    return np.broadcast_to(values, (rows, shape[0] * shape[1])).reshape(rows, *shape)


def _one(values: Values) -> Values:
    """Shape (1 or months, 1 or samples): a value that is the same in all futures is certain."""
    first = values[:, :1]
    return np.ascontiguousarray(first if (values == first).all() else values)


def _with_factors(model: CostModel, moved: Iterable[str]) -> CostModel:
    """With a node for the factor of each input, and the inputs multiplied by it."""
    wanted = frozenset(moved)
    nodes: list[Node] = []
    for node in model.nodes:
        if node.key in wanted:
            nodes += [_factor(model, node.key), _multiplied(node)]
        else:
            nodes.append(node)
    return replace(model, nodes=tuple(nodes), index={node.key: place for place, node in enumerate(nodes)})


def _factor(model: CostModel, key: str) -> Node:
    first, name = model.nodes[0], _factor_key(key)
    return Node(
        name, "flow", Constant(1.0, NUMBER_TYPE, first.span), (), NUMBER_TYPE, None, False, False, name, None,
        first.provenance, "", "", first.span,
    )  # fmt: skip


def _multiplied(node: Node) -> Node:
    """No share is checked here: who asks sees to it that none is above one."""
    factor = _factor_key(node.key)
    term = Apply(
        "product", (NodeValue(factor, NUMBER_TYPE, node.span), node.term), node.type, node.span, (("powers", (1, 1)),)
    )
    return replace(node, term=term, parents=(*node.parents, factor))


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
