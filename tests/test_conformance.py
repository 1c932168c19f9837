"""Cases of the language: one `.tco` file each, with what has to come out as comments.

`#! TCO203 9..23`: the line before it has this finding at these columns, and no line has another.
`#= name : EUR/month 100`: the value, to a billionth. `#~ name : EUR 1.05`: to the digits that are written.
`# > …`: the sentence of a chapter that the lines below it prove.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from pathlib import Path

import pytest

from tcolang.base.frame import listing
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.units.unit import Unit
from tests.documents import ROOT, pages
from tests.judging import Judged, judged

FOLDER = ROOT / "specs" / "conformance"
CASES = sorted(FOLDER.glob("*.tco"))

_FINDING = re.compile(r"#! (TCO\d{3}) (\d+)\.\.(\d+)")
_VALUE = re.compile(r"#([=~]) (\S+) : (\S+) (-?[0-9.e_-]+)")
_SENTENCE = re.compile(r"# > (.*)")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    check(path)


def check(path: Path) -> None:
    """The findings and the values of a case are those that stand in it."""
    text = path.read_text(encoding="utf-8")
    values = _VALUE.findall(text)
    found = judged(World(FOLDER), SourceFile(path.name, text), [name for _, name, _, _ in values])
    places = [(f.span.line, f.problem.code, *_columns(f.span.column, f.span.text)) for f in found.findings if f.span]
    assert places == _findings(text), listing(found.findings)
    for sign, name, unit, number in values:
        _check_value(found, sign, name, unit, Decimal(number))
    assert _findings(text) or values or re.search(r"^ *expect ", text, re.MULTILINE), "nothing expected"


def test_what_a_case_proves_is_said_in_a_chapter() -> None:
    said = _plain(" ".join(page.read_text(encoding="utf-8") for page in pages("specs/language")))
    for path in CASES:
        sentences = _SENTENCE.findall(path.read_text(encoding="utf-8"))
        assert sentences, path.name
        assert [sentence for sentence in sentences if _plain(sentence) not in said] == [], path.name


def test_lines_that_expect_something_are_read() -> None:
    for path in CASES:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith(("#!", "#=", "#~")):
                assert _FINDING.fullmatch(line.strip()) or _VALUE.fullmatch(line.strip()), f"{path.name}: {line}"


def _columns(first: int, text: str) -> tuple[int, int]:
    return first, first + max(len(text), 1) - 1


def _findings(text: str) -> list[tuple[int, str, int, int]]:
    expected, line_of = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        match = _FINDING.fullmatch(line.strip())
        if match:
            expected.append((line_of, match[1], int(match[2]), int(match[3])))
        elif not _VALUE.fullmatch(line.strip()):
            line_of = number
    return expected


def _check_value(found: Judged, sign: str, name: str, unit: str, number: Decimal) -> None:
    assert found.model is not None and found.evaluation is not None, listing(found.findings)
    assert name in found.model.index, f"{name} is no value, or unknown"
    measured = found.model.program.units.parse(unit)
    assert isinstance(measured, Unit), measured
    node = found.model.node(name)
    assert measured.dimension == getattr(node.type, "dimension", None), f"{name} is not measured in {unit}"
    value = found.evaluation.certain(name) / float(measured.factor)
    if sign == "=":
        assert math.isclose(value, float(number), rel_tol=1e-9, abs_tol=1e-12), (name, value, number)
    else:
        exponent = number.as_tuple().exponent
        assert isinstance(exponent, int)
        assert abs(value - float(number)) <= 0.5 * 10.0**exponent, (name, value, number)


def _plain(text: str) -> str:
    """Without the marks of Markdown, and each blank once."""
    return " ".join(re.sub(r"[*`\\]", "", text).split())
