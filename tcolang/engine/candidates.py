"""Many ways to fill in what `optimal()` asks for, evaluated together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from tcolang.base.record import replace
from tcolang.engine.evaluate import evaluate
from tcolang.engine.evaluation import Values
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel, Node, OptionModel
from tcolang.semantics.terms import Apply, Constant, NodeValue, Symbol
from tcolang.semantics.types import NUMBER_TYPE, ReferenceType

Filling: TypeAlias = Mapping[str, float]
"""A value for each node that `optimal()` stands for, by key."""

PICK = "(pick)"
TOGETHER = 4096
"""Candidates in one evaluation: making its plan costs more than many candidates do."""
FUTURES = 200
"""Futures with which candidates are compared first; the best are then compared with all."""


def mean_costs(model: CostModel, option: str, fillings: Sequence[Filling], settings: Settings) -> list[float]:
    """The mean TCO of the option for each filling, in the decision's currency. A component that a filling leaves
    without work, and that nothing else reaches, is not paid. Raises `ValueError` where a cost is not finite."""
    return costs_in(model, option, fillings, rows(model, fillings, line_keys(model, option), settings))


def line_keys(model: CostModel, option: str) -> list[str]:
    """The keys of the discounted totals of an option's cost lines."""
    return [line.tco for o in model.options if o.name == option for line in o.lines]


def costs_in(model: CostModel, option: str, fillings: Sequence[Filling], seen: Mapping[str, Values]) -> list[float]:
    """The costs of fillings, from the rows of `line_keys`."""
    of = next(o for o in model.options if o.name == option)
    found: list[float] = []
    for place, filling in enumerate(fillings):
        idle = idle_components(model, of, filling)
        found.append(sum(float(seen[line.tco][0, place]) for line in of.lines if line.component not in idle))
    return found


def values_at(
    model: CostModel, keys: Iterable[str], filling: Filling, settings: Settings
) -> dict[str, tuple[float, ...]]:
    """The mean of some nodes by month, for one filling."""
    wanted = tuple(dict.fromkeys(keys))
    months = model.decision.horizon if model.decision else 1
    seen = rows(model, [filling], wanted, settings)
    return {key: tuple(float(v) for v in np.broadcast_to(seen[key][:, 0], (months,))) for key in wanted}


def rows(model: CostModel, fillings: Sequence[Filling], keys: Iterable[str], settings: Settings) -> dict[str, Values]:
    """The mean over the futures of some nodes, shape (1 or months, fillings)."""
    wanted = tuple(keys)
    found: list[dict[str, Values]] = []
    for part in _parts(fillings):
        scale = tuple(float(i) for i in range(len(part)))
        made = evaluate(_picking(model, part), replace(settings, scale=scale), wanted).value
        if made is None:
            raise ValueError("a candidate cannot be evaluated")
        found.append({key: _by_filling(made.values[key], len(part)) for key in wanted})
    return {key: np.concatenate([part[key] for part in found], axis=1) for key in wanted}


def idle_components(model: CostModel, option: OptionModel, filling: Filling) -> set[str]:
    """Components that only deployments without a share in the filling would reach."""
    choices = [c for c in model.choices if c.option == option.name and c.sort == "assignment"]
    candidates = {d for c in choices for d in c.deployments}
    handled = {(c.workload, d) for c in choices for d in c.deployments}
    used = {d for c in choices for d, k in zip(c.deployments, c.keys, strict=True) if filling[k] != 0}
    used |= {r.deployment for r in option.routes if (r.workload, r.deployment) not in handled}
    stated = model.program.options[option.name]
    others = [*used, *(role for role, _ in option.staff), *stated.uses, *([option.bridge] if option.bridge else [])]
    return _reach(model, candidates - used) - _reach(model, others)


def standing_cost(
    model: CostModel, option: str, deployment: str, nothing: Filling, seen: Mapping[str, Values]
) -> float:
    """What a deployment costs as soon as it is used, whatever it serves: the lines of what it alone would reach, where
    `nothing` is assigned, which is the first filling of the rows `seen`."""
    of = next(o for o in model.options if o.name == option)
    mine = _reach(model, [deployment]) & idle_components(model, of, nothing)
    return sum(float(seen[line.tco][0, 0]) for line in of.lines if line.component in mine)


def _reach(model: CostModel, keys: Iterable[str]) -> set[str]:
    """Components and all that they refer to."""
    found: set[str] = set()
    queue = list(keys)
    while queue:
        key = queue.pop()
        if key in found:
            continue
        found.add(key)
        for value in model.program.components[key].values.values():
            term = value.segments[-1].term
            if isinstance(term, Symbol) and isinstance(term.type, ReferenceType):
                queue.append(term.value)
    return found


def _parts(fillings: Sequence[Filling]) -> list[Sequence[Filling]]:
    return [fillings[start : start + TOGETHER] for start in range(0, len(fillings), TOGETHER)]


def _by_filling(values: Values, count: int) -> Values:
    """Groups of futures are averaged; what does not depend on the filling is the same for all."""
    if values.shape[1] == 1:
        return np.repeat(values, count, axis=1)
    grouped: Values = values.reshape(values.shape[0], count, -1).mean(axis=2)
    return grouped


def _picking(model: CostModel, fillings: Sequence[Filling]) -> CostModel:
    """The model in which one number, moved from group to group as volume is in a break-even, picks the filling."""
    keys = dict.fromkeys(key for filling in fillings for key in filling)
    first = model.nodes[0]
    pick = Node(
        PICK, "input", Constant(0.0, NUMBER_TYPE, first.span), (), NUMBER_TYPE, None, False, False, PICK, None,
        first.provenance, "", "", first.span,
    )  # fmt: skip
    nodes = [pick, *(_picked(n, fillings) if n.key in keys else n for n in model.nodes)]
    index = {node.key: i for i, node in enumerate(nodes)}
    return replace(model, nodes=tuple(nodes), index=index, volume=PICK)


def _picked(node: Node, fillings: Sequence[Filling]) -> Node:
    values = tuple(filling[node.key] for filling in fillings)
    number = NodeValue(PICK, NUMBER_TYPE, node.span)
    term = Apply("picked", (number,), node.type, node.span, (("values", values),))
    # A flow, of which nobody asks whether it is a share: more than the whole of a workload tells what replicas cost.
    return replace(node, sort="flow", term=term, parents=(PICK,), uncertain=False)
