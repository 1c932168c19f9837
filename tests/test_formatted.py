"""Every spec of the repository is written as `tco fmt` writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.syntax.format import format_file
from tcolang.syntax.parse import parse
from tests.documents import ROOT

FOLDERS = ("specs", "rules", "examples", "tests/syntax/samples")
SPECS = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.tco"))


@pytest.mark.parametrize("path", SPECS, ids=[path.relative_to(ROOT).as_posix() for path in SPECS])
def test_formatting_changes_nothing(path: Path) -> None:
    """A case that does not parse is left alone, and there are few of them."""
    file = SourceFile(path.name, path.read_bytes().decode("utf-8"))
    formatted = format_file(file, Limits()).value
    assert formatted == file.text or (formatted is None and parse(file, Limits()).failed)


def test_nearly_all_of_them_parse() -> None:
    texts = [SourceFile(path.name, path.read_text(encoding="utf-8")) for path in SPECS]
    assert sum(parse(file, Limits()).failed for file in texts) <= 3
