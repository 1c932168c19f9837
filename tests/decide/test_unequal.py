"""A line that is left out unequally is one finding: without its price on checking, with it on deciding."""

from __future__ import annotations

from tcolang import pipeline
from tcolang.engine.settings import Settings
from tcolang.report.results import Results
from tests.projects import added, codes, program_of

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
