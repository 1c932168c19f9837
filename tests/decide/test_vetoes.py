from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.decide.decide import decide
from tcolang.decide.decision import Decision, OptionRecord
from tcolang.decide.plan import plan_of
from tcolang.decide.rules import judge_rules
from tcolang.decide.vetoes import conflict_sets, vetoes_on
from tcolang.uncertain.summary import Estimate
from tests.decide.made import NOT_KNOWN, Case, argue, flag, rule

YES = {"yes": 1.0, "no": 0.0}


def made(case: Case) -> Decision:
    decision = decide(case.model, case.evaluation).value
    assert decision is not None
    return decision


def option(name: str, vetoes: tuple[str, ...]) -> OptionRecord:
    cost = Estimate(0.0, 0.0, 0.0, 0.0, 0.0)
    return OptionRecord(name, "api", cost, (), 0.0, 0.0, vetoes, (), (), 0.0, 0.0, 0.0)


@given(st.lists(st.frozensets(st.sampled_from("abcd")), min_size=1, max_size=5))
def test_conflict_sets_agree_with_trying_every_set_of_rules(vetoes: list[frozenset[str]]) -> None:
    """A set is enough where, without it, an option has no veto; it is smallest where no part of it is enough."""
    options = [option(f"o{place}", tuple(sorted(rules))) for place, rules in enumerate(vetoes)]
    subsets = [frozenset(s) for s in chain.from_iterable(combinations("abcd", size) for size in range(5))]
    enough = [subset for subset in subsets if any(rules <= subset for rules in vetoes)]
    smallest = [subset for subset in enough if not any(other < subset for other in enough)]
    found = conflict_sets(options)
    if frozenset() in vetoes:
        assert found == ()
    else:
        assert {frozenset(rules) for rules in found} == set(smallest)
        assert [len(rules) for rules in found] == sorted(len(rules) for rules in smallest)


def test_a_veto_takes_an_option_out_whatever_it_costs() -> None:
    case = Case({"api": ("api", 1.0), "own": ("self_host", 500.0)}, rules=[rule("v", "api")])
    decision = made(case)
    assert (decision.recommended, decision.cheapest, decision.cheapest_allowed) == ("own", "api", "own")
    assert decision.option("api").vetoes == ("pack/v",)
    assert decision.runner_up is None


def test_a_veto_that_may_hold_leaves_the_option_on_condition() -> None:
    case = Case({"api": ("api", 1.0), "own": ("self_host", 500.0)}, rules=[rule("v", "api", when=[NOT_KNOWN])])
    outcome = decide(case.model, case.evaluation)
    decision = made(case)
    assert (decision.recommended, decision.confidence) == ("api", "conditional")
    assert decision.option("api").conditional_on == ("pack/v",)
    assert decision.unknown == ("chat.data_class",)
    assert [finding.problem.name for finding in outcome.diagnostics] == ["veto-on-unknown"]
    assert "chat.data_class" in outcome.diagnostics[0].help


def test_a_rule_that_holds_for_one_workload_holds() -> None:
    rules = [
        rule("v", "api", when=[NOT_KNOWN], workload="chat"),
        rule("v", "api", when=[flag("yes")], workload="mail"),
        rule("w", "api", when=[NOT_KNOWN]),
        rule("x", "api", when=[flag("no")]),
    ]
    case = Case({"api": ("api", 1.0)}, rules=rules, figures=YES)
    vetoes = vetoes_on("api", judge_rules(plan_of(case.model), case.evaluation).records)
    assert (vetoes.held, vetoes.unknown, vetoes.missing) == (("pack/v",), ("pack/w",), ("chat.data_class",))


def test_what_a_veto_costs_a_year() -> None:
    """Over three years own costs 300 more than api, which would be chosen without the rule."""
    case = Case({"api": ("api", 900.0), "own": ("self_host", 1200.0)}, rules=[rule("v", "api")], horizon=36)
    decision = made(case)
    assert [(p.rules, p.instead, p.per_year) for p in decision.veto_prices] == [(("pack/v",), "api", 100.0)]
    assert decision.strategy_premium == 100.0


def test_vetoes_on_the_same_option_are_priced_together() -> None:
    """Each alone would cost nothing, since the other still takes the option out: 1200 − 900 over one year."""
    rules = [rule("v", "api"), rule("w", "api"), rule("x", "dear")]
    options = {"api": ("api", 900.0), "own": ("self_host", 1200.0), "dear": ("api", 5000.0)}
    decision = made(Case(options, rules=rules))  # type: ignore[arg-type]
    assert {(p.rules, p.instead, p.per_year) for p in decision.veto_prices} == {
        (("pack/v", "pack/w"), "api", 300.0),
        (("pack/x",), "own", 0.0),
    }


def test_a_veto_can_save_money_and_cost_worth() -> None:
    """Without the rule the dearer option is chosen, for what it is worth: the rule saves 100 a year."""
    case = Case(
        {"api": ("api", 900.0), "own": ("self_host", 1000.0)},
        worths={"calm": 1000.0},
        rules=[argue("r", "own", "prefer", "calm"), rule("v", "own")],
    )
    assert [(p.instead, p.per_year) for p in made(case).veto_prices] == [("own", -100.0)]


def test_nothing_is_recommended_where_all_is_vetoed() -> None:
    rules = [rule("v", "api"), rule("w", "own"), rule("x", "own"), rule("v", "own")]
    case = Case({"api": ("api", 1.0), "own": ("self_host", 2.0)}, rules=rules)
    decision, outcome = made(case), decide(case.model, case.evaluation)
    assert (decision.recommended, decision.runner_up, decision.confidence) == (None, None, "none")
    assert (decision.acceptability, decision.cheapest, decision.cheapest_allowed) == (None, "api", None)
    assert (decision.pairs, decision.veto_prices, decision.strategy_premium) == ((), (), 0.0)
    assert decision.conflict_sets == (("pack/v",),)
    assert [finding.problem.name for finding in outcome.diagnostics] == ["nothing-allowed"]
    assert not outcome.failed


def test_shorter_conflict_sets_come_first() -> None:
    options = [option("a", ("x", "y")), option("b", ("z",)), option("c", ("y", "x")), option("d", ("z", "y"))]
    assert conflict_sets(options) == (("z",), ("x", "y"))


@pytest.mark.parametrize("vetoes", [(), ("x",)])
def test_without_need_no_conflict_set(vetoes: tuple[str, ...]) -> None:
    assert conflict_sets([option("a", ()), option("b", vetoes)]) == ()
