"""Numbers in words, against figures worked out by hand."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.report.amounts import add_up, converted, money, money_between, money_exactly, month, out_of_one, scale
from tcolang.uncertain.summary import Estimate
from tcolang.units.standard import STANDARD
from tcolang.units.unit import Unit

AMOUNTS = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=40).map(tuple)


def test_money_has_three_digits_and_its_currency() -> None:
    assert money(46_234.0, "EUR") == "46,200 EUR"
    assert money(0.4, "EUR") == "0.40 EUR"
    assert money(3_214_000.0, "USD") == "3.21M USD"
    assert money_exactly(1_234_567.891, "EUR") == "1,234,567.89 EUR"
    assert money_exactly(1_234.5, "JPY") == "1,234 JPY"


def test_a_range_names_its_unit_once() -> None:
    assert money_between(Estimate(100.0, 41_000.0, 46_000.0, 52_000.0, 1.0), "EUR") == "41,000 to 52,000 EUR"
    assert money_between(Estimate(5.0, 5.0, 5.0, 5.0, 0.0), "EUR") == "5 EUR"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.81, "0.81"), (1.0, "1.00"), (0.0, "0.00"), (0.9999, "over 0.99"), (0.0001, "under 0.01"), (0.905, "0.90")],
)
def test_a_share_is_never_rounded_to_certainty(share: float, shown: str) -> None:
    assert out_of_one(share) == shown


def test_three_thirds_add_up() -> None:
    assert add_up((100 / 3, 100 / 3, 100 / 3)) == ((34, 33, 33), 100)
    assert add_up((0.5, 0.5, 0.5, 0.5)) == ((1, 1, 0, 0), 2)
    assert add_up((-0.4, 1.4)) == ((0, 1), 1)
    assert add_up((1_499.0, 501.0), 1000) == ((1, 1), 2)


@given(AMOUNTS)
def test_rounded_parts_add_up_and_are_off_by_less_than_one(amounts: tuple[float, ...]) -> None:
    parts, total = add_up(amounts)
    assert sum(parts) == total
    assert abs(total - fsum(amounts)) <= 0.5 + 1e-5
    assert all(abs(part - amount) < 1 + 1e-5 for part, amount in zip(parts, amounts, strict=True))


def test_large_tables_are_in_thousands() -> None:
    assert (scale(999_999.0), scale(1e6), scale(-2e6)) == (1, 1000, 1000)


def test_months_are_counted_from_the_year_0() -> None:
    assert month(2026 * 12) == "2026-01"
    assert month(2026 * 12 + 11) == "2026-12"


def test_a_converted_amount_names_the_currency_it_is_in() -> None:
    hourly = STANDARD.parse("USD/GPU-hour")
    generic = STANDARD.parse("money/hour")
    tokens = STANDARD.parse("tokens/day")
    assert isinstance(hourly, Unit) and isinstance(generic, Unit) and isinstance(tokens, Unit)
    assert converted(hourly, "EUR").text == "EUR/GPU-hour"
    assert converted(hourly, "EUR").factor == hourly.factor
    assert converted(generic, "EUR").text == "EUR/hour"
    assert converted(tokens, "EUR") == tokens
    assert converted(hourly, "USD") == hourly
