"""The value of knowing, against closed forms."""

from __future__ import annotations

from math import erf, exp, log, pi, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from tcolang.engine.knowing import worth_of_knowing, worth_of_knowing_all
from tcolang.engine.moving import movable_inputs
from tcolang.uncertain.draw import uniforms
from tcolang.uncertain.standard_normal import inverse_normal
from tests.engine.made import model, node, times, total_of

SAMPLES = 10_000


def density(z: float) -> float:
    return exp(-z * z / 2) / sqrt(2 * pi)


def below(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2


def of_a_normal(mean: float, spread: float) -> float:
    """Raiffa and Schlaifer: the unit normal loss integral."""
    return spread * density(mean / spread) - abs(mean) * below(-abs(mean) / spread)


def normals(*keys: str) -> list[NDArray[np.float64]]:
    drawn = uniforms(keys, SAMPLES, 1, 1)
    return [inverse_normal(np, drawn[key]) for key in keys]


@pytest.mark.parametrize("mean", [0.0, 30.0, -80.0])
def test_knowing_all_of_a_normal_difference(mean: float) -> None:
    (z,) = normals("z")
    costs = [np.full(SAMPLES, 500.0), 500.0 - mean + 100.0 * z]
    assert worth_of_knowing_all(costs, [0.0, 0.0]) == pytest.approx(of_a_normal(mean, 100.0), rel=2e-3)


def test_what_options_are_worth_beside_their_cost_counts() -> None:
    (z,) = normals("z")
    costs = [np.full(SAMPLES, 500.0), 470.0 + 100.0 * z]
    assert worth_of_knowing_all(costs, [50.0, 0.0]) == pytest.approx(of_a_normal(-20.0, 100.0), rel=2e-3)


def test_knowing_one_of_two_normals() -> None:
    one, two = normals("one", "two")
    costs = [np.full(SAMPLES, 500.0), 480.0 + 60.0 * one + 80.0 * two]
    first, second = worth_of_knowing({"one": one, "two": two}, costs, [0.0, 0.0], (0, 1))
    assert first.worth == pytest.approx(of_a_normal(20.0, 60.0), rel=0.03)
    assert second.worth == pytest.approx(of_a_normal(20.0, 80.0), rel=0.03)
    # 60² and 80² of 100²
    assert (first.share, second.share) == pytest.approx((0.36, 0.64), abs=0.02)


def test_knowing_one_that_bends_is_black_s_formula() -> None:
    """E[(m·X − K)⁺] of a lognormal X: F. Black, The Pricing of Commodity Contracts (1976)."""
    z, u = normals("price", "volume")
    spread, strike = 0.4, 110.0
    price = 100.0 * np.exp(spread * z - spread * spread / 2)
    costs = [np.full(SAMPLES, strike), price * (1.0 + 0.1 * u)]
    (price_known, _) = worth_of_knowing({"price": price, "volume": u}, costs, [0.0, 0.0], None)
    d1 = log(100.0 / strike) / spread + spread / 2
    call = 100.0 * below(d1) - strike * below(d1 - spread)
    # The API, dearer on average by 100 − 110 < 0, is what one would take; knowing is worth the chance to leave it.
    assert price_known.worth == pytest.approx(call, rel=0.03)


def test_importance_of_the_factors_of_a_product() -> None:
    """Var(E[X·Y | X]) / Var(X·Y) = (1/48) / (7/144) = 3/7 for X and Y uniform on 0–1."""
    drawn = uniforms(("x", "y"), SAMPLES, 1, 1)
    costs = [drawn["x"] * drawn["y"], np.zeros(SAMPLES)]
    told = worth_of_knowing(drawn, costs, [0.0, 0.0], (0, 1))
    assert [known.share for known in told] == pytest.approx([3 / 7, 3 / 7], abs=0.02)


def test_options_that_differ_by_the_same_everywhere_rest_on_nothing() -> None:
    (z,) = normals("z")
    costs = [1e6 + 3e5 * z, 1e6 + 3e5 * z + 10.0]
    (known,) = worth_of_knowing({"z": z}, costs, [0.0, 0.0], (0, 1))
    assert known.worth == pytest.approx(0.0, abs=1e-6)
    assert known.share == 0.0
    assert worth_of_knowing_all(costs, [0.0, 0.0]) == pytest.approx(0.0, abs=1e-6)


def test_only_what_is_stated_moves() -> None:
    made = model(
        [
            node("price", 3.0, sort="assumption"),
            node("doubled", times("price", 2.0), sort="input"),
            node("free", 0.0, sort="input"),
            node("elsewhere", 5.0, sort="input"),
            node("bill", total_of("doubled", "free")),
        ],
        tco={"api": "bill"},
    )
    assert movable_inputs(made, ["bill"]) == ("price",)
