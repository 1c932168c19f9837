"""`tco check --fix`: what is mended, safely or only when asked for, and what is left alone."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from tcolang.base.diagnostics import Diagnostic, replacing
from tcolang.base.problem import Problem, Severity, spec
from tcolang.base.source import SourceFile, Span
from tcolang.cli.fixes import ROUNDS, mend
from tcolang.cli.main import run
from tcolang.lint.examples import COMPLETE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _fixed(folder: Path, text: str, *words: str) -> str:
    path = folder / "spec.tco"
    path.write_bytes(text.encode())
    run(["check", "spec.tco", "--fix", *words])
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("let x = 1K", "let x = 1k"),
        ("let x = 5K EUR", "let x = 5k EUR"),
        ("let x = 5 EUR per 1K tokens", "let x = 5 EUR per 1k tokens"),
        ("let x: 5 EUR", "let x = 5 EUR"),
        ("let x : 5 EUR", "let x = 5 EUR"),
        ("let x == 5", "let x = 5"),
        ("let x = 5 − 2", "let x = 5 - 2"),
        ("let x = 5 × 2", "let x = 5 * 2"),
        ("let x = 5to 7", "let x = 5 to 7"),
        ("  let x = 5", "let x = 5"),
        ("let x = 5\nexpect x = 5", "let x = 5\nexpect x == 5"),
        ("let x = 5 ## why", "let x = 5 # why"),
    ],
)
def test_safe_fixes(folder: Path, wrong: str, right: str) -> None:
    assert _fixed(folder, f"tco 1\n{wrong}\n") == f"tco 1\n{right}\n"


def test_the_edition_line_is_added(folder: Path) -> None:
    assert _fixed(folder, "# mine\nlet x = 5\n") == "# mine\ntco 1\n\nlet x = 5\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  currency = USD", "  curency = USD"),
        ("hosted_model small", "hosted_modle small"),
        ("as migration =", "as migraton ="),
        ("    small = 90%", "    smal = 90%"),
        ("  data_class = internal", "  data_class = intrenal"),
        ("uses = [serving, weights]", "uses = [servin, weights]"),
        ("source quotes\n  output_price", "source quotse\n  output_price"),
    ],
)
def test_misspelt_names_are_mended_only_when_asked_for(folder: Path, old: str, new: str) -> None:
    assert old in COMPLETE
    wrong = COMPLETE.replace(old, new, 1)
    assert _fixed(folder, wrong) == wrong
    assert _fixed(folder, wrong, "--unsafe-fixes") == COMPLETE


@pytest.mark.parametrize(("wrong", "right"), [("let x = 5m EUR", "let x = 5M EUR"), ("let x = $5k", "let x = 5k USD")])
def test_what_may_mean_something_else_is_unsafe(folder: Path, wrong: str, right: str) -> None:
    assert _fixed(folder, f"tco 1\n{wrong}\n") == f"tco 1\n{wrong}\n"
    assert _fixed(folder, f"tco 1\n{wrong}\n", "--unsafe-fixes") == f"tco 1\n{right}\n"


def test_one_mistake_behind_another_is_mended_too(folder: Path) -> None:
    text = COMPLETE.replace("  currency = USD", "  curency: USD").replace("per 1M tokens", "per 1M tokns", 1)
    assert _fixed(folder, text, "--unsafe-fixes") == COMPLETE


def test_a_diff_writes_nothing_and_exits_with_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "spec.tco"
    path.write_text("tco 1\nlet x = 5K\n", encoding="utf-8")
    assert run(["check", "--diff"]) == 1
    out, err = capsys.readouterr()
    assert out == "--- spec.tco\n+++ spec.tco\n@@ -1,2 +1,2 @@\n tco 1\n-let x = 5K\n+let x = 5k\n"
    assert "1 could be fixed" in err
    assert path.read_text(encoding="utf-8") == "tco 1\nlet x = 5K\n"
    assert run(["check", "--fix"]) == 0
    assert "1 fixed" in capsys.readouterr().err
    assert run(["check", "--diff"]) == 0
    assert capsys.readouterr().out == ""


def test_standard_input_is_mended_in_a_diff_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"tco 1\nlet x = 5K\n")))
    assert run(["check", "-", "--diff", "--stdin-filename", "s.tco"]) == 1
    assert "+let x = 5k" in capsys.readouterr().out
    assert run(["check", "-", "--fix"]) == 2
    assert run(["check", "--unsafe-fixes"]) == 2


def test_what_can_be_fixed_is_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "spec.tco").write_text("tco 1\nlet x = 5K\nlet y = 5m EUR\n", encoding="utf-8")
    assert run(["check", "--output-format", "concise"]) == 1
    err = capsys.readouterr().err
    assert err.endswith("2 errors; 1 fixable with --fix; 1 fixable with --fix --unsafe-fixes\n")


def test_imported_files_are_left_alone(folder: Path) -> None:
    other = folder / "other.tco"
    other.write_text("tco 1\nlet x = 5K\n", encoding="utf-8")
    _fixed(folder, "tco 1\nimport other as other\nlet y = 7K\n")
    assert other.read_text(encoding="utf-8") == "tco 1\nlet x = 5K\n"


# Fixes that go wrong, which no real one should


def _problem(code: str = "TCO301") -> Problem:
    return Problem(code, "name", Severity.ERROR, "", spec(""), spec(""))


def test_a_fix_that_breaks_the_syntax_is_taken_back() -> None:
    def check(file: SourceFile) -> Sequence[Diagnostic]:
        fix = replacing(Span(file, 0, 1), "(", safe=True)
        code = "TCO001" if file.text.startswith("(") else "TCO301"
        return [Diagnostic(_problem(code), "m", Span(file, 0, 1), fix=fix if code == "TCO301" else None)]

    mended = mend(SourceFile("a", "x"), check, unsafe=False)
    assert (mended.file.text, mended.fixed) == ("x", 0)


def test_a_fix_that_mends_nothing_ends() -> None:
    calls = []

    def check(file: SourceFile) -> Sequence[Diagnostic]:
        calls.append(file.text)
        return [Diagnostic(_problem(), "m", Span(file, 0, 0), fix=replacing(Span(file, 0, 0), "x", safe=True))]

    mended = mend(SourceFile("a", ""), check, unsafe=False)
    assert len(calls) == ROUNDS + 1 and mended.file.text == "x" * ROUNDS


def test_edits_that_touch_wait_for_the_next_round() -> None:
    def check(file: SourceFile) -> Sequence[Diagnostic]:
        places = [index for index, letter in enumerate(file.text) if letter == "a"]
        return [
            Diagnostic(_problem(), f"m{place}", None, fix=replacing(Span(file, place, place + 1), "bb", safe=True))
            for place in places
        ]

    assert mend(SourceFile("x", "aaa-a"), check, unsafe=False).file.text == "bbbbbb-bb"
