from __future__ import annotations

from itertools import product

import pytest

from tcolang.base.record import replace
from tcolang.decide.conditions import judge, missing_facts
from tcolang.decide.decision import ExceptionRecord, RuleRecord, Truth
from tcolang.decide.keys import needed_keys
from tcolang.decide.plan import plan_of
from tcolang.decide.reading import reader, told
from tcolang.decide.rules import judge_rules
from tcolang.engine.evaluate import evaluate
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import RuleCase, Told
from tcolang.semantics.terms import Constant, NodeValue
from tcolang.semantics.types import NUMBER_TYPE
from tests.benchmarks.workers.checked import model_of
from tests.decide.made import NOT_KNOWN, SPAN, Case, compare, flag, missing, money, node, number, rule, word
from tests.rules.asked import Said, written

WHEN = {"true": flag("yes"), "false": flag("no"), "unknown": NOT_KNOWN}
FIGURES = {"yes": 1.0, "no": 0.0, "much": 1.7, "some": 0.6, "below": -2.0}


def judged(*rules: RuleCase) -> tuple[RuleRecord, ...]:
    options = {"own": ("self_host", 10.0), "rented": ("self_host", 9.0), "api": ("api", [4.0, 5.0, 6.0])}
    case = Case(options, rules=rules, figures=FIGURES, samples=3, batches=3)  # type: ignore[arg-type]
    return judge_rules(plan_of(case.model), case.evaluation).records


def one(case: RuleCase) -> RuleRecord:
    return judged(case)[0]


@pytest.mark.parametrize(("condition", "exception"), list(product(WHEN, repeat=2)))
def test_a_rule_holds_where_its_conditions_do_and_no_exception_does(condition: Truth, exception: Truth) -> None:
    expected: dict[tuple[str, str], Truth] = {
        ("true", "true"): "false",
        ("true", "false"): "true",
        ("true", "unknown"): "unknown",
        ("false", "true"): "false",
        ("false", "false"): "false",
        ("false", "unknown"): "false",
        ("unknown", "true"): "false",
        ("unknown", "false"): "unknown",
        ("unknown", "unknown"): "unknown",
    }
    record = one(rule("r", "own", when=[WHEN[condition]], unless=[("but", WHEN[exception])]))
    assert record.result == expected[condition, exception]
    assert record.missing == (("chat.data_class",) if record.result == "unknown" else ())
    assert record.exceptions[0].label == "but"
    assert record.exceptions[0].condition.result == exception


def test_several_conditions_mean_and() -> None:
    assert one(rule("r", "own", when=[flag("yes"), flag("no"), NOT_KNOWN])).result == "false"
    assert one(rule("r", "own", when=[flag("yes"), NOT_KNOWN])).result == "unknown"
    assert one(rule("r", "own")).result == "true"


@pytest.mark.parametrize(("key", "degree"), [("some", 0.6), ("much", 1.0), ("below", 0.0)])
def test_degrees_lie_between_none_and_full(key: str, degree: float) -> None:
    assert one(rule("r", "own", "prefer", criterion="speed", degree=number(key))).degree == degree


def test_an_argument_without_a_degree_is_a_full_one_and_other_rules_have_none() -> None:
    assert one(rule("r", "own", "avoid", criterion="speed")).degree == 1.0
    assert one(rule("r", "own", "veto")).degree is None


def test_an_argument_of_unknown_strength_is_unknown() -> None:
    record = one(rule("r", "own", "prefer", criterion="speed", degree=missing("own.quality")))
    assert (record.result, record.degree, record.missing) == ("unknown", None, ("own.quality",))
    failed = one(rule("r", "own", "prefer", [flag("no")], criterion="speed", degree=missing("own.quality")))
    assert (failed.result, failed.missing) == ("false", ())


def test_a_rule_steps_back_where_another_option_has_a_cost() -> None:
    assert one(rule("r", "own", "prefer", criterion="cost", yields=True)).stepped_back
    assert one(rule("r", "api", "avoid", criterion="cost", yields=True)).stepped_back
    assert not one(rule("r", "own", "prefer", criterion="cost")).stepped_back
    assert not one(rule("r", "own", "veto", yields=True)).stepped_back


def test_a_rule_speaks_where_there_is_nothing_to_compare_with() -> None:
    rules = [rule("r", "own", "prefer", criterion="cost", yields=True)]
    case = Case({"own": ("self_host", 10.0)}, rules=rules)
    assert not judge_rules(plan_of(case.model), case.evaluation).records[0].stepped_back


def test_a_rule_steps_back_before_an_option_of_its_own_family_too() -> None:
    """Else an API that is priced beside them would turn the order of the other two."""
    rules = [rule("r", "own", "prefer", criterion="cost", yields=True)]
    two = Case({"own": ("self_host", 10.0), "rented": ("self_host", 9.0)}, rules=rules)
    three = Case({**two.options, "api": ("api", 99.0)}, rules=rules)
    assert all(judge_rules(plan_of(case.model), case.evaluation).records[0].stepped_back for case in (two, three))


def test_the_text_is_filled_in_where_the_rule_may_hold() -> None:
    because = Told((word("api"), " costs ", money("api.tco"), ", a ", missing("own.quality"), " answer"))
    record = one(rule("r", "api", "warn", because=because))
    assert record.text == "api costs 5 USD (4.10–5.90), a unknown answer"
    assert one(rule("r", "api", "warn", [NOT_KNOWN], because=because)).text == record.text
    assert one(rule("r", "api", "warn", [flag("no")], because=because)).text == ""


def test_readings_name_the_node_behind_them_and_its_grade() -> None:
    """What a rule holds only to read another value, or a literal, is no node for a reader."""
    literal = node("rule.1", Constant(5.0, NUMBER_TYPE, SPAN), "rule")
    passed_on = node("rule.2", NodeValue("price", NUMBER_TYPE, SPAN), "rule")
    price = node("price", Constant(3.0, NUMBER_TYPE, SPAN), "input", "contracted")
    case = Case(
        {"a": ("api", 1.0)},
        rules=[rule("r", "a", when=[compare("<", number("rule.2", "our.price"), number("rule.1", "5"))])],
        nodes=(literal, passed_on, price),
        figures={"rule.1": 5.0, "rule.2": 3.0},
    )
    left, right = judge_rules(plan_of(case.model), case.evaluation).records[0].conditions[0].readings
    assert (left.text, left.shown, left.value, left.key, left.grade) == ("our.price", "3", 3.0, "price", "contracted")
    assert (right.text, right.shown, right.value, right.key, right.grade) == ("5", "5", 5.0, "", "")


def test_a_word_has_no_number_and_an_unknown_neither() -> None:
    left, right = (
        one(rule("r", "own", when=[compare("==", word("restricted"), missing("chat.data_class"))]))
        .conditions[0]
        .readings
    )
    assert (left.shown, left.value) == ("restricted", None)
    assert (right.shown, right.value, right.grade, right.missing) == ("unknown", None, "unknown", ("chat.data_class",))


def test_the_account_of_every_rule_of_the_default_pack_is_that_of_each_condition_by_itself() -> None:
    """Rules share what they ask and are told from slots; a condition is told from the evaluation when it is asked alone."""
    model = model_of(
        written(Said(decision="stage = early", chat="data_class = restricted", vendor="availability = 99%"))
    )
    evaluation = evaluate(model, Settings(samples=20), sorted(needed_keys(model))).value
    assert evaluation is not None
    read = reader(model, evaluation)
    records = judge_rules(plan_of(model), evaluation).records
    assert [record.case for record in records] == list(model.rules) and len(records) > 100
    assert {record.result for record in records} == {"true", "false", "unknown"}
    for record in records:
        case = record.case
        assert record.conditions == tuple(judge(condition, read) for condition in case.conditions)
        exceptions = tuple(ExceptionRecord(label, judge(condition, read)) for label, condition in case.exceptions)
        assert record.exceptions == exceptions
        assert record.text == ("" if record.result == "false" else told(case.because, read))
        parts = (*record.conditions, *(exception.condition for exception in exceptions))
        assert record.missing == (missing_facts(parts) if record.result == "unknown" else ())


def test_one_plan_judges_any_evaluation_of_its_model() -> None:
    rules = [rule("dear", "a", "warn", [compare(">", number("a.tco"), number("limit"))])]
    case = Case({"a": ("api", 1.0)}, rules=rules, figures={"limit": 5.0})
    plan = plan_of(case.model)
    for cost, result in ((4.0, "false"), (5.0, "false"), (5.1, "true")):
        other = Case({"a": ("api", cost)}, figures={"limit": 5.0})
        assert [record.result for record in judge_rules(plan, other.evaluation).records] == [result]
    nothing = replace(case.evaluation, values={"limit": case.evaluation.values["limit"]})
    assert judge_rules(plan, nothing).records[0].missing == ("a.tco",)
