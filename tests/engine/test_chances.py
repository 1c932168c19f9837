from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from tcolang.engine.chances import chances_lowest, difference, shares_highest, statistic_error
from tcolang.engine.evaluation import Evaluation

RANDOM = np.random.default_rng(1)
A, B, C = RANDOM.normal(0.0, 1.0, (3, 200))


def evaluation(**values: object) -> Evaluation:
    return Evaluation(2, 200, 20, 0, {key: np.atleast_2d(np.asarray(value, float)) for key, value in values.items()})


def test_a_difference_is_taken_future_by_future() -> None:
    found = difference(evaluation(a=A, b=A + 1.0 + 0.1 * B), "a", "b")
    gap = 1.0 + 0.1 * B
    assert found.estimate.mean == pytest.approx(gap.mean())
    assert found.estimate.standard_error == pytest.approx(gap.reshape(20, 10).mean(axis=1).std(ddof=1) / sqrt(20))
    assert (found.chance, found.chance_error) == (1.0, 0.0)


def test_a_chance_has_the_error_of_its_batches() -> None:
    found = difference(evaluation(a=A, b=B), "a", "b")
    lower = (A < B).astype(float)
    assert found.chance == pytest.approx(lower.mean())
    assert found.chance_error == pytest.approx(lower.reshape(20, 10).mean(axis=1).std(ddof=1) / sqrt(20))


def test_certain_values_differ_exactly() -> None:
    found = difference(evaluation(a=0.1, b=0.3), "a", "b")
    assert found.estimate.mean == 0.3 - 0.1
    assert (found.estimate.standard_error, found.chance, found.chance_error) == (0.0, 1.0, 0.0)
    assert difference(evaluation(a=0.1 + 0.2, b=0.3), "b", "a").chance == 0.0


def test_monthly_values_are_averaged() -> None:
    values = {"a": np.array([[1.0], [3.0]]), "b": np.array([[5.0], [5.0]])}
    assert difference(Evaluation(2, 200, 20, 0, values), "a", "b").estimate.mean == 3.0


def test_chances_to_be_lowest_add_up_to_one() -> None:
    chances = chances_lowest(evaluation(a=A, b=B, c=C), ("a", "b", "c"))
    lowest = np.argmin(np.stack((A, B, C)), axis=0)
    assert [chance for chance, _ in chances] == pytest.approx([float((lowest == place).mean()) for place in range(3)])
    first = (lowest == 0).reshape(20, 10).mean(axis=1)
    assert chances[0][1] == pytest.approx(first.std(ddof=1) / sqrt(20))


def test_equal_ones_share_a_future() -> None:
    chances = chances_lowest(evaluation(a=A, b=A * (1 + 1e-15), c=A + 1.0), ("a", "b", "c"))
    assert [chance for chance, _ in chances] == [0.5, 0.5, 0.0]


def test_bonuses_move_the_highest() -> None:
    values = evaluation(a=[1.0] * 200, b=[2.0] * 100 + [4.0] * 100)
    # b is ahead of a where its bonus exceeds a's by more than 1, or 3.
    rows = [(0.0, 0.5), (0.0, 2.0), (0.0, 3.5), (5.0, 5.0)]
    assert shares_highest(values, ("a", "b"), rows) == (0.625, 0.375)


@pytest.mark.parametrize("percent", [5, 50, 80, 95])
def test_the_error_of_a_percentile(percent: int) -> None:
    expected = np.percentile(A.reshape(20, 10), percent, axis=1).std(ddof=1) / sqrt(20)
    assert statistic_error(evaluation(a=A), f"p{percent}", "a") == pytest.approx(expected)


def test_the_error_of_a_mean() -> None:
    expected = A.reshape(20, 10).mean(axis=1).std(ddof=1) / sqrt(20)
    assert statistic_error(evaluation(a=A), "mean", "a") == pytest.approx(expected)


def test_what_has_no_error_or_none_that_is_known() -> None:
    assert statistic_error(evaluation(a=3.0), "p80", "a") == 0.0
    assert statistic_error(evaluation(a=A), "chance", "a") is None
    assert statistic_error(evaluation(a=A), "p80", "gone") is None
    single = Evaluation(1, 1, 1, 0, {"a": np.array([[3.0, 4.0]])})
    assert statistic_error(Evaluation(1, 2, 1, 0, single.values), "p80", "a") == 0.0
