"""A kind of one's own, for each role and without one, works like a standard one: the numbers are worked out by hand."""

from __future__ import annotations

import pytest

from tcolang import pipeline
from tests.projects import FEW, added, changed, codes, model_of, months, number, program_of, values_of

SPEC = """\
tco 1

use quiet

decision d "What does it cost?" {
  currency = EUR
  start = 2026-01
  horizon = 24 months
  discount_rate = 6%/year
}

unit page = 500 tokens

## Letters that come in.
kind mail : workload {
  letters: request/month
  pages: page/request = 2 pages/request
  rush: number = 4
  let requests = letters
  let peak_to_average = rush
  let tokens = letters * pages
  cost postage as other = letters * 0.01 EUR/request
}

kind shelf {
  rent: EUR/month
  cost space as hosting = rent
}

kind scanner : deployment {
  shelf: a shelf
  ## Letters that one machine can take in an hour.
  rate: request/hour
  price: EUR
  custody: custody = own_site
  let load = served.peak(letters / rate)
  let machines = ceil(load)
  let read = served.sum(letters * pages)
  cost buying as hardware = capex(machines, price, life = 12 months)
  cost ink as operations = read * 1 EUR per 1M tokens
}

kind clerk : staffing {
  wage: EUR/month-FTE
  cost pay as people = assigned.fte * wage
}

mail complaints "Complaints" {
  letters = 7_300 requests/month
}

shelf corner "A corner" {
  rent = 20 EUR/month
}

scanner desk "A scanner" {
  shelf = corner
  rate = 25 requests/hour
  price = 600 EUR
}

clerk joe "A clerk" {
  wage = 1_000 EUR/month-FTE
}

option paper {
  serve complaints {
    desk = 100%
  }
  staff {
    joe = 0.5 FTE
  }
  cost tea as other = 10 EUR/month
}
"""


def test_every_role_and_every_line() -> None:
    keys = ["paper.desk.load", "paper.desk.machines", "paper.desk.read", "paper.tokens", "paper.requests"]
    values = {key: float(v[0, 0]) for key, v in values_of(keys, SPEC).items()}
    # 7,300 letters a month are 10 an hour, at the peak 40, and one machine takes 25.
    assert values["paper.desk.load"] == pytest.approx(40 / 25)
    assert values["paper.desk.machines"] == 2
    assert values["paper.desk.read"] == values["paper.tokens"] == 7_300 * 2 * 500
    assert values["paper.requests"] == 7_300
    model = model_of(SPEC)
    lines = {line.key: line for line in model.options[0].lines}
    assert list(lines) == [
        "paper.desk.buying",
        "paper.desk.ink",
        "paper.joe.pay",
        "paper.complaints.postage",
        "paper.corner.space",
        "paper.tea",
    ]
    nominal = {key: number(line.nominal, SPEC) for key, line in lines.items()}
    assert nominal == pytest.approx(
        {
            "paper.desk.buying": 2 * 2 * 600,
            "paper.desk.ink": 24 * 7.3,
            "paper.joe.pay": 24 * 500,
            "paper.complaints.postage": 24 * 73,
            "paper.corner.space": 24 * 20,
            "paper.tea": 24 * 10,
        }
    )
    assert number("paper.tco_nominal", SPEC) == pytest.approx(sum(nominal.values()))


def test_its_totals_are_discounted_and_its_purchases_spread() -> None:
    flow = 7.3 + 500 + 73 + 20 + 10
    cash = [flow + (1200 if month in (0, 12) else 0) for month in range(24)]
    assert months("paper.monthly", SPEC) == pytest.approx(cash)
    assert number("paper.tco", SPEC) == pytest.approx(sum(c / 1.06 ** (k / 12) for k, c in enumerate(cash)))
    assert number("paper.charge", SPEC) == pytest.approx(sum(cash)), "two lives fill the horizon"
    assert months("paper.desk.buying@charge", SPEC) == pytest.approx([100] * 24)


def test_its_report_and_its_explanation() -> None:
    program = program_of(SPEC)
    made = pipeline.results(program, FEW)
    assert made.value is not None and not made.failed
    option = made.value.decision.options[0]
    assert option.name == "paper" and option.cost.mean == pytest.approx(number("paper.tco", SPEC))
    told = pipeline.explanation(program, FEW, "paper.desk.machines", 3).value
    assert isinstance(told, str) and "ceil(load)" in told


def test_custody_decides_the_family_and_the_least_trusted_place() -> None:
    model = model_of(SPEC)
    assert model.options[0].family == "self_host"
    assert model.options[0].farthest == {"complaints": "own_site"}
    assert model.options[0].categories == ("hardware", "hosting", "operations", "other", "people")


def test_its_values_can_be_overridden_and_tested() -> None:
    spec = SPEC + (
        'scenario dear {\n  desk.price = base * 2\n}\n\ntest "twice the price" {\n'
        "  under dear\n  given joe.wage = 0 EUR/month-FTE\n"
        "  expect paper.tco_nominal ~= 7_447.2 EUR within 0.1 EUR\n}\n"
    )
    assert number("paper.tco_nominal", spec, scenario="dear") == pytest.approx(number("paper.tco_nominal", SPEC) + 2400)
    results = pipeline.run_tests(program_of(spec), FEW)
    # 4,800 for machines, then ink, postage, space and tea.
    assert pytest.approx(7447.2) == 4800 + 24 * (7.3 + 73 + 20 + 10)
    assert [result.passed for result in results] == [True], results


def test_a_kind_may_not_take_a_standard_name() -> None:
    assert codes(added("kind server {\n  x: number\n}")) == ["TCO120"]


def test_an_attribute_goes_before_a_value_of_the_file_of_the_same_name() -> None:
    kind = "kind tank {\n  level: number\n  let twice = level * 2\n}\n\ntank t {\n  level = level + 1\n}\n"
    text = added("assume level = 10", kind)
    assert number("t.level", text) == 11, "what a component states is read in the file"
    assert number("t.twice", text) == 22, "what a kind works out is read in the kind"


def test_a_name_of_the_workload_and_of_the_deployment_is_ambiguous() -> None:
    kind = (
        "kind pool : deployment {\n  custody: custody = own_site\n  requests: number = 3\n"
        "  let x = served.sum(requests)\n}\n"
    )
    assert codes(added(kind)) == ["TCO115"]
    renamed = kind.replace("  requests: number = 3\n", "  limit: number = 3\n")
    assert codes(added(renamed)) == []


def test_only_a_deployment_is_asked_for_what_it_serves() -> None:
    assert codes(added("kind thing {\n  let x = served.sum(requests)\n}")) == ["TCO116"]
    deployment = "kind pool : deployment {{\n  custody: custody = own_site\n  let x = {}\n}}\n"
    assert codes(added(deployment.format("served.sum(served.sum(requests))"))) == ["TCO116"]
    assert codes(added(deployment.format("served.most(requests)"))) == ["TCO110"]
    assert codes(added(deployment.format("served.sum(requests, tokens)"))) == ["TCO110"]
    assert codes(added(deployment.format("served.sum(known(requests))"))) == ["TCO204"]


def test_what_depends_on_the_option_is_asked_of_the_option() -> None:
    for name in ("load", "machines"):
        assert codes(f"{SPEC}\nlet x = desk.{name}\n") == ["TCO141"], name
        assert number("x", f"{SPEC}\nlet x = paper.desk.{name}\n") == number(f"paper.desk.{name}", SPEC)
    assert number("x", f"{SPEC}\nlet x = complaints.tokens\n") == 7_300 * 1000


def test_a_kind_may_read_a_component_of_its_file_as_the_option_runs_it() -> None:
    kind = (
        "kind meter {\n  let seen = desk.machines * 2\n  cost seeing as monitoring = seen * 1 EUR/month\n"
        "}\n\nmeter m {\n}\n"
    )
    text = (
        SPEC.replace("  cost tea as other = 10 EUR/month\n", "  uses = [m]\n  cost tea as other = 10 EUR/month\n")
        + kind
    )
    assert number("paper.m.seen", text) == 4
    assert number("paper.m.seeing@nominal", text) == 24 * 4


def test_costs_do_not_read_results() -> None:
    line = "    box = 100%\n  }}\n  cost extra as other = {}\n"
    for formula in ("own.tco / 12 months", "own.monthly", "mean(box.price)", "total / 12 months", "other.box.rent"):
        text = changed(
            ("    box = 100%\n  }\n", line.format(formula)),
            more="let total = own.tco\n\noption other {\n  serve chat {\n    box = 100%\n  }\n}\n",
        )
        assert codes(text) == ["TCO117"], formula
    assert codes(changed(("price = 100 EUR/month", "price = own.tco / 12 months"))) == ["TCO117"]
    assert codes(added("kind x {\n  let y = own.tco\n}")) == ["TCO117"]
    assert codes(added("assume x = own.tco")) == ["TCO117"]
    assert codes(added("kind x {\n  y: EUR = own.tco\n}")) == ["TCO117"]
    assert codes(changed(("    box = 100%\n  }\n", line.format("plan(box.price, at = P80)")))) == []


def test_late_results_are_asked_in_expectations_and_as_they_stand() -> None:
    for formula in ("d.recommendation == own", "own.vetoed", "d.confidence == clear", "own.payback > 1 month"):
        assert codes(added(f"let x = {formula}")) == ["TCO118"], formula
        rule = f'rule r "R" {{\n  for each option\n  when {formula}\n  then warn\n  because "x"\n}}\n'
        assert codes(added(rule)) == ["TCO118"], formula
        assert codes(added(f"expect {formula}")) == [], formula
    for formula in ("known(own.payback)", "own.payback + 1 month > 2 months", "(own.payback ?? 1 month) > 2 months"):
        assert codes(added(f"expect {formula}")) == ["TCO118"], formula
