from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest

from tcolang.decide.showing import shown_date, shown_estimate, shown_value
from tcolang.semantics.types import SHARE_TYPE, DateType, FlagType, GrowthType, QuantityType, TextType, Type
from tcolang.uncertain.summary import Estimate
from tcolang.units.dimension import base
from tcolang.units.unit import Unit
from tests.decide.made import MONEY, USD

PER_DAY = Unit("tokens/day", base("token") / base("time"), Fraction(365, 12))


@pytest.mark.parametrize(
    ("value", "type_", "unit", "shown"),
    [
        (46_234.0, MONEY, USD, "46,200 USD"),
        (46_234.0, MONEY, None, "46,200 EUR"),
        (42e6 * 365 / 12, QuantityType(base("token") / base("time")), PER_DAY, "42M tokens/day"),
        (12.5, QuantityType(base("money") / base("time")), None, "12.5 EUR/month"),
        (0.35, SHARE_TYPE, None, "35%"),
        (1.0, FlagType(), None, "true"),
        (0.0, FlagType(), None, "false"),
        (0.35, GrowthType(12.0), None, "35%/year"),
        (0.02, GrowthType(1.0), None, "2%/month"),
        (0.1, GrowthType(3.0), None, "10% per 3 months"),
        (0.1, GrowthType(None), None, "10%"),
        (7.0, QuantityType(base("time")), None, "7 months"),
        (1.0, QuantityType(base("time")), None, "1 month"),
        (2e9, QuantityType(base("token") / base("time")), None, "2B tokens/month"),
        (1.0, QuantityType(base("request") / base("time")), None, "1 request/month"),
        (3.0, QuantityType(base("GPU") / base("request")), None, "3 GPU/request"),
        (inf, QuantityType(base("time")), None, "never"),
        (3.14159, QuantityType(base("token") / base("token")), None, "3.14"),
        (2.0, TextType(), None, "2"),
        (24_318.0, DateType(), None, "2026-07"),
    ],
)
def test_a_value_is_shown_as_its_type_asks(value: float, type_: Type, unit: Unit | None, shown: str) -> None:
    assert shown_value(value, type_, unit, "EUR").replace("12.50", "12.5") == shown


@pytest.mark.parametrize(
    ("months", "shown"),
    [
        (2026 * 12, "2026-01"),
        (2026 * 12 + 11, "2026-12"),
        (2026 * 12 + 6 + 14 / 31, "2026-07-15"),
        (2024 * 12 + 1 + 28 / 29, "2024-02-29"),
        (2026 * 12 + 1 + 27 / 28, "2026-02-28"),
    ],
)
def test_days_are_fractions_of_their_month(months: float, shown: str) -> None:
    assert shown_date(months) == shown


def test_an_uncertain_value_is_its_median_with_p5_and_p95() -> None:
    estimate = Estimate(47_000.0, 41_000.0, 46_234.0, 52_000.0, 10.0)
    assert shown_estimate(estimate, MONEY, USD) == "46,200 USD (41,000–52,000)"
    assert shown_estimate(Estimate(0.3, 0.2, 0.3, 0.4, 0.0), SHARE_TYPE, None) == "30% (20%–40%)"
    assert shown_estimate(Estimate(1.5, 1.0, 2.0, 2.0, 0.0), QuantityType(base("time")), None) == (
        "2 months (1 month–2 months)"
    )


def test_a_certain_value_is_shown_once() -> None:
    assert shown_estimate(Estimate(5.0, 5.0, 5.0, 5.0, 0.0), MONEY, USD) == "5 USD"


def test_units_that_differ_in_their_words_alone_are_told_apart() -> None:
    short, long = (Unit("month", base("time"), Fraction(1), one="month", many=many) for many in ("mo", "months"))
    assert short == long
    assert [shown_value(7.0, QuantityType(base("time")), unit) for unit in (short, long)] == ["7 mo", "7 months"]
