"""Where two cost curves cross, also at the steps of a staircase."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tcolang.base.record import record
from tcolang.engine.evaluation import Values

Costs: TypeAlias = Callable[[Values], Values]
"""Of factors of shape (n,), the costs of both sides, shape (2, n)."""

Flags: TypeAlias = NDArray[np.bool_]

PRECISION = 1e-9
"""How close, relative to its factor, a crossing is found."""

_STRAIGHT = 1e-10
_EQUAL = 1e-12
_GOLDEN = 0.6180339887498949


@record
class RawCrossing:
    """`equal`: the costs are the same at `factor`; `step`: it is the last factor before one of them jumps over the
    other. `first_below`: the first side is the cheaper one before."""

    factor: float
    kind: Literal["equal", "step"]
    first_below: bool


@record
class Curves:
    """All points that were looked at, `factors` rising; `costs` has a row for each side. `closed` tells for each
    interval between two points that both curves are straight there."""

    factors: Values
    costs: Values
    closed: Flags


@record
class Search:
    """`proven`: no crossing was missed, provided that costs do not fall where the volume rises."""

    curves: Curves
    crossings: tuple[RawCrossing, ...]
    proven: bool


def find_crossings(costs: Costs, curves: Curves, *, parts: int, budget: int, noise: float = 0.0) -> Search:
    """Every crossing between the first and the last of the factors, in order.

    Starts from the points of `curves`. An interval is divided as long as the curves can meet inside: their signs differ
    at its ends, or the costs at its ends leave room for it. It is left when both curves are straight in it (they are
    where points that are not evenly spaced lie on the chord) or it is as small as `PRECISION`. `budget` bounds the
    points. Costs that differ by less than `noise`, as a share of them, are not told apart: two crossings with no larger
    difference between them are none, and a smaller jump is no step.
    """
    proven = bool(np.isfinite(curves.costs).all())
    while True:
        chosen, all_of_them = _to_divide(curves, parts, budget, noise)
        proven = proven and all_of_them
        if not chosen.any():
            return Search(curves, _crossings(curves, noise), proven)
        curves = _divided(costs, curves, np.flatnonzero(chosen), parts)


def unsearched(factors: Values, costs: Values) -> Curves:
    """The curves at these factors, rising; what they do in between is open."""
    return Curves(factors, costs, np.zeros(factors.size - 1, dtype=bool))


def _to_divide(curves: Curves, parts: int, budget: int, noise: float) -> tuple[Flags, bool]:
    """The intervals that may hide a crossing; only those that do hold one where the budget is too small for all."""
    left, right = curves.factors[:-1], curves.factors[1:]
    open_ = ~curves.closed & (right - left > PRECISION * left)
    change = open_ & _sign_changes(curves)
    chosen = change | (open_ & _can_meet(curves.costs, noise))
    left_over = budget - curves.factors.size
    if chosen.sum() * (parts + 1) <= left_over:
        return chosen, True
    if change.sum() * (parts + 1) <= left_over:
        return change, False
    return np.zeros_like(chosen), False


def _can_meet(costs: Values, noise: float) -> Flags:
    """Whether two costs that stay between those at the ends of an interval can clearly change places inside."""
    low = np.minimum(costs[:, :-1], costs[:, 1:])
    high = np.maximum(costs[:, :-1], costs[:, 1:])
    tolerance = max(_EQUAL, noise) * np.abs(high).max(axis=0)
    result: Flags = (low[0] - high[1] < -tolerance) & (high[0] - low[1] > tolerance)
    return result


def _sign_changes(curves: Curves) -> Flags:
    signs = _signs(curves.costs)
    result: Flags = signs[:-1] * signs[1:] < 0.0
    return result


def _signs(costs: Values) -> Values:
    """Of first minus second; where both are equal that of the point before (at the start: of the first unequal one)."""
    difference = costs[0] - costs[1]
    signs = np.where(np.abs(difference) <= _EQUAL * np.abs(costs).max(axis=0), 0.0, np.sign(difference))
    unequal = np.flatnonzero(signs)
    if unequal.size == 0:
        return signs
    place = np.maximum.accumulate(np.where(signs != 0.0, np.arange(signs.size), 0))
    place = np.maximum(place, unequal[0])
    filled: Values = signs[place]
    return filled


def _divided(costs: Costs, curves: Curves, chosen: NDArray[np.intp], parts: int) -> Curves:
    """With points inside the chosen intervals: unevenly spread ones, and two around where chords meet."""
    inside, asked = _inner_points(curves, chosen, parts)
    found = costs(inside[asked])
    there = np.full((2, *inside.shape), np.nan)
    there[:, asked] = found
    closed = curves.closed.copy()
    closed[chosen] = _straight(curves, chosen, inside, there, asked)
    factors = np.concatenate((curves.factors, inside[asked]))
    parent = np.concatenate((np.arange(curves.factors.size), np.repeat(chosen, asked.sum(axis=1))))
    factors, order = np.unique(factors, return_index=True)
    both = np.concatenate((curves.costs, found), axis=1)[:, order]
    return Curves(factors, both, closed[parent[order][:-1]])


def _inner_points(curves: Curves, chosen: NDArray[np.intp], parts: int) -> tuple[Values, Flags]:
    """Points of shape (intervals, parts + 1), and which of them are looked at."""
    left = curves.factors[chosen][:, None]
    width = curves.factors[chosen + 1][:, None] - left
    spread = np.sort(np.arange(1, parts) * _GOLDEN % 1.0)[None, :]
    meeting, meet = _meeting(curves, chosen)
    around = np.clip(meeting[:, None] + np.array([[-0.004, 0.004]]), 0.002, 0.998)
    shares = (np.broadcast_to(spread, (chosen.size, parts - 1)), around)
    points: Values = left + width * np.concatenate(shares, axis=1)
    asked = np.ones(points.shape, dtype=bool)
    asked[~meet, parts - 1 :] = False
    return points, asked


def _meeting(curves: Curves, chosen: NDArray[np.intp]) -> tuple[Values, Flags]:
    """Where the chords of both curves meet, as a share of the interval, and whether they do."""
    difference = curves.costs[0] - curves.costs[1]
    before, after = difference[chosen], difference[chosen + 1]
    opposite: Flags = before * after < 0.0
    return np.where(opposite, before / np.where(opposite, before - after, 1.0), 0.5), opposite


def _straight(curves: Curves, chosen: NDArray[np.intp], inside: Values, found: Values, asked: Flags) -> Flags:
    """Whether all points inside lie on the chords; `found` has shape (2, intervals, points), of those `asked`."""
    left, right = curves.factors[chosen], curves.factors[chosen + 1]
    share = (inside - left[:, None]) / (right - left)[:, None]
    before, after = curves.costs[:, chosen, None], curves.costs[:, chosen + 1, None]
    off = np.abs(found - (before + share * (after - before)))
    on_chord: Flags = (off <= _STRAIGHT * np.maximum(np.abs(before), np.abs(after))) | ~asked
    all_on_it: Flags = np.logical_and.reduce(on_chord, axis=(0, 2))
    return all_on_it


def _crossings(curves: Curves, noise: float) -> tuple[RawCrossing, ...]:
    signs = _signs(curves.costs)
    places = [int(k) for k in np.flatnonzero(_sign_changes(curves))]
    return tuple(_crossing(curves, signs, k, noise) for k in _told_apart(curves, places, noise))


def _told_apart(curves: Curves, places: list[int], noise: float) -> list[int]:
    """Without the pairs of crossings between which the costs never clearly differ, the least clear ones first."""
    apart = np.abs(curves.costs[0] - curves.costs[1]) / np.maximum(
        np.abs(curves.costs).max(axis=0), np.finfo(float).tiny
    )
    gaps = [float(apart[left + 1 : right + 1].max()) for left, right in pairwise(places)]
    places = list(places) if apart.max() >= noise else []
    while places and gaps and min(gaps) < noise:
        k = gaps.index(min(gaps))
        # The gap before, the one that goes and the one after are one from now on.
        around = gaps[max(k - 1, 0) : k + 2]
        joined = [max(around)] if 0 < k < len(gaps) - 1 else []
        gaps[max(k - 1, 0) : k + 2] = joined
        del places[k : k + 2]
    return places


def _crossing(curves: Curves, signs: Values, k: int, noise: float) -> RawCrossing:
    left, right = float(curves.factors[k]), float(curves.factors[k + 1])
    before, after = (float(curves.costs[0, n] - curves.costs[1, n]) for n in (k, k + 1))
    below = bool(signs[k] < 0.0)
    jumps = abs(after - before) > noise * float(np.abs(curves.costs[:, k]).max())
    if not curves.closed[k] and right - left <= PRECISION * left and jumps:
        return RawCrossing(left, "step", below)
    return RawCrossing(left + (right - left) * (before / (before - after)), "equal", below)
