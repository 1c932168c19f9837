"""Cases: a `#! CODE first..last` line says what the line before it is found to be, in columns counted from 1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.syntax.parse import parse

CASES = sorted(Path(__file__).with_name("cases").glob("*.tco"))
_EXPECTED = re.compile(r"#! (TCO\d{3}) (\d+)\.\.(\d+)")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_findings_are_those_that_are_written_beside_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    outcome = parse(SourceFile(path.name, text), Limits())
    found = []
    for diagnostic in outcome.diagnostics:
        assert diagnostic.span is not None
        line, column = diagnostic.span.line, diagnostic.span.column
        # An end of a line has no character, and stands for one.
        last = column + max(diagnostic.span.end - diagnostic.span.start, 1) - 1
        found.append((line, diagnostic.problem.code, column, last))
    assert found == _expected(text)


def _expected(text: str) -> list[tuple[int, str, int, int]]:
    expected, line_of = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        match = _EXPECTED.fullmatch(line)
        if match:
            expected.append((line_of, match[1], int(match[2]), int(match[3])))
        else:
            line_of = number
    return expected
