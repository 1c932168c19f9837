"""The table of what the standard kinds express names the line of each thing, and every kind."""

from __future__ import annotations

import re

import pytest

from tests.std.reading import ROOT, standard_kinds

PAGE = (ROOT / "docs" / "components.md").read_text(encoding="utf-8")
NAMED = tuple(dict.fromkeys(re.findall(r"\[`([\w.]+)` at (specs/std/\w+\.tco):(\d+)\]\(\.\./([\w/.]+)#L(\d+)\)", PAGE)))
PARTS = (
    "workload",
    "hosted model",
    "managed endpoint, provisioned throughput",
    "rented pool",
    "owned pool",
    "capacity",
    "quality",
    "custody",
    "staff",
    "storage, network",
    "operations",
    "one-off",
    "go-live",
    "opportunity",
    "exit",
    "prices over time",
    "currency, tax",
)


@pytest.mark.parametrize("named", NAMED, ids=[f"{name} at {file}:{line}" for name, file, line, *_ in NAMED])
def test_what_is_named_stands_on_its_line(named: tuple[str, str, str, str, str]) -> None:
    name, file, line, linked, at = named
    assert (linked, at) == (file, line)
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    word = name.rpartition(".")[2]
    stands = [number for number, text in enumerate(lines, start=1) if _declares(text, word)]
    assert int(line) in stands, f"`{word}` stands on {stands} of {file}"


def test_every_part_of_the_cost_model_has_rows() -> None:
    assert tuple(re.findall(r"^\| ([^|]*\S) \| [^|]+ \| \[", PAGE.partition("## Formulas")[0], re.MULTILINE)) == PARTS


def test_every_kind_is_named() -> None:
    assert {name.partition(".")[0] for name, *_ in NAMED} >= set(standard_kinds())


def _declares(text: str, word: str) -> bool:
    """Whether a line is that of a kind, choice, attribute, formula, cost line or rate of that name."""
    return (
        re.match(rf"(?:kind |choice |  let |  cost |  )?{word}\b(?:\?|:| :| as | =| \{{| [A-Z]{{3}} from )", text)
        is not None
    )
