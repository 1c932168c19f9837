"""Parts that add up to the whole, in whatever order the changes were made."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.diff.attribution import EXACT, Players, attribute


def game(total: Callable[[Players], float]) -> Callable[[Players], dict[str, float]]:
    return lambda players: {"cost": total(players)}


def parts(count: int, total: Callable[[Players], float], names: list[str] | None = None) -> list[float]:
    found = attribute(names or [f"n{i}" for i in range(count)], game(total))
    return [part["cost"] for part in found.parts]


def test_price_and_volume_share_what_they_do_together_evenly() -> None:
    """Price 2 → 5, volume 10 → 30: the textbook's price effect Δp·(v₀+v₁)/2 and volume effect Δv·(p₀+p₁)/2."""
    price, volume = (2.0, 5.0), (10.0, 30.0)
    found = parts(2, lambda made: price[0 in made] * volume[1 in made])
    assert found == pytest.approx([3 * 20, 20 * 3.5])
    assert sum(found) == pytest.approx(5 * 30 - 2 * 10)


def test_the_glove_game_of_the_literature() -> None:
    """One left glove and two right ones make one pair: 2/3, 1/6, 1/6 (a standard example of the Shapley value)."""
    found = parts(3, lambda made: float(0 in made and bool(made & {1, 2})))
    assert found == pytest.approx([2 / 3, 1 / 6, 1 / 6])


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)), min_size=1, max_size=5))
def test_it_is_the_mean_over_all_orders(factors: list[tuple[float, float]]) -> None:
    def total(made: Players) -> float:
        return prod(pair[number in made] for number, pair in enumerate(factors))

    orders = list(permutations(range(len(factors))))
    means = [0.0] * len(factors)
    for order in orders:
        made: Players = frozenset()
        for player in order:
            means[player] += (total(made | {player}) - total(made)) / len(orders)
            made |= {player}
    scale = max(abs(total(frozenset(range(len(factors))))), abs(total(frozenset())))
    assert parts(len(factors), total) == pytest.approx(means, abs=1e-9 * scale)


@given(
    st.integers(EXACT + 1, 12).flatmap(
        lambda n: st.lists(st.lists(st.floats(-100, 100), min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_with_many_changes_that_act_in_pairs_it_is_exact(weights: list[list[float]]) -> None:
    """In a game of pairs a player's value is its own weight and half of each pair it is in."""
    count = len(weights)

    def total(made: Players) -> float:
        own = sum(weights[i][i] for i in made)
        return own + sum(weights[i][j] for i in made for j in made if i < j)

    expected = [
        weights[i][i] + sum(weights[min(i, j)][max(i, j)] / 2 for j in range(count) if j != i) for i in range(count)
    ]
    assert parts(count, total) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("count", [1, 2, EXACT, EXACT + 1, 30, 100])
def test_the_parts_add_up_and_do_not_depend_on_the_order_of_writing(count: int) -> None:
    factors = [1.0 + 0.01 * number for number in range(count)]
    names = [f"name{number}" for number in range(count)]

    def total_for(order: list[int]) -> Callable[[Players], float]:
        return lambda made: 100 * prod(factors[order[player]] for player in made)

    straight = list(range(count))
    found = parts(count, total_for(straight), names)
    assert sum(found) == pytest.approx(100 * prod(factors) - 100)
    turned = parts(count, total_for(straight[::-1]), names[::-1])
    assert turned[::-1] == pytest.approx(found, rel=1e-9)


def test_no_change_has_no_parts_and_the_method_is_stated() -> None:
    assert attribute([], game(lambda made: 1.0)).parts == ()
    assert attribute(["a", "b"], game(len)).method == "Shapley values over all 4 subsets of 2 changes"
    many = attribute([str(n) for n in range(60)], game(len)).method
    assert many.startswith("average over 1 fixed order of 60 changes and the reverse: ")


def test_the_work_is_bounded() -> None:
    asked: set[Players] = set()

    def total(made: Players) -> float:
        asked.add(made)
        return float(len(made))

    parts(EXACT, total)
    assert len(asked) == 2**EXACT
    asked.clear()
    parts(20, total)
    assert len(asked) <= 128
