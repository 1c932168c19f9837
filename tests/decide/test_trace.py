from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tcolang.base.world import schemas_directory
from tcolang.decide.decide import decide
from tcolang.decide.trace import trace
from tcolang.model.costmodel import AllOf, Condition, Negated, Told
from tests.decide.made import NOT_KNOWN, Case, argue, compare, flag, money, rule, word

SCHEMA = json.loads((schemas_directory() / "trace.schema.json").read_text("utf-8"))


def document(case: Case) -> Any:
    decision = decide(case.model, case.evaluation).value
    assert decision is not None
    made = trace(decision, case.model)
    Draft202012Validator(SCHEMA).validate(made)
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    return made


def case(*rules: Any) -> Case:
    return Case(
        {"own": ("self_host", [1 / 3, 2 / 3, 1.0, 4 / 3]), "api": ("api", 0.1), "mix": ("hybrid", 5.0)},
        worths={"calm": 1 / 7},
        rules=rules,
        figures={"yes": 1.0, "no": 0.0, "limit": 2.0},
        samples=4,
        batches=2,
        horizon=36,
    )


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_rule_with_every_condition_and_place() -> None:
    conditions: list[Condition] = [
        AllOf((flag("yes"), Negated(flag("no")))),
        compare("<", money("own.tco", "mean(own.tco)"), money("limit", "2 USD")),
        compare("!=", word("api"), word("own")),
    ]
    because = Told((money("limit"), " is the limit"))
    unless = [("but", NOT_KNOWN)]
    made = document(case(rule("r", "own", "avoid", conditions, criterion="calm", unless=unless, because=because)))
    (record,) = made["rules"]
    assert (record["rule"], record["option"], record["workload"]) == ("pack/r", "own", None)
    assert (record["result"], record["missing"], record["text"]) == (
        "unknown",
        ["chat.data_class"],
        "2 USD is the limit",
    )
    assert record["span"] == {"path": "spec.tco", "line": 3, "column": 1}
    both, cost, words = record["conditions"]
    assert [item["operator"] for item in both["items"]] == ["holds", "not"]
    assert both["items"][1]["items"][0]["readings"][0]["text"] == "no"
    assert (cost["operator"], cost["result"]) == ("<", "true")
    assert cost["readings"][0] == {
        "text": "mean(own.tco)",
        "shown": "0.833 USD (0.383–1.28)",
        "value": 0.833333333,
        "node": "own.tco",
        "grade": None,
        "missing": [],
        "span": {"path": "spec.tco", "line": 3, "column": 1},
    }
    assert [reading["value"] for reading in words["readings"]] == [None, None]
    assert record["exceptions"][0]["label"] == "but"
    assert record["exceptions"][0]["condition"]["readings"][0]["grade"] == "unknown"


def test_the_recommendation_with_its_figures() -> None:
    made = document(case(argue("r", "own", "avoid", "calm"), rule("v", "mix")))
    assert made["format_version"] == 1
    assert made["decision"] == {
        "name": "ask",
        "currency": "USD",
        "start": "2026-01",
        "horizon_months": 36,
        "scenario": None,
    }
    assert made["as_of"] == "2026-01"
    assert made["packs"] == [{"name": "pack", "version": "1.0.0", "sha256": "ab" * 32}]
    assert made["recommendation"]["option"] == "api"
    assert made["recommendation"]["confidence"] == "clear"
    assert made["tie"] == {"step": "score"}
    own, api, mix = made["options"]
    assert own["cost"]["mean"] == 0.833333333
    assert own["score"]["terms"][0]["worth"] == 0.142857143
    assert own["score"]["terms"][0]["rules"] == ["pack/r"]
    assert api["chance_cheapest"] == {"value": 1.0, "standard_error": 0.0}
    assert mix["vetoes"] == ["pack/v"]
    assert [pair["other"] for pair in made["pairs"]] == ["own", "mix"]
    assert made["veto_prices"] == [{"rules": ["pack/v"], "instead": "api", "per_year": 0.0}]
    assert made["worths"] == {"calm": 0.142857143}


def test_disagreements_and_conflicts() -> None:
    thumb = rule("thumb", "own", "prefer", criterion="calm", yields=True)
    vetoes = [rule("v", name) for name in ("own", "api", "mix")]
    made = document(case(thumb, *vetoes))
    assert made["recommendation"]["option"] is None
    assert made["recommendation"]["acceptability"] is None
    assert made["conflict_sets"] == [["pack/v"]]
    assert made["disagreements"] == [
        {
            "rule": "pack/thumb",
            "thumb": {"option": "own", "cost": 0.833333333},
            "cost": {"option": "api", "cost": 0.1},
        }
    ]


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_the_schema_asks_for_every_part(key: str) -> None:
    made = document(case())
    del made[key]
    assert not Draft202012Validator(SCHEMA).is_valid(made)
