"""The rules hold where they should, in the language and in what the peers take."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tcolang.decide.operands import operands_of
from tcolang.decide.plan import plan_of
from tcolang.decide.rules import judge_rules
from tcolang.engine.evaluate import evaluate
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.settings import Settings
from tests.benchmarks import rulebook
from tests.benchmarks.workers.checked import model_of

CASES = range(3)


def test_our_rules_hold_where_they_should() -> None:
    model = model_of(rulebook.spec())
    own = [case for case in model.rules if case.rule.startswith("spec/")]
    keys = sorted({operand.key for case in own for operand in operands_of(case) if operand.key})
    stated = evaluate(model, Settings(samples=1), keys).value
    assert stated is not None
    for number in CASES:
        values = {key: np.full((1, 1), value) for key, value in rulebook.facts(number).items()}
        records = judge_rules(plan_of(model), Evaluation(12, 1, 1, 1, {**stated.values, **values})).records
        held = [r.rule.removeprefix("spec/") for r in records if r.rule.startswith("spec/") and r.result == "true"]
        assert held == rulebook.answers(number)
        assert 0 < len(held) < rulebook.RULES


@pytest.mark.parametrize("text", [rulebook.rego(), "\n".join(rulebook.conditions())])
def test_texts_for_peers_have_the_same_bounds(text: str) -> None:
    found = [tuple(map(int, each)) for each in re.findall(r"a(\d+) > (\d+)\D+?a(\d+) <= (\d+)", text)]
    assert found == rulebook.rules()


def test_the_decision_table_has_the_same_bounds() -> None:
    table = rulebook.decision_table()["nodes"][1]["content"]
    for row, (a, low, b, high) in zip(table["rules"], rulebook.rules(), strict=True):
        asked = {key: text for key, text in row.items() if re.fullmatch(r"i\d+", key) and text}
        assert asked == {f"i{a}": f"> {low}", f"i{b}": f"<= {high}"}
