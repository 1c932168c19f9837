from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tcolang.base.record import replace
from tcolang.decide.decide import decide
from tcolang.decide.decision import Decision, ScoreTerm
from tcolang.model.costmodel import RuleCase
from tests.decide.made import Case, Family, argue, missing, number, rule

DEGREES = {"d90": 0.9, "d60": 0.6, "d40": 0.4, "d30": 0.3, "d0": 0.0}


def made(case: Case) -> Decision:
    decision = decide(case.model, case.evaluation).value
    assert decision is not None
    return decision


def term(*rules: RuleCase) -> ScoreTerm:
    case = Case({"a": ("api", 100.0)}, worths={"speed": 50.0}, rules=rules, figures=DEGREES)
    return made(case).option("a").terms[0]


def test_without_arguments_an_option_stands_in_the_middle() -> None:
    assert term() == ScoreTerm("speed", 50.0, 0.5, 25.0, False, ())


def test_the_strongest_argument_on_either_side_counts() -> None:
    """½ + (0.6 − 0.4) ÷ 2 = 0.6, times 50."""
    found = term(
        argue("weak", "a", "prefer", "speed", "d30"),
        argue("strong", "a", "prefer", "speed", "d60"),
        argue("against", "a", "avoid", "speed", "d40"),
    )
    assert found.standing == pytest.approx(0.6)
    assert found.money == pytest.approx(30.0)
    assert found.rules == ("pack/strong", "pack/against")


def test_saying_a_point_again_adds_nothing() -> None:
    once = term(argue("one", "a", "avoid", "speed", "d60"))
    twice = term(argue("one", "a", "avoid", "speed", "d60"), argue("other", "a", "avoid", "speed", "d60"))
    assert (twice.standing, twice.money) == (once.standing, once.money)
    assert once.standing == pytest.approx(0.2)
    assert twice.rules == ("pack/one", "pack/other")


def test_what_argues_with_no_strength_does_not_argue() -> None:
    assert term(argue("none", "a", "prefer", "speed", "d0")).rules == ()


def test_an_argument_for_another_option_or_criterion_is_none_here() -> None:
    rules = [argue("other", "b", "prefer", "speed"), argue("else", "a", "prefer", "quality")]
    case = Case({"a": ("api", 1.0), "b": ("api", 1.0)}, worths={"speed": 8.0, "quality": 6.0}, rules=rules)
    terms = {(o.name, t.criterion): t.standing for o in made(case).options for t in o.terms}
    assert terms == {("a", "speed"): 0.5, ("a", "quality"): 1.0, ("b", "speed"): 1.0, ("b", "quality"): 0.5}


def test_a_rule_that_stepped_back_does_not_count() -> None:
    rules = [replace(argue("thumb", "a", "prefer", "cost"), yields_to_cost=True)]
    case = Case({"a": ("api", 1.0), "b": ("self_host", 1.0)}, worths={"cost": 8.0}, rules=rules)
    assert made(case).option("a").terms[0].standing == 0.5


@pytest.mark.parametrize(("figure", "standing"), [(0.25, 0.25), ([0.2, 0.4, 0.3, 0.5], 0.35), (1.2, 1.0), (-0.1, 0.0)])
def test_a_measure_is_its_mean_and_nothing_argues_with_it(figure: Any, standing: float) -> None:
    case = Case(
        {"a": ("api", 1.0)},
        worths={"quality": 1000.0},
        measures={"quality": {"a": number("m")}},
        rules=[argue("loud", "a", "avoid", "quality")],
        figures={"m": figure},
        samples=4,
        batches=2,
    )
    found = made(case).option("a").terms[0]
    assert found.standing == pytest.approx(standing)
    assert found.money == pytest.approx(1000.0 * standing)
    assert (found.assumed, found.rules) == (False, ())


def test_an_unknown_measure_is_one_half_and_says_so() -> None:
    case = Case({"a": ("api", 1.0)}, worths={"quality": 1000.0}, measures={"quality": {"a": missing("a.quality")}})
    option = made(case).option("a")
    assert option.terms == (ScoreTerm("quality", 1000.0, 0.5, 500.0, True, ()),)
    assert option.missing == ("a.quality",)


def test_the_score_is_money() -> None:
    """− mean of 90, 100, 110, 120 + 1000 × ½ + 40 × 0.2"""
    case = Case(
        {"a": ("api", [90.0, 100.0, 110.0, 120.0])},
        worths={"speed": 1000.0, "calm": 40.0},
        rules=[argue("r", "a", "avoid", "calm", "d60")],
        figures=DEGREES,
        samples=4,
        batches=2,
    )
    option = made(case).option("a")
    assert option.score == pytest.approx(-105.0 + 500.0 + 8.0)
    assert option.score_error == option.cost.standard_error
    # The batches have means 95 and 115: standard deviation √200, over √2.
    assert option.score_error == pytest.approx(10.0)
    assert made(case).worths == {"speed": 1000.0, "calm": 40.0}


@pytest.mark.parametrize("seed", range(10))
def test_adding_an_option_that_does_not_win_reverses_nobody(seed: int) -> None:
    """1,000 cases each, of 3 to 5 options of all families with vetoes, arguments, rules of thumb and measures: one that
    did not win is taken away. The order of all that are left stays as it was."""
    random = np.random.default_rng(seed)
    for _ in range(1000):
        case = _random(random, int(random.integers(3, 6)))
        full = _ranked(case)
        losers = [name for name in case.options if name != full[0]]
        gone = losers[int(random.integers(len(losers)))]
        rest = {name: option for name, option in case.options.items() if name != gone}
        rules = [each for each in case.rules if each.option != gone]
        kept = _ranked(Case(rest, case.worths, case.measures, rules, figures=case.figures))
        assert kept == [name for name in full if name != gone]


FAMILIES: tuple[Family, ...] = ("api", "self_host", "hybrid")


def _random(random: np.random.Generator, options: int) -> Case:
    names = [f"o{place}" for place in range(options)]
    draws = random.uniform(0.0, 1.0, (6, options))
    families = {name: FAMILIES[int(random.integers(3))] for name in names}
    return Case(
        {name: (families[name], float(100.0 * draws[0, place])) for place, name in enumerate(names)},
        worths={name: float(random.uniform(0.0, 200.0)) for name in ("argued", "measured", "cost")},
        measures={"measured": {name: number(f"m{name}") for name in names}},
        rules=[
            *(
                argue("r", n, "prefer" if draws[1, p] < 0.5 else "avoid", "argued", f"d{n}")
                for p, n in enumerate(names)
            ),
            *(
                replace(argue("t", n, "prefer" if draws[5, p] < 0.5 else "avoid", "cost", f"t{n}"), yields_to_cost=True)
                for p, n in enumerate(names)
                if families[n] != "hybrid"
            ),
            *(rule("v", name) for place, name in enumerate(names) if place and draws[4, place] < 0.2),
        ],
        figures={
            f"{letter}{n}": float(draws[row, p])
            for letter, row in (("m", 2), ("d", 3), ("t", 5))
            for p, n in enumerate(names)
        },
    )


def _ranked(case: Case) -> list[str]:
    """The options that are allowed, the best first."""
    decision = made(case)
    allowed = sorted((o for o in decision.options if not o.vetoes), key=lambda option: -option.score)
    assert decision.recommended == allowed[0].name
    return [option.name for option in allowed]
