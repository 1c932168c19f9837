"""The JSON report follows its schema, and its numbers are those worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tcolang import pipeline
from tcolang.base.record import replace
from tcolang.base.source import SourceFile
from tcolang.base.world import World, schemas_directory
from tcolang.engine.settings import Settings
from tcolang.report.output import Style, output_formats
from tcolang.report.results import Results
from tests.projects import FEW, changed, program_of
from tests.report.sample import sample
from tests.report.test_escape import HOSTILE

SCHEMA = json.loads((schemas_directory() / "report.schema.json").read_text("utf-8"))


def report(results: Results) -> Any:
    (chosen,) = (each for each in output_formats() if each.name == "json")
    text = chosen.render(results, Style())
    assert text.endswith("}\n")
    document = json.loads(text)
    Draft202012Validator(SCHEMA).validate(document)
    return document


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_refuses_what_is_missing_or_misspelt() -> None:
    document = report(sample())
    validator = Draft202012Validator(SCHEMA)
    for key in document:
        assert not validator.is_valid({name: value for name, value in document.items() if name != key})
    assert not validator.is_valid({**document, "option": []})


def test_decision_and_recommendation() -> None:
    document = report(sample())
    assert document["format_version"] == 1
    assert document["decision"] == {"name": "ask", "currency": "EUR", "start": "2026-01", "horizon_months": 24}
    recommendation = document["recommendation"]
    assert {key: recommendation[key] for key in ("option", "family", "confidence", "acceptability", "runner_up")} == {
        "option": "own",
        "family": "self_host",
        "confidence": "leaning",
        "acceptability": 0.81,
        "runner_up": "mixed",
    }
    assert recommendation["vetoed"] == ["api"]
    assert recommendation["why_not"]["api"][0] == {
        "rule": "no_strangers",
        "text": "Restricted data stays here.",
        "where": "ask.tco:12",
    }
    assert recommendation["reasons"][0]["where"] == "ask.tco:10"


def test_costs_of_an_option() -> None:
    api, own, _ = report(sample())["options"]
    # 0.9 × 240,000 × u at u = 1, 0.55, 1 and 1.45
    assert api["tco"] == {"mean": 216_000.0, "p5": 118_800.0, "p50": 216_000.0, "p95": 313_200.0}
    assert api["vetoes"] == ["no_strangers"]
    assert own["tco_nominal"]["mean"] == 276_000.0
    assert [line["name"] for line in own["lines"]] == ["mlops.pay", "box.hardware"]
    assert own["lines"][1]["nominal"]["mean"] == 84_000.0


def test_months_and_the_resale_add_up() -> None:
    for option in report(sample())["options"]:
        assert len(option["monthly"]) == 24
        assert sum(option["monthly"]) + option["at_horizon"] == pytest.approx(option["tco_nominal"]["mean"], rel=1e-8)
        assert option["first_month"] == option["monthly"][0]
    own = report(sample())["options"][1]
    assert own["monthly"] == [104_000.0, *[8_000.0] * 23]
    assert own["at_horizon"] == -12_000.0


def test_growths_dates_and_flags_say_what_their_numbers_mean(smallest_spec: str) -> None:
    stated = """
assume a_month: growth = 3%/month note "plan"
assume a_year: growth = 35%/year note "plan"
let from_then = 2026-05
let later = from_then > 2026-01
let part = 25%
"""
    program = pipeline.check(World(Path()), SourceFile("spec.tco", smallest_spec + stated)).value.program
    assert program is not None
    made = pipeline.results(program, Settings(samples=40)).value
    assert made is not None
    values = report(made)["values"]
    assert {name: (value["unit"], value["mean"]) for name, value in values.items()} == {
        "a_month": ("%/month", 3.0),
        "a_year": ("%/year", 35.0),
        "from_then": ("months since 0000-01", 2026 * 12 + 4),
        "later": ("flag", 1.0),
        "part": ("%", 25.0),
    }


def test_months_are_those_of_the_language() -> None:
    # 100 EUR a month for the box, and a machine of 1,200 EUR that sells for 240 EUR after twelve of its 24 months.
    line = "  cost machine as hardware = capex(1, 1_200 EUR, life = 24 months, resale = 240 EUR)\n"
    made = pipeline.results(program_of(changed(("    box = 100%\n  }\n", f"    box = 100%\n  }}\n{line}"))), FEW)
    assert made.value is not None
    (option,) = report(made.value)["options"]
    assert option["monthly"] == [1_300.0, *[100.0] * 11]
    assert option["at_horizon"] == -240.0
    assert option["tco_nominal"]["mean"] == 2_160.0


def test_values_are_in_the_units_of_the_spec() -> None:
    values = report(sample())["values"]
    assert values["tickets"] == {
        "unit": "request/month",
        "mean": 100_000.0,
        "p5": 55_000.0,
        "p50": 100_000.0,
        "p95": 145_000.0,
    }
    # Written in dollars, held in euros.
    assert (values["price"]["unit"], values["price"]["mean"]) == ("EUR per 1M tokens", 2.3)
    assert (values["ratio"]["unit"], values["ratio"]["p95"]) == (None, 0.25)
    assert values["notice"] == {"unit": None, "mean": None, "p5": None, "p50": None, "p95": None}


def test_break_even_findings_and_inputs() -> None:
    document = report(sample())
    first, second = document["break_even"]
    assert first["crossings"][0] == {
        "factor": 1.25,
        "tokens_per_day": 150_000.0,
        "kind": "equal",
        "cheaper_below": "api",
        "cheaper_above": "own",
    }
    assert (second["crossings"], second["proven"], second["span"]) == ([], False, [0.1, 10.0])
    (finding,) = document["findings"]
    assert (finding["code"], finding["severity"], finding["where"]) == ("TCO302", "warning", "ask.tco:6")
    inputs = document["inputs"]
    assert (inputs["samples"], inputs["seed"]) == (101, 7)
    assert inputs["versions"]["tcolang"] == "1.2.3"
    assert inputs["sources"][0]["checked"] == "2026-01-01"


def test_numbers_have_nine_digits() -> None:
    results = sample()
    decision = replace(results.decision, acceptability=0.123456789123)
    assert report(replace(results, decision=decision))["recommendation"]["acceptability"] == 0.123456789


def test_nothing_is_recommended() -> None:
    results = sample()
    decision = replace(
        results.decision, recommended=None, runner_up=None, confidence="none", acceptability=None, pairs=()
    )
    recommendation = report(replace(results, decision=decision))["recommendation"]
    assert recommendation["option"] is None
    assert recommendation["acceptability"] is None
    assert set(recommendation["why_not"]) == {"api", "own", "mixed"}


@pytest.mark.parametrize("said", HOSTILE)
def test_texts_are_kept_as_they_are(said: str) -> None:
    assert report(sample(said))["inputs"]["sources"][0]["title"] == said
