from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tcolang.units.quantity import exact9, money_rounded, percentage, readable, rounded, show
from tcolang.units.standard import STANDARD
from tcolang.units.table import UnitTable
from tcolang.units.unit import Unit

FINITE = st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False)


def unit(text: str) -> Unit:
    found = STANDARD.parse(text)
    assert isinstance(found, Unit)
    return found


def half_even(value: Fraction, step: Fraction) -> Fraction:
    """A second way: whole steps below, then the rest against one half, in exact fractions."""
    below = value // step
    rest = value / step - below
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2 == 1)
    return (below + up) * step


def leading(value: Fraction) -> int:
    """The power of ten of the first digit."""
    place = math.floor(math.log10(abs(value)))
    return place + 1 if abs(value) >= Fraction(10) ** (place + 1) else place - (abs(value) < Fraction(10) ** place)


def meant(value: float) -> Fraction:
    """The value at 15 digits, exactly."""
    exact = Fraction(value)
    return exact if not exact else half_even(exact, Fraction(10) ** (leading(exact) - 14))


@given(FINITE.filter(lambda value: 1e-290 < abs(value) < 1e290), st.integers(1, 15))
@example(2.675, 3)
@example(0.125, 2)
@example(999.5, 3)
@example(1.0049999999999999, 3)
def test_rounding_agrees_with_exact_fractions(value: float, digits: int) -> None:
    first = meant(value)
    assert Fraction(rounded(value, digits)) == half_even(first, Fraction(10) ** (leading(first) - digits + 1))


@given(st.floats(-1e12, 1e12), st.sampled_from([("JPY", 0), ("EUR", 2), ("KWD", 3), ("CLF", 4)]))
@example(2.675, ("EUR", 2))
@example(1.005, ("EUR", 2))
@example(0.285, ("EUR", 2))
def test_money_agrees_with_exact_fractions(value: float, currency: tuple[str, int]) -> None:
    code, digits = currency
    amount = money_rounded(value, code)
    assert Fraction(amount) == half_even(meant(value), Fraction(1, 10**digits))
    assert amount.as_tuple().exponent == -digits


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        # What was meant is a tie, which goes to the even cent; the stored floats lie to either side of it.
        (2.675, "EUR", "2.68"),
        (1.005, "EUR", "1.00"),
        (0.125, "EUR", "0.12"),
        (0.375, "EUR", "0.38"),
        (-0.001, "EUR", "0.00"),
        (-1.5, "JPY", "-2"),
        (2.5, "JPY", "2"),
        (1e300, "EUR", f"1{'0' * 300}.00"),
    ],
)
def test_amounts_of_money(value: float, code: str, text: str) -> None:
    assert str(money_rounded(value, code)) == text


def test_an_unknown_currency_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        money_rounded(1.0, "DEM")


@pytest.mark.parametrize("value", [-0.0, 0.0])
def test_there_is_no_minus_zero(value: float) -> None:
    assert not rounded(value, 3).is_signed()
    assert math.copysign(1, exact9(value)) == 1
    assert (readable(value), percentage(value), show(value, unit("EUR"))) == ("0", "0%", "0 EUR")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_refused(value: float) -> None:
    for present in (readable, percentage, exact9):
        with pytest.raises(ValueError, match="cannot be shown"):
            present(value)


@pytest.mark.parametrize("digits", [0, 16])
def test_more_digits_than_a_float_has_are_refused(digits: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 15 digits"):
        rounded(1.0, digits)


def test_the_settings_of_the_caller_do_not_matter() -> None:
    with localcontext() as context:
        context.prec = 2
        context.rounding = "ROUND_UP"
        assert rounded(1234.5678, 6) == Decimal("1234.57")
        assert readable(46_249.0) == "46,200"
        assert readable(1_234_567.0, 6) == "1.23457M"
        assert str(money_rounded(1234.561, "EUR")) == "1234.56"
        assert percentage(0.12344, 4) == "12.34%"
        assert show(1234.561, unit("EUR"), 6) == "1,234.56 EUR"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (46_200, "46,200"),
        (23_922.1, "23,900"),
        (4_140, "4,140"),
        (0.0123, "0.0123"),
        (0.1 + 0.2, "0.3"),
        (1.4, "1.4"),
        (12, "12"),
        (999_499, "999,000"),
        (999_600, "1M"),
        (1_250_000, "1.25M"),
        (2.9e9, "2.9B"),
        (999.9e9, "1T"),
        (123.4e12, "123T"),
        (999.4e12, "999T"),
        (1e15, "1e15"),
        (1.234e18, "1.23e18"),
        (1e-6, "0.000001"),
        (9.996e-7, "0.000001"),
        (1.234e-7, "1.23e-7"),
        (-46_249, "-46,200"),
        (-1.25e6, "-1.25M"),
    ],
)
def test_readable(value: float, text: str) -> None:
    assert readable(value) == text


SCALES = {"M": 6, "B": 9, "T": 12}


@given(FINITE, st.integers(1, 9))
def test_what_is_read_is_what_was_rounded(value: float, digits: int) -> None:
    text = readable(value, digits).replace(",", "")
    back = Decimal(text.rstrip("MBT")).scaleb(SCALES.get(text[-1], 0))
    assert back == rounded(value, digits)
    assert ("e" in text) == (back != 0 and not Decimal("1e-6") <= abs(back) < Decimal("1e15"))


@given(FINITE)
def test_nine_digits_are_stable(value: float) -> None:
    once = exact9(value)
    assert exact9(once) == once
    assert once == pytest.approx(value, rel=5e-9)
    assert len(Decimal(repr(once)).normalize().as_tuple().digits) <= 9


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.35, "35%"),
        (0.07, "7%"),
        (0.1234, "12.3%"),
        (0.999, "99.9%"),
        (0.9994, "99.9%"),
        (0.9995, "99.95%"),
        (0.9999, "99.99%"),
        (0.999999, "99.9999%"),
        (1.0, "100%"),
        (1.0004, "100.04%"),
        (1 + 2e-16, "100%"),
        (12.5, "1,250%"),
        (0.00001, "0.001%"),
        (-0.05, "-5%"),
    ],
)
def test_percentages(value: float, text: str) -> None:
    assert percentage(value) == text


@pytest.mark.parametrize(
    ("value", "text", "shown"),
    [
        (46_200, "USD", "46,200 USD"),
        (46_249, "USD", "46,200 USD"),
        (0.4, "USD", "0.40 USD"),
        (12_000, "JPY", "12,000 JPY"),
        (0.5, "JPY", "0.5 JPY"),
        (1.5e6, "USD", "1.5M USD"),
        (5.672 * 730, "USD/hour", "5.67 USD/hour"),
        (16.8 * 730, "USD/hour", "16.80 USD/hour"),
        (16.8 * 730, "money/hour", "16.80 money/hour"),
        (1.5e6, "request/month", "1.5M requests/month"),
        (1.0, "requests/month", "1 request/month"),
        (45_000 * 2_628_000, "token/second", "45,000 tokens/second"),
        (100e6 * 365 / 12, "tokens/day", "100M tokens/day"),
        (0.4e-6, "USD/token", "0.40 USD per 1M tokens"),
        (12e-6, "EUR/tokens", "12 EUR per 1M tokens"),
        (0.4e-6, "money/token", "0.40 money per 1M tokens"),
        (0.00125, "EUR/request", "0.00125 EUR/request"),
        (0.35, "share", "35%"),
        (0.35, "%", "35%"),
        (0.9996, "share", "99.96%"),
        (0.08 / 12, "%/year", "8%/year"),
        (0.07 / 12, "share/year", "7%/year"),
        (1.4, "number", "1.4"),
        (3, "number/month", "3/month"),
        (36, "years", "3 years"),
        (12, "years", "1 year"),
        (3 / 730, "GPU-hour", "3 GPU-hours"),
        (730, "kW", "1 kW"),
        (3.5, "FTE", "3.5 FTE"),
        (8, "GPU", "8 GPUs"),
        (-5, "USD", "-5 USD"),
    ],
)
def test_values_in_their_units(value: float, text: str, shown: str) -> None:
    assert show(value, unit(text)) == shown


def test_a_price_per_own_unit_stays_per_own_unit() -> None:
    table = STANDARD.define("page", unit("tokens").times(500))
    assert isinstance(table, UnitTable)
    per_page = table.parse("EUR/page")
    assert isinstance(per_page, Unit)
    assert show(0.4e-6, per_page) == "0.0002 EUR/page"


def test_a_price_per_million_is_shown_as_it_is_written() -> None:
    found = STANDARD.parse_per("USD", Decimal(10**6), "tokens")
    assert isinstance(found, Unit)
    assert show(found.to_canonical(Decimal("1.60")), found) == "1.60 USD per 1M tokens"
