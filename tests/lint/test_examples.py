"""The specs that ship with the tool are clean at the default bar, and what is found in them is about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcolang import pipeline
from tcolang.base.problem import Severity
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tests.documents import ROOT

SPECS = sorted(ROOT.glob("examples/*/*.tco"))


@pytest.mark.parametrize("path", SPECS, ids=[path.stem for path in SPECS])
def test_no_example_has_an_error_and_no_finding_lies_in_what_ships(path: Path) -> None:
    world = World(path.parent)
    text = world.read(path.name)
    assert isinstance(text, str)
    for finding in pipeline.check(world, SourceFile(path.name, text), lint=True).diagnostics:
        assert finding.severity < Severity.ERROR, finding
        assert finding.span is not None and not finding.span.file.path.startswith(("std/", "rules/"))
