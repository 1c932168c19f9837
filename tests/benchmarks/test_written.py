"""The files that are checked are as long as they are said to be, and ours are without findings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tcolang.base.frame import listing
from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.pipeline import check
from tests.benchmarks import written
from tests.documents import ROOT


@pytest.mark.parametrize("make", [written.spec, written.yaml, written.python, written.sql])
def test_files_have_their_length_and_differ(make: Callable[[int, int], str]) -> None:
    texts = [make(number, lines) for number in (1, 2) for lines in (150, 153)]
    assert [text.count("\n") for text in texts] == [150, 153, 150, 153]
    assert len(set(texts)) == 4


@pytest.mark.parametrize("text", [written.spec(7), written.long_formula(50)], ids=["spec", "formula"])
def test_specs_have_no_findings(text: str) -> None:
    found = check(World(ROOT), SourceFile("spec.tco", text), lint=True).diagnostics
    assert not found, listing(found)


def test_long_ones_stay_within_the_limits() -> None:
    limits = Limits()
    assert len(written.spec(1, 20_000)) < limits.file_bytes
    assert len(written.long_formula(limits.chain)) < limits.file_bytes
