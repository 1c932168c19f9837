from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.units.dimension import NUMBER, Dimension, base
from tcolang.units.standard import STANDARD
from tcolang.units.table import UnitMistake, UnitTable
from tcolang.units.unit import Unit

MONEY, TIME, TOKEN, GPU = base("money"), base("time"), base("token"), base("GPU")


def unit(text: str, table: UnitTable = STANDARD) -> Unit:
    found = table.parse(text)
    assert isinstance(found, Unit), found
    return found


def mistake(text: str, table: UnitTable = STANDARD) -> UnitMistake:
    found = table.parse(text)
    assert isinstance(found, UnitMistake), found
    return found


def defined(name: str, one: Unit, table: UnitTable = STANDARD) -> UnitTable:
    found = table.define(name, one)
    assert isinstance(found, UnitTable), found
    return found


@pytest.mark.parametrize(
    ("text", "number", "canonical"),
    [
        # One year is 12 months, 365 days and 8,760 hours.
        ("year", 1, Fraction(12)),
        ("days", 365, Fraction(12)),
        ("h", 8760, Fraction(12)),
        ("weeks", 365, Fraction(84)),
        ("min", 43_800, Fraction(1)),
        ("s", 2_628_000, Fraction(1)),
        ("ms", 2_628_000_000, Fraction(1)),
        ("kW", 1, Fraction(730)),
        ("MW", 1, Fraction(730_000)),
        ("W", 1000, Fraction(730)),
        ("MWh", 1, Fraction(1000)),
        ("Wh", 1, Fraction(1, 1000)),
        ("GWh", 1, Fraction(1_000_000)),
        ("TB", 1, Fraction(1000)),
        ("bytes", 10**9, Fraction(1)),
        ("PB", 1, Fraction(10**6)),
        ("kB", 10**6, Fraction(1)),
        # A gibibyte is 1,073,741,824 bytes.
        ("GiB", 1, Fraction(1_073_741_824, 10**9)),
        ("TiB", 1, Fraction(1_099_511_627_776, 10**9)),
        ("MiB", 1024, Fraction(1_073_741_824, 10**9)),
        ("KiB", 1024, Fraction(1_048_576, 10**9)),
        ("%", 35, Fraction(35, 100)),
        ("%/year", 12, Fraction(1, 100)),
        ("EUR/GPU-hour", 1, Fraction(730)),
        ("USD/hour", Fraction(5672, 1000), Fraction(414_056, 100)),
        ("tokens/day", 100 * 10**6, Fraction(100 * 10**6 * 365, 12)),
        ("tokens/second", 1, Fraction(2_628_000)),
        ("FTEs", 3, Fraction(3)),
        ("EUR/kWh", 1, Fraction(1)),
        ("money/year-FTE", 120_000, Fraction(10_000)),
    ],
)
def test_factors_are_exact(text: str, number: int | Fraction, canonical: Fraction) -> None:
    assert unit(text).factor * number == canonical


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("EUR/GPU-hour", MONEY / (GPU * TIME)),
        ("GPU-hour", GPU * TIME),
        ("kW", base("energy") / TIME),
        ("kWh", base("energy")),
        ("money/year-FTE", MONEY / TIME / base("FTE")),
        ("GB/GPU", base("data") / GPU),
        ("share", NUMBER),
        ("number/month", NUMBER / TIME),
        ("%", NUMBER),
        ("token-hour/token", TIME),
        ("hour/day", NUMBER),
        ("request/month", base("request") / TIME),
    ],
)
def test_dimensions(text: str, dimension: Dimension) -> None:
    assert unit(text).dimension == dimension


def test_kilowatt_times_month_is_730_kilowatt_hours() -> None:
    assert unit("kW-month").factor == 730 * unit("kWh").factor
    assert unit("kW-month").dimension == unit("kWh").dimension
    assert unit("kW-hour").factor == unit("kWh").factor


def test_the_currency_is_that_of_the_money_in_the_unit() -> None:
    assert unit("EUR/GPU-hour").currency == "EUR"
    assert unit("money/hour").currency is None
    assert unit("tokens/second").currency is None
    assert unit("EUR/EUR").currency is None
    assert unit("EUR/EUR").dimension == NUMBER


@pytest.mark.parametrize(
    ("text", "one", "many"),
    [
        ("tokens/seconds", "token/second", "tokens/second"),
        ("GPU-hours", "GPU-hour", "GPU-hours"),
        ("EUR/GPU-hour", "EUR/GPU-hour", "EUR/GPU-hour"),
        ("FTEs", "FTE", "FTE"),
        ("h", "h", "h"),
    ],
)
def test_singular_and_plural(text: str, one: str, many: str) -> None:
    assert (unit(text).text, unit(text).one, unit(text).many) == (text, one, many)


WORDS = st.lists(st.sampled_from([name for name in STANDARD.names() if not name.isupper()]), min_size=1, max_size=3)


@given(WORDS, WORDS)
def test_what_is_behind_the_slash_divides(over: list[str], under: list[str]) -> None:
    whole = unit("-".join(over) + "/" + "-".join(under))
    above, below = unit("-".join(over)), unit("-".join(under))
    assert whole.factor == above.factor / below.factor
    assert whole.dimension == above.dimension / below.dimension
    for spelling in (whole.one, whole.many):
        assert (unit(spelling).factor, unit(spelling).dimension) == (whole.factor, whole.dimension)


@given(WORDS, st.decimals(-(10**12), 10**12, places=6, allow_nan=False))
def test_there_and_back(words: list[str], number: Decimal) -> None:
    one = unit("-".join(words))
    assert one.from_canonical(one.to_canonical(number)) == pytest.approx(float(number), rel=1e-15)


def test_conversion_is_rounded_once() -> None:
    # 0.1 h is 1/7300 month; the float nearest to it is what division of the two integers gives.
    assert unit("hour").to_canonical(Decimal("0.1")) == 1 / 7300


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("eur", "did you mean `EUR`?"),
        ("gpu", "did you mean `GPU`?"),
        ("Tokens", "did you mean `tokens`?"),
        ("eur/gpu-hour", "did you mean `EUR/gpu-hour`?"),
        ("EUR/GPU-hr", "did you mean `EUR/GPU-hour`?"),
        ("tokns/second", "did you mean `tokens/second`?"),
        ("$/hour", "did you mean `USD/hour`?"),
        ("Dollars", "did you mean `USD`?"),
        ("gb", "did you mean `GB`?"),
        ("GPUhours", "did you mean `GPU-hours`?"),
        ("tps", "write `tokens/second`"),
        ("Mtokens/day", "a magnitude belongs to the number: `5M tokens/day`"),
        ("USD/Mtoken", "write `USD per 1M tokens`"),
        ("EUR/kTokens", "write `EUR per 1k tokens`"),
    ],
)
def test_an_unknown_word_gets_the_one_that_was_meant(text: str, help_: str) -> None:
    assert mistake(text).help == help_


def test_words_that_are_unlike_any_get_a_way_to_declare_them() -> None:
    found = mistake("EUR/seats")
    assert found.message == "there is no unit `seats`"
    assert "`unit seat`" in found.help
    assert "blanks around the `/`" in found.help
    assert "blanks" not in mistake("seat").help


@pytest.mark.parametrize("word", ["car", "eup", "cad2"])
def test_short_words_are_not_taken_for_some_currency(word: str) -> None:
    assert "did you mean" not in mistake(word).help


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("K", "`1k tokens`"),
        ("k", "`1k tokens`"),
        ("M", "`1M tokens`"),
        ("m", "`min` for minutes"),
        ("USD/1M-tokens", "write `USD per 1M tokens`"),
        ("USD/1K-tokens", "write `USD per 1k tokens`"),
        ("USD/1000-tokens", "write `USD per 1000 tokens`"),
        ("USD/1Mtokens", "write `USD per 1M tokens`"),
        ("EUR/1kWh", "write `EUR per 1 kWh`"),
        ("USD/1M", "write `USD per 1M tokens`"),
        ("USD/2requests", "write `USD per 2 requests`"),
        ("1/month", "write `number/month`"),
        ("5-tokens", "a unit is made of words"),
        ("EUR/GPU-2", "a unit is made of words"),
        ("EUR/1M-%", "a unit is made of words"),
        ("EUR/month/GPU", "write `EUR/month-GPU`"),
        ("EUR/m^2", "multiplied by `-`"),
        ("GPU*hour", "multiplied by `-`"),
        ("EUR/", "EUR per GPU per hour"),
        ("", "EUR per GPU per hour"),
        ("GPU--hour", "EUR per GPU per hour"),
    ],
)
def test_a_unit_of_the_wrong_shape_gets_the_right_spelling(text: str, words: str) -> None:
    assert words in mistake(text).help


def test_two_currencies_in_one_unit_are_refused() -> None:
    found = mistake("EUR/USD")
    assert found.message == "the unit `EUR/USD` has two currencies in it, EUR and USD"
    assert "fx EUR from" in found.help


@given(st.text(max_size=40))
def test_parsing_never_raises(text: str) -> None:
    assert isinstance(STANDARD.parse(text), Unit | UnitMistake)


@given(st.lists(st.sampled_from([*"kKMBTm159%^-/$", "tokens", "EUR", "hour", "foo"]), max_size=6))
def test_parsing_of_near_units_never_raises(parts: list[str]) -> None:
    found = STANDARD.parse("".join(parts))
    assert isinstance(found, Unit) or (found.message and found.help)


def test_a_price_per_a_million_tokens() -> None:
    found = STANDARD.parse_per("USD", Decimal("1E+6"), "tokens")
    assert found == Unit("USD per 1M tokens", MONEY / TOKEN, Fraction(1, 10**6), "USD")


@pytest.mark.parametrize(
    ("text", "count", "per", "shown", "factor"),
    [
        ("requests", "1000", "tokens", "requests per 1k tokens", Fraction(1, 1000)),
        ("EUR", "1", "tokens", "EUR per token", Fraction(1)),
        ("EUR", "250", "request", "EUR per 250 requests", Fraction(1, 250)),
        ("EUR", "1.5E+6", "requests", "EUR per 1500k requests", Fraction(1, 1_500_000)),
        (None, "1000", "requests", "per 1k requests", Fraction(1, 1000)),
        ("EUR", "2", "hours", "EUR per 2 hours", Fraction(365)),
    ],
)
def test_per_a_number_of_units(text: str | None, count: str, per: str, shown: str, factor: Fraction) -> None:
    found = STANDARD.parse_per(text, Decimal(count), per)
    assert isinstance(found, Unit)
    assert (found.text, found.factor) == (shown, factor)


@pytest.mark.parametrize(
    ("text", "count", "per", "words"),
    [
        ("EUR", 0, "tokens", "not above zero"),
        ("EUR", 10, "USD", "two currencies"),
        ("eur", 10, "tokens", "`eur`"),
        ("EUR", 10, "toks", "`toks`"),
    ],
)
def test_mistakes_in_per(text: str, count: int, per: str, words: str) -> None:
    found = STANDARD.parse_per(text, Decimal(count), per)
    assert isinstance(found, UnitMistake)
    assert words in found.message


def test_a_unit_of_ones_own_is_what_it_is_defined_as() -> None:
    table = defined("ticket", unit("requests").times(6))
    tickets = unit("tickets/month", table)
    assert (tickets.dimension, tickets.factor) == (base("request") / TIME, Fraction(6))
    assert (tickets.one, tickets.many) == ("ticket/month", "tickets/month")
    assert isinstance(STANDARD.parse("ticket"), UnitMistake)
    # A month of 30 days is shorter than one of 730 hours.
    assert unit("month30", defined("month30", unit("days").times(30))).factor == Fraction(720, 730)
    assert unit("licence", defined("licence", unit("EUR").times(5))).currency == "EUR"


def test_a_base_unit_of_ones_own_is_measured_in_nothing_else() -> None:
    table = STANDARD.define_base("seat")
    assert isinstance(table, UnitTable)
    assert unit("EUR/seat-month", table).dimension == MONEY / base("seat") / TIME
    assert mistake("saet", table).help == "did you mean `seat`?"


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("page", "pages"),
        ("query", "queries"),
        ("box", "boxes"),
        ("batch", "batches"),
        ("day2", "day2s"),
        ("buy", "buys"),
    ],
)
def test_plurals(name: str, plural: str) -> None:
    table = defined(name, unit("request"))
    assert unit(plural, table).many == plural
    assert unit(plural, table).one == name


def test_a_name_that_is_plural_already_has_no_other() -> None:
    assert unit("tickets", defined("tickets", unit("requests"))).many == "tickets"


@pytest.mark.parametrize(
    "name", ["hour", "EUR", "tokens", "money", "share", "k", "M", "m", "data", "time", "GB", "a_b", ""]
)
def test_names_that_have_a_meaning_cannot_be_given_another(name: str) -> None:
    for found in (STANDARD.define(name, unit("request")), STANDARD.define_base(name)):
        assert isinstance(found, UnitMistake)
        assert found.help


def test_a_plural_cannot_take_a_word_either() -> None:
    table = defined("seats", unit("request"))
    assert isinstance(table.define("seat", unit("request")), UnitMistake)


def test_the_word_money_becomes_a_currency() -> None:
    priced = unit("money/GPU-hours").in_currency("EUR")
    assert (priced.text, priced.one, priced.currency) == ("EUR/GPU-hours", "EUR/GPU-hour", "EUR")
    assert unit("USD/hour").in_currency("EUR") == unit("USD/hour")
    assert unit("token/hour").in_currency("EUR") == unit("token/hour")


def test_names_are_sorted_and_have_neither_m_nor_capital_k() -> None:
    names = STANDARD.names()
    assert list(names) == sorted(names)
    assert {"hours", "EUR", "FTE", "share", "%"} <= set(names)
    assert not {"m", "K", "k", "M", "B", "T"} & set(names)
