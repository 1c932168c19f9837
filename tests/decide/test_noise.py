from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from tcolang.decide.decide import decide
from tcolang.decide.noise import statistic_of
from tcolang.model.costmodel import Negated
from tcolang.semantics.terms import Apply, Constant, NodeValue, Term
from tcolang.semantics.types import NUMBER_TYPE, SHARE_TYPE, PercentileType
from tests.decide.made import SPAN, Case, compare, flag, missing, node, number, rule

SAMPLES = 400
COST = np.random.default_rng(5).normal(100.0, 10.0, SAMPLES)
ERROR_OF_MEAN = np.std(COST.reshape(20, 20).mean(axis=1), ddof=1) / sqrt(20)
ERROR_OF_P80 = np.std(np.percentile(COST.reshape(20, 20), 80, axis=1), ddof=1) / sqrt(20)


def apply(function: str, *more: Term) -> Apply:
    return Apply(function, (NodeValue("cost", NUMBER_TYPE, SPAN), *more), NUMBER_TYPE, SPAN)


CHANCE = Apply("chance", (Apply("<", (), SHARE_TYPE, SPAN),), SHARE_TYPE, SPAN)
PERCENTILE = apply("percentile", Constant(0.8, PercentileType(), SPAN))


def findings(term: Term, value: float, threshold: float) -> list[str]:
    condition = Negated(compare(">=", number("statistic", "chance(x)", SHARE_TYPE), number("threshold", "80%")))
    case = Case(
        {"a": ("api", 1.0)},
        rules=[rule("r", "a", "advise", [condition])],
        figures={"statistic": value, "threshold": threshold, "cost": COST},
        nodes=[node("statistic", term)],
        samples=SAMPLES,
        batches=20,
    )
    return [finding.problem.name for finding in decide(case.model, case.evaluation).diagnostics]


# The binomial error of 0.8 among 400 futures is √(0.8 × 0.2 ÷ 400) = 0.02.


@pytest.mark.parametrize(("threshold", "count"), [(0.7601, 1), (0.8, 1), (0.8399, 1), (0.7599, 0), (0.8401, 0)])
def test_a_chance_within_two_errors_of_its_threshold(threshold: float, count: int) -> None:
    assert findings(CHANCE, 0.8, threshold) == ["threshold-within-noise"] * count


@pytest.mark.parametrize(
    ("term", "error"),
    [(apply("mean"), ERROR_OF_MEAN), (apply("p80"), ERROR_OF_P80), (PERCENTILE, ERROR_OF_P80)],
    ids=["mean", "p80", "percentile"],
)
def test_the_error_of_a_value_comes_from_the_batches(term: Term, error: float) -> None:
    assert findings(term, 100.0, 100.0 + 1.99 * error) == ["threshold-within-noise"]
    assert findings(term, 100.0, 100.0 - 2.01 * error) == []


def test_a_chance_of_none_or_all_has_no_error() -> None:
    assert findings(CHANCE, 1.0, 1.0) == []


def test_what_is_no_statistic_has_no_noise() -> None:
    assert findings(Constant(0.8, SHARE_TYPE, SPAN), 0.8, 0.8) == []
    assert findings(apply("sum"), 0.8, 0.8) == []
    assert findings(Apply("mean", (CHANCE,), NUMBER_TYPE, SPAN), 0.8, 0.8) == []


def test_what_is_unknown_has_no_noise() -> None:
    rules = [rule("r", "a", "advise", [compare(">", missing("fact"), number("yes")), flag("yes")])]
    case = Case({"a": ("api", 1.0)}, rules=rules, figures={"yes": 1.0})
    assert decide(case.model, case.evaluation).diagnostics == ()


def test_a_threshold_read_for_many_options_is_found_once() -> None:
    condition = compare(">=", number("statistic", "chance(x)", SHARE_TYPE), number("threshold", "80%"))
    case = Case(
        {"a": ("api", 1.0), "b": ("api", 2.0)},
        rules=[rule("r", name, "advise", [condition]) for name in ("a", "b")],
        figures={"statistic": 0.8, "threshold": 0.8},
        nodes=[node("statistic", CHANCE)],
        samples=SAMPLES,
        batches=20,
    )
    (finding,) = decide(case.model, case.evaluation).diagnostics
    assert "2%" in finding.note
    assert "--samples 1600" in finding.help


def test_a_node_that_is_not_there_is_no_statistic() -> None:
    assert statistic_of(Case({"a": ("api", 1.0)}).model, "gone") is None
