"""What the standard kinds come to, in specs whose figures were worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcolang import pipeline
from tcolang.base.frame import listing
from tcolang.engine.settings import Settings
from tests.std.reading import ROOT, SPECS, program_of, standard_kinds

STANDARD = tuple(sorted((ROOT / "specs" / "std").glob("*.tco")))
STATED_ELSEWHERE = {"decision", "option"}
"""Facts of blocks that are no components."""


@pytest.mark.parametrize("path", SPECS, ids=[path.stem for path in SPECS])
def test_every_figure_is_the_one_worked_out_by_hand(path: Path) -> None:
    failed = [result for result in pipeline.run_tests(program_of(path), Settings()) if not result.passed]
    assert not failed, "\n".join(f"{result.title}\n{listing(result.findings)}" for result in failed)


def test_every_cost_line_of_every_kind_has_a_figure() -> None:
    expected = dict(_expectations())
    missing = [
        f"{kind.name}.{line}"
        for kind in standard_kinds().values()
        for line in kind.costs
        if not re.search(rf"\.{line}\b", expected.get(kind.name, ""))
    ]
    assert not missing


def test_every_kind_is_tried() -> None:
    stated = {
        name for path in STANDARD for name in re.findall(r"^kind (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {kind for kind, _ in _expectations()} == stated - STATED_ELSEWHERE


def _expectations() -> Iterator[tuple[str, str]]:
    """For each kind of which some spec has a component, what all such specs expect."""
    found: dict[str, str] = {}
    for path in SPECS:
        program = program_of(path)
        expected = [*program.expectations, *(e for test in program.tests for e in test.expectations)]
        for component in program.components.values():
            found[component.kind] = "\n".join((found.get(component.kind, ""), *(each.text for each in expected)))
    yield from found.items()
