"""Specs with words lost, doubled and swapped: checking one never raises, and what passes the check can be reported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcolang import pipeline
from tcolang.base.diagnostics import Diagnostic
from tcolang.base.frame import listing
from tcolang.base.problem import Severity
from tcolang.base.source import SourceFile
from tcolang.engine.settings import Settings
from tests.projects import BASE, QUIET, world

ROOT = Path(__file__).parent.parent
TOKEN = re.compile(r'"[^"\n]*"|[A-Za-z_][\w.]*|[0-9][\w.%/-]*|[^\s\w]|\n')

RICH = (
    BASE.replace("100 EUR/month", "80 to 110 EUR/month")
    + """
unit ticket = 6 requests

fx USD from 2025-01-01 = 0.9 EUR flat

source list "A list" {
  checked = 2026-01-12
  grade = contracted
}

assume load: ticket/month = 30 to 60 tickets/month source list
assume rise: growth = 2 to 6%/month note "plan"

let per_request: EUR/request = own.tco / total(chat.requests)
let cheaper = chance(own.tco < rented.tco)

kind hall {
  rent: EUR/month = 10 EUR/month
  power?: EUR/kWh
  state: ordered one of poor, fair, good = fair
  cost space as hosting = rent
}

kind pool : deployment {
  hall: a hall
  rate: request/month
  price: EUR
  vendor?: text
  let custody: custody = if hall.state >= good then own_site else colocation
  let busy = served.peak(requests / rate)
  let size = ceil(busy)
  let capacity = size
  cost buying as hardware = capex(size, price, life = 6 months, resale = price * 10%)
  cost energy as power = served.sum(requests) * 0.001 kWh/request * (hall.power ?? 0.2 EUR/kWh)
}

hall h {
  state = good
}

pool p {
  hall = h
  rate = 100 requests/month
  price from 2025-12 = 50 USD
  price from 2026-06 = decline(40 USD, rise)
}

role ops {
  salary = 12k EUR/year-FTE
}

option rented {
  serve chat {
    p = 20%
    box = rest
  }
  staff {
    ops = 0.5 FTE
  }
  uses = [h]
  cost setup as one_off = once(50 to 90 EUR, at = 2026-02)
  without h.space because "ours already"
  lead_time = 1 to 2 months
  bridge = box
}

correlate load, box.price = 0.5

criterion calm "Calm" {
  worth = 100 to 200 EUR/year
  measure = 1 - option.vendor_share
}

rule near "Near" {
  for each option, workload
  when option.farthest(workload) > cloud_tenant
  unless small: p50(option.tco) < 5 EUR
  then prefer option on calm by scale(p95(option.tco), 10 EUR, 900 EUR)
  because "{option} is run by others, at {p50(option.tco) as EUR}."
}

scenario more {
  load = base * 2
  box.price from 2026-05 = base / 2
}

scenario most extends more {
  rented.staff.ops = 2 FTE
}

test "more costs more" {
  under most
  given chat.input_tokens = 5 tokens/request
  expect p50(own.tco) > 10 EUR because "it is {p50(own.tco)}"
}

expect own.vetoed == false or cheaper >= 0%
"""
)


def _sources() -> list[tuple[str, str]]:
    examples = sorted((ROOT / "examples").glob("*/*.tco"))
    return [("rich", RICH), *((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in examples)]


SOURCES = _sources()


def _mutated(text: str, changes: list[tuple[str, float, float]]) -> str:
    """Each change is one word lost, doubled, or put in the place of another; places are shares of the text."""
    for how, one, other in changes:
        words = list(TOKEN.finditer(text))
        first, second = (words[min(int(share * len(words)), len(words) - 1)] for share in (one, other))
        match how:
            case "lost":
                text = text[: first.start()] + text[first.end() :]
            case "doubled":
                text = f"{text[: first.end()]} {first.group()}{text[first.end() :]}"
            case "moved":
                text = text[: first.start()] + second.group() + text[first.end() :]
            case "renamed":
                text = _renamed(text, words, one, other)
            case "line":
                lines = text.splitlines(keepends=True)
                del lines[min(int(one * len(lines)), len(lines) - 1)]
                text = "".join(lines)
    return text


def _renamed(text: str, words: list[re.Match[str]], one: float, other: float) -> str:
    """A name or a number in the place of another of its sort: what results can be read, and means something else."""
    names = [word for word in words if word.group()[0].isalpha()]
    amounts = [word for word in words if word.group()[0].isdigit()]
    pool = names if one < 0.8 or not amounts else amounts
    first = pool[min(int(one / 0.8 % 1 * len(pool)), len(pool) - 1)]
    second = pool[min(int(other * len(pool)), len(pool) - 1)]
    return text[: first.start()] + second.group() + text[first.end() :]


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["lost", "doubled", "moved", "renamed", "renamed", "line"]), st.floats(0, 1), st.floats(0, 1)
    ),
    min_size=1,
    max_size=3,
)


def _checked(text: str, folder: Path | None) -> tuple[pipeline.Checked, tuple[Diagnostic, ...]]:
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.tco")} if folder else {}
    outcome = pipeline.check(world({**files, **dict([QUIET]), "spec.tco": text}), SourceFile("spec.tco", text))
    assert "error" not in listing(outcome.diagnostics) or outcome.failed
    failed = any(finding.severity is Severity.ERROR for finding in outcome.diagnostics)
    assert failed or outcome.value.model is not None
    for finding in outcome.diagnostics:
        assert finding.span is None or finding.span.start <= finding.span.end <= len(finding.span.file.text)
    return outcome.value, outcome.diagnostics


def _evaluated(checked: pipeline.Checked, findings: tuple[Diagnostic, ...]) -> None:
    program = checked.program
    if program is None or program.decision is None or any(f.severity is Severity.ERROR for f in findings):
        return
    few = Settings(samples=40)
    made = pipeline.results(program, few)
    assert made.value is not None or made.failed
    pipeline.run_tests(program, few)


@settings(max_examples=120)
@given(CHANGES)
def test_a_spec_that_says_much_with_a_few_words_changed(changes: list[tuple[str, float, float]]) -> None:
    _evaluated(*_checked(_mutated(RICH, changes), None))


@pytest.mark.parametrize("source", [name for name, _ in SOURCES])
def test_a_spec_as_it_is(source: str) -> None:
    folder = ROOT / Path(source).parent if "/" in source else None
    checked, findings = _checked(dict(SOURCES)[source], folder)
    assert not any(finding.severity is Severity.ERROR for finding in findings)
    assert checked.model is not None


@settings(max_examples=25)
@given(st.sampled_from([name for name, _ in SOURCES if "/" in name]), CHANGES)
def test_an_example_with_a_few_words_changed(source: str, changes: list[tuple[str, float, float]]) -> None:
    _checked(_mutated(dict(SOURCES)[source], changes), ROOT / Path(source).parent)
