"""Each family, against closed forms; and what holds for all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pytest

from tcolang.uncertain.distribution import (
    Distribution,
    DistributionMistake,
    certain,
    cumulative,
    describe,
    interval,
    is_certain,
    mean,
    quantile,
    support,
)
from tcolang.uncertain.explicit import discrete, mixture, named
from tcolang.uncertain.family import families


def made(result: Distribution | DistributionMistake) -> Distribution:
    assert isinstance(result, Distribution), result
    return result


def of(name: str, *numbers: float, **by_name: float) -> Distribution:
    return made(named(name, [(None, n) for n in numbers] + list(by_name.items())))


def refused(result: Distribution | DistributionMistake) -> DistributionMistake:
    assert isinstance(result, DistributionMistake), result
    return result


def values(distribution: Distribution, u: Sequence[float]) -> list[float]:
    return [float(x) for x in quantile(np, np.array(u), distribution)]


RISK = made(mixture([certain(0.0), of("uniform", 5.0, 9.0)], [0.6, 0.4]))
TWO_REGIMES = made(mixture([of("normal", -10.0, 10.0), of("lognormal", 40.0, 90.0)], [0.7, 0.3]))
CONTINUOUS = [
    of("normal", p5=-2.0, p95=7.0),
    of("normal", mean=100.0, sd=3.0),
    of("lognormal", 0.5, 8.0),
    of("logitnormal", 0.02, 0.4),
    of("uniform", -3.0, 4.0),
    of("triangular", 1.0, 2.0, 6.0),
    of("triangular", 1.0, 1.0, 6.0),
    of("triangular", 1.0, 6.0, 6.0),
    of("pert", 1.0, 2.0, 6.0),
    of("pert", -6.0, -6.0, 2.0),
    of("pert", -6.0, 2.0, 2.0),
    TWO_REGIMES,
]
EVERY = [*CONTINUOUS, certain(3.5), RISK, made(discrete([10.0, 20.0, 50.0], [0.5, 0.3, 0.2]))]
GRID = (np.arange(20_000.0) + 0.5) / 20_000.0


def test_every_family_is_tried_here() -> None:
    assert {d.family for d in EVERY} == set(families())


@pytest.mark.parametrize("distribution", CONTINUOUS, ids=describe)
def test_the_cumulative_function_undoes_the_quantile(distribution: Distribution) -> None:
    x = quantile(np, GRID, distribution)
    assert cumulative(np, x, distribution) == pytest.approx(GRID, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("distribution", EVERY, ids=describe)
def test_the_mean_is_the_average_quantile(distribution: Distribution) -> None:
    average = math.fsum(quantile(np, GRID, distribution)) / GRID.size
    spread = float(np.ptp(quantile(np, np.array([0.05, 0.95]), distribution)))
    assert mean(distribution) == pytest.approx(average, abs=2e-4 * spread + 1e-15)


@pytest.mark.parametrize("distribution", EVERY, ids=describe)
def test_the_quantile_rises_inside_the_support(distribution: Distribution) -> None:
    ends = np.array([2.0**-53, 1e-9, *GRID[::50], 1.0 - 1e-9, 1.0 - 2.0**-53])
    x = quantile(np, ends, distribution)
    low, high = support(distribution)
    assert np.isfinite(x).all()
    assert (np.diff(x) >= 0.0).all()
    assert low <= x[0]
    assert x[-1] <= high


@pytest.mark.parametrize("distribution", EVERY, ids=describe)
def test_shape_and_pieces_do_not_matter(distribution: Distribution) -> None:
    whole = quantile(np, GRID.reshape(20, 1000), distribution)
    assert whole.shape == (20, 1000)
    assert whole[19, 990:].tolist() == quantile(np, GRID[19_990:], distribution).tolist()
    assert cumulative(np, whole[:2, :3], distribution).shape == (2, 3)
    assert float(quantile(np, np.array(0.25), distribution)) == quantile(np, np.array([0.25]), distribution)[0]


def test_normal_by_mean_and_deviation() -> None:
    u = [0.01, 0.05, 0.5, 0.95, 0.99]
    expected = [NormalDist(100.0, 3.0).inv_cdf(p) for p in u]
    assert values(of("normal", mean=100.0, sd=3.0), u) == pytest.approx(expected, rel=1e-14)
    assert values(of("normal", sd=3.0, mean=100.0), u) == values(of("normal", mean=100.0, sd=3.0), u)
    assert describe(of("normal", mean=100.0, sd=3.0)) == "normal, mean and standard deviation"


def test_uniform_and_triangular_quantiles() -> None:
    assert values(of("uniform", 2.0, 10.0), [0.05, 0.5, 0.95]) == pytest.approx([2.4, 6.0, 9.6], rel=1e-15)
    # Of 0, 1, 4 the mode is the 25th percentile; √(u·4·1) below it, 4 - √((1-u)·4·3) above.
    expected = [0.4, 1.0, 4.0 - math.sqrt(6.0), 4.0 - math.sqrt(12.0 * 0.05)]
    assert values(of("triangular", 0.0, 1.0, 4.0), [0.04, 0.25, 0.5, 0.95]) == pytest.approx(expected, rel=1e-14)


def test_pert_mean_variance_and_median() -> None:
    a, m, b = 3.0, 5.0, 15.0
    x = quantile(np, GRID, of("pert", a, m, b))
    mu = (a + 4.0 * m + b) / 6.0
    assert mean(of("pert", a, m, b)) == pytest.approx(mu, rel=1e-15)
    assert float(x.mean()) == pytest.approx(mu, rel=1e-6)
    assert float(x.var()) == pytest.approx((mu - a) * (b - mu) / 7.0, rel=1e-5)
    assert values(of("pert", 0.0, 6.0, 12.0), [0.5]) == pytest.approx([6.0], rel=1e-13)  # symmetric
    assert values(of("pert", 0.0, 0.0, 1.0), [0.95]) == pytest.approx([1.0 - 0.05**0.2], rel=1e-13)


@pytest.mark.parametrize(("low", "high"), [(0.02, 0.4), (0.3, 0.9), (0.6, 0.61)])
def test_logit_normal_mean_against_gauss_hermite(low: float, high: float) -> None:
    nodes, weights = np.polynomial.hermite_e.hermegauss(180)
    first, last = (math.log(share / (1.0 - share)) for share in (low, high))
    scale = (last - first) / (NormalDist().inv_cdf(0.95) - NormalDist().inv_cdf(0.05))
    shares = 1.0 / (1.0 + np.exp(-(0.5 * (first + last) + scale * nodes)))
    expected = float((weights * shares).sum() / weights.sum())
    assert mean(made(interval(low, high, "share"))) == pytest.approx(expected, rel=1e-11)


def test_discrete_values_by_their_weights() -> None:
    distribution = made(discrete([50.0, 10.0, 20.0], [0.2, 0.5, 0.3]))
    assert distribution.numbers == (10.0, 0.5, 20.0, 0.3, 50.0, 0.2)
    assert values(distribution, [0.001, 0.5, 0.500001, 0.8, 0.800001, 0.999]) == [10.0, 10.0, 20.0, 20.0, 50.0, 50.0]
    assert cumulative(np, np.array([9.0, 10.0, 19.0, 20.0, 50.0]), distribution).tolist() == [0.0, 0.5, 0.5, 0.8, 1.0]
    assert mean(distribution) == pytest.approx(21.0, rel=1e-15)
    assert support(distribution) == (10.0, 50.0)
    assert describe(distribution) == "discrete, 3 values"


def test_many_equal_weights_do_not_drift() -> None:
    distribution = made(discrete([float(v) for v in range(10)], [0.1] * 10))
    assert values(distribution, [k / 10 for k in range(1, 10)]) == [float(k) for k in range(9)]


def test_a_mixture_keeps_the_chance_of_its_point() -> None:
    assert values(RISK, [0.1, 0.6, 0.8, 0.9]) == pytest.approx([0.0, 0.0, 7.0, 8.0], abs=1e-12)
    assert mean(RISK) == pytest.approx(2.8, rel=1e-15)
    assert support(RISK) == (0.0, 9.0)
    assert describe(RISK) == "mixture of 2"


def test_a_mixture_of_equals_is_the_component() -> None:
    one = of("lognormal", 2.0, 9.0)
    both = made(mixture([one, one], [0.25, 0.75]))
    assert quantile(np, GRID, both) == pytest.approx(quantile(np, GRID, one), rel=1e-12)


def test_a_mixture_of_uniforms_has_a_broken_line() -> None:
    both = made(mixture([of("uniform", 0.0, 1.0), of("uniform", 0.5, 2.5)], [0.5, 0.5]))
    # Density 0.5 to 0.5, 0.75 to 1, 0.25 beyond: cumulative 0.25, 0.625, 1.
    assert values(both, [0.125, 0.25, 0.4375, 0.625, 0.8125]) == pytest.approx([0.25, 0.5, 0.75, 1.0, 1.75], rel=1e-12)


@pytest.mark.parametrize(
    "distribution",
    [
        of("normal", 4.0, 4.0),
        of("normal", mean=4.0, sd=0.0),
        of("lognormal", 4.0, 4.0),
        of("uniform", 4.0, 4.0),
        of("triangular", 4.0, 4.0, 4.0),
        of("pert", 4.0, 4.0, 4.0),
        made(discrete([4.0], [1.0])),
        made(mixture([certain(4.0), certain(4.0)], [0.5, 0.5])),
    ],
)
def test_what_has_no_width_is_certain(distribution: Distribution) -> None:
    assert is_certain(distribution)
    assert distribution == certain(4.0)


@pytest.mark.parametrize(
    ("mistake", "message", "help_"),
    [
        (named("normal", [("p5", 2.0), ("p95", 1.0)]), "`p5` is above", "smaller"),
        (named("normal", [("mean", 2.0), ("sd", -1.0)]), "never negative", "positive"),
        (named("normal", [("mean", 2.0), ("p95", 3.0)]), "parameters", "`normal(mean = …, sd = …)`"),
        (named("normal", [("p5", math.nan), ("p95", 1.0)]), "too large", "1e300"),
        (named("uniform", [(None, 2.0)]), "parameters", "`uniform(low = …, high = …)`"),
        (named("uniform", [(None, 1.0), (None, 2.0), (None, 3.0)]), "parameters", "`uniform(low = …, high = …)`"),
        (named("uniform", [(None, 1.0), ("low", 2.0)]), "parameters", "`uniform(low = …, high = …)`"),
        (named("uniform", [(None, 2.0), (None, 1.0)]), "`low` is above", "smaller"),
        (named("triangular", [(None, 2.0), (None, 1.0), (None, 4.0)]), "order low, mode, high", "likeliest"),
        (named("pert", [(None, 2.0), (None, 5.0), (None, 4.0)]), "order low, mode, high", "likeliest"),
        (named("lognormal", [(None, 0.0), (None, 1.0)]), "above zero", "`normal(p5 = …, p95 = …)`"),
        (named("lognormal", [(None, 2.0), (None, 1.0)]), "`p5` is above", "smaller"),
        (named("logitnormal", [(None, 0.0), (None, 0.5)]), "inside 0–100 %", "above 0 %"),
        (named("logitnormal", [(None, 0.6), (None, 0.5)]), "`p5` is above", "smaller"),
        (discrete([1.0, 2.0], [0.5, 0.4]), "add to 90 %", "100 %"),
        (discrete([1.0, 2.0], [1.5, -0.5]), "not above zero", "leave out"),
        (discrete([1.0, 2.0], [1.0]), "as many weights", "`discrete(values = […], weights = […])`"),
        (discrete([], []), "at least one", "`discrete("),
        (mixture([certain(1.0)], [0.5, 0.5]), "as many weights", "`mixture("),
        (mixture([certain(1.0), RISK], [0.5, 0.5]), "a mixture itself", "one mixture"),
        (mixture([certain(1.0), certain(2.0)], [0.5, 0.6]), "add to 110 %", "100 %"),
    ],
)
def test_impossible_parameters_say_what_to_write(
    mistake: Distribution | DistributionMistake, message: str, help_: str
) -> None:
    assert message in refused(mistake).message
    assert help_ in refused(mistake).help


def test_an_unknown_family_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        named("gaussian", [])
