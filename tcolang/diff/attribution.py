"""How much each change moves each total, so that the parts add up to the whole in whatever order they were written.

The part of a change is its Shapley value (L. S. Shapley, "A value for n-person games", 1953): what it adds to the
total, averaged over all orders in which the changes could have been made one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import combinations
from math import factorial, fsum
from typing import TypeAlias

from tcolang.base.record import record

EXACT = 7
"""Up to so many changes all subsets are evaluated, of which there are 2^n."""

EVALUATIONS = 64
"""About so many are made with more changes: as many orders as that allows, one and its reverse at the least."""

Players: TypeAlias = frozenset[int]
Worth: TypeAlias = Callable[[Players], Mapping[str, float]]
"""The totals by name where the changes of a set have been made and the others have not."""


@record
class Attribution:
    """`parts[i][name]` is what the change `i` adds to a total; over all changes they add up to its difference."""

    parts: tuple[Mapping[str, float], ...]
    method: str


def attribute(names: Sequence[str], worth: Worth) -> Attribution:
    """For changes of these names, which tell them apart and decide in which orders they are looked at."""
    cached: dict[Players, Mapping[str, float]] = {}

    def known(players: Players) -> Mapping[str, float]:
        if players not in cached:
            cached[players] = worth(players)
        return cached[players]

    if len(names) <= EXACT:
        return _exact(len(names), known)
    return _by_orders(names, known)


def _exact(count: int, worth: Worth) -> Attribution:
    everyone = range(count)
    parts: list[Mapping[str, float]] = []
    for player in everyone:
        others = [other for other in everyone if other != player]
        terms: dict[str, list[float]] = {name: [] for name in worth(frozenset())}
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for chosen in map(frozenset, combinations(others, size)):
                for name, gain in _gain(worth, chosen, player):
                    terms[name].append(weight * gain)
        parts.append({name: fsum(gains) for name, gains in terms.items()})
    method = f"Shapley values over all {2**count:,} subsets of {count} changes" if count > 1 else "there is one change"
    return Attribution(tuple(parts), method)


def _by_orders(names: Sequence[str], worth: Worth) -> Attribution:
    orders = tuple(_orders(names, max(1, EVALUATIONS // (2 * len(names)))))
    gains: list[dict[str, list[float]]] = [{} for _ in names]
    for order in orders:
        made: Players = frozenset()
        for player in order:
            for name, gain in _gain(worth, made, player):
                gains[player].setdefault(name, []).append(gain)
            made |= {player}
    parts = tuple({name: fsum(values) / len(orders) for name, values in one.items()} for one in gains)
    pairs = len(orders) // 2
    method = (
        f"average over {pairs} fixed {'order' if pairs == 1 else 'orders'} of {len(names)} changes and the reverse"
        f"{'' if pairs == 1 else ' of each'}: the Shapley values, where changes act on each other in pairs at most"
    )
    return Attribution(parts, method)


def _orders(names: Sequence[str], pairs: int) -> Iterator[tuple[int, ...]]:
    """Shuffled by a digest of the names, so that neither the order of writing nor chance plays a part."""
    for number in range(pairs):
        order = tuple(sorted(range(len(names)), key=lambda player: _digest(number, names[player])))
        yield order
        yield order[::-1]


def _digest(number: int, name: str) -> str:
    return sha256(f"{number}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()


def _gain(worth: Worth, made: Players, player: int) -> Iterable[tuple[str, float]]:
    before, after = worth(made), worth(made | {player})
    return ((name, after[name] - before[name]) for name in before)
