"""The templates in docs/extending do what they say when each is put into its place."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.cli import main
from tcolang.engine.functions import functions
from tcolang.lint.run import rules
from tcolang.semantics.builtin import Builtin
from tests.documents import ROOT, blocks
from tests.judging import judged

Plant = Callable[[str, str, str, str], None]


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plant]:
    """Puts a template into a package, as the file that its page says."""
    planted: list[str] = []

    def put(page: str, template: str, package: str, name: str) -> None:
        (text,) = [b.text for b in blocks(ROOT / "docs/extending" / page) if b.settings.get("template") == template]
        folder = tmp_path / package
        folder.mkdir()
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(import_module(package), "__path__", [*import_module(package).__path__, str(folder)])
        planted.append(f"{package}.{name}")
        functions.cache_clear()

    yield put
    for module in planted:
        sys.modules.pop(module, None)
    functions.cache_clear()
    rules.cache_clear()


def test_a_builtin(plant: Plant, tmp_path: Path, smallest_spec: str) -> None:
    plant("builtin.md", "builtin", "tcolang.semantics.builtins", "clamp")
    clamp = import_module("tcolang.semantics.builtins.clamp").CLAMP
    assert isinstance(clamp, Builtin) and clamp.examples
    expected = "".join(f"expect {formula} == {value}\n" for formula, value in clamp.examples)
    found = judged(
        World(tmp_path), SourceFile("spec.tco", smallest_spec.replace("USD", "EUR") + f"\n{expected}")
    ).findings
    assert [f.message for f in found if f.severity.word == "error"] == []
    wrong = judged(World(tmp_path), SourceFile("spec.tco", f"{smallest_spec}\nlet a = clamp(1 USD, 2, 3)\n")).findings
    assert "TCO217" in [f.problem.code for f in wrong]


def test_a_lint_rule(plant: Plant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules.cache_clear()
    plant("lint-rule.md", "lint_rule", "tcolang.lint.rules", "horizon_too_long")
    (rule,) = (one for one in rules() if one.name == "horizon-too-long")
    for example, found in ((rule.bad, 1), (rule.good, 0)):
        (tmp_path / "spec.tco").write_text(example.files[0][1], encoding="utf-8")
        words = ["check", str(tmp_path / "spec.tco"), "--no-cache", "--select", rule.name, "--fail-on", "info"]
        assert main.run([*words, "--output-format", "concise"]) == found
        assert capsys.readouterr().out.count("info[TCO590] the horizon is 96 months") == found
    assert main.run(["rule", "horizon-too-long"]) == 0
    page = capsys.readouterr().out
    assert rule.why in page and rule.remedy in page and "+  horizon = 36 months" in page


def test_a_format_of_findings(plant: Plant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant("finding-format.md", "finding_format", "tcolang.cli.formats", "csv")
    (tmp_path / "=1+1.tco").write_text("tco 1\nlet x = y\n", encoding="utf-8")
    (tmp_path / "fine.tco").write_text("tco 1\n", encoding="utf-8")
    assert main.run(["check", str(tmp_path / "=1+1.tco"), "--no-cache", "--output-format", "csv"]) == 1
    header, row = csv.reader(capsys.readouterr().out.splitlines())
    assert header == ["path", "line", "code", "severity", "message"]
    assert row[0].startswith("'") and row[0].endswith("=1+1.tco") and row[1:4] == ["2", "TCO101", "error"]
    assert main.run(["check", str(tmp_path / "fine.tco"), "--no-cache", "--output-format", "csv"]) == 0
    assert capsys.readouterr().out == "path,line,code,severity,message\n"


def test_an_output_format(plant: Plant, spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant("output-format.md", "output_format", "tcolang.report.formats", "tsv")
    assert main.run(["report", str(spec), "--format", "tsv", "--samples", "100"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t") == ["option", "mean cost"]
    assert [line.split("\t")[0] for line in lines[1:]] == ["api"]


def test_a_command(plant: Plant, spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant("command.md", "command", "tcolang.cli.commands", "options")
    assert main.run(["options", str(spec)]) == 0
    assert capsys.readouterr().out == "api: \n"
    assert main.run(["options", "--help"]) == 0
    assert "tco options support.tco" in capsys.readouterr().out


@pytest.fixture
def spec(tmp_path: Path, smallest_spec: str) -> Path:
    path = tmp_path / "support.tco"
    path.write_text(smallest_spec, encoding="utf-8")
    return path
