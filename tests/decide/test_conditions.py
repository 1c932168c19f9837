from __future__ import annotations

from itertools import product
from math import inf

import pytest

from tcolang.decide.conditions import judge, leaves, missing_facts
from tcolang.decide.decision import Truth
from tcolang.decide.reading import reader
from tcolang.model.costmodel import AllOf, AnyOf, Compare, Condition, Holds, Near, Negated, OneOf, Operand
from tcolang.semantics.types import NUMBER_TYPE, ListType, OptionType
from tests.decide.made import SPAN, Case, compare, flag, missing, number, word

CASE = Case(
    {"a": ("api", 1.0)},
    figures={"yes": 1.0, "no": 0.0, "one": 1.0, "near_one": 1.0 + 5e-10, "above_one": 1.0 + 5e-9, "two": 2.0},
    unknown={"gone": ("chat.stage",)},
)
READ = reader(CASE.model, CASE.evaluation)
PARTS: dict[Truth, Condition] = {"true": flag("yes"), "false": flag("no"), "unknown": Holds(missing("fact"))}
RANK: dict[Truth, int] = {"false": 0, "unknown": 1, "true": 2}
BY_RANK: tuple[Truth, ...] = ("false", "unknown", "true")


# Kleene's strong logic is min, max and reversal on false < unknown < true.


@pytest.mark.parametrize("truths", [*product(PARTS, repeat=2), *product(PARTS, repeat=3)])
def test_and_is_the_least_and_or_the_greatest(truths: tuple[Truth, ...]) -> None:
    parts = tuple(PARTS[truth] for truth in truths)
    ranks = [RANK[truth] for truth in truths]
    assert judge(AllOf(parts), READ).result == BY_RANK[min(ranks)]
    assert judge(AnyOf(parts), READ).result == BY_RANK[max(ranks)]


@pytest.mark.parametrize("truth", PARTS)
def test_not_reverses(truth: Truth) -> None:
    assert judge(Negated(PARTS[truth]), READ).result == BY_RANK[2 - RANK[truth]]


def test_every_part_is_recorded_in_order() -> None:
    condition = AnyOf((AllOf((flag("yes"), Negated(flag("no")))), PARTS["unknown"], flag("no")))
    record = judge(condition, READ)
    assert (record.result, record.operator) == ("true", "or")
    assert [item.operator for item in record.items] == ["and", "holds", "holds"]
    assert [item.result for item in record.items] == ["true", "unknown", "false"]
    assert [item.operator for item in record.items[0].items] == ["holds", "not"]
    assert [leaf.readings[0].text for leaf in leaves(record)] == ["yes", "no", "fact", "no"]


def test_a_deep_condition_is_no_recursion() -> None:
    condition: Condition = flag("yes")
    for _ in range(5001):
        condition = Negated(condition)
    assert judge(condition, READ).result == "false"


@pytest.mark.parametrize(
    ("operator", "below", "equal", "above"),
    [
        ("<", "true", "false", "false"),
        ("<=", "true", "true", "false"),
        ("==", "false", "true", "false"),
        ("!=", "true", "false", "true"),
        (">=", "false", "true", "true"),
        (">", "false", "false", "true"),
    ],
)
def test_numbers_compare_but_for_rounding(operator: str, below: Truth, equal: Truth, above: Truth) -> None:
    def result(left: str, right: str) -> Truth:
        return judge(Compare(operator, number(left), number(right)), READ).result  # type: ignore[arg-type]

    assert result("one", "two") == below
    assert result("one", "above_one") == below
    assert result("one", "near_one") == equal
    assert result("near_one", "one") == equal
    assert result("above_one", "one") == above
    assert judge(Compare(operator, number("gone"), number("one")), READ).result == "unknown"  # type: ignore[arg-type]
    assert judge(Compare(operator, number("one"), number("gone")), READ).result == "unknown"  # type: ignore[arg-type]


def test_ordered_choices_compare_as_written() -> None:
    order = ("public", "internal", "restricted")
    assert judge(Compare("<", word("public"), word("restricted"), order), READ).result == "true"
    assert judge(Compare(">=", word("internal"), word("restricted"), order), READ).result == "false"
    assert judge(Compare(">=", word("restricted"), word("restricted"), order), READ).result == "true"


def test_words_are_equal_or_not() -> None:
    assert judge(compare("==", word("api"), word("api")), READ).result == "true"
    assert judge(compare("!=", word("api"), word("hybrid")), READ).result == "true"


def test_lists_of_words_are_sets() -> None:
    def words(*values: str) -> Operand:
        return Operand(ListType(OptionType()), None, "list", SPAN, symbols=values)

    assert judge(compare("==", words("a", "b"), words("b", "a")), READ).result == "true"
    assert judge(compare("==", words("a"), words("a", "b")), READ).result == "false"
    assert judge(OneOf(word("b"), (words("a", "b"),)), READ).result == "true"


@pytest.mark.parametrize(
    ("left", "right", "tolerance", "relative", "result"),
    [
        ("one", "two", "one", False, "true"),
        ("one", "two", "no", False, "false"),
        ("one", "one", "no", False, "true"),
        ("one", "two", "half", True, "true"),
        ("two", "one", "half", True, "false"),
        ("gone", "one", "half", True, "unknown"),
        ("one", "gone", "half", True, "unknown"),
        ("one", "one", "gone", False, "unknown"),
    ],
)
def test_near_is_within_a_quantity_or_a_share_of_the_right(
    left: str, right: str, tolerance: str, relative: bool, result: Truth
) -> None:
    case = Case({"a": ("api", 1.0)}, figures={**CASE.figures, "half": 0.5}, unknown=CASE.unknown)
    read = reader(case.model, case.evaluation)
    assert judge(Near(number(left), number(right), number(tolerance), relative), read).result == result


LATE = {"one": 1.0, "never": inf, "too": inf}


def late(name: str) -> Operand:
    return Operand(NUMBER_TYPE, None, name, SPAN, late=name)


def test_never_is_near_nothing_but_never() -> None:
    for left, right, expected in (("never", "one", "false"), ("one", "never", "false"), ("never", "too", "true")):
        record = judge(Near(late(left), late(right), late("one"), True), reader(CASE.model, CASE.evaluation, LATE))
        assert record.result == expected


def test_words_are_near_where_they_are_equal() -> None:
    assert judge(Near(word("a"), word("a"), number("one"), False), READ).result == "true"
    assert judge(Near(word("a"), word("b"), number("one"), False), READ).result == "false"


@pytest.mark.parametrize(
    ("value", "items", "result"),
    [
        (number("one"), (number("two"), number("near_one")), "true"),
        (number("one"), (number("two"),), "false"),
        (number("one"), (), "false"),
        (number("one"), (missing("x"), number("one")), "true"),
        (number("one"), (missing("x"), number("two")), "unknown"),
        (missing("x"), (number("one"),), "unknown"),
        (word("api"), (word("hybrid"), word("api")), "true"),
    ],
)
def test_in_is_any_equal(value: Operand, items: tuple[Operand, ...], result: Truth) -> None:
    assert judge(OneOf(value, items), READ).result == result


def test_unknown_names_each_missing_fact_once() -> None:
    condition = AllOf((Holds(missing("a", "b")), compare("<", number("gone"), missing("a")), flag("yes")))
    assert missing_facts([judge(condition, READ)]) == ("a", "b", "chat.stage")


def test_what_is_missing_in_a_settled_part_is_not_missing() -> None:
    settled = AllOf((Holds(missing("nobody")), flag("no")))
    assert missing_facts([judge(AnyOf((settled, Holds(missing("this")))), READ)]) == ("this",)
    assert missing_facts([judge(settled, READ)]) == ()
