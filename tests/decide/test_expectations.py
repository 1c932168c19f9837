from __future__ import annotations

from math import inf

import pytest

from tcolang.decide.decide import decide
from tcolang.decide.decision import Truth
from tcolang.decide.expectations import check_expectations, late_values
from tcolang.model.costmodel import AllOf, Compare, Condition, Holds, OneOf, Operand, Told
from tcolang.semantics.types import FlagType, ListType, OptionType, QuantityType, Type
from tcolang.units.dimension import base
from tests.decide.made import SPAN, Case, compare, expect, missing, money, number, rule, word

CASE = Case(
    {"api": ("api", 900.0), "own": ("self_host", 1200.0)},
    rules=[rule("v", "api")],
    figures={"limit": 1000.0, "two": 2.0, "year": 12.0},
)


def late(name: str, type_: Type) -> Operand:
    return Operand(type_, None, name, SPAN, late=name)


def result(condition: Condition, paybacks: dict[str, float | None]) -> Truth:
    decision = decide(CASE.model, CASE.evaluation).value
    assert decision is not None
    values = late_values(decision, paybacks)
    return check_expectations([expect(condition)], CASE.model, CASE.evaluation, values).value[0].result


def payback(operator: str) -> Compare:
    left = late("own.payback", QuantityType(base("time")))
    return Compare(operator, left, number("year"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (compare("==", late("ask.recommendation", OptionType()), word("own")), "true"),
        (compare("==", late("ask.recommendation", OptionType()), word("api")), "false"),
        (compare("==", late("ask.confidence", OptionType()), word("clear")), "true"),
        (OneOf(word("api"), (late("ask.vetoed", ListType(OptionType())),)), "true"),
        (OneOf(word("own"), (late("ask.vetoed", ListType(OptionType())),)), "false"),
        (Holds(late("api.vetoed", FlagType())), "true"),
        (Holds(late("own.vetoed", FlagType())), "false"),
        (Holds(late("ask.weather", FlagType())), "unknown"),
    ],
)
def test_what_is_known_only_after_the_decision(condition: Condition, expected: Truth) -> None:
    assert result(condition, {}) == expected


def test_payback_is_months_or_never_or_unknown() -> None:
    assert result(payback("<="), {"own": 12.0}) == "true"
    assert result(payback("<="), {"own": inf}) == "false"
    assert result(payback(">"), {"own": inf}) == "true"
    assert result(payback(">"), {"own": None}) == "unknown"


def test_without_a_recommendation_it_is_none() -> None:
    case = Case({"api": ("api", 1.0)}, rules=[rule("v", "api")])
    decision = decide(case.model, case.evaluation).value
    assert decision is not None
    assert late_values(decision, {})["ask.recommendation"] == "none"


def test_a_kept_expectation_finds_nothing() -> None:
    because = Told(("we budget ", money("limit")))
    cases = [expect(compare("<", money("api.tco"), money("limit")), because=because)]
    outcome = check_expectations(cases, CASE.model, CASE.evaluation, {})
    assert outcome.diagnostics == ()
    assert (outcome.value[0].result, outcome.value[0].because) == ("true", "we budget 1,000 USD")


def test_a_broken_one_shows_both_sides_and_its_reason() -> None:
    limit = money("limit", "1,000 USD")
    cases = [expect(compare("<", money("own.tco"), limit), "own.tco < 1k USD", Told(("there is no more",)))]
    outcome = check_expectations(cases, CASE.model, CASE.evaluation, {})
    (finding,) = outcome.diagnostics
    assert outcome.failed
    assert finding.problem.name == "expectation-failed"
    assert "own.tco < 1k USD" in finding.message
    assert finding.message == "`own.tco < 1k USD` does not hold: `own.tco` is 1,200 USD"
    assert finding.note == "expected because there is no more"


def test_every_part_of_a_broken_one_is_shown() -> None:
    both = AllOf((compare("<", money("own.tco"), money("limit")), compare("<", money("api.tco"), number("two", "2"))))
    (finding,) = check_expectations([expect(both)], CASE.model, CASE.evaluation, {}).diagnostics
    assert finding.message.endswith("`own.tco` is 1,200 USD and `limit` is 1,000 USD; `api.tco` is 900 USD")


def test_words_that_are_as_written_are_named() -> None:
    (finding,) = check_expectations(
        [expect(compare("==", word("a"), word("b")))], CASE.model, CASE.evaluation, {}
    ).diagnostics
    assert finding.message.endswith(" does not hold: `a` `b`")


def test_an_unknown_one_fails_and_names_the_fact() -> None:
    cases = [expect(compare("==", missing("chat.data_class"), word("internal")))]
    outcome = check_expectations(cases, CASE.model, CASE.evaluation, {})
    (finding,) = outcome.diagnostics
    assert outcome.failed
    assert finding.problem.name == "expectation-unknown"
    assert "chat.data_class" in finding.message
