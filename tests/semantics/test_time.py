"""Values that change over time: growths, histories, and what has no date."""

from __future__ import annotations

import pytest

from tests.projects import added, changed, codes, model_of, months, number, only, values_of


@pytest.mark.parametrize(
    ("rate", "after_a_year"),
    [("35%/year", 1.35), ("3%/month", 1.03**12), ("10%/year * 2", 1.2), ("-(10%/year)", 0.9)],
)
def test_a_growth_keeps_its_period_and_compounds(rate: str, after_a_year: float) -> None:
    text = changed(("12 months", "13 months"), more=f"assume g: growth = {rate}\nlet x = grow(100, g)")
    found = months("x", text)
    assert found[0] == 100
    assert found[12] == pytest.approx(100 * after_a_year)


def test_a_decline_takes_away_from_what_is_left() -> None:
    assert months("x", added("let x = decline(100, 10%/month)"))[:3] == pytest.approx([100, 90, 81])


@pytest.mark.parametrize("value", ["5%", "5", "5%/EUR", "5 EUR/year", "5% per 1 year", "2% to 5%"])
def test_a_growth_says_over_which_time(value: str) -> None:
    assert codes(added(f"assume g: growth = {value}")) == ["TCO209"]


def test_a_rate_without_the_type_growth_is_linear() -> None:
    assert number("x", added("let x = 12%/year * 1 month")) == pytest.approx(0.01)
    assert codes(added("assume g = 12%/year", "let x = grow(1, g)")) == ["TCO217"]


def test_growths_of_different_periods_do_not_mix() -> None:
    both = "assume g: growth = 5%/year\nassume h: growth = 5%/month\n"
    assert codes(added(both, "let x = if 1 > 2 then g else h")) == ["TCO202"]
    assert codes(added("assume g: growth from 2026-01 = 5%/year\nassume g: growth from 2026-05 = 1%/month")) == [
        "TCO210"
    ]
    assert codes(added(both, "let x = g < h")) == ["TCO210"]
    assert codes(added(both, "let x = g < g * 2")) == []


def test_the_growth_of_a_kind_takes_the_period_of_each_component() -> None:
    kind = (
        "kind k {\n  rate: growth\n  let x = grow(100, rate)\n}\n\nk a {\n  rate = 10%/month\n"
        "}\n\nk b {\n  rate = 21%/year\n}\n"
    )
    assert months("a.x", added(kind))[2] == pytest.approx(121)
    assert months("b.x", changed(("12 months", "13 months"), more=kind))[12] == pytest.approx(121)


# Histories


def test_a_value_holds_from_its_date_on() -> None:
    prices = (
        "price from 2025-06 = 10 EUR/month\n  price from 2026-03-01 = 20 EUR/month\n"
        "  price from 2026-05-02 = 30 EUR/month"
    )
    text = changed(("price = 100 EUR/month", prices))
    assert months("box.price", text) == [10, 10, 20, 20, 20, *[30] * 7]
    assert number("own.tco", text) == 2 * 10 + 3 * 20 + 7 * 30


def test_a_growth_in_a_history_counts_from_its_date() -> None:
    prices = "price from 2025-12 = grow(10 EUR/month, 10%/month)\n  price from 2026-03 = grow(100 EUR/month, 10%/month)"
    assert months("box.price", changed(("price = 100 EUR/month", prices)))[:4] == pytest.approx([11, 12.1, 100, 110])


def test_segments_share_their_quantile() -> None:
    prices = "price from 2025-12 = 10 to 20 EUR/month\n  price from 2026-03 = 100 to 200 EUR/month"
    drawn = values_of(["box.price"], changed(("price = 100 EUR/month", prices)))["box.price"]
    assert drawn.shape[0] == 12
    assert abs(drawn[2] / drawn[1] - 10).max() < 1e-9


def test_a_price_before_its_first_date_is_an_error_only_where_something_rests_on_it() -> None:
    late = "price from 2026-03 = 20 EUR/month"
    assert codes(changed(("price = 100 EUR/month", late))) == ["TCO301"]
    catalogue = ("prices.tco", f"tco 1\n\nflat later {{\n  {late}\n}}\n")
    used = changed(("use quiet", "import prices as our\n\nuse quiet"))
    assert codes(used, catalogue) == []
    assert "prices.later.price" in model_of(used, catalogue).unknown
    assert codes(used.replace("box = 100%", "our.later = 100%"), catalogue) == ["TCO301"]
    assert codes(f"{used}\nlet x = our.later.price\n", catalogue) == ["TCO301"]


def test_a_price_that_is_carried_forward_for_more_than_a_year_is_a_warning_unless_that_is_meant() -> None:
    old = "price from 2025-11 = 20 EUR/month"
    assert codes(changed(("price = 100 EUR/month", old))) == ["TCO303"], "13 months to December 2026"
    assert codes(changed(("price = 100 EUR/month", old.replace("2025-11", "2025-12")))) == []
    assert codes(changed(("price = 100 EUR/month", f"{old} flat"))) == []
    moving = "price from 2025-01 = decline(20 EUR/month, 3%/month)"
    assert codes(changed(("price = 100 EUR/month", moving))) == []
    catalogue = ("prices.tco", f"tco 1\n\nflat later {{\n  {old}\n}}\n")
    assert codes(changed(("use quiet", "import prices as our\n\nuse quiet")), catalogue) == []


def test_dates_rise() -> None:
    lines = "price from 2025-06 = 10 EUR/month\n  price from 2025-05 = 20 EUR/month"
    finding = only(changed(("price = 100 EUR/month", lines)))
    assert finding.problem.code == "TCO219"
    assert codes(changed(("price = 100 EUR/month", lines.replace("2025-05", "2025-06")))) == ["TCO219"]


@pytest.mark.parametrize(
    "lines",
    [
        '  stage from 2026-03 = late\n  name = "n"\n  part = box\n  levels = [1]',
        '  stage = late\n  name from 2026-01 = "n"\n  part = box\n  levels = [1]',
        '  stage = late\n  name = "n"\n  part from 2026-01 = box\n  levels = [1]',
        '  stage = late\n  name = "n"\n  part = box\n  levels from 2026-01 = [1]',
        '  stage from 2026-01 = late\n  stage from 2026-03 = early\n  name = "n"\n  part = box\n  levels = [1]',
    ],
)
def test_what_is_no_amount_does_not_change_over_time(lines: str) -> None:
    kind = "kind k {\n  stage: one of early, late\n  name: text\n  part: a flat\n  levels: list of number\n}\n"
    assert codes(added(kind, f"k it {{\n{lines}\n}}")) == ["TCO229"]


def test_an_untyped_text_does_not_change_over_time() -> None:
    assert codes(added('assume t from 2026-01 = "a"\nassume t from 2026-03 = "b"')) == ["TCO229"]


def test_a_flag_and_a_date_may_change() -> None:
    kind = (
        "kind k {\n  on: flag\n  let x = if on then 1 else 0\n}\n\nk it {\n  on from 2025-12 = false\n"
        "  on from 2026-02 = true\n}\n"
    )
    assert months("it.x", added(kind))[:3] == [0, 1, 1]


# The decision's own time


def test_the_horizon_and_the_start() -> None:
    assert number("own.tco_nominal", changed(("12 months", "1 year"))) == 1200
    assert number("own.tco_nominal", changed(("12 months", "365 days"))) == 1200
    assert codes(changed(("12 months", "45 days"))) == ["TCO408"]
    assert codes(changed(("12 months", "0 months"))) == ["TCO408"]
    assert codes(changed(("12 months", "600 months"))) == []
    assert codes(changed(("12 months", "601 months"))) == ["TCO408"]
    assert codes(changed(("12 months", "6 to 12 months"))) == ["TCO204"]
    assert codes(changed(("12 months", "12 EUR"))) == ["TCO204"]
    assert codes(changed(("start = 2026-01", "start = 2026-01-01"))) == []
    assert codes(changed(("start = 2026-01", "start = 2026-01-02"))) == ["TCO417"]
    assert codes(changed(("start = 2026-01", "start = 24 months"))) == ["TCO204"]


def test_a_flow_of_month_k_is_discounted_by_k_months() -> None:
    text = changed(("horizon = 12 months", "horizon = 24 months\n  discount_rate = 10%/year"))
    expected = sum(100 / 1.1 ** (k / 12) for k in range(24))
    assert number("own.tco", text) == pytest.approx(expected)
    monthly = text.replace("10%/year", "1%/month")
    assert number("own.tco", monthly) == pytest.approx(sum(100 / 1.01**k for k in range(24)))


def test_a_discount_rate_is_certain_and_not_below_zero() -> None:
    at = ("horizon = 12 months", "horizon = 12 months\n  discount_rate = {}")
    assert codes(changed((at[0], at[1].format("5 to 9%/year")))) == ["TCO409"]
    assert codes(changed((at[0], at[1].format("-1%/year")))) == ["TCO418"]
    assert codes(changed((at[0], at[1].format("5%")))) == ["TCO209"]
    assert codes(changed((at[0], at[1].format("0%/year")))) == []
    assert codes(changed((at[0], at[1].format("150%/year")))) == []
    twice = at[1].format("5%/year") + "\n  discount_rate = 6%/year"
    assert codes(changed((at[0], twice))) == ["TCO107"]


def test_what_the_decision_states_once_it_states_once() -> None:
    for line in ("currency = EUR", "start = 2026-01", "horizon = 12 months"):
        assert codes(changed((line, f"{line}\n  {line}"))) == ["TCO107"], line
    assert codes(changed(("horizon = 12 months", "horizon from 2026-01 = 12 months"))) == ["TCO119"]
