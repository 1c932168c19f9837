"""The pages on how sure a decision is say what the figures say, and the JSON report follows its schema."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from tcolang import pipeline
from tcolang.base.record import replace
from tcolang.base.world import schemas_directory
from tcolang.decide.trace import trace
from tcolang.engine.settings import Settings
from tcolang.report.output import Style, output_formats
from tcolang.report.results import Results, ScenarioResult
from tcolang.report.sensitivity import sensitivity
from tests.decide.test_sure import SPEC, TWO
from tests.projects import program_of
from tests.report.sample import sample

UNCERTAIN = SPEC.replace("= 30 EUR/month", "= uniform(10 EUR/month, 40 EUR/month)")


def results_of(text: str) -> Results:
    made = pipeline.results(program_of(text), Settings(samples=1_000), thorough=True).value
    assert made is not None
    return made


def shown(results: Results, name: str = "markdown") -> str:
    (chosen,) = (each for each in output_formats() if each.name == name)
    return chosen.render(results, Style())


def test_flips_in_the_units_of_a_contract() -> None:
    text = shown(results_of(SPEC))
    assert "It becomes `flat_rate` if `rate` falls 33%, from 30 EUR/month to 20 EUR/month." in text
    (row,) = (line for line in text.splitlines() if line.startswith("| `small.input_price`") and "flat_rate" in line)
    stated, at, times = row.split(" | ")[1:4]
    assert (stated[:1], at[:1], times) == ("1", "2", "2")
    assert at.endswith("EUR per 1M tokens")
    assert "Two figures together have to move less." in text


def test_what_knowing_is_worth() -> None:
    text = shown(results_of(UNCERTAIN))
    # 24 months of (20 − rate)⁺, worked out beside the decision's tests: 40 EUR.
    assert "Knowing every uncertain figure exactly before deciding would be worth up to 40" in text
    assert "Knowing `rate` exactly would be worth up to 40" in text


def test_a_workload_alone() -> None:
    text = shown(results_of(TWO))
    assert "| `chat` | `free` 100% | `api` |" in text
    assert "alone would go to `api` (All of it on the API), at 480 EUR against 528 EUR" in text
    # One subscription of 22 EUR over 24 months is saved.
    assert "`flat_rate` costs 528 EUR less than if each workload paid for it by itself" in text


def test_regret_over_volumes_and_scenarios() -> None:
    made = results_of(SPEC)
    # At twice the volume the API costs 960 EUR against 720 EUR.
    document = json.loads(shown(made, "json"))
    cases = [case["name"] for case in document["regret"]["cases"]]
    (api, flat) = document["regret"]["options"]
    assert cases == ["as stated", "half the volume", "twice the volume"]
    assert (api["option"], [round(loss, 6) for loss in api["losses"]]) == ("api", [0, 0, 240])
    assert (flat["option"], [round(loss, 6) for loss in flat["losses"]]) == ("flat_rate", [240, 480, 0])
    assert "it comes out worst (twice the volume), one is 240 EUR worse off" in shown(made)


def test_an_option_that_a_scenario_rules_out() -> None:
    made = sample()
    strict = ScenarioResult("strict", "Stricter rules", "mixed", {"own": 9.0, "mixed": 8.0}, {"mixed": -8.0})
    text = shown(replace(made, scenarios=(strict,)))
    assert "ruled out" in text
    assert "It is ruled out in: strict." in text


def test_the_machine_is_told_the_same() -> None:
    schema = json.loads((schemas_directory() / "report.schema.json").read_text("utf-8"))
    for text in (SPEC, UNCERTAIN, TWO):
        document = json.loads(shown(results_of(text), "json"))
        Draft202012Validator(schema).validate(document)
        assert document["how_sure"]["flips"]
    assert document["portfolio"]["workloads"][1]["alone"] == "api"


def test_the_trace_tells_how_sure() -> None:
    made = results_of(UNCERTAIN)
    schema = json.loads((schemas_directory() / "trace.schema.json").read_text("utf-8"))
    document = trace(made.decision, made.model, made.sureness)
    Draft202012Validator(schema).validate(document)
    assert document["how_sure"]["inputs"][0]["input"] == "rate"
    assert "how_sure" not in trace(made.decision, made.model)


def test_every_figure_in_lines() -> None:
    found = pipeline.sensitivity(program_of(SPEC), Settings(samples=400))
    assert found.value is not None
    first, *lines = sensitivity(found.value).splitlines()
    assert first == "recommended: api"
    assert any(line.startswith("rate from 30 EUR/month to 20 EUR/month (0.666 times)") for line in lines) or any(
        line.startswith("rate from 30 EUR/month to 20 EUR/month (0.667 times)") for line in lines
    )
