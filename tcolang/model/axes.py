"""On what a value depends: months, futures, both or neither. Read off the term, before anything is evaluated."""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.model.costmodel import Node
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.terms import Apply, Dated, Draw, NodeValue, Term

Axes = tuple[bool, bool]
"""Varies by month, varies by future."""

INTERNAL_MONTHS = {"live": "adds", "discounted": "removes", "last_month": "removes"}
INTERNAL_STATISTICS = ("share_of_largest",)


def axes(term: Term, nodes: Mapping[str, Node], builtins: Mapping[str, Builtin]) -> Axes:
    """`nodes` holds what the term reads."""
    match term:
        case Draw():
            return False, True
        case NodeValue(key):
            node = nodes[key]
            return node.monthly, node.uncertain
        case Dated(segments):
            inner = [axes(part, nodes, builtins) for _, part in segments]
            return len(segments) > 1 or any(m for m, _ in inner), any(u for _, u in inner)
        case Apply(function, arguments):
            inner = [axes(argument, nodes, builtins) for argument in arguments]
            monthly, uncertain = any(m for m, _ in inner), any(u for _, u in inner)
            return _months(term, monthly, builtins), uncertain and not _statistic(function, builtins)
        case _:
            return False, False


def _months(term: Apply, monthly: bool, builtins: Mapping[str, Builtin]) -> bool:
    builtin = builtins.get(term.function)
    how = builtin.months if builtin else INTERNAL_MONTHS.get(term.function, "keeps")
    if ("view", "at_horizon") in term.settings:
        return False
    return how == "adds" or (how == "keeps" and monthly)


def _statistic(function: str, builtins: Mapping[str, Builtin]) -> bool:
    builtin = builtins.get(function)
    return builtin.statistic if builtin else function in INTERNAL_STATISTICS
