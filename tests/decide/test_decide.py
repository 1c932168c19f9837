from __future__ import annotations

import numpy as np

from tcolang.base.record import replace
from tcolang.decide.decide import decide
from tcolang.decide.decision import Decision
from tcolang.decide.thresholds import Thresholds
from tcolang.model.costmodel import CostModel, Holds
from tests.decide.made import NOT_KNOWN, Case, argue, missing, rule


def made(case: Case) -> Decision:
    decision = decide(case.model, case.evaluation).value
    assert decision is not None
    return decision


def test_a_decision_from_end_to_end() -> None:
    """Scores by hand: own −129 + 60 × 1 = −69, api −100 + 60 × ½ = −70, mix −90 + 60 × ½ = −60, which is vetoed."""
    case = Case(
        {"own": ("self_host", 129.0), "api": ("api", 100.0), "mix": ("hybrid", 90.0)},
        worths={"calm": 60.0},
        rules=[argue("quiet", "own", "prefer", "calm"), rule("no_mix", "mix")],
        horizon=24,
    )
    decision = made(case)
    assert [round(option.score, 9) for option in decision.options] == [-69.0, -70.0, -60.0]
    assert (decision.recommended, decision.runner_up, decision.tie_step) == ("own", "api", "score")
    assert (decision.cheapest, decision.cheapest_allowed) == ("mix", "api")
    assert decision.strategy_premium == (129.0 - 90.0) / 2
    assert decision.option("own").terms[0].rules == ("pack/quiet",)
    assert decision.name == "ask"
    # own beats api where 60 × m × ½ > 29, so for m above 0.9667: 52.4 % of the multipliers.
    assert decision.confidence == "no_clear_winner"
    assert decision.acceptability == decision.option("own").acceptability
    assert abs(decision.option("own").acceptability - 0.524) < 0.02


def test_scores_that_sampling_cannot_tell_apart_are_a_tie() -> None:
    random = np.random.default_rng(3)
    noise = random.normal(0.0, 20.0, 400)
    case = Case({"own": ("self_host", 100.0 + 0.0 * noise), "api": ("api", 100.5 + noise)}, samples=400, batches=20)
    decision = made(case)
    assert (decision.recommended, decision.runner_up, decision.tie_step) == ("api", "own", "reversibility")
    no_margin = decide(case.model, case.evaluation, Thresholds(tie_errors=0.0)).value
    assert no_margin is not None
    assert no_margin.tie_step == "score"


def test_costs_that_move_together_are_no_tie() -> None:
    """The costs spread by 20, their difference not at all."""
    noise = np.random.default_rng(3).normal(0.0, 20.0, 400)
    case = Case({"own": ("self_host", 100.0 + noise), "api": ("api", 100.5 + noise)}, samples=400, batches=20)
    assert (made(case).recommended, made(case).tie_step, made(case).acceptability) == ("own", "score", 1.0)


def test_missing_facts_the_most_important_first() -> None:
    def on(fact: str) -> Holds:
        return replace(NOT_KNOWN, value=missing(fact))

    rules = [
        rule("advice", "b", "advise", [on("advice")]),
        argue("loud", "a", "prefer", "calm"),
        rule("strength", "b", "prefer", [on("argument")], criterion="calm"),
        rule("thumb", "b", "prefer", [on("thumb")], criterion="calm", yields=True),
        rule("other", "b", when=[on("other_veto")]),
        rule("mine", "a", when=[on("own_veto")]),
    ]
    case = Case(
        {"a": ("api", 1.0), "b": ("hybrid", 2.0)},
        worths={"calm": 5.0, "quality": 5.0},
        measures={"quality": {"a": missing("measure")}},
        rules=rules,
    )
    decision = made(case)
    assert decision.recommended == "a"
    assert decision.unknown == ("own_veto", "other_veto", "measure", "argument", "advice", "thumb")
    assert decision.option("b").missing == ("other_veto", "argument")


def test_without_a_question_or_an_option_there_is_no_decision() -> None:
    case = Case({"a": ("api", 1.0)})
    assert decide(replace(case.model, decision=None), case.evaluation).value is None
    assert decide(replace(case.model, options=()), case.evaluation).value is None


def test_an_option_whose_cost_is_not_known_is_not_compared() -> None:
    case = Case({"a": ("api", 1.0), "b": ("hybrid", 0.5)}, rules=[argue("thumb", "a", "prefer", "calm")])
    model: CostModel = case.model
    options = (model.options[0], replace(model.options[1], results={}))
    decision = decide(replace(model, options=options), case.evaluation).value
    assert decision is not None
    assert [option.name for option in decision.options] == ["a"]


def test_the_order_of_options_changes_nothing() -> None:
    random = np.random.default_rng(11)
    costs = {name: random.normal(100.0, 5.0, 100) for name in ("x", "y", "z")}
    found = set()
    for order in (("x", "y", "z"), ("z", "y", "x"), ("y", "z", "x")):
        decision = made(Case({name: ("api", costs[name]) for name in order}, samples=100, batches=10))
        found.add((decision.recommended, decision.runner_up, decision.tie_step, decision.option("x").acceptability))
    assert len(found) == 1
