"""`tco fmt`: what is written, what is left alone, and which exit code tells of it."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from tcolang.cli.main import run
from tcolang.syntax import format as formatter

CROOKED = "tco 1\nlet  x = 1 # one\n"
STRAIGHT = "tco 1\nlet x = 1  # one\n"
BROKEN = "tco 1\nlet x = (\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_files_are_written_in_place_with_their_permissions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = _put(folder / "spec.tco", CROOKED)
    spec.chmod(0o640)
    assert run(["fmt", "spec.tco"]) == 0
    assert spec.read_text() == STRAIGHT
    assert stat.S_IMODE(spec.stat().st_mode) == 0o640
    assert [path.name for path in folder.iterdir()] == ["spec.tco"]
    assert capsys.readouterr() == ("", "formatted: spec.tco\n1 file formatted\n")
    before = spec.stat().st_ino
    assert run(["fmt", "spec.tco"]) == 0
    assert spec.stat().st_ino == before, "a formatted file is not written again"


def test_folders_are_searched_without_hidden_ones_and_links(folder: Path) -> None:
    found = [_put(folder / name, CROOKED) for name in ("a.tco", "deep/er/b.tco")]
    others = [_put(folder / name, CROOKED) for name in (".git/c.tco", "deep/.hidden/d.tco", "e.txt", ".f.tco")]
    (folder / "deep" / "up").symlink_to(folder)
    assert run(["fmt"]) == 0
    assert [path.read_text() for path in found] == [STRAIGHT] * 2
    assert [path.read_text() for path in others] == [CROOKED] * 4


def test_check_and_diff_write_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = _put(folder / "spec.tco", CROOKED)
    assert run(["fmt", "--check", "."]) == 1
    assert capsys.readouterr() == ("", "would be formatted: spec.tco\n1 file would be formatted\n")
    assert run(["fmt", "--diff", "."]) == 1
    out = capsys.readouterr().out
    assert out == "--- spec.tco\n+++ spec.tco\n@@ -1,2 +1,2 @@\n tco 1\n-let  x = 1 # one\n+let x = 1  # one\n"
    assert spec.read_text() == CROOKED
    _put(spec, STRAIGHT)
    assert run(["fmt", "--check", "--diff", "."]) == 0
    assert capsys.readouterr() == ("", "1 file already formatted\n")


def test_a_diff_tells_of_a_missing_end_of_the_last_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _put(folder / "spec.tco", "tco 1")
    assert run(["fmt", "--diff", "."]) == 1
    assert capsys.readouterr().out.endswith("-tco 1\n\\ No newline at end of file\n+tco 1\n")


def test_a_file_that_does_not_parse_is_left_and_the_others_are_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, spec = _put(folder / "broken.tco", BROKEN), _put(folder / "spec.tco", CROOKED)
    assert run(["fmt"]) == 1
    assert (broken.read_text(), spec.read_text()) == (BROKEN, STRAIGHT)
    err = capsys.readouterr().err
    assert "error[TCO0" in err and "broken.tco does not parse and was left as it is" in err
    assert err.endswith("1 file formatted, 1 file left alone\n")


def test_standard_input_goes_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, code, out in ((CROOKED, 0, STRAIGHT), (STRAIGHT, 0, STRAIGHT), (BROKEN, 1, "")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert run(["fmt", "-"]) == code
        assert capsys.readouterr().out == out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(CROOKED.encode())))
    assert run(["fmt", "--check", "-"]) == 1
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff")))
    assert run(["fmt", "-"]) == 2


@pytest.mark.parametrize("words", [["missing.tco"], ["empty"], ["-", "spec.tco"], ["spec.tco", "missing.tco"]])
def test_what_cannot_be_read_is_a_usage_error_and_nothing_is_written(folder: Path, words: list[str]) -> None:
    spec = _put(folder / "spec.tco", CROOKED)
    (folder / "empty").mkdir()
    assert run(["fmt", *words]) == 2
    assert spec.read_text() == CROOKED


def test_a_mistake_of_the_formatter_leaves_the_file(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = _put(folder / "spec.tco", CROOKED)
    monkeypatch.setattr(formatter, "_formatted", lambda file, limits: "tco 1\nlet x = 2  # one\n")
    assert run(["fmt", "spec.tco"]) == 2
    assert spec.read_text() == CROOKED
    assert "internal error: spec.tco was left as it is" in capsys.readouterr().err


def test_a_link_stays_one(folder: Path) -> None:
    spec, link = _put(folder / "spec.tco", CROOKED), folder / "link.tco"
    link.symlink_to(spec)
    assert run(["fmt", "link.tco", "spec.tco"]) == 0
    assert link.is_symlink() and spec.read_text() == STRAIGHT


@pytest.mark.parametrize("name", ["evil\n::error::x.tco", "evil\x1b[31m.tco"])
def test_names_of_files_cannot_write_to_the_terminal(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _put(folder / name, CROOKED)
    for words in (["fmt", "--diff", "."], ["fmt", "."]):
        run(words)
        out = "".join(capsys.readouterr())
        assert "\x1b" not in out and "\n::error" not in out


def test_a_failed_write_leaves_the_old_text_and_no_rubbish(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = _put(folder / "spec.tco", CROOKED)

    def refuse(source: str, target: str) -> None:
        raise OSError(28, "No space left on device", target)

    monkeypatch.setattr(os, "replace", refuse)
    assert run(["fmt", "spec.tco"]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert spec.read_text() == CROOKED
    assert [path.name for path in folder.iterdir()] == ["spec.tco"]
