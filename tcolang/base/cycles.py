"""Order and cycles of anything that depends on anything, without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")


def strong_components(parents: Mapping[Key, Iterable[Key]]) -> list[list[Key]]:
    """The strongly connected components, each after those it depends on (Tarjan 1972, with a stack of its own).

    A component of several keys, or of one that is its own parent, is a cycle. Keys that are no key of `parents` count
    as having none. The order follows that of `parents`, so it is the same on every run.
    """
    index: dict[Key, int] = {}
    low: dict[Key, int] = {}
    open_: dict[Key, None] = {}
    found: list[list[Key]] = []
    for root in parents:
        if root in index:
            continue
        work = [(root, iter(parents[root]))]
        index[root] = low[root] = len(index)
        open_[root] = None
        while work:
            key, remaining = work[-1]
            for parent in remaining:
                if parent not in parents:
                    continue
                if parent not in index:
                    index[parent] = low[parent] = len(index)
                    open_[parent] = None
                    work.append((parent, iter(parents[parent])))
                    break
                if parent in open_:
                    low[key] = min(low[key], index[parent])
            else:
                work.pop()
                if work:
                    below = work[-1][0]
                    low[below] = min(low[below], low[key])
                if low[key] == index[key]:
                    found.append(_close(open_, key))
    return found


def _close(open_: dict[Key, None], key: Key) -> list[Key]:
    component: list[Key] = []
    while True:
        last, _ = open_.popitem()
        component.append(last)
        if last == key:
            return component[::-1]


def one_cycle(component: list[Key], parents: Mapping[Key, Iterable[Key]]) -> list[Key]:
    """A shortest cycle through the first key of a component: each key depends on the next, the last on the first."""
    members = set(component)
    start = component[0]
    came_from: dict[Key, Key] = {}
    queue = [start]
    for key in queue:
        for parent in parents[key]:
            if parent == start:
                path = [key]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return path[::-1]
            if parent in members and parent not in came_from:
                came_from[parent] = key
                queue.append(parent)
    return [start]
