from __future__ import annotations

from itertools import permutations

import numpy as np

from tcolang.base.record import replace
from tcolang.decide.decision import OptionRecord
from tcolang.decide.ties import STEPS, Apart, TieStep, choose
from tcolang.uncertain.summary import Estimate


def option(name: str, score: float, family: str = "api", p95: float = 0.0, missing: int = 0) -> OptionRecord:
    cost = Estimate(-score, -score, -score, p95, 0.0)
    facts = tuple(f"fact{number}" for number in range(missing))
    return OptionRecord(name, family, cost, (), score, 0.0, (), (), facts, 0.0, 0.0, 0.0)


def winner(*options: OptionRecord, margin: float = 10.0, steps: tuple[TieStep, ...] = STEPS) -> tuple[str, str]:
    """The same for every order in which the options come."""
    results = set()
    for order in permutations(options):
        choice = choose(order, lambda one, other: margin, steps)
        assert choice is not None
        results.add((choice.option.name, choice.step))
    assert len(results) == 1
    return results.pop()


def test_the_highest_score_wins_beyond_the_margin() -> None:
    assert winner(option("a", 100.0), option("b", 110.1, "self_host", missing=5)) == ("b", "score")


def test_a_score_at_the_margin_is_tied() -> None:
    assert winner(option("a", 100.0), option("b", 110.0, missing=1)) == ("a", "unknowns")


def test_fewer_unknowns_go_first() -> None:
    assert winner(option("a", 100.0, "self_host", missing=1), option("b", 101.0, "api", missing=2)) == ("a", "unknowns")


def test_then_what_is_easier_to_reverse() -> None:
    api, hybrid, own = (
        option("z", 100.0, "api", 9.0),
        option("y", 101.0, "hybrid", 5.0),
        option("x", 102.0, "self_host"),
    )
    assert winner(api, hybrid, own) == ("z", "reversibility")
    assert winner(hybrid, own) == ("y", "reversibility")


def test_then_the_lower_p95_of_cost() -> None:
    assert winner(option("a", 101.0, "api", 300.0), option("b", 100.0, "api", 200.0)) == ("b", "p95")


def test_then_an_api() -> None:
    """Out of reach of the steps before it, which tell an API from the rest: asked by itself."""
    steps = tuple(step for step in STEPS if step.name in ("unknowns", "p95", "default_api"))
    assert winner(option("a", 100.0, "self_host"), option("b", 100.0, "api"), steps=steps) == ("b", "default_api")


def test_then_the_name() -> None:
    assert winner(option("b", 100.0), option("a", 100.0)) == ("a", "name")


def test_the_step_named_is_the_one_that_left_one() -> None:
    unsure = option("a", 102.0, "api", missing=1)
    own, other = option("b", 101.0, "self_host"), option("c", 100.0, "hybrid")
    assert winner(unsure, own, other) == ("c", "reversibility")


def test_equal_scores_without_any_noise_are_tied() -> None:
    assert winner(option("b", 0.1 + 0.2, "self_host"), option("a", 0.3, "api"), margin=0.0) == ("a", "reversibility")


def test_no_option_no_choice() -> None:
    assert choose((), lambda one, other: 0.0) is None


def test_one_option_is_chosen_by_its_score() -> None:
    assert winner(option("a", -5.0)) == ("a", "score")


def test_p95_within_rounding_does_not_decide() -> None:
    one = option("b", 100.0, p95=200.0)
    assert winner(one, replace(one, name="a", cost=replace(one.cost, p95=200.0 * (1 + 1e-13)))) == ("a", "name")


def test_among_ten_thousand_cases_an_option_that_does_not_win_changes_nothing_but_ties() -> None:
    """Beyond the margin never. Within it an option that leads, and loses for another reason, says which others are tied
    with it: then both who would win lie within the margin of each other, where sampling cannot tell them apart."""
    random = np.random.default_rng(4)
    within, beyond = 0, 0
    for _ in range(10_000):
        count = int(random.integers(3, 6))
        made = [
            option(
                f"o{i}", float(score), str(random.choice(("api", "hybrid", "self_host"))), 0.0, int(random.integers(2))
            )
            for i, score in enumerate(random.uniform(0.0, 100.0, count))
        ]
        margin = float(random.choice((0.0, 5.0, 20.0)))
        full = choose(made, _always(margin))
        assert full is not None
        gone = made[int(random.integers(count))]
        if gone is full.option:
            continue
        rest = choose([one for one in made if one is not gone], _always(margin))
        assert rest is not None
        apart = abs(rest.option.score - full.option.score)
        assert apart <= margin
        within, beyond = within + (apart > 0.0), beyond + (margin == 0.0)
    assert beyond > 2_000 and 0 < within < 300


def _always(margin: float) -> Apart:
    return lambda one, other: margin
