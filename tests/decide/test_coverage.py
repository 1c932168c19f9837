"""Coverage of rules: what tests notice, against specs that are really changed and run again."""

from __future__ import annotations

import pytest

from tcolang.decide import coverage as module
from tcolang.decide.coverage import Coverage
from tcolang.pipeline import run_tests, run_tests_with_coverage
from tests.projects import FEW, added, program_of

RULES = """criterion calm "Calm" {
  worth = 3k EUR/year note "board"
}

flat other "Another box" {
  price = 150 EUR/month
}

option more {
  serve chat {
    other = 100%
  }
}

rule dear "Too dear" {
  for each option
  when p50(option.tco) > 1_500 EUR
  when workload_is_public.data_class != public or p50(option.tco) >= 1_850 EUR
  unless early: known(decision.stage) and decision.stage <= prototype
  then veto option
  because "{option} costs {p50(option.tco)}."
}

rule quick "Quick" {
  for each option
  when p95(option.lead_time) < 2 months
  then prefer option on calm by 50%
  because "{option} is live after {p95(option.lead_time)}."
}

rule told "Told" {
  for each option
  when p50(option.tco) > 1 EUR
  then advise
  because "{option} costs {p50(option.tco)}."
}

test "both are cheap enough in public" {
  given chat.data_class = public
  given own.lead_time = 1 month
  given more.lead_time = 1 month
  expect d.vetoed == []
  expect d.recommendation == own
}

test "the dear one is out" {
  given chat.data_class = internal
  given own.lead_time = 2 months
  given more.lead_time = 1 month
  expect d.vetoed == [more]
}

test "speed is worth more than the difference" {
  given chat.data_class = public
  given own.lead_time = 2 months
  given more.lead_time = 1.95 months
  expect d.recommendation == more
}

test "a prototype may be dear" {
  given chat.data_class = internal
  given decision.stage = prototype
  expect d.vetoed == []
}

test "one that fails" {
  expect d.vetoed == [own]
}
""".replace("workload_is_public.data_class", "chat.data_class")

CHANGES = {
    # What is changed as the tool says it: what a person would write instead.
    "without `p50(option.tco) > 1_500 EUR`": ("  when p50(option.tco) > 1_500 EUR\n", ""),
    "not `p50(option.tco) > 1_500 EUR`": ("when p50(option.tco) > 1_500 EUR", "when not p50(option.tco) > 1_500 EUR"),
    "`>=` in `p50(option.tco) > 1_500 EUR`": ("> 1_500 EUR", ">= 1_500 EUR"),
    "`1_500 EUR` 5% lower in `p50(option.tco) > 1_500 EUR`": ("> 1_500 EUR", "> 1_425 EUR"),
    "`1_500 EUR` 5% higher in `p50(option.tco) > 1_500 EUR`": ("> 1_500 EUR", "> 1_575 EUR"),
    "`==` in `chat.data_class != public`": ("chat.data_class !=", "chat.data_class =="),
    "`1_850 EUR` 5% higher in `p50(option.tco) >= 1_850 EUR`": (">= 1_850 EUR", ">= 1_942.5 EUR"),
    "`1_850 EUR` 5% lower in `p50(option.tco) >= 1_850 EUR`": (">= 1_850 EUR", ">= 1_757.5 EUR"),
    "without the exception `early`": (
        "  unless early: known(decision.stage) and decision.stage <= prototype\n",
        "",
    ),
    "`<` in `decision.stage <= prototype`": ("<= prototype", "< prototype"),
    "`idea` for `prototype` in `decision.stage <= prototype`": ("<= prototype", "<= idea"),
    "`early` for `prototype` in `decision.stage <= prototype`": ("<= prototype", "<= early"),
    "avoids for prefers": ("prefer option", "avoid option"),
    "`<=` in `p95(option.lead_time) < 2 months`": ("< 2 months", "<= 2 months"),
    "`2 months` 5% lower in `p95(option.lead_time) < 2 months`": ("< 2 months", "< 1.9 months"),
    "`2 months` 5% higher in `p95(option.lead_time) < 2 months`": ("< 2 months", "< 2.1 months"),
}


@pytest.fixture(scope="module")
def covered() -> Coverage:
    results, found = run_tests_with_coverage(program_of(added(RULES)), FEW)
    assert [one.passed for one in results] == [True, True, True, True, False]
    return found


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed_by_the_tests_that_fail_when_it_is_made(change: str, covered: Coverage) -> None:
    old, new = CHANGES[change]
    assert RULES.count(old) == 1
    rerun = run_tests(program_of(added(RULES.replace(old, new))), FEW)
    failing = tuple(one.title for one in rerun if not one.passed and one.title != "one that fails")
    (mutant,) = (one for rule in covered.rules for one in rule.mutants if one.text == change)
    assert mutant.tried and mutant.killed_by == failing


def test_where_rules_held_failed_and_were_unknown(covered: Coverage) -> None:
    dear, quick, told = covered.rules
    assert covered.failing == ("one that fails",)
    assert dear.held == ("the dear one is out",)
    assert dear.failed == covered.tests[:4]
    assert quick.unknown == ("a prototype may be dear",)
    assert quick.held == covered.tests[:3] and quick.failed == covered.tests[1:3]
    # Advice changes no recommendation: nothing is there to be noticed.
    assert told.mutants == () and told.held == covered.tests[:4]


def test_conditions_and_thresholds(covered: Coverage) -> None:
    dear, quick, _ = covered.rules
    by_text = {one.text: one for one in (*dear.conditions, *quick.conditions)}
    # Costs are 1,200 and 1,800 EUR: neither lies within 5% of 1,500 EUR.
    limit = by_text["p50(option.tco) > 1_500 EUR"]
    assert set(limit.results) == {"true", "false"} and limit.threshold and limit.near == ()
    lead = by_text["p95(option.lead_time) < 2 months"]
    assert set(lead.results) == {"true", "false", "unknown"} and set(lead.near) == {"under", "at"}
    stage = by_text["decision.stage <= prototype"]
    assert stage.exception == "early" and not stage.threshold and set(stage.results) == {"unknown", "true"}


def test_options_and_the_score(covered: Coverage) -> None:
    own, more = covered.options
    assert own.recommended == (
        "both are cheap enough in public",
        "the dear one is out",
        "a prototype may be dear",
        "one that fails",
    )
    assert more.vetoed == ("the dear one is out",)
    assert covered.killed == sum(bool(one.killed_by) for one in covered.mutants)
    assert covered.score == int(100 * covered.killed / len(covered.mutants)) < 100


def test_the_work_is_bounded_and_what_is_not_tried_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_DECISIONS", 3)
    _, few = run_tests_with_coverage(program_of(added(RULES)), FEW)
    assert any(not one.tried for one in few.mutants)
    assert few.mutants[0].tried
