"""Rank correlations between values, and whether they can all hold at once. Knows no numpy: `tco check` runs it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from tcolang.uncertain.distribution import DistributionMistake

Correlation: TypeAlias = tuple[str, str, float]
"""Two keys and Spearman's rank correlation of their values."""

LARGEST_GROUP = 100
"""How many values may hang together by correlations: the work grows with the cube."""

_ROUNDING = 1e-9


def correlation_mistake(correlations: Sequence[Correlation]) -> DistributionMistake | None:
    """What keeps the correlations from holding together: a pair stated badly, or a group no values can follow."""
    stated: dict[frozenset[str], float] = {}
    for a, b, rho in correlations:
        mistake = _pair_mistake(a, b, rho, stated)
        if mistake is not None:
            return mistake
        stated[frozenset((a, b))] = rho
    scores = normal_scores(correlations)
    for group in correlated_groups(correlations):
        mistake = _group_mistake(group, scores)
        if mistake is not None:
            return mistake
    return None


def correlated_groups(correlations: Sequence[Correlation]) -> tuple[tuple[str, ...], ...]:
    """The keys that hang together, directly or through others, each group sorted, the groups by their first key."""
    neighbours: dict[str, list[str]] = {}
    for a, b, _ in correlations:
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    groups, seen = [], set[str]()
    for first in sorted(neighbours):
        group, waiting = set[str](), [first] if first not in seen else []
        while waiting:
            key = waiting.pop()
            if key not in group:
                group.add(key)
                waiting.extend(neighbours[key])
        seen |= group
        if group:
            groups.append(tuple(sorted(group)))
    return tuple(groups)


def normal_scores(correlations: Sequence[Correlation]) -> dict[frozenset[str], float]:
    """The product-moment correlation of normal scores that gives each rank correlation: 2 sin(π ρ / 6).

    K. Pearson, On Further Methods of Determining Correlation, Drapers' Company Research Memoirs (1907).
    """
    return {frozenset((a, b)): 2.0 * math.sin(math.pi * rho / 6.0) for a, b, rho in correlations}


def factor(group: Sequence[str], scores: Mapping[frozenset[str], float]) -> tuple[tuple[float, ...], ...] | int:
    """Cholesky's lower triangle of the group's correlation matrix, pairs not stated being 0; row i has i + 1 numbers.

    Where the matrix is not positive semidefinite: the index of the first key that cannot follow those before it.
    """
    rows: list[tuple[float, ...]] = []
    for i, key in enumerate(group):
        row: list[float] = []
        for j in range(i):
            rest = scores.get(frozenset((key, group[j])), 0.0) - math.fsum(
                x * y for x, y in zip(row, rows[j], strict=False)
            )
            pivot = rows[j][j]
            if pivot == 0.0 and abs(rest) > math.sqrt(_ROUNDING):
                return i
            row.append(rest / pivot if pivot else 0.0)
        left = 1.0 - math.fsum(x * x for x in row)
        if left < -_ROUNDING:
            return i
        rows.append((*row, math.sqrt(left) if left > _ROUNDING else 0.0))
    return tuple(rows)


def _pair_mistake(a: str, b: str, rho: float, stated: Mapping[frozenset[str], float]) -> DistributionMistake | None:
    if a == b:
        return DistributionMistake(f"`{a}` is correlated with itself", "name two different values", (a,))
    if frozenset((a, b)) in stated:
        return DistributionMistake(
            f"the correlation of `{a}` and `{b}` is stated twice", "keep one of the two lines", (a, b)
        )
    if not abs(rho) <= 1.0:
        return DistributionMistake(
            f"the correlation of `{a}` and `{b}` is outside -1 to 1",
            "write a number from -1 (one rises as the other falls) to 1 (both rise together)",
            (a, b),
        )
    return None


def _group_mistake(group: tuple[str, ...], scores: Mapping[frozenset[str], float]) -> DistributionMistake | None:
    if len(group) > LARGEST_GROUP:
        return DistributionMistake(
            f"{len(group)} values hang together by correlations, `{group[0]}` and `{group[1]}` among them; "
            f"at most {LARGEST_GROUP} can",
            "correlate each value with what they have in common, or make that a value they are calculated from",
            group,
        )
    failed = factor(group, scores)
    if not isinstance(failed, int):
        return None
    culprits = _fewest(group[: failed + 1], scores)
    if len(culprits) == 3:
        return _trio_mistake(culprits, scores)
    return DistributionMistake(
        f"the correlations between {_listed(culprits)} contradict each other: no values can follow all of them",
        "bring them closer to 0; a pair that is not stated counts as 0, so state those that follow from others",
        culprits,
    )


def _fewest(group: tuple[str, ...], scores: Mapping[frozenset[str], float]) -> tuple[str, ...]:
    """The impossible group without those that it is impossible without, too."""
    kept = group
    for key in group:
        rest = tuple(k for k in kept if k != key)
        if isinstance(factor(rest, scores), int):
            kept = rest
    return kept


def _trio_mistake(trio: tuple[str, ...], scores: Mapping[frozenset[str], float]) -> DistributionMistake:
    """The help gives the range that the weakest of the three pairs would have to be in."""
    pairs = sorted(combinations(trio, 2), key=lambda pair: abs(scores.get(frozenset(pair), 0.0)))
    a, b = pairs[0]
    r, s = (scores[frozenset(pair)] for pair in pairs[1:])
    reach = math.sqrt((1.0 - r * r) * (1.0 - s * s)) if abs(r) < 1.0 and abs(s) < 1.0 else 0.0
    low, high = _inward(r * s - reach, r * s + reach)
    said = "is not stated, which counts as 0" if frozenset((a, b)) not in scores else "is stated otherwise"
    return DistributionMistake(
        f"the correlations between {_listed(trio)} contradict each other: given the other two, "
        f"that of `{a}` and `{b}` lies between {low:.4g} and {high:.4g}, and it {said}",
        f"write `correlate {a}, {b} = {0.5 * (low + high):.4g}`, or bring the other two closer to 0",
        trio,
    )


def _inward(low: float, high: float) -> tuple[float, float]:
    """As rank correlations, rounded to two digits so that both ends still are possible."""
    low, high = (6.0 / math.pi * math.asin(max(-1.0, min(1.0, 0.5 * r))) for r in (low, high))
    rounded = math.ceil(100.0 * low - 1e-6) / 100.0, math.floor(100.0 * high + 1e-6) / 100.0
    return rounded if rounded[0] <= rounded[1] else (low, high)


def _listed(keys: Sequence[str]) -> str:
    """At most six by name."""
    quoted = [f"`{key}`" for key in keys]
    if len(quoted) > 6:
        quoted[5:] = [f"{len(quoted) - 5} others"]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"
