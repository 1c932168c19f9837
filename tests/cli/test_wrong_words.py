"""Wrong words after `tco`: exit code 2, a remedy, and nothing in them that a terminal or a build log would obey."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tcolang.base.suggest import there_is_no
from tcolang.cli.dispatch import names
from tcolang.cli.main import run
from tests.projects import BASE, QUIET

Capture = pytest.CaptureFixture[str]

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]|^::", re.MULTILINE)
HOSTILE = ["\x1b]0;owned\x07", "--\x1b[2J", "two\n::error::lines", "\u202eoct", "\r::stop-commands::x", "\udc80"]
LIBRARY = "tco 1\n\nlet price = 5 EUR\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    scenario = '\nscenario dear "Twice the price" {\n  box.price = 200 EUR/month\n}\n'
    other = "\noption other {\n  serve chat {\n    box = 100%\n  }\n}\n"
    (tmp_path / "spec.tco").write_text(BASE + scenario + other)
    (tmp_path / "lib.tco").write_text(LIBRARY)
    (tmp_path / QUIET[0]).write_text(QUIET[1])
    return tmp_path


def refused(capsys: Capture, *words: str) -> str:
    assert run(words) == 2, words
    out, err = capsys.readouterr()
    assert out == "" and "Traceback" not in err and "internal error" not in err, err
    return err


@pytest.mark.parametrize("word", HOSTILE, ids=ascii)
def test_no_argument_reaches_the_terminal_as_it_is(word: str, capsys: Capture) -> None:
    assert not OBEYED.search(refused(capsys, word))
    for name in names():
        code = run([name, word, word, word])
        said = "".join(capsys.readouterr())
        assert code in (1, 2) and "error: " in said, (name, said)
        assert not OBEYED.search(said), (name, ascii(said))


@pytest.mark.parametrize("word", HOSTILE, ids=ascii)
@pytest.mark.parametrize(
    "words",
    [
        ["check", "--select"],
        ["check", "--ignore"],
        ["check", "--baseline"],
        ["check", "--as-of"],
        ["check", "--fail-on"],
        ["check", "--output-format"],
        ["test", "--output-format"],
        ["report", "spec.tco", "--scenario"],
        ["report", "spec.tco", "--format"],
        ["report", "spec.tco", "--set"],
        ["report", "spec.tco", "--samples"],
        ["explain", "spec.tco"],
        ["graph", "spec.tco", "--focus"],
        ["break-even", "spec.tco", "own"],
        ["break-even", "spec.tco", "own", "other", "--over"],
        ["break-even", "spec.tco", "own", "other", "--scenario"],
        ["sensitivity", "spec.tco", "--scenario"],
        ["diff", "--against"],
        ["diff", "--max-increase"],
    ],
    ids=" ".join,
)
def test_no_value_of_an_option_does(words: list[str], word: str, capsys: Capture) -> None:
    head, last = (words[:-1], f"{words[-1]}=") if words[-1].startswith("--") else (words, "")
    err = (
        refused(capsys, *head, f"{last}{word}") if last or not word.startswith("--") else refused(capsys, *words, word)
    )
    assert not OBEYED.search(err), ascii(err)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["break-even", "spec.tco", "own", "othre"], "there is no option `othre`; did you mean `other`?"),
        (["break-even", "spec.tco", "own", "zz"], "there is no option `zz`; there are: own, other"),
        (["break-even", "spec.tco", "own", "own"], "`own` is compared with itself: name two options"),
        (["break-even", "lib.tco", "a", "b"], "there is no option `a`; there is none"),
        (["break-even", "spec.tco", "own", "other", "--over", "zz"], "there is no input `zz`; there are: "),
        (["break-even", "spec.tco", "own", "other", "--scenario", "deer"], "did you mean `dear`?"),
        (["sensitivity", "spec.tco", "--scenario", "zz"], "there is no scenario `zz`; there are: dear"),
        (["sensitivity", "lib.tco"], "lib.tco has no decision"),
        (["report", "lib.tco"], "lib.tco has no decision"),
        (["report", "spec.tco", "--scenario", "zz"], "there is no scenario `zz`; there are: dear"),
        (["report", "spec.tco", "--set", "box.prize=5 EUR/month"], "--set:1:1"),
        (["report", "spec.tco", "--set", "box.price"], "--set:1:12"),
        (["report", "spec.tco", "--set", "box.prize=5 EUR/month"], "did you mean `box.price`?"),
        (["report", "spec.tco", "--set", "box.price=5 EUR/month", "--set", "box.price=(5"], "--set:2:13"),
        (["report", "spec.tco", "--set", "box.price=5 EUR/month)"], "a bracket in this setting has no counterpart"),
        (["explain", "spec.tco", "own.tco", "--scenario", "zz"], "there is no scenario `zz`; there are: dear"),
        (["explain", "lib.tco", "price"], "lib.tco has no decision"),
        (["graph", "spec.tco", "--focus", "zz"], "there is no value `zz`; there are: "),
        (["schema", "zz"], "there is no schema `zz`; there are: config, diff, report, trace"),
        (["comment"], "the following arguments are required: host"),
    ],
)
def test_what_is_wrong_and_what_there_is(words: list[str], said: str, capsys: Capture) -> None:
    err = refused(capsys, *words)
    assert said in err
    assert not re.search(r"[;:,] *$", err, re.MULTILINE)


def test_a_name_that_is_not_known_is_told_with_what_there_is() -> None:
    assert there_is_no("option", "x", []) == "there is no option `x`; there is none"
    assert there_is_no("option", "othre", ["own", "other"]) == "there is no option `othre`; did you mean `other`?"
    many = there_is_no("value", "?", [f"v{n}" for n in range(20)])
    assert many.endswith("v10, v11 and 8 more") and many.count(", ") == 11
