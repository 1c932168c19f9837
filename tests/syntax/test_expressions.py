"""The trees of formulas, written out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tcolang.syntax import nodes
from tests.syntax.reading import ANYWHERE, amount, formula, name, unit


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", "5"),
        ("1_200", "1200"),
        ("1.3M", "1300000"),
        ("230k", "230000"),
        ("2B", "2000000000"),
        ("1.5T", "1500000000000"),
        ("2.5e-3", "0.0025"),
        ("1e3k", "1000000"),
        ("0.123456789012345678901234567890123456789k", "123.456789012345678901234567890123456789"),
    ],
)
def test_a_number_is_exactly_what_is_written(text: str, number: str) -> None:
    node = formula(text)
    assert isinstance(node, nodes.Quantity)
    assert node.number == Decimal(number)


def test_units_are_one_token_right_after_a_number() -> None:
    assert formula("5 EUR/GPU-hour") == amount("5", "EUR/GPU-hour")
    assert formula("35%/year") == amount("35", "%/year")
    assert formula("120 EUR / seats") == nodes.Product(((1, amount("120", "EUR")), (-1, name("seats"))), ANYWHERE)
    per = (Decimal(1000000), unit("tokens"))
    assert formula("0.40 USD per 1M tokens") == nodes.Quantity(Decimal("0.40"), unit("USD"), per, ANYWHERE)


def test_sums_and_products_are_flat_and_parentheses_stay() -> None:
    a, b, c = name("a"), name("b"), name("c")
    assert formula("a - b + c") == nodes.Sum(((1, a), (-1, b), (1, c)), ANYWHERE)
    assert formula("a / b * c") == nodes.Product(((1, a), (-1, b), (1, c)), ANYWHERE)
    inner = nodes.Sum(((1, b), (1, c)), ANYWHERE)
    assert formula("a + (b + c)") == nodes.Sum(((1, a), (1, inner)), ANYWHERE)
    left = nodes.Sum(((1, a), (1, b)), ANYWHERE)
    assert formula("(a + b) + c") == nodes.Sum(((1, left), (1, c)), ANYWHERE)
    product = nodes.Product(((1, b), (1, c)), ANYWHERE)
    assert formula("a + b * c") == nodes.Sum(((1, a), (1, product)), ANYWHERE)


def test_the_logical_operators_bind_from_not_to_or() -> None:
    a, b, c, d = (name(letter) for letter in "abcd")
    both = nodes.And((b, nodes.Not(c, ANYWHERE)), ANYWHERE)
    assert formula("a or b and not c or d") == nodes.Or((a, both, d), ANYWHERE)
    less = nodes.Comparison("<", nodes.Sum(((1, a), (1, b)), ANYWHERE), c, ANYWHERE)
    assert formula("not a + b < c") == nodes.Not(less, ANYWHERE)


def test_a_minus_sign_is_weaker_than_a_power() -> None:
    assert formula("-a ^ 2") == nodes.Negation(nodes.Power(name("a"), 2, ANYWHERE), ANYWHERE)
    assert formula("a ^ -1") == nodes.Power(name("a"), -1, ANYWHERE)
    assert formula("-5 EUR") == nodes.Negation(amount("5", "EUR"), ANYWHERE)


def test_other_forms() -> None:
    a, b, c = name("a"), name("b"), name("c")
    assert formula("if a then b else c") == nodes.Conditional(a, b, c, ANYWHERE)
    assert formula("a ?? b ?? c") == nodes.Coalesce((a, b, c), ANYWHERE)
    assert formula("a as tokens/day") == nodes.Conversion(a, unit("tokens/day"), ANYWHERE)
    assert formula("a ~= b within c") == nodes.Approximation(a, b, c, ANYWHERE)
    assert formula("a in [b, c]") == nodes.Membership(a, nodes.ListOf((b, c), ANYWHERE), ANYWHERE)
    assert formula("[]") == nodes.ListOf((), ANYWHERE)
    assert formula("[a, b,]") == nodes.ListOf((a, b), ANYWHERE)
    assert formula("true") == nodes.Truth(True, ANYWHERE)
    assert formula("2026-01") == nodes.Date(2026, 1, None, ANYWHERE)
    assert formula("2024-02-29") == nodes.Date(2024, 2, 29, ANYWHERE)
    arguments = (nodes.Argument(None, a, ANYWHERE), nodes.Argument("from", b, ANYWHERE))
    assert formula("x.f(a, from = b)") == nodes.Call(name("x.f"), arguments, ANYWHERE)
    assert formula("f()") == nodes.Call(name("f"), (), ANYWHERE)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5 to 35%/year", amount("5", "%/year"), amount("35", "%/year")),
        ("230k to 280k EUR", amount("230000", "EUR"), amount("280000", "EUR")),
        ("25% to 45%", amount("25", "%"), amount("45", "%")),
        ("-5 to -3", amount("-5"), amount("-3")),
        ("5 EUR to 7", amount("5", "EUR"), amount("7")),
    ],
)
def test_the_left_end_of_an_interval_takes_the_unit_of_the_right_one(
    text: str, low: nodes.Quantity, high: nodes.Quantity
) -> None:
    assert formula(text) == nodes.Interval(low, high, ANYWHERE)


def test_an_interval_takes_its_per_as_well() -> None:
    node = formula("0.2 to 0.3 USD per 1M tokens")
    assert isinstance(node, nodes.Interval)
    assert node.low.unit == unit("USD")
    assert node.low.per == node.high.per == (Decimal(1000000), unit("tokens"))


def test_an_interval_in_parentheses_is_an_operand() -> None:
    interval = nodes.Interval(amount("230000", "EUR"), amount("280000", "EUR"), ANYWHERE)
    assert formula("(230k to 280k EUR) * 2") == nodes.Product(((1, interval), (1, amount("2"))), ANYWHERE)


def test_texts_have_their_formulas_parsed() -> None:
    node = formula(r'"a \"b\" {x.y as EUR} {{c}}\n"')
    converted = nodes.Conversion(name("x.y"), unit("EUR"), ANYWHERE)
    assert node == nodes.Text(('a "b" ', converted, " {c}\n"), ANYWHERE)
    assert isinstance(node, nodes.Text)
    inside = node.parts[1]
    assert not isinstance(inside, str)
    assert inside.span.text == "x.y as EUR"


def test_long_texts_have_several_lines() -> None:
    assert formula('"""one "two"\r\nthree {x}"""') == nodes.Text(('one "two"\nthree ', name("x")), ANYWHERE)
    assert formula('""') == nodes.Text((), ANYWHERE)


def test_spans_cover_what_is_written() -> None:
    node = formula("(a + b) * -c ^ 2 / f(1)")
    assert node.span.text == "(a + b) * -c ^ 2 / f(1)"
    assert isinstance(node, nodes.Product)
    assert [factor.span.text for _, factor in node.factors] == ["a + b", "-c ^ 2", "f(1)"]


def test_newlines_mean_nothing_inside_parentheses() -> None:
    assert formula("(\n a + # one\n\n b\n)") == formula("(a + b)")
