"""Flip points against closed forms, and against trying ten thousand ratios one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, isclose, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.engine.flips import FARTHEST, UNKNOWN, Direction, Leaders, flips, leaders_of, pairs_of
from tcolang.engine.moving import Case

UP = Direction((("x", 1),))
DOWN = Direction((("x", -1),))


def by_cost(*costs: Callable[[float, float], float]) -> Leaders:
    """Options that cost so much when `x` and `y` are at these factors."""

    def scores(cases: Sequence[Case]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        return np.array([[-cost(case.get("x", 1.0), case.get("y", 1.0)) for case in cases] for cost in costs])

    return leaders_of(scores)


def test_two_lines_change_places_where_they_meet() -> None:
    (up, down) = flips([UP, DOWN], by_cost(lambda x, y: 3 * x, lambda x, y: 8.0), 0)
    assert up is not None and down is None
    assert up.ratio == pytest.approx(8 / 3, rel=1e-3)
    assert up.held <= 8 / 3 <= up.ratio
    assert up.leader == 1


def test_a_fall_is_told_as_a_ratio_above_one() -> None:
    (found,) = flips([DOWN], by_cost(lambda x, y: 5.0, lambda x, y: 20 * x), 0)
    assert found is not None
    assert found.ratio == pytest.approx(4.0, rel=1e-3)
    assert found.direction.at(found.ratio)["x"] == pytest.approx(0.25, rel=1e-3)


def test_a_step_is_found_where_it_is() -> None:
    # The fourth machine is needed above 1.5 times the load, and is one too many.
    (found,) = flips([UP], by_cost(lambda x, y: ceil(2 * x - 1e-12), lambda x, y: 3.5), 0)
    assert found is not None and found.held <= 1.5 < found.ratio < 1.5 * 1.001


def test_nothing_within_twenty_times() -> None:
    assert flips([UP], by_cost(lambda x, y: x, lambda x, y: 20.5), 0) == (None,)
    (found,) = flips([UP], by_cost(lambda x, y: x, lambda x, y: 19.5), 0)
    assert found is not None and found.ratio == pytest.approx(19.5, rel=1e-3)


def test_a_share_stops_at_its_limit() -> None:
    short = Direction((("x", 1),), limit=1.25)
    assert flips([short], by_cost(lambda x, y: x, lambda x, y: 1.3), 0) == (None,)
    (found,) = flips([short], by_cost(lambda x, y: x, lambda x, y: 1.2), 0)
    assert found is not None and found.ratio == pytest.approx(1.2, rel=1e-3)


def test_what_cannot_be_computed_is_no_flip() -> None:
    leaders = by_cost(lambda x, y: x, lambda x, y: float("nan") if x > 2 else 5.0)
    assert leaders([{"x": 3.0}]) == [UNKNOWN]
    assert flips([UP], leaders, 0) == (None,)


def test_a_pair_has_to_move_by_the_root() -> None:
    leaders = by_cost(lambda x, y: x / y, lambda x, y: 6.0)
    (pair,) = pairs_of({"x": 1, "y": -1}, {"x": FARTHEST, "y": FARTHEST})
    (found,) = flips([pair], leaders, 0)
    assert found is not None and found.ratio == pytest.approx(sqrt(6), rel=1e-3)


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0.1, 10), st.integers(-2, 2)), min_size=2, max_size=4))
def test_as_trying_every_ratio(terms: list[tuple[float, float, int]]) -> None:
    costs = [lambda x, y, a=a, b=b, n=n: a + b * x**n for a, b, n in terms]
    leaders = by_cost(*costs)
    stated = leaders([{}])[0]
    (found,) = flips([UP], leaders, stated)
    tried = np.geomspace(1.0, FARTHEST, 4_000)
    wins = list(leaders([{"x": float(ratio)} for ratio in tried]))
    other = [float(ratio) for ratio, place in zip(tried, wins, strict=True) if place != stated]
    if found is not None:
        assert found.leader != stated
        # The nearest, unless the order changes back between two steps of the search.
        assert other and found.ratio >= other[0] / 1.002
        gap = [place for ratio, place in zip(tried, wins, strict=True) if other[0] <= ratio < found.ratio / 1.002]
        assert isclose(found.ratio, other[0], rel_tol=3e-3) or stated in gap
    else:
        assert not other or wins[-1] == stated or other[0] > FARTHEST / 1.001
