"""The model as a networkx graph. The only file that knows networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcolang.base.record import record
from tcolang.model.costmodel import CostModel, NodeSort

if TYPE_CHECKING:
    from networkx import DiGraph


@record
class Drawing:
    """Values with their sort, and pairs of values of which the second is worked out from the first; both in
    topological order."""

    nodes: tuple[tuple[str, NodeSort], ...]
    edges: tuple[tuple[str, str], ...]


def graph(model: CostModel) -> DiGraph[str]:
    """A node per value, with its `sort`, and an edge from each value to what is worked out from it.

    It has no cycles: `build` reports them. Nodes are added in topological order.
    """
    import networkx as nx

    made: DiGraph[str] = nx.DiGraph()
    for node in model.nodes:
        made.add_node(node.key, sort=node.sort)
    for node in model.nodes:
        made.add_edges_from((parent, node.key) for parent in node.parents)
    return made


def drawing(model: CostModel, focus: str | None = None) -> Drawing:
    """All that has a name, or what `focus` rests on and what rests on it: not the expressions that rules read. Raises
    `KeyError` where there is no such value."""
    import networkx as nx

    whole = graph(model)
    kept = set(whole)
    if focus is not None:
        model.node(focus)
        kept = {focus, *nx.ancestors(whole, focus), *nx.descendants(whole, focus)}
    kept = {key for key in kept if not key.startswith("(")}
    nodes = tuple((node.key, node.sort) for node in model.nodes if node.key in kept)
    # An order of the nodes, not of a set, so that the same model is drawn the same.
    edges = tuple((parent, node.key) for node in model.nodes if node.key in kept for parent in node.parents
                  if parent in kept)  # fmt: skip
    return Drawing(nodes, edges)
