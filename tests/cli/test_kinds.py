"""`tco kinds`: all kinds there are, each with what it states, costs and demands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tcolang.cli.main import run
from tests.documents import ROOT

Capture = pytest.CaptureFixture[str]
KIND = re.compile(r"^kind (\w+)", re.MULTILINE)


def test_every_standard_kind_is_listed_with_what_it_is_for(capsys: Capture) -> None:
    assert run(["kinds"]) == 0
    rows = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    files = sorted((ROOT / "specs/std").glob("*.tco"))
    assert [row[0] for row in rows] == [name for file in files for name in KIND.findall(file.read_text("utf-8"))]
    assert all(len(row) == 2 and len(row[1]) > 10 for row in rows)


def test_a_page_has_what_the_kind_declares(capsys: Capture) -> None:
    assert run(["kinds", "storage"]) == 0
    page = capsys.readouterr().out
    text = (ROOT / "specs/std/storage.tco").read_text("utf-8")
    body = text[text.index("kind storage") :].partition("\n}")[0]
    declared = re.findall(r"^  (\w+\??): ", body, re.MULTILINE)
    costs = re.findall(r"^  cost (\w+ as \w+)", body, re.MULTILINE)
    assert declared and costs
    for name in (*(f"{name}: " for name in declared), *costs):
        assert f"\n  {name}" in page
    assert re.match(r"storage.* \(std/storage\.tco:[0-9]+\)\n", page) and "\n\n\n" not in page


def test_kinds_of_a_project_come_first(tmp_path: Path, capsys: Capture) -> None:
    spec = tmp_path / "own.tco"
    spec.write_text("tco 1\n\n## A gateway\x1b. And more.\nkind gateway {\n  ## One\x1b.\n  price: money/month\n}\n")
    assert run(["kinds", "--spec", str(spec)]) == 0
    assert capsys.readouterr().out.splitlines()[0].split() == ["gateway", "A", "gateway\\u{1b}."]
    assert run(["kinds", "gateway", "--spec", str(spec)]) == 0
    out = capsys.readouterr().out
    assert "states:\n  price: money/month\n      One\\u{1b}.\n" in out and "\x1b" not in out
    for words in (["kinds", "gatewya", "--spec", str(spec)], ["kinds", "--spec", str(tmp_path / "gone.tco")]):
        assert run(words) == 2
        err = capsys.readouterr().err
        assert "did you mean `gateway`?" in err or "there is no such file" in err
