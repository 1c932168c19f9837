from __future__ import annotations

import pytest

from tcolang.base.record import replace
from tcolang.decide.decide import decide
from tcolang.decide.decision import Disagreement
from tcolang.model.costmodel import RuleCase
from tests.decide.made import Action, Case, argue, flag, rule


def thumb(option: str, action: Action = "prefer", name: str = "thumb") -> RuleCase:
    return replace(argue(name, option, action, "cost"), yields_to_cost=True)


def found(*rules: RuleCase, own: float = 120.0, api: float = 100.0) -> tuple[Disagreement, ...]:
    options = {"own": ("self_host", own), "rented": ("self_host", 400.0), "api": ("api", api), "mix": ("hybrid", 300.0)}
    case = Case(options, worths={"cost": 5.0}, rules=rules, figures={"no": 0.0})  # type: ignore[arg-type]
    outcome = decide(case.model, case.evaluation)
    assert outcome.value is not None
    names = [finding.problem.name for finding in outcome.diagnostics]
    assert names == ["thumb-disagrees"] * len(outcome.value.disagreements)
    return outcome.value.disagreements


def test_a_rule_for_the_dearer_side_disagrees_with_both_figures() -> None:
    assert found(thumb("own")) == (Disagreement("pack/thumb", "own", "api", 120.0, 100.0),)


def test_a_rule_against_the_cheaper_side_does_as_well() -> None:
    assert found(thumb("api", "avoid")) == (Disagreement("pack/thumb", "own", "api", 120.0, 100.0),)


def test_each_side_stands_for_its_cheapest_option() -> None:
    """The rule prefers the dear way of hosting too, but hosting is the cheaper side."""
    assert found(thumb("rented"), thumb("own"), own=90.0) == ()


def test_one_finding_per_rule() -> None:
    assert len(found(thumb("own"), thumb("rented"), thumb("own", name="other"))) == 2


@pytest.mark.parametrize(("own", "count"), [(105.0, 0), (105.1, 1)])
def test_only_a_material_difference_contradicts(own: float, count: int) -> None:
    assert len(found(thumb("own"), own=own)) == count


def test_who_does_not_hold_or_does_not_yield_does_not_disagree() -> None:
    failed = replace(rule("thumb", "own", "prefer", [flag("no")], criterion="cost"), yields_to_cost=True)
    assert found(failed, argue("firm", "own", "prefer", "cost")) == ()


def test_without_another_side_nothing_contradicts() -> None:
    case = Case({"own": ("self_host", 120.0), "rented": ("self_host", 100.0)}, {"cost": 5.0}, rules=[thumb("own")])
    decision = decide(case.model, case.evaluation).value
    assert decision is not None and decision.rules[0].stepped_back
    assert decision.disagreements == ()


def test_the_finding_shows_money() -> None:
    case = Case({"own": ("self_host", 46_234.0), "api": ("api", 30_000.0)}, rules=[thumb("own")])
    (finding,) = decide(case.model, case.evaluation).diagnostics
    assert "46,200 USD" in finding.note
    assert "30,000 USD" in finding.note
