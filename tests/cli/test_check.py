"""`tco check`: which files, which findings of them, where they go, and the exit code."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tcolang.cli.main import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smallest_spec: str) -> Path:
    """Two specs: one without findings, in a folder of its own, and one that carries an old price forward."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "spec.tco").write_text(smallest_spec, encoding="utf-8")
    old = smallest_spec.replace("input_price =", "input_price from 2024-01-01 =")
    (tmp_path / "old.tco").write_text(old, encoding="utf-8")
    return tmp_path


def _codes(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line.partition("[")[2][:6] for line in capsys.readouterr().out.splitlines()]


def _check(*words: str) -> int:
    return run(["check", "--output-format", "concise", *words])


def test_places_are_seen_from_where_the_command_runs(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _check("--select", "TCO303") == 0
    assert capsys.readouterr().out.startswith("old.tco:17:33: warning[TCO303]")
    monkeypatch.chdir(folder / "good")
    assert _check("../old.tco", "--select", "TCO303") == 0
    assert capsys.readouterr().out.startswith("../old.tco:17:33: warning[TCO303]")


def test_a_file_given_twice_is_checked_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "link.tco").symlink_to(folder / "old.tco")
    assert _check("old.tco", "./old.tco", "link.tco", str(folder / "old.tco"), "--select", "TCO303") == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1 and err.startswith("1 spec checked: 1 warning")


@pytest.mark.parametrize(
    "words",
    [
        ["missing.tco"],
        ["empty"],
        ["--select", "TCO999"],
        ["--select", "carried-forwards"],
        ["--ignore", "TCO1"],
        ["--ignore", "unknown-name"],
        ["--output-format", "xml"],
        ["--output-format", "json", "--output-format", "sarif"],
        ["--output-format", "json:"],
        ["--output-format", "json:no/such/folder/x.json"],
        ["--baseline", "missing.json"],
        ["--baseline", "old.tco"],
        ["--stdin-filename", "x.tco", "old.tco"],
        ["-", "old.tco"],
        ["--fail-on", "nothing"],
    ],
)
def test_what_makes_no_sense_is_a_usage_error(
    folder: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty").mkdir()
    assert run(["check", *words]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "error: " in err


def test_a_misspelt_rule_is_recognised(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--ignore", "carried-forwards"]) == 2
    assert "did you mean `carried-forward`?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 0),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "info"], 1),
        (["--fail-on", "never"], 0),
        (["--strict"], 1),
        (["--strict", "--fail-on", "never"], 1),
        (["--strict", "--ignore", "TCO3"], 0),
        (["--strict", "--select", "TCO30", "--ignore", "carried-forward"], 0),
        (["--strict", "--ignore", "TCO30,no-source,TCO5"], 0),
        (["--strict", "--select", "TCO42"], 0),
        (["--strict", "--select", "tco303"], 1),
    ],
)
def test_the_exit_code_follows_what_is_asked_for(folder: Path, words: list[str], code: int) -> None:
    assert _check("old.tco", *words) == code


def test_an_error_counts_whatever_is_selected(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "wrong.tco").write_text("tco 1\nlet x = y\n", encoding="utf-8")
    assert _check("wrong.tco", "--select", "TCO5") == 1
    assert _codes(capsys) == ["TCO101"]


def test_several_formats_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--output-format", "sarif:out.sarif", "--output-format", "junit:out.xml", "--output-format", "json"]
    assert run(["check", "old.tco", *words]) == 0
    shown = json.loads(capsys.readouterr().out)
    results = json.loads((folder / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    cases = list(ET.parse(folder / "out.xml").iter("testcase"))
    assert len(shown["findings"]) == len(results) == len(cases) >= 1


def test_sarif_is_written_even_where_a_file_does_not_parse(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "broken.tco").write_text("tco 1\nlet x = (\n", encoding="utf-8")
    assert run(["check", "--output-format", "sarif"]) == 1
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert "TCO010" in {result["ruleId"] for result in results}


def test_a_baseline_leaves_out_what_was_there_before(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _check("--output-format", "json:base.json", "--strict") == 1
    assert _check("--baseline", "base.json", "--strict") == 0
    _, err = capsys.readouterr()
    assert "known from the baseline" in err
    old = folder / "old.tco"
    moved = old.read_text(encoding="utf-8").replace("option api", "# moved\n\noption api")
    old.write_text(moved.replace("output_price =", "output_price from 2024-01-01 ="), encoding="utf-8")
    assert _check("--baseline", "base.json", "--strict", "--select", "TCO303") == 1
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"findings": [1]}', '{"findings": [{"fingerprint": NaN}]}', "[" * 9999]
)
def test_a_baseline_that_is_none_is_a_usage_error(folder: Path, content: str) -> None:
    (folder / "base.json").write_text(content, encoding="utf-8")
    assert _check("--baseline", "base.json") == 2


def test_standard_input_stands_for_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folder / "old.tco").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert _check("-", "--stdin-filename", "good/edited.tco", "--select", "TCO303") == 0
    assert capsys.readouterr().out.startswith("good/edited.tco:17:33: ")


def test_specs_import_from_their_own_project(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = folder / "project"
    (project / "teams").mkdir(parents=True)
    (project / "tcolang.toml").write_text("", encoding="utf-8")
    (project / "shared.tco").write_text("tco 1\n\nlet x = y\n", encoding="utf-8")
    (project / "teams" / "spec.tco").write_text("tco 1\n\nimport shared as shared\n", encoding="utf-8")
    assert _check("project/teams") == 1
    assert capsys.readouterr().out.startswith("project/shared.tco:3:9: error[TCO101]")


def test_the_count_of_specs_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _check("good", "--select", "TCO303") == 0
    assert capsys.readouterr() == ("", "1 spec checked: no findings\n")


def test_a_name_of_a_file_cannot_write_to_the_terminal_or_the_log(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "x\n::error::\x1b[31m.tco").write_text("tco 1\nlet x = y\n", encoding="utf-8")
    (folder / "::error file=a,line=1::b.tco").write_text("tco 1\nlet x = y # ##[error]c\n", encoding="utf-8")
    for name in ("full", "concise", "github", "junit"):
        run(["check", "--output-format", name])
        out, err = capsys.readouterr()
        assert "\n::error::" not in out + err and not out.startswith("::error file=a") and "\n::error file=a" not in out
        assert "##[" not in out + err
        assert "\x1b" not in err
        assert "\x1b" not in out or name == "github"
