"""Where nobody states a custody, nothing is said of an option that only its family would tell."""

from __future__ import annotations

import json
from functools import cache

from jsonschema import Draft202012Validator

from tcolang import pipeline
from tcolang.base.world import schemas_directory
from tcolang.engine.settings import Settings
from tcolang.report.output import Style, output_formats
from tcolang.report.results import Results
from tests.projects import changed, program_of

API = """
kind bought : deployment {
  custody: custody = marketplace
  price: money/month
  cost bill as inference = price
}

bought shop {
  price = 90 EUR/month
}

option api {
  serve chat {
    shop = 100%
  }
}
"""


@cache
def results() -> Results:
    """An option with a box whose custody is not stated, beside an API, judged by the default pack."""
    text = changed(("use quiet\n", ""), ("custody: custody = managed_endpoint", "custody?: custody"), more=API)
    found = pipeline.results(program_of(text), Settings(samples=200)).value
    assert found is not None
    return found


def written(name: str) -> str:
    (chosen,) = (each for each in output_formats() if each.name == name)
    return chosen.render(results(), Style())


def test_no_rule_about_a_family_holds_and_the_missing_custody_is_named() -> None:
    own = [rule for rule in results().decision.rules if rule.option == "own"]
    unknown = {rule.rule.removeprefix("self_host_or_api/"): rule for rule in own if rule.result == "unknown"}
    assert {"hidden_people", "volume_low"} <= set(unknown), sorted(unknown)
    assert unknown["hidden_people"].missing == ("box.custody",)
    assert not [rule.rule for rule in own if rule.result == "true" and "hidden" in rule.rule]


def test_the_json_report_has_null_which_its_schema_allows() -> None:
    document = json.loads(written("json"))
    Draft202012Validator(json.loads((schemas_directory() / "report.schema.json").read_text("utf-8"))).validate(document)
    assert {option["name"]: option["family"] for option in document["options"]} == {"own": None, "api": "api"}


def test_the_markdown_report_says_whose_custody_is_missing() -> None:
    (kind,) = (line for line in written("markdown").splitlines() if line.startswith("| Kind |"))
    assert "unknown: nobody states `box.custody`" in kind
    assert "self-hosted" not in kind


def test_a_cheap_option_of_unknown_family_is_not_put_aside_for_certain() -> None:
    """The API is ahead for what speaks for APIs; the box costs less and may be one."""
    early = ("  horizon = 12 months", "  horizon = 12 months\n  stage = early")
    open_ = ("  output_tokens = 50 tokens/request", "  output_tokens = 50 tokens/request\n  data_class = internal")
    text = changed(
        ("use quiet\n", ""), ("custody: custody = managed_endpoint", "custody?: custody"), early, open_, more=API
    ).replace("price = 90 EUR", "price = 200 EUR")
    decided = pipeline.decide_under(program_of(text), Settings(samples=20)).value
    assert decided is not None
    decision = decided.decision
    assert (decision.recommended, decision.confidence) == ("api", "conditional")
    (hinge,) = decision.hinges
    assert (hinge.instead, hinge.rules) == ("own", ("self_host_or_api/early_stage",))
    assert hinge.missing == ("box.custody",) == decision.unknown[:1]
    for custody, recommended in (("managed_endpoint", "own"), ("own_site", "api")):
        stated = text.replace("price = 100 EUR", f"custody = {custody}\n  price = 100 EUR")
        found = pipeline.decide_under(program_of(stated), Settings(samples=20)).value
        assert found is not None
        assert (found.decision.recommended, found.decision.confidence) == (recommended, "clear")
