"""The templates in docs/extending do what they say when each is put into its place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.cli import main
from tcolang.engine.functions import functions
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
