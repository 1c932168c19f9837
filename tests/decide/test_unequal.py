"""Options that do not do the same. A line that is left out unequally is one finding: without its price on checking, with
it on deciding."""

from __future__ import annotations

from tcolang import pipeline
from tcolang.base.diagnostics import Diagnostic
from tcolang.base.source import SourceFile
from tcolang.engine.settings import Settings
from tcolang.report.results import Results
from tests.projects import QUIET, added, changed, codes, program_of, world

TWO = "option other {{\n  serve chat {{\n    box = 100%\n  }}\n{0}}}\n"
WITHOUT = '  without box.rent because "paid by others"\n'
ALLOWED = '  allow TCO422 "the box is there anyway" until 2030-01-01\n'


def _results(text: str) -> Results:
    found = pipeline.results(program_of(text), Settings(samples=50)).value
    assert found is not None
    return found


def test_deciding_tells_the_price_under_the_same_code_and_once() -> None:
    text = added(TWO.format(WITHOUT))
    assert codes(text) == ["TCO422"]
    (finding,) = _results(text).findings
    assert finding.problem.code == "TCO422"
    # 100 EUR a month over twelve months, not discounted.
    assert finding.note == "with it, it would cost 1,200 EUR more in present value"


def test_one_allowance_is_enough() -> None:
    text = added(TWO.format(WITHOUT + ALLOWED))
    assert codes(text) == []
    results = _results(text)
    assert results.findings == ()
    assert [finding.problem.code for finding, _ in results.allowed] == ["TCO422"]


PAIR = """\
hosted_model good "A good model" {
  vendor = "One"
  input_price = 3 EUR per 1M tokens
  output_price = 3 EUR per 1M tokens
  success_rate = 92%
}

hosted_model cheap "A cheap model" {
  vendor = "Two"
  input_price = 1 EUR per 1M tokens
  output_price = 1 EUR per 1M tokens
  success_rate = 84%
}

option first {
  serve chat {
    good = 100%
  }
}

option second {
  serve chat {
    cheap = 100%
  }
}
"""
PRICED = (
    "  output_tokens = 50 tokens/request\n",
    "  output_tokens = 50 tokens/request\n  failure_cost = 4 EUR/request\n",
)
OWN = ("option own {\n  serve chat {\n    box = 100%\n  }\n}\n", "")


def test_unequal_quality_tells_the_price_of_a_failure_at_which_the_costs_are_equal() -> None:
    (finding,) = _results(changed(OWN, more=PAIR)).findings
    assert finding.problem.code == "TCO508"
    assert finding.message == "`second` answers 84% of its requests well, and `first` 92%"
    # 8 points of 12,000 requests; 12 x 150,000 tokens at 3 EUR less those at 1 EUR are 3.60 EUR.
    assert (
        finding.note == "over the horizon 960 requests more fail; at 0.00375 EUR a failure it costs as much as `first`"
    )


def test_failures_with_a_price_are_in_the_totals() -> None:
    assert _results(changed(OWN, PRICED, more=PAIR)).findings == ()


def test_a_rate_that_only_one_states_is_no_hundred_percent() -> None:
    silent = PAIR.replace("  success_rate = 84%\n", "")
    found = [f for f in _checked(changed(OWN, PRICED, more=silent)) if f.problem.code == "TCO467"]
    assert [f.message for f in found] == [
        "nothing says how much of `chat` succeeds on `cheap`: its failures are in no total"
    ]


def _checked(text: str) -> tuple[Diagnostic, ...]:
    return pipeline.check(
        world({"spec.tco": text, QUIET[0]: QUIET[1]}), SourceFile("spec.tco", text), lint=True
    ).diagnostics
