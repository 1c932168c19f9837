"""Many ways to fill in what `optimal()` asks for, evaluated together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from tcolang.base.record import replace
from tcolang.engine.evaluate import evaluate
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel, Node
from tcolang.semantics.terms import Apply, Constant, NodeValue
from tcolang.semantics.types import NUMBER_TYPE

Filling: TypeAlias = Mapping[str, float]
"""A value for each node that `optimal()` stands for, by key."""

PICK = "(pick)"
TOGETHER = 256
"""Candidates in one evaluation."""
FUTURES = 200
"""Futures with which candidates are compared first; the best are then compared with all."""


def mean_costs(model: CostModel, option: str, fillings: Sequence[Filling], settings: Settings) -> list[float]:
    """The mean TCO of the option for each filling, in the decision's currency. Raises `ValueError` where a candidate
    has no finite cost."""
    key = next(o.results["tco"] for o in model.options if o.name == option)
    costs: list[float] = []
    for start in range(0, len(fillings), TOGETHER):
        part = fillings[start : start + TOGETHER]
        costs += _together(model, key, part, settings)
    return costs


def values_at(
    model: CostModel, keys: Iterable[str], filling: Filling, settings: Settings
) -> dict[str, tuple[float, ...]]:
    """The mean of some nodes by month, for one filling."""
    made = evaluate(_picking(model, [filling]), replace(settings, scale=(0.0,)), keys).value
    if made is None:
        raise ValueError("a candidate cannot be evaluated")
    return {key: made.by_month(key) for key in keys}


def _together(model: CostModel, key: str, fillings: Sequence[Filling], settings: Settings) -> list[float]:
    scale = tuple(float(i) for i in range(len(fillings)))
    made = evaluate(_picking(model, fillings), replace(settings, scale=scale), [key]).value
    if made is None:
        raise ValueError("a candidate cannot be evaluated")
    values = made.values[key][0]
    if values.size == 1:
        return [float(values[0])] * len(fillings)
    return [float(v) for v in values.reshape(len(fillings), -1).mean(axis=1)]


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
    return replace(node, term=term, parents=(PICK,), uncertain=False)
