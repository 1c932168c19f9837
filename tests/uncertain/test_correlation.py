"""Which correlations can hold together. Expected values from the determinant of three by three."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tcolang.uncertain.correlation import (
    LARGEST_GROUP,
    Correlation,
    correlated_groups,
    correlation_mistake,
    factor,
    normal_scores,
)
from tcolang.uncertain.distribution import DistributionMistake


def mistake(*correlations: Correlation) -> DistributionMistake:
    result = correlation_mistake(correlations)
    assert result is not None
    return result


def test_possible_correlations_have_no_mistake() -> None:
    assert correlation_mistake([]) is None
    assert correlation_mistake([("a", "b", 0.6), ("c", "b", -0.6), ("x", "y", 1.0)]) is None
    assert correlation_mistake([("a", "b", 1.0), ("b", "c", 1.0), ("a", "c", 1.0)]) is None
    assert correlation_mistake([("a", "b", 1.0), ("b", "c", -1.0), ("a", "c", -1.0)]) is None


@pytest.mark.parametrize("rho", [1.01, -1.5, math.nan, math.inf])
def test_a_correlation_is_between_minus_one_and_one(rho: float) -> None:
    assert mistake(("a", "b", rho)).keys == ("a", "b")
    assert "outside -1 to 1" in mistake(("a", "b", rho)).message


def test_a_pair_is_stated_once_and_has_two_members() -> None:
    assert "stated twice" in mistake(("a", "b", 0.5), ("b", "a", 0.5)).message
    assert "`a` is correlated with itself" in mistake(("a", "a", 1.0)).message


def test_an_impossible_trio_is_named_with_the_range_that_is_possible() -> None:
    found = mistake(("p", "q", 0.1), ("a", "b", 0.9), ("b", "c", 0.9))
    assert found.keys == ("a", "b", "c")
    r = 2.0 * math.sin(math.pi * 0.9 / 6.0)
    least = 6.0 / math.pi * math.asin((r * r - (1.0 - r * r)) / 2.0)
    assert f"between {math.ceil(100.0 * least) / 100.0:.4g} and 1, and it is not stated" in found.message
    assert "correlate a, c = " in found.help


def test_the_help_for_a_trio_helps() -> None:
    for third in (-0.9, -0.3, 0.2):
        found = mistake(("a", "b", 0.95), ("b", "c", 0.9), ("a", "c", third))
        suggestion = float(found.help.split("= ")[1].split("`")[0])
        mended = {frozenset(("a", "b")): 0.95, frozenset(("b", "c")): 0.9, frozenset(("a", "c")): third}
        pair = frozenset(found.help.split("correlate ")[1].split(" =")[0].split(", "))
        mended[pair] = suggestion
        assert correlation_mistake([(*sorted(p), rho) for p, rho in mended.items()]) is None  # type: ignore[misc]


def test_a_larger_contradiction_is_named_without_bystanders() -> None:
    # Four values cannot all be correlated below -1/3 with each other; any three of these can.
    inner = [(a, b, -0.4) for a, b in combinations("bcde", 2)]
    found = mistake(("a", "b", 0.1), *inner, ("e", "f", 0.1))
    assert found.keys == ("b", "c", "d", "e")
    assert "`b`, `c`, `d` and `e`" in found.message


@given(st.tuples(*[st.floats(-1.0, 1.0)] * 3))
def test_a_trio_is_refused_where_its_determinant_is_negative(rho: tuple[float, float, float]) -> None:
    x, y, z = (2.0 * math.sin(math.pi * r / 6.0) for r in rho)
    determinant = 1.0 + 2.0 * x * y * z - x * x - y * y - z * z
    assume(abs(determinant) > 1e-6)
    result = correlation_mistake([("a", "b", rho[0]), ("a", "c", rho[1]), ("b", "c", rho[2])])
    assert (result is None) is (determinant > 0.0)


@given(st.integers(2, 7), st.integers(0, 10**6))
def test_the_factor_squares_to_the_matrix(size: int, seed: int) -> None:
    loadings = np.random.default_rng(seed).normal(size=(size, size + 1))
    loadings /= np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    matrix = loadings @ loadings.T
    keys = [f"k{i}" for i in range(size)]
    rows = factor(keys, {frozenset((keys[i], keys[j])): float(matrix[i, j]) for i in range(size) for j in range(i)})
    assert not isinstance(rows, int)
    triangle = np.array([[*row, *[0.0] * (size - len(row))] for row in rows])
    assert triangle @ triangle.T == pytest.approx(matrix, abs=1e-8)


def test_many_contradicting_values_are_counted() -> None:
    # Equal scores are possible down to -1/6 for seven values, to -1/7 for eight; -0.15 has the score -0.157.
    found = mistake(*[(a, b, -0.15) for a, b in combinations("abcdefgh", 2)])
    assert found.keys == tuple("abcdefgh")
    assert "`a`, `b`, `c`, `d`, `e` and 3 others" in found.message


def test_groups_hang_together_through_others() -> None:
    chain = [("d", "c", 0.1), ("x", "y", 0.2), ("a", "b", 0.1), ("c", "b", 0.1)]
    assert correlated_groups(chain) == (("a", "b", "c", "d"), ("x", "y"))


def test_groups_have_a_limit() -> None:
    def star(size: int) -> list[Correlation]:
        return [("k000", f"k{i:03}", 0.01) for i in range(1, size)]

    assert correlation_mistake(star(LARGEST_GROUP)) is None
    assert f"{LARGEST_GROUP + 1} values" in mistake(*star(LARGEST_GROUP + 1)).message


def test_normal_scores_are_pearsons() -> None:
    scores = normal_scores([("a", "b", 0.5), ("c", "d", 1.0)])
    assert scores[frozenset("ab")] == pytest.approx(0.5176380902050415, rel=1e-15)  # 2 sin 15°
    assert scores[frozenset("cd")] == pytest.approx(1.0, rel=1e-15)
