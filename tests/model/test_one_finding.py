"""One root cause is one finding, at the line of whoever can mend it."""

from __future__ import annotations

import pytest

from tcolang import pipeline
from tcolang.base.source import SourceFile
from tests.projects import added, changed, codes, only, world

POOL = """
kind copy : deployment {
  custody: custody = own_site
  decode: token/second
  require decode > 0 tokens/second because "it writes nothing"
  let rate = decode * 1
  let seconds = served.sum(requests * output_tokens) / rate
  cost rent as compute = seconds * 1 EUR/month
}

copy unit {
  decode = DECODE
}

option two {
  serve chat {
    unit = 100%
  }
}
"""


def test_what_is_required_and_fails_is_not_told_again_as_a_division() -> None:
    assert codes(added(POOL.replace("DECODE", "0 tokens/second"))) == ["TCO430"]


def test_another_division_by_zero_is_told_beside_it() -> None:
    other = "let nil = 0 tokens\nlet ratio = 10 tokens / nil\n"
    assert sorted(codes(added(POOL.replace("DECODE", "0 tokens/second"), other))) == ["TCO233", "TCO430"]


def test_a_divisor_around_zero_points_at_the_line_that_states_it() -> None:
    finding = only(added(POOL.replace("DECODE", "-10 to 1000 tokens/second")))
    assert finding.problem.code == "TCO233"
    assert [(label.span.text, label.message) for label in finding.labels] == [
        ("-10 to 1000 tokens/second", "`unit.decode` can be zero")
    ]


@pytest.mark.parametrize("setting", ["chat.requests=5 USD", "chat.requests=5 XAF"])
def test_money_where_none_belongs_needs_no_rate(setting: str) -> None:
    text = changed()
    found = pipeline.check(
        world({"spec.tco": text, "quiet.tco": 'tco 1\n\npack quiet version "1.0.0"\n'}),
        SourceFile("spec.tco", text),
        [setting],
    ).diagnostics
    assert [finding.problem.code for finding in found] == ["TCO204"]


def test_money_that_belongs_needs_a_rate() -> None:
    assert codes(changed(("price = 100 EUR/month", "price = 100 XAF/month"))) == ["TCO205"]
