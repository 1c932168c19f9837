"""`tco test`: what is run, how it is written, and what its exit code says."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tcolang.cli import test_formats
from tcolang.cli.main import run
from tcolang.cli.outputs import format_names
from tests.projects import BASE, QUIET

Capture = pytest.CaptureFixture[str]

PASSES = BASE + '\nexpect own.tco == 1_200 EUR because "twelve months of 100 EUR"\n'
FAILS = PASSES + '\ntest "a box costs half" {\n  given box.price = 50 EUR/month\n  expect own.tco == 1_200 EUR\n}\n'
LIBRARY = "tco 1\n\nlet five = 5 EUR\n\nexpect five == 5 EUR\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / QUIET[0]).write_text(QUIET[1])
    return tmp_path


def told(capsys: Capture, *words: str) -> tuple[int, str, str]:
    code = run(["test", "--samples", "40", *words])
    return (code, *capsys.readouterr())


def test_a_folder_stands_for_its_specs_and_no_path_for_this_folder(folder: Path, capsys: Capture) -> None:
    (folder / "a.tco").write_text(PASSES)
    (folder / "deep").mkdir()
    (folder / "deep" / "b.tco").write_text(FAILS.replace("use quiet\n", ""))
    (folder / "lib.tco").write_text(LIBRARY)
    code, out, err = told(capsys)
    assert code == 1
    lines = [line for line in out.splitlines() if line[:4] in ("ok  ", "FAIL")]
    assert lines == [
        "ok   expectations of the spec (a.tco:5)",
        "ok   expectations of the spec (deep/b.tco:4)",
        "FAIL a box costs half (deep/b.tco:34)",
    ]
    assert "--> deep/b.tco:36:10" in out and "own.tco` is 600 EUR" in out
    assert err == (
        "lib.tco: no decision, so what it expects is run only with a spec that imports it\n"
        "2 passed, 1 failed in 4 specs\n"
    )
    assert told(capsys, "a.tco") == (0, "ok   expectations of the spec (a.tco:5)\n", "1 passed, 0 failed in 1 spec\n")


def test_what_an_imported_file_expects_is_run(folder: Path, capsys: Capture) -> None:
    (folder / "lib.tco").write_text(LIBRARY.replace("== 5 EUR", "== 6 EUR"))
    (folder / "a.tco").write_text(BASE.replace("use quiet\n", "use quiet\nimport lib as lib\n"))
    code, out, _ = told(capsys, "a.tco")
    assert code == 1 and "--> lib.tco:5:8" in out


def test_a_name_of_a_file_orders_nothing(folder: Path, capsys: Capture) -> None:
    (folder / "::error::a##[error].tco").write_text(LIBRARY)
    err = told(capsys, ".")[2]
    assert err.startswith("\\u{3a}:error::a##\\u{5b}error].tco: no decision")


def test_that_nothing_was_tested_is_said(folder: Path, capsys: Capture) -> None:
    (folder / "a.tco").write_text(BASE)
    assert told(capsys, "a.tco") == (0, "", "no tests in 1 spec\n")
    assert told(capsys, "gone.tco")[0] == 2
    (folder / "empty").mkdir()
    assert told(capsys, "empty")[0] == 2


def test_a_spec_with_errors_is_a_failed_test(folder: Path, capsys: Capture) -> None:
    (folder / "a.tco").write_text(PASSES.replace("100 EUR/month", "100 ERU/month"))
    code, out, err = told(capsys, "a.tco", "--junit-xml", "j.xml")
    assert code == 1 and out.startswith("FAIL it can be evaluated (a.tco)\n") and "error[TCO201]" in out
    assert err == "0 passed, 1 failed in 1 spec\n"
    suites = ET.parse(folder / "j.xml").getroot()
    assert (suites.get("errors"), suites.get("failures")) == ("1", "0")
    assert suites.find("testsuite/testcase/error") is not None


def test_a_junit_report_has_a_suite_for_a_spec_and_a_case_for_a_test(folder: Path, capsys: Capture) -> None:
    (folder / "a.tco").write_text(FAILS)
    code, out, _ = told(capsys, "a.tco", "--output-format", "junit", "--output-format", "full:text")
    assert code == 1
    suites = ET.fromstring(out)
    assert suites.attrib == {"name": "tco test", "tests": "2", "failures": "1", "errors": "0"}
    (suite,) = suites
    assert suite.attrib == {"name": "a.tco", "tests": "2", "failures": "1", "errors": "0"}
    passed, failed = suite
    assert passed.attrib == {"classname": "a.tco", "name": "expectations of the spec", "file": "a.tco", "line": "5"}
    assert len(passed) == 0
    (failure,) = failed
    assert failure.get("type") == "TCO505"
    assert (
        failure.get("message")
        == "`own.tco == 1_200 EUR` does not hold: `own.tco` is 600 EUR and `1_200 EUR` is 1,200 EUR"
    )
    assert "------- 600 EUR" in (failure.text or "")
    assert (folder / "text").read_text().startswith("ok   expectations of the spec")
    assert told(capsys, "a.tco", "--junit-xml", "j.xml")[1] == (folder / "text").read_text()
    assert (folder / "j.xml").read_text() == out


def test_json_has_what_failed_and_the_values_of_its_parts(folder: Path, capsys: Capture) -> None:
    (folder / "a.tco").write_text(FAILS)
    found = json.loads(told(capsys, "a.tco", "--output-format", "json")[1])
    assert found["summary"] == {"passed": 1, "failed": 1}
    (spec,) = found["specs"]
    passed, failed = spec["tests"]
    assert (passed["passed"], passed["findings"], failed["passed"]) == (True, [], False)
    assert failed["findings"][0]["values"] == [
        {"text": "own.tco", "value": "600 EUR"},
        {"text": "1_200 EUR", "value": "1,200 EUR"},
    ]


def test_github_has_an_annotation_for_what_failed(folder: Path, capsys: Capture) -> None:
    (folder / "a.tco").write_text(FAILS)
    (line,) = told(capsys, "a.tco", "--output-format", "github")[1].splitlines()
    assert line.startswith("::error title=TCO505 expectation-failed,file=a.tco,line=37,")


def test_an_expectation_that_another_seed_might_turn_is_told_though_it_holds(folder: Path, capsys: Capture) -> None:
    spec = BASE.replace("price = 100 EUR/month", "price = 90 to 110 EUR/month")
    (folder / "a.tco").write_text(spec + "\nexpect mean(own.tco) >= 1_200 EUR or mean(own.tco) < 1_200 EUR\n")
    code, out, err = told(capsys, "a.tco")
    assert (code, err) == (0, "1 passed, 0 failed in 1 spec\n")
    assert out.startswith("ok   ") and "warning[TCO5" in out


def test_outputs_that_cannot_be_are_refused(folder: Path, capsys: Capture) -> None:
    (folder / "a.tco").write_text(PASSES)
    assert format_names(test_formats) == ("full", "github", "json", "junit")
    for words in (["sarif"], ["json:"], ["json", "full"]):
        formats = [word for one in words for word in ("--output-format", one)]
        code, out, err = told(capsys, "a.tco", *formats)
        assert (code, out) == (2, "") and "error: " in err
    code, _, err = told(capsys, "a.tco", "--junit-xml", "no/such/folder.xml")
    assert (code, err.splitlines()[-1]) == (2, "error: no/such/folder.xml: No such file or directory")


@pytest.mark.parametrize("name", ["full", "github", "json", "junit"])
def test_no_text_of_a_spec_breaks_out_of_a_format(folder: Path, capsys: Capture, name: str) -> None:
    title = "]]> <b> & 50% ::error::x \uffff a|b"
    text = FAILS.replace("a box costs half", title).replace("== 1_200 EUR\n}", f'== 1_200 EUR because "{title}"\n}}')
    (folder / "::error a,b%.tco").write_text(text, encoding="utf-8")
    code, out, _ = told(capsys, "::error a,b%.tco", "--output-format", name)
    assert code == 1 and "\x1b" not in out
    assert not [line for line in out.splitlines() if line.lstrip().startswith("::")] or name == "github"
    match name:
        case "junit":
            assert [case.get("name") for case in ET.fromstring(out).iter("testcase")][1] == title.replace(
                "\uffff", "\\u{ffff}"
            )
        case "json":
            assert json.loads(out)["specs"][0]["tests"][1]["title"] == title
        case "github":
            assert out.count("\n") == 1 and "file=%3A%3Aerror a%2Cb%25.tco" in out
        case _:
            assert out.count("FAIL") == 1
