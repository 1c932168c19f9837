"""Intervals and what is asked of a distribution."""

from __future__ import annotations

import math
import subprocess
import sys
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.uncertain.distribution import (
    Distribution,
    DistributionMistake,
    Domain,
    certain,
    describe,
    interval,
    is_certain,
    mean,
    quantile,
    support,
)


def made(low: float, high: float, domain: Domain = "real") -> Distribution:
    result = interval(low, high, domain)
    assert isinstance(result, Distribution), result
    return result


def refused(low: float, high: float, domain: Domain = "real") -> DistributionMistake:
    result = interval(low, high, domain)
    assert isinstance(result, DistributionMistake), result
    return result


def at(distribution: Distribution, u: float) -> float:
    return float(quantile(np, np.array(u), distribution))


@pytest.mark.parametrize(
    ("low", "high", "domain", "family"),
    [
        (0.05, 0.2, "share", "logitnormal"),
        (230e3, 280e3, "real", "lognormal"),
        (230e3, 280e3, "positive", "lognormal"),
        (-5.0, 12.0, "real", "normal"),
        (-12.0, -5.0, "real", "normal"),
    ],
)
def test_the_family_follows_from_the_domain(low: float, high: float, domain: Domain, family: str) -> None:
    distribution = made(low, high, domain)
    assert distribution == Distribution(family, (("p5", low), ("p95", high)))
    assert at(distribution, 0.05) == pytest.approx(low, rel=1e-12)
    assert at(distribution, 0.95) == pytest.approx(high, rel=1e-12)


@given(st.floats(1e-9, 1e9), st.floats(1.0001, 1e6))
def test_positive_ends_are_the_percentiles(low: float, factor: float) -> None:
    distribution = made(low, low * factor)
    assert at(distribution, 0.05) == pytest.approx(low, rel=1e-12)
    assert at(distribution, 0.95) == pytest.approx(low * factor, rel=1e-12)
    assert at(distribution, 0.5) == pytest.approx(low * math.sqrt(factor), rel=1e-12)


@given(st.floats(0.001, 0.49), st.floats(0.5, 0.999))
def test_the_ends_of_a_share_are_the_percentiles(low: float, high: float) -> None:
    distribution = made(low, high, "share")
    assert at(distribution, 0.05) == pytest.approx(low, rel=1e-12)
    assert at(distribution, 0.95) == pytest.approx(high, rel=1e-12)
    assert 0.0 < at(distribution, 2.0**-53) < at(distribution, 1.0 - 2.0**-53) < 1.0


def test_the_widest_share_stays_inside() -> None:
    distribution = made(1e-12, 1.0 - 1e-12, "share")
    assert at(distribution, 2.0**-53) > 0.0
    assert at(distribution, 1.0 - 2.0**-53) < 1.0


@pytest.mark.parametrize("domain", ["share", "positive", "real"])
@pytest.mark.parametrize("value", [0.0, 0.1, 0.3, 1.0])
def test_equal_ends_are_exactly_that_value(value: float, domain: Domain) -> None:
    distribution = made(value, value, domain)
    assert distribution == certain(value)
    assert is_certain(distribution)
    assert support(distribution) == (value, value)
    assert mean(distribution) == value
    assert set(quantile(np, np.array([0.001, 0.5, 0.999]), distribution).tolist()) == {value}
    assert describe(distribution) == "certain"


@pytest.mark.parametrize(
    ("low", "high", "domain", "message", "help_"),
    [
        (2.0, 1.0, "real", "backwards", "smaller end first"),
        (math.nan, 1.0, "real", "finite", "plain numbers"),
        (1.0, math.inf, "positive", "finite", "plain numbers"),
        (0.0, 5.0, "real", "exactly zero", "`uniform(0, …)`"),
        (0.0, 5.0, "positive", "exactly zero", "above zero"),
        (-5.0, 0.0, "real", "exactly zero", "`uniform(…, 0)`"),
        (-5.0, 5.0, "positive", "cannot be negative", "`uniform(0, …)`"),
        (0.0, 0.2, "share", "exactly 0 %", "`triangular(low, mode, high)`"),
        (0.9, 1.0, "share", "exactly 100 %", "`99.9%`"),
        (-0.1, 0.2, "share", "leaves 0–100 %", "between 0 % and 100 %"),
        (0.5, 1.2, "share", "leaves 0–100 %", "between 0 % and 100 %"),
        (1.5, 1.5, "share", "leaves 0–100 %", "between 0 % and 100 %"),
        (1e-100, 1e100, "real", "orders of magnitude", "narrower"),
        (1e-99, 0.5, "share", "small", "1e-60"),
    ],
)
def test_what_is_no_interval_says_what_to_write(
    low: float, high: float, domain: Domain, message: str, help_: str
) -> None:
    mistake = refused(low, high, domain)
    assert message in mistake.message
    assert help_ in mistake.help


@pytest.mark.parametrize(
    ("low", "high", "domain", "can_be_zero"),
    [(0.05, 0.2, "share", False), (1.0, 2.0, "real", False), (-1.0, 2.0, "real", True), (-2.0, -1.0, "real", True)],
)
def test_the_support_tells_whether_it_can_be_zero(low: float, high: float, domain: Domain, can_be_zero: bool) -> None:
    least, largest = support(made(low, high, domain))
    assert (least <= 0.0 <= largest) is can_be_zero


def test_the_support_of_a_share_is_inside_and_of_an_amount_open() -> None:
    least, largest = support(made(0.05, 0.2, "share"))
    assert 0.0 < least < 1e-300
    assert 1.0 - 1e-15 < largest < 1.0
    assert support(made(-1.0, 2.0)) == (-math.inf, math.inf)
    assert support(made(1.0, 2.0))[1] == math.inf


def test_means_agree_with_closed_forms() -> None:
    sigma = math.log(4.0) / (2.0 * NormalDist().inv_cdf(0.95))
    assert mean(made(1.0, 4.0)) == pytest.approx(2.0 * math.exp(sigma**2 / 2.0), rel=1e-14)
    assert mean(made(-3.0, 5.0)) == pytest.approx(1.0, rel=1e-14)
    assert mean(made(0.2, 0.8, "share")) == pytest.approx(0.5, rel=1e-14)  # by symmetry


def test_the_widest_log_normal_still_has_a_mean_and_draws() -> None:
    distribution = made(1e110, 1e150)
    assert math.isfinite(mean(distribution))
    assert math.isfinite(at(distribution, 1.0 - 2.0**-53))
    assert at(made(1e-150, 1e-110), 2.0**-53) > 0.0


def test_distributions_can_be_keys_and_are_named_for_the_report() -> None:
    assert {made(1.0, 2.0): "a"}[made(1.0, 2.0)] == "a"
    assert [describe(made(1.0, 2.0)), describe(made(-1.0, 2.0)), describe(made(0.1, 0.2, "share"))] == [
        "log-normal, P5–P95",
        "normal, P5–P95",
        "logit-normal, P5–P95",
    ]


def test_checking_an_interval_loads_no_numpy() -> None:
    program = (
        "import sys\n"
        "from tcolang.uncertain.correlation import correlation_mistake\n"
        "from tcolang.uncertain.distribution import interval, support\n"
        "from tcolang.uncertain.explicit import named\n"
        "print(support(interval(1.0, 2.0, 'real')), named('pert', [(None, 1.0), (None, 2.0), (None, 4.0)]))\n"
        "print(correlation_mistake([('a', 'b', 0.5)]), 'numpy' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.endswith("None False\n")
