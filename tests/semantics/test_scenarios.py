"""Scenarios and tests: what they may change, and what `base` is then."""

from __future__ import annotations

import pytest

from tcolang import pipeline
from tcolang.engine.settings import Settings
from tcolang.semantics.timing import retimed
from tests.projects import FEW, added, changed, codes, model_of, months, number, only, program_of, values_of

CREW = """\
role ops "Operator" {
  salary = 12_000 EUR/year-FTE
  overhead = 0%
}

option run {
  serve chat {
    box = 100%
  }
  staff {
    ops = 2 FTE
  }
  lead_time = 2 months
  bridge = box
}
"""


def test_an_override_replaces_and_base_is_what_it_replaces() -> None:
    text = added("scenario s {\n  box.price = base * 3 + 1 EUR/month\n}")
    assert number("box.price", text) == 100
    assert number("box.price", text, scenario="s") == 301
    assert number("own.tco", text, scenario="s") == 12 * 301


def test_base_is_taken_month_by_month() -> None:
    history = "price from 2025-12 = 10 EUR/month\n  price from 2026-04 = 20 EUR/month"
    text = changed(("price = 100 EUR/month", history), more="scenario s {\n  box.price = base * 2\n}")
    assert months("box.price", text, scenario="s") == [20, 20, 20, *[40] * 9]


def test_base_is_taken_future_by_future_and_the_key_stays() -> None:
    text = changed(
        ("price = 100 EUR/month", "price = 50 to 150 EUR/month"), more="scenario s {\n  box.price = base * 2\n}\n"
    )
    plain = values_of(["box.price", "own.tco"], text)
    double = values_of(["box.price", "own.tco"], text, scenario="s")
    assert (double["box.price"] == plain["box.price"] * 2).all()
    assert abs(double["own.tco"] / plain["own.tco"] - 2).max() < 1e-12
    other = values_of(["box.price"], text.replace("base * 2", "500 to 1_500 EUR/month"), scenario="s")
    assert abs(other["box.price"] / plain["box.price"] - 10).max() < 1e-9, "the same quantile of another range"


def test_from_replaces_from_that_date() -> None:
    text = added("scenario s {\n  box.price from 2026-07 = base / 2\n  box.price from 2026-10 = 7 EUR/month\n}")
    assert months("box.price", text, scenario="s") == [*[100] * 6, *[50] * 3, *[7] * 3]


def test_a_growth_keeps_one_period_from_a_date_on() -> None:
    grown = "assume g: growth = 3%/month\nlet x = grow(100, g)\n"
    assert codes(added(grown, "scenario s {\n  g from 2026-05 = 5%/month\n}")) == []
    program = program_of(added(grown, "scenario s {\n  g from 2026-05 = 40%/year\n}"))
    found = pipeline.decide_under(program, FEW, pipeline.scenario_overrides(program, "s"), (), "s")
    assert [finding.problem.code for finding in found.diagnostics] == ["TCO210"]
    assert codes(added(grown, "scenario s {\n  g = 40%/year\n}")) == []
    assert months("x", added(grown, "scenario s {\n  g = 1%/month\n}"), scenario="s")[1] == pytest.approx(101)


def test_a_scenario_extends_another() -> None:
    text = added(
        "scenario a {\n  box.price = base * 2\n}", "scenario b extends a {\n  box.price = base + 1 EUR/month\n}"
    )
    assert number("box.price", text, scenario="b") == 201
    swapped = added(
        "scenario b extends a {\n  box.price = base + 1 EUR/month\n}", "scenario a {\n  box.price = base * 2\n}"
    )
    assert number("box.price", swapped, scenario="b") == 201, "in whatever order they stand"


def test_a_scenario_extends_one_that_is_there_and_not_itself() -> None:
    assert codes(added("scenario a extends b {\n  box.price = base\n}")) == ["TCO129"]
    assert codes(added("scenario a extends a {\n  box.price = base\n}")) == ["TCO129"]
    finding = only(added("scenario a extends b {\n}", "scenario b extends a {\n}"))
    assert finding.problem.code == "TCO140" and len(finding.labels) == 1


def test_staff_and_facts_of_an_option_can_be_overridden() -> None:
    text = added(CREW, "scenario s {\n  run.staff.ops = base / 2\n  run.lead_time = 4 months\n}")
    assert number("run.ops.pay@nominal", text) == 12 * 2000
    assert number("run.ops.pay@nominal", text, scenario="s") == 12 * 1000
    assert months("run.live", text) == [0, 0, *[1] * 10]
    assert months("run.live", text, scenario="s") == [0, 0, 0, 0, *[1] * 8]


def test_what_nobody_stated_can_be_set_and_base_is_then_unknown() -> None:
    text = added(
        "let x = chat.failure_cost ?? 9 EUR/request", "scenario s {\n  chat.failure_cost = base ?? 5 EUR/request\n}"
    )
    assert number("x", text) == 9
    assert number("x", text, scenario="s") == 5


def test_choices_can_be_overridden_and_base_is_the_word() -> None:
    text = added(
        "let x = if chat.data_class == public then 1 else 2",
        "scenario s {\n  chat.data_class = public\n}",
        "scenario t {\n  chat.data_class = if known(base) then base else public\n}",
        "scenario u extends s {\n  chat.data_class = base\n}",
    )
    assert "x" in model_of(text).unknown
    assert [number("x", text, scenario=name) for name in "stu"] == [1, 1, 1]


def test_a_reference_and_a_profile_can_be_overridden() -> None:
    node = "cloud_node {} {{\n  gpus = 8 GPU\n  price = {} EUR/hour\n  custody = {}\n}}\n"
    pool = "rented_pool pool {\n  node = small\n  prefill = 10k tokens/second\n  decode = 1k tokens/second\n}\n"
    option = "option rented {\n  serve chat {\n    pool = 100%\n  }\n}\n"
    text = added(
        node.format("small", 1, "cloud_tenant"),
        node.format("large", 3, "marketplace"),
        pool,
        option,
        "scenario s {\n  pool.node = large\n}",
        f"scenario p {{\n  chat.profile = [{', '.join(['1'] * 167)}, 169]\n}}",
    )
    assert number("rented.pool.rental@nominal", text) == 2 * 730 * 12
    assert number("rented.pool.rental@nominal", text, scenario="s") == 3 * 2 * 730 * 12
    assert model_of(text).options[1].family == "self_host"
    assert model_of(text, scenario="s").options[1].family == "api"
    plain, peaked = number("rented.pool.busy", text), number("rented.pool.busy", text, scenario="p")
    assert peaked / plain == pytest.approx(169 / 2 / 3), (
        "a mean of 2 and one hour of 169, where it was 3 times the mean"
    )


def test_the_discount_rate_can_be_overridden() -> None:
    text = added("scenario s {\n  decision.discount_rate = 12%/year\n}")
    assert number("own.tco", text) == 1200
    assert number("own.tco", text, scenario="s") == pytest.approx(sum(100 / 1.12 ** (k / 12) for k in range(12)))
    assert codes(added("scenario s {\n  d.discount_rate = -1%/year\n}")) == ["TCO418"]
    assert codes(added("scenario s {\n  d.discount_rate = 1 to 2%/year\n}")) == ["TCO409"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("own.fee = 1 EUR/month", "TCO411"),
        ("box.rent = 1 EUR/month", "TCO411"),
        ("half = 0.6", "TCO411"),
        ("chat.tokens = 1 token/month", "TCO411"),
        ("own.tco = 1 EUR", "TCO411"),
        ("nothing = 1", "TCO101"),
        ("box.nothing = 1", "TCO411"),
        ("own.box.price = 1 EUR/month", "TCO411"),
        ("own.staff.box = 1 FTE", "TCO411"),
        ("decision.currency = USD", "TCO411"),
        ("box.price = 1 EUR", "TCO204"),
        ("box.price = own.tco / 1 month", "TCO117"),
        ("chat.data_class from 2026-03 = public", "TCO229"),
        ("cost extra as other = 1 EUR/month", "TCO119"),
    ],
)
def test_formulas_cost_lines_and_what_is_not_there_cannot_be_overridden(line: str, code: str) -> None:
    assert codes(added("let half = 0.5", f"scenario s {{\n  {line}\n}}")) == [code]


def test_an_imported_value_can_be_overridden() -> None:
    prices = ("prices.tco", "tco 1\n\nassume fee: EUR/month = 3 EUR/month\n\nflat other {\n  price = fee\n}\n")
    text = changed(
        ("use quiet", "import prices as our\n\nuse quiet"), ("box = 100%", "our.other = 100%"),
        more="scenario s {\n  our.fee = base * 2\n}\nscenario t {\n  our.other.price = 1 EUR/month\n}\n",
    )  # fmt: skip
    assert [number("own.tco_nominal", text, prices, scenario=name) for name in ("", "s", "t")] == [36, 72, 12]


def test_a_certain_value_in_a_scenario_ends_its_correlation_there() -> None:
    text = added("assume a = 1 to 2\nassume b = 1 to 2\ncorrelate a, b = 0.9", "scenario s {\n  a = 1.5\n}")
    assert model_of(text).correlations == (("spec.a", "spec.b", 0.9),)
    assert model_of(text, scenario="s").correlations == ()


# Tests


def test_a_test_has_a_scenario_and_inputs_of_its_own() -> None:
    text = added(
        "scenario dear {\n  box.price = base * 2\n}\n",
        'test "one" {\n  under dear\n  given box.price = base + 1 EUR/month\n  expect own.tco == 2_412 EUR\n}\n',
        'test "two" {\n  expect own.tco == 1_200 EUR\n}\n',
        'test "three" {\n  given box.price from 2026-12 = 0 EUR/month\n  expect own.tco == 1_100 EUR\n}\n',
        'test "wrong" {\n  expect own.tco == 1_201 EUR\n}\n',
        "expect own.tco > 1 EUR",
    )
    results = pipeline.run_tests(program_of(text), FEW)
    assert [(r.title, r.passed) for r in results] == [
        ("expectations of the spec", True),
        ("one", True),
        ("two", True),
        ("three", True),
        ("wrong", False),
    ]


def test_a_test_expects_something_under_a_scenario_that_is_there() -> None:
    assert codes(added('test "t" {\n  given box.price = 1 EUR/month\n}')) == ["TCO130"]
    assert codes(added('test "t" {\n  under nothing\n  expect 1 > 0\n}')) == ["TCO129"]
    assert codes(added('test "t" {\n  expect 1\n}')) == ["TCO213"]
    assert codes(added('scenario s {\n}\n\ntest "t" {\n  under s\n  under s\n  expect 1 > 0\n}')) == ["TCO107"]


def test_an_expectation_is_asked_of_what_is_certain() -> None:
    uncertain = changed(("price = 100 EUR/month", "price = 50 to 150 EUR/month"), more="expect own.tco > 1 EUR")
    finding = only(uncertain)
    assert finding.problem.code == "TCO231" and "chance(own.tco" in finding.help
    assert codes(uncertain.replace("own.tco >", "p50(own.tco) >")) == []
    monthly = changed(
        ("price = 100 EUR/month", "price = grow(1 EUR/month, 3%/month)"), more="expect own.monthly > 1 EUR/month"
    )
    assert codes(monthly) == ["TCO232"]
    assert codes(monthly.replace("own.monthly >", "first_year(own.monthly) >")) == []


# What moves no draw


def test_unrelated_edits_scenarios_and_options_move_no_draw() -> None:
    text = changed(("price = 100 EUR/month", "price = 50 to 150 EUR/month"), more="assume a = 1 to 2\n")
    option = "option second {\n  serve chat {\n    box = 100%\n  }\n  cost x as other = 1 to 2 EUR/month\n}\n"
    before = values_of(["box.price", "own.tco", "a"], text, settings=Settings(samples=200))
    for more in ("assume zero = 5 to 6\n", "scenario s {\n  a = base * 2\n}\n", option, "\n\n# nothing\n", CREW):
        after = values_of(
            ["box.price", "own.tco", "a"],
            more.join(text.split("assume a")[:1]) + more + "assume a = 1 to 2\n",
            settings=Settings(samples=200),
        )
        assert all((after[key] == before[key]).all() for key in before), more


def test_a_rule_more_moves_no_draw_of_another() -> None:
    rule = (
        'rule {} "R" {{\n  for each option\n  when chance(own.tco > (100 to 3_000 EUR)) > 1%\n'
        '  then warn\n  because "x"\n}}\n'
    )
    text = changed(("price = 100 EUR/month", "price = 50 to 150 EUR/month"))
    one, two = (
        model_of(text + rule.format("one")),
        model_of(text + rule.format("zero").replace("3_000", "2_000") + rule.format("one")),
    )
    draws = [{node.draw for node in model.nodes if node.key.startswith("(operand")} for model in (one, two)]
    assert draws[0] <= draws[1]


def test_a_scenario_states_other_months() -> None:
    """100 a month, 200 from 2026-10 on, over the months that the scenario states."""
    priced = ("price = 100 EUR/month", "price from 2026-01 = 100 EUR/month\n  price from 2026-10 = 200 EUR/month")
    scenarios = """
scenario short { decision.horizon = 6 months }
scenario late { decision.start = 2026-09 }
scenario both extends late { decision.horizon = 2 years }
""".replace("{ ", "{\n  ").replace(" }", "\n}")
    text = changed(priced, more=scenarios)
    paid = {name: number("own.tco", text, scenario=name) for name in ("", "short", "late", "both")}
    assert paid == {"": 9 * 100 + 3 * 200, "short": 600, "late": 100 + 11 * 200, "both": 100 + 23 * 200}


def test_what_is_judged_as_of_the_start_moves_with_it() -> None:
    text = added("scenario late {\n  decision.start = 2026-09\n}")
    stated = text.replace("start = 2026-01", "start = 2026-01\n  as_of = 2026-02", 1)
    for spec, judged in ((text, 2026 * 12 + 8), (stated, 2026 * 12 + 1)):
        program = program_of(spec)
        decision = retimed(program, program.scenarios["late"].overrides).decision
        assert decision is not None
        assert (decision.start, decision.as_of, decision.horizon) == (2026 * 12 + 8, judged, 12)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("decision.horizon = 45 days", "TCO408"),
        ("decision.horizon = 0 months", "TCO408"),
        ("decision.horizon = 601 months", "TCO408"),
        ("decision.horizon = 12 to 24 months", "TCO408"),
        ("decision.horizon = base * 2", "TCO408"),
        ("decision.horizon from 2026-06 = 24 months", "TCO408"),
        ("decision.horizon = 5 EUR", "TCO204"),
        ("decision.start = 2026-06-15", "TCO417"),
        ("decision.start = 36 months", "TCO204"),
    ],
)
def test_months_of_a_scenario_are_checked(line: str, code: str) -> None:
    assert codes(added(f"scenario s {{\n  {line}\n}}")) == [code]


def test_a_setting_without_its_owner_is_told_the_name() -> None:
    assert "`decision.horizon`" in only(added("scenario s {\n  horizon = 24 months\n}")).help
