"""How far an input has to move until another option comes out best."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np

from tcolang.base.record import record
from tcolang.engine.evaluation import Values
from tcolang.engine.moving import Case

UNKNOWN = -1
"""In place of an option where nothing comes out best."""

FARTHEST = 20.0
"""Ratios from a twentieth to twenty times are looked at."""

_STEPS = (1.0, 1.15, 1.5, 2.2, 3.5, 6.0, 11.0, FARTHEST)
_PARTS = 2
_ROUNDS = 10
"""A gap of the steps above is halved ten times: a ratio is found to within a thousandth of itself."""

Leaders = Callable[[Sequence[Case]], Sequence[int]]
"""For each case the place of the option that comes out best."""


@record
class Direction:
    """Inputs that move together: each to the power of its exponent, 1 or −1, of one ratio, which is at most `limit`."""

    exponents: tuple[tuple[str, int], ...]
    limit: float = FARTHEST

    def at(self, ratio: float) -> Case:
        return {key: ratio**exponent for key, exponent in self.exponents}


@record
class RawFlip:
    """At `ratio` and just before it (`held`) the recommendation is another; `leader` is the option that takes over."""

    direction: Direction
    held: float
    ratio: float
    leader: int


def flips(directions: Sequence[Direction], leaders: Leaders, stated: int) -> tuple[RawFlip | None, ...]:
    """For each direction the smallest ratio at which `stated` is not the leader any more; None within `FARTHEST`.

    An option that leads only between two neighbouring steps of the search, which are at most 1.9 times apart, is not
    seen.
    """
    brackets = _first_changes(directions, leaders, stated)
    open_ = [place for place, found in enumerate(brackets) if found is not None]
    for _ in range(_ROUNDS):
        inside = {place: _inside(brackets[place]) for place in open_}
        cases = [directions[place].at(ratio) for place in open_ for ratio in inside[place][1:-1]]
        told = iter(leaders(cases) if cases else ())
        for place in open_:
            before = brackets[place]
            assert before is not None
            names = [stated, *(next(told) for _ in inside[place][1:-1]), before.leader]
            brackets[place] = _narrowed(before, inside[place], names, stated)
    return tuple(brackets)


def leaders_of(scores: Callable[[Sequence[Case]], Values]) -> Leaders:
    """The option with the highest score, from scores of shape (options, cases); `UNKNOWN` where one is not finite."""

    def leaders(cases: Sequence[Case]) -> Sequence[int]:
        found = scores(cases)
        best = np.where(np.isfinite(found).all(axis=0), found.argmax(axis=0), UNKNOWN)
        return [int(place) for place in best]

    return leaders


def pairs_of(single: Mapping[str, int], limits: Mapping[str, float]) -> tuple[Direction, ...]:
    """Every two of the inputs, each in the direction in which it moves the recommendation."""
    return tuple(
        Direction(((one, single[one]), (other, single[other])), min(limits[one], limits[other]))
        for one, other in combinations(single, 2)
    )


def _first_changes(directions: Sequence[Direction], leaders: Leaders, stated: int) -> list[RawFlip | None]:
    ratios = [_ratios(direction) for direction in directions]
    cases = [d.at(ratio) for d, some in zip(directions, ratios, strict=True) for ratio in some[1:]]
    told = iter(leaders(cases))
    found: list[RawFlip | None] = []
    for direction, some in zip(directions, ratios, strict=True):
        names = [stated, *(next(told) for _ in some[1:])]
        found.append(_bracket(direction, some, names, stated))
    return found


def _ratios(direction: Direction) -> tuple[float, ...]:
    inside = [ratio for ratio in _STEPS if ratio < direction.limit]
    return (*inside, direction.limit) if direction.limit > 1.0 else (1.0,)


def _bracket(direction: Direction, ratios: Sequence[float], names: Sequence[int], stated: int) -> RawFlip | None:
    for (low, _), (high, leader) in pairwise(zip(ratios, names, strict=True)):
        if leader == UNKNOWN:
            return None
        if leader != stated:
            return RawFlip(direction, low, high, leader)
    return None


def _inside(found: RawFlip | None) -> list[float]:
    assert found is not None
    width = found.ratio / found.held
    inner = [found.held * width ** (part / _PARTS) for part in range(1, _PARTS)]
    return [found.held, *inner, found.ratio]


def _narrowed(before: RawFlip, ratios: Sequence[float], names: Sequence[int], stated: int) -> RawFlip:
    return _bracket(before.direction, ratios, names, stated) or before
