"""What the configuration says of findings: the closest to each spec counts, and the command line goes before it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tcolang.cli.main import run

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smallest_spec: str) -> Path:
    """Two folders with the same spec, which carries an old price forward: a warning of code TCO303."""
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        old = smallest_spec.replace("input_price =", "input_price from 2024-01-01 =")
        (tmp_path / name / "spec.tco").write_text(old, encoding="utf-8")
    return tmp_path


def check(capsys: Capture, *words: str) -> tuple[int, list[str]]:
    """The exit code, and the files in which TCO303 is found."""
    code = run(["check", "--no-cache", "--output-format", "concise", *words])
    out, err = capsys.readouterr()
    assert "Traceback" not in err and "internal" not in err
    return code, [line.partition(":")[0] for line in out.splitlines() if "TCO303" in line]


BOTH = ["one/spec.tco", "two/spec.tco"]


def test_each_spec_is_judged_by_the_configuration_closest_to_it(folder: Path, capsys: Capture) -> None:
    assert check(capsys) == (0, BOTH)
    (folder / "tcolang.toml").write_text('fail_on = "warning"\n')
    assert check(capsys) == (1, BOTH)
    (folder / "one" / "tcolang.toml").write_text('ignore = ["carried-forward"]\n')
    assert check(capsys) == (1, ["two/spec.tco"])
    assert check(capsys, "one") == (0, [])
    (folder / "two" / "pyproject.toml").write_text('[tool.tcolang]\nselect = ["TCO4"]\nfail_on = "never"\n')
    assert check(capsys) == (0, [])


def test_settings_are_extended(folder: Path, capsys: Capture) -> None:
    (folder / "tcolang.toml").write_text('select = ["TCO303"]\nfail_on = "warning"\n')
    (folder / "one" / "tcolang.toml").write_text('extend = "../tcolang.toml"\n')
    (folder / "two" / "tcolang.toml").write_text('extend = "../tcolang.toml"\nfail_on = "error"\n')
    assert check(capsys, "one") == (1, ["one/spec.tco"])
    assert check(capsys, "two") == (0, ["two/spec.tco"])


def test_the_command_line_goes_before_it(folder: Path, capsys: Capture) -> None:
    (folder / "tcolang.toml").write_text('select = ["TCO4"]\nignore = ["TCO5"]\nfail_on = "never"\n')
    assert check(capsys) == (0, [])
    assert check(capsys, "--select", "TCO303") == (0, BOTH)
    assert check(capsys, "--select", "TCO3", "--fail-on", "warning") == (1, BOTH)
    assert check(capsys, "--select", "TCO3", "--strict") == (1, BOTH)
    (folder / "tcolang.toml").write_text('ignore = ["TCO303"]\n')
    assert check(capsys, "--ignore", "TCO5") == (0, BOTH)


def test_a_baseline_is_found_from_the_folder_of_the_configuration(folder: Path, capsys: Capture) -> None:
    assert run(["check", "--output-format", "json:known.json"]) == 0
    (folder / "tcolang.toml").write_text('baseline = "known.json"\nfail_on = "info"\n')
    capsys.readouterr()
    assert check(capsys) == (0, [])
    (folder / "empty.json").write_text(json.dumps({"findings": []}))
    assert check(capsys, "--baseline", "empty.json") == (1, BOTH)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('select = ["TCO9"]', "tcolang.toml:1: `select`: there is no rule `TCO9`"),
        ('\nignore = ["stale-sauce"]', "tcolang.toml:2: `ignore`: there is no rule `stale-sauce`; did you mean"),
        ('ignore = ["TCO101"]', "tcolang.toml:1: `ignore`: TCO101 is no matter of judgement"),
        ("ignore = [1]", "tcolang.toml:1: `ignore` is a list of texts, not [1]"),
        ('fail_on = "warnings"', 'tcolang.toml:1: `fail_on` is "error", "warning", "info", "never", not'),
        ('selekt = ["TCO4"]', "tcolang.toml:1: there is no setting `selekt`; did you mean `select`?"),
        ('baseline = "gone.json"', "tcolang.toml:1: `baseline`: cannot read gone.json: there is no such file"),
        ('baseline = "../outside.json"', "tcolang.toml:1: `baseline`: cannot read ../outside.json: "),
        ('baseline = "one/spec.tco"', "tcolang.toml:1: `baseline`: one/spec.tco is no baseline"),
    ],
)
def test_a_mistake_is_told_with_its_place(folder: Path, capsys: Capture, text: str, said: str) -> None:
    (folder.parent / "outside.json").write_text(json.dumps({"findings": []}))
    (folder / "tcolang.toml").write_text(text + "\n")
    assert run(["check"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and f"error: {said}" in err, err
    if "baseline" not in text:
        assert run(["config"]) == 2
        assert f"error: {said}" in capsys.readouterr().err


def test_what_is_ignored_is_not_mended(folder: Path, capsys: Capture) -> None:
    spec = folder / "one" / "spec.tco"
    allowed = 'tco 1\n\nallow TCO348 "a first guess" until 2030-01-01\n'
    text = spec.read_text().replace("tco 1\n", allowed, 1)
    spec.write_text(text)
    (folder / "tcolang.toml").write_text('ignore = ["unused-allowance"]\n')
    run(["check", "--fix", "one"])
    assert spec.read_text() == text
    run(["check", "--fix", "--ignore", "TCO3", "one"])
    assert "a first guess" not in spec.read_text(), capsys.readouterr().err
