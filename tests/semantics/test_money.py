"""Money: currencies, exchange rates and their dates."""

from __future__ import annotations

import pytest

from tests.projects import BASE, added, changed, codes, findings, model_of, months, number, only, values_of

RATE = "fx USD from 2025-01-01 = 0.80 EUR flat"


def test_a_foreign_amount_is_exchanged_where_it_is_written() -> None:
    assert number("x", added(RATE, "let x = 10 USD")) == 8
    assert number("x", added(RATE, "let x = 10 USD/month + 1 EUR/month")) == 9
    assert number("own.tco", changed(("100 EUR/month", "100 USD/month"), more=RATE)) == 12 * 80


def test_an_amount_per_money_is_divided_by_the_rate() -> None:
    assert number("x", added(RATE, "let x = 10 tokens/USD")) == 10 / 0.8


def test_money_to_a_power_takes_the_rate_as_often() -> None:
    assert number("x", added(RATE, "let x = 10 USD-USD")) == pytest.approx(10 * 0.8**2)
    assert number("x", added(RATE, "let x = 10 tokens/USD-USD")) == pytest.approx(10 / 0.8**2)


def test_money_over_money_of_one_currency_needs_no_rate() -> None:
    assert number("x", added("let x = 10 USD/USD")) == 10


def test_nothing_is_nothing_in_every_currency() -> None:
    assert number("x", added("let x = 0 USD + 5 EUR")) == 5


def test_the_inverse_of_a_rate_is_known() -> None:
    assert number("x", added("fx EUR from 2025-01-01 = 1.25 USD flat", "let x = 10 USD")) == 8


def test_rates_both_ways_need_not_agree() -> None:
    (finding,) = findings(added("fx EUR from 2025-01-01 = 2 USD flat", RATE, "let x = 10 USD"))
    assert finding.problem.code == "TCO107"
    assert "both ways" in finding.message


@pytest.mark.parametrize("amount", ["0 EUR", "-1 EUR"])
def test_a_rate_is_above_zero(amount: str) -> None:
    (finding,) = findings(added(f"fx USD from 2025-01-01 = {amount} flat"))
    assert (finding.problem.code, finding.help) == ("TCO206", "what one USD is worth: `0.9 EUR`")


def test_a_currency_that_there_is_not() -> None:
    (finding,) = findings(added("fx XXQ from 2025-01-01 = 0.9 EUR flat"))
    assert finding.message == "`XXQ` is no currency of ISO 4217"


def test_a_missing_rate_is_asked_for_without_a_number_to_paste() -> None:
    (finding,) = findings(added("let x = 10 USD"))
    assert finding.help == 'state what one USD is worth, and since when: `fx USD from 2026-01-01 = RATE EUR note "…"`'


def test_chains_of_rates_are_not_followed() -> None:
    text = added("fx CHF from 2025-01-01 = 1.1 USD flat", RATE, "let x = 10 CHF")
    assert codes(text) == ["TCO205"]


def test_the_rate_is_that_of_the_month_in_which_the_amount_is_paid() -> None:
    rates = "fx USD from 2025-01-01 = 0.80 EUR\nfx USD from 2026-03-01 = 0.90 EUR\nfx USD from 2026-05-15 = 1 EUR"
    found = months("x", added(rates, "let x = 10 USD"))
    assert found == [8, 8, 9, 9, 9, *[10] * 7], "a date inside a month counts from the next"


def test_a_rate_before_its_first_date_is_an_error() -> None:
    finding = only(added("fx USD from 2026-02-01 = 0.80 EUR", "let x = 10 USD"))
    assert finding.problem.code == "TCO301" and "fx.USD" in finding.message


def test_an_uncertain_rate_is_one_for_all_amounts() -> None:
    text = added(
        "fx USD from 2025-01-01 = 0.80 to 0.90 EUR flat", "let x = 10 USD / 10 USD", "let y = 10 USD - 5 USD * 2"
    )
    values = values_of(["x", "y", "fx.USD"], text)
    assert values["fx.USD"].std() > 0
    assert abs(values["x"] - 1).max() < 1e-12 and abs(values["y"]).max() < 1e-12


def test_an_amount_of_a_spec_needs_a_rate_of_the_spec() -> None:
    finding = only(added("let x = 10 USD + 1 EUR"))
    assert finding.problem.code == "TCO205"
    assert finding.span is not None and finding.span.text == "10 USD"
    assert "fx USD from 2026-01-01" in finding.help
    assert codes(added("let x = 10 USD", "let y = 20 USD", "let z = 1 NOK")) == ["TCO205", "TCO205"], "one a currency"


def test_amounts_that_ship_with_the_tool_have_reference_rates() -> None:
    pack = ("worth.tco", 'tco 1\n\npack worth version "1.0.0"\n\nassume worth = 100 USD\n')
    text = BASE.replace("use quiet", "use worth")
    assert number("worth.worth", text, pack) == pytest.approx(100 / 1.1306, rel=1e-4), "Federal Reserve G.5A, 2025"
    assert number("worth.worth", f"{text}\n{RATE}\n", pack) == 80, "the spec's own go first"


@pytest.mark.parametrize(
    ("rate", "code"),
    [
        ("fx EUR from 2025-01-01 = 1 EUR", "TCO206"),
        ("fx XXY from 2025-01-01 = 1 EUR", "TCO206"),
        ("fx USD from 2025-01-01 = 0.9", "TCO206"),
        ("fx USD from 2025-01-01 = 0 EUR", "TCO206"),
        ("fx USD from 2025-01-01 = -1 EUR", "TCO206"),
        ("fx USD from 2025-01-01 = 0.9 EUR/month", "TCO204"),
        ("fx USD from 2025-01-01 = box.price * 1 month", "TCO206"),
        ("fx USD from 2025-01-01 = 0.9 EUR + box.price * 1 month", "TCO206"),
        ("fx USD from 2025-01-01 = 0.9 EUR to 1 USD", "TCO207"),
        ("fx USD from 2025-01-01 = 0.9 EUR\nfx USD from 2025-01-01 = 1 EUR", "TCO107"),
    ],
)
def test_a_rate_is_an_amount_above_zero_of_another_currency(rate: str, code: str) -> None:
    assert codes(added(rate)) == [code]


def test_a_rate_may_move_by_a_formula() -> None:
    text = added("fx USD from 2026-01-01 = grow(0.80 EUR, 10%/month)", "let x = 10 USD")
    assert months("x", text)[:3] == pytest.approx([8, 8.8, 9.68])


@pytest.mark.parametrize("amount", ["5 money", "5 money/month", "5 money per 1M tokens", "1 to 2 money"])
def test_an_amount_names_its_currency(amount: str) -> None:
    finding = only(added(f"let x = {amount}"))
    assert finding.problem.code == "TCO225" and "EUR" in finding.help


def test_values_are_shown_in_the_currency_of_the_decision() -> None:
    """Foreign amounts have been exchanged, so a value that is declared in dollars is not labelled so."""
    model = model_of(added(RATE, "assume fee: USD/month = 10 USD/month", "let twice: USD = fee * 2 months"))
    units = {key: model.node(key).unit for key in ("fee", "twice")}
    assert {key: unit.text for key, unit in units.items() if unit} == {"fee": "EUR/month", "twice": "EUR"}
    assert {key: unit.currency for key, unit in units.items() if unit} == {"fee": "EUR", "twice": "EUR"}


def test_a_value_cannot_be_shown_in_another_currency() -> None:
    finding = only(added(RATE, "let x = 5 EUR", 'expect x > 1 EUR because "{x as USD}"'))
    assert finding.problem.code == "TCO211" and "EUR" in finding.message
    assert codes(added(RATE, "let x = 5 EUR as USD")) == ["TCO211"]
    assert codes(added(RATE, "let x = 5 USD as EUR")) == []


def test_a_comparison_with_a_foreign_amount_is_told_in_the_currency_of_the_decision() -> None:
    model = model_of(added(RATE, "let x = 5 EUR", "expect x < 10 USD"))
    condition = model.expectations[0].condition
    units = {getattr(condition, side).unit.text for side in ("left", "right")}
    assert units <= {"money", "EUR"}


def test_a_file_without_a_decision_has_no_currency_to_exchange_to() -> None:
    assert codes("tco 1\n\nassume a = 5 USD\nassume b = 6 EUR\nlet c = a + b\n") == []


def test_a_number_beyond_what_can_be_computed_with_is_refused() -> None:
    heap = "unit heap = 1e300 requests"
    assert codes(added(heap, "let x = 1e300 heaps")) == ["TCO023"]
    assert codes(added(heap, "let x = 1 to 1e300 heaps")) == ["TCO023"]
    assert codes(added(heap, "let x = uniform(1 heap, 1e300 heaps)")) == ["TCO023"]
    assert codes(added(heap, "unit pile = 1e300 heaps")) == ["TCO222"]
    assert codes(added("unit lot = 1e300 number", "assume g: growth = 1e300 lot/year")) == ["TCO023"]
