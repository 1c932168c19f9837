"""The examples on the pages of the builtins, run through the whole program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcolang import pipeline
from tcolang.base.registry import collect
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.engine.settings import Settings
from tcolang.semantics.builtin import Builtin

EXAMPLES = [
    (builtin, expression, value)
    for builtin in collect("tcolang.semantics.builtins", Builtin)
    for expression, value in builtin.examples
]

SPEC = """\
tco 1

decision hello "What does it cost?" {
  currency = EUR
  start = 2026-01
  horizon = 12 months
}

workload chat "A chat" {
  requests = 1 request/month
  input_tokens = 1 token/request
  output_tokens = 1 token/request
}

hosted_model small "A model for nothing" {
  vendor = "Some vendor"
  input_price = 0 EUR per 1M tokens
  output_price = 0 EUR per 1M tokens
}

option api {
  serve chat {
    small = 100%
  }
COST
}

expect WHAT ~= VALUE within 0.0000001%
"""


@pytest.mark.parametrize(("builtin", "expression", "value"), EXAMPLES, ids=[e for _, e, _ in EXAMPLES])
def test_an_example_has_the_value_that_is_shown(builtin: Builtin, expression: str, value: str, tmp_path: Path) -> None:
    """A payment, which may stand in cost lines only, is shown as what is paid over the horizon."""
    cost = f"  cost it as other = {expression}" if builtin.only_in_costs else ""
    what = "api.tco_nominal" if builtin.only_in_costs else expression
    text = SPEC.replace("COST", cost).replace("WHAT", what).replace("VALUE", value)
    checked = pipeline.check(World(tmp_path), SourceFile("spec.tco", text))
    assert not checked.failed, checked.diagnostics
    assert checked.value.program is not None
    found = pipeline.results(checked.value.program, Settings(samples=40))
    assert found.value is not None, found.diagnostics
    assert [expected.passed for expected in found.value.expectations] == [True]
