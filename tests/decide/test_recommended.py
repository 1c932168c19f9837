"""What a report says of its scenarios is what a report on each of them says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcolang import pipeline
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.engine.settings import Settings
from tcolang.semantics.program import Program

ROOT = Path(__file__).parents[2]
SUPPORT = ROOT / "examples/support-assistant/support.tco"
FEW = Settings(samples=300)


def support(before: str = "", after: str = "") -> Program:
    """The example, with one of its lines changed."""
    text = SUPPORT.read_text(encoding="utf-8")
    assert before in text
    found = pipeline.check(World(SUPPORT.parent), SourceFile(SUPPORT.name, text.replace(before, after)))
    assert found.value.program is not None, found.diagnostics
    return found.value.program


@pytest.mark.parametrize("worth", ["50k EUR/year", "900k EUR/year"])
def test_a_scenario_in_a_report_is_what_its_own_report_says(worth: str) -> None:
    """Also where what is not money has the last word."""
    program = support("worth = 50k EUR/year", f"worth = {worth}")
    made = pipeline.results(program, FEW).value
    assert made is not None
    assert [told.name for told in made.scenarios] == list(program.scenarios) != []
    for told in made.scenarios:
        decided = pipeline.decide_under(program, FEW, pipeline.scenario_overrides(program, told.name), (), told.name)
        assert decided.value is not None
        decision = decided.value.decision
        assert told.recommended == decision.recommended
        assert dict(told.costs) == {option.name: option.cost.mean for option in decision.options}
        assert dict(told.scores) == {option.name: option.score for option in decision.options if not option.vetoes}


def test_a_scenario_that_breaks_a_requirement_is_left_out() -> None:
    """A price that is below zero in some futures: the kind refuses it, as it does in a report on the scenario."""
    price = "our.acme_large.input_price = 2.60 USD per 1M tokens"
    program = support(price, "our.acme_large.input_price = normal(1 USD per 1M tokens, 5 USD per 1M tokens)")
    alone = pipeline.decide_under(program, FEW, pipeline.scenario_overrides(program, "flat_prices"), (), "flat_prices")
    assert alone.value is None
    assert "no vendor pays for tokens" in "".join(found.message for found in alone.diagnostics)
    made = pipeline.results(program, FEW).value
    assert made is not None
    assert [told.name for told in made.scenarios] == ["triple_volume"]
