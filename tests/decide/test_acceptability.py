from __future__ import annotations

from itertools import product
from math import log2
from statistics import NormalDist

import numpy as np
import pytest

from tcolang.base.record import replace
from tcolang.decide.acceptability import acceptabilities, confidence, multipliers
from tcolang.decide.decide import decide
from tcolang.decide.decision import Confidence, Decision, OptionRecord, ScoreTerm
from tcolang.decide.thresholds import Thresholds
from tcolang.uncertain.summary import Estimate
from tests.decide.made import Case, argue, flag, rule

SAMPLES = 4000


def stratified(seed: int, mean: float, deviation: float) -> np.ndarray:
    """A normal distribution as its own percentiles, shuffled."""
    normal = NormalDist(mean, deviation)
    values = np.array([normal.inv_cdf((place + 0.5) / SAMPLES) for place in range(SAMPLES)])
    return np.random.default_rng(seed).permutation(values)


def made(case: Case) -> Decision:
    decision = decide(case.model, case.evaluation).value
    assert decision is not None
    return decision


def test_multipliers_cover_half_to_double_evenly_in_the_logarithm() -> None:
    for criteria in (1, 2, 5):
        points = multipliers(criteria)
        assert len(points) == 64
        for column in zip(*points, strict=True):
            logs = [log2(factor) for factor in column]
            assert all(-1.0 <= each < 1.0 for each in logs)
            assert abs(sum(logs)) / 64 < 0.05
            quarters = [sum(low <= each < low + 0.5 for each in logs) for low in (-1.0, -0.5, 0.0, 0.5)]
            assert all(13 <= count <= 19 for count in quarters)


def test_multipliers_fill_the_square() -> None:
    """Each of 16 squares holds about 4 of the 64 points."""
    points = [tuple(int((log2(factor) + 1.0) * 2) for factor in point) for point in multipliers(2)]
    counts = [points.count(square) for square in product(range(4), repeat=2)]
    assert min(counts) >= 2
    assert max(counts) <= 6


def test_one_point_without_criteria() -> None:
    assert multipliers(0) == ((),)


def test_two_normal_costs_follow_the_closed_form() -> None:
    """P(A < B) = Φ((μB − μA) ÷ √(σA² + σB²))"""
    costs = {"a": ("api", stratified(1, 100.0, 10.0)), "b": ("self_host", stratified(2, 110.0, 20.0))}
    decision = made(Case(costs, samples=SAMPLES, batches=20))  # type: ignore[arg-type]
    expected = NormalDist().cdf(10.0 / (10.0**2 + 20.0**2) ** 0.5)
    error = (expected * (1 - expected) / SAMPLES) ** 0.5
    assert decision.option("a").acceptability == pytest.approx(expected, abs=3 * error)
    assert decision.option("a").chance_cheapest == decision.option("a").acceptability
    assert decision.option("a").chance_cheapest_error == pytest.approx(error, rel=0.5)
    assert sum(option.acceptability for option in decision.options) == pytest.approx(1.0)


def test_a_worth_shifts_the_closed_form_point_by_point() -> None:
    """With a criterion of worth w that only b meets, the chance is the mean over the multipliers m of
    Φ((μB − w m ÷ 2 − μA) ÷ σ): b stands at 1, a at ½."""
    costs = {"a": ("api", stratified(3, 100.0, 10.0)), "b": ("self_host", stratified(4, 110.0, 20.0))}
    rules = [argue("r", "b", "prefer", "calm")]
    case = Case(costs, {"calm": 30.0}, rules=rules, samples=SAMPLES, batches=20)  # type: ignore[arg-type]
    spread = (10.0**2 + 20.0**2) ** 0.5
    shifts = [(10.0 - 15.0 * factor) / spread for (factor,) in multipliers(1)]
    expected = sum(NormalDist().cdf(shift) for shift in shifts) / len(shifts)
    assert made(case).option("a").acceptability == pytest.approx(expected, abs=0.02)


def test_counting_agrees_with_brute_force() -> None:
    random = np.random.default_rng(7)
    costs = random.normal(100.0, 10.0, (3, 50))
    standings = random.uniform(0.0, 1.0, (3, 2))
    worths = (40.0, 25.0)
    options = [_record(f"o{place}", standings[place], worths) for place in range(3)]
    case = Case({f"o{place}": ("api", costs[place]) for place in range(3)}, samples=50, batches=5)
    found = acceptabilities(options, {f"o{place}": f"o{place}.tco" for place in range(3)}, case.evaluation)
    wins = [0, 0, 0]
    for future, point in product(range(50), multipliers(2)):
        scores = [
            sum(w * m * u for w, m, u in zip(worths, point, standings[place], strict=True)) - costs[place, future]
            for place in range(3)
        ]
        wins[scores.index(max(scores))] += 1
    assert [found[f"o{place}"] for place in range(3)] == pytest.approx([won / 50 / 64 for won in wins])


def test_twins_share_every_future() -> None:
    cost = [3.0, 1.0, 2.0, 4.0]
    decision = made(Case({"a": ("api", cost), "b": ("api", cost), "c": ("api", 9.0)}, samples=4, batches=2))
    assert [option.acceptability for option in decision.options] == [0.5, 0.5, 0.0]
    assert [option.chance_cheapest for option in decision.options] == [0.5, 0.5, 0.0]


def test_a_vetoed_option_is_cheap_but_not_acceptable() -> None:
    rules = [rule("v", "a", when=[flag("yes")])]
    decision = made(Case({"a": ("api", 1.0), "b": ("api", 2.0)}, rules=rules, figures={"yes": 1.0}))
    assert [option.acceptability for option in decision.options] == [0.0, 1.0]
    assert [option.chance_cheapest for option in decision.options] == [1.0, 0.0]


def test_no_option_is_acceptable_where_none_is_left() -> None:
    case = Case({"a": ("api", 1.0)})
    assert acceptabilities([], {}, case.evaluation) == {}


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (1.0, "clear"),
        (0.9, "clear"),
        (0.7 + 0.2, "clear"),
        (0.8999, "leaning"),
        (0.7, "leaning"),
        (0.6999, "no_clear_winner"),
    ],
)
def test_confidence_in_a_word(share: float, word: Confidence) -> None:
    record = replace(_record("a", (), ()), acceptability=share)
    assert confidence(record, Thresholds()) == word
    assert confidence(replace(record, conditional_on=("pack/r",)), Thresholds()) == "conditional"


def _record(name: str, standings: object, worths: tuple[float, ...]) -> OptionRecord:
    cost = Estimate(0.0, 0.0, 0.0, 0.0, 0.0)
    values = [float(value) for value in standings]  # type: ignore[attr-defined]
    terms = tuple(
        ScoreTerm(f"c{place}", worth, standing, worth * standing, False, ())
        for place, (worth, standing) in enumerate(zip(worths, values, strict=True))
    )
    return OptionRecord(name, "api", cost, terms, 0.0, 0.0, (), (), (), 0.0, 0.0, 0.0)
