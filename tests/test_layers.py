"""The import contracts of `pyproject.toml` bite, and what they are for holds: `tco check` starts light."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

HEAVY = ("importlib.metadata", "jinja2", "jsonschema", "networkx", "numpy", "rich")

# Each library, with a module that may not know it.
STRANGERS = {
    "lark": "semantics/program.py",
    "networkx": "model/costmodel.py",
    "jinja2": "decide/decision.py",
    "llvmlite": "engine/run.py",
    "numpy": "decide/decision.py",
    "rich": "model/costmodel.py",
}


def test_an_import_from_a_higher_layer_is_reported_with_its_line(tmp_path: Path) -> None:
    line = _plant(_copy(tmp_path), "base/source.py", "import tcolang.decide.decision")
    done = _lint(tmp_path)
    assert done.returncode == 1
    assert f"tcolang.base.source -> tcolang.decide.decision (l.{line})" in done.stdout
    assert "Contracts: 6 kept, 1 broken." in done.stdout


def test_a_module_without_a_place_is_refused(tmp_path: Path) -> None:
    (_copy(tmp_path) / "stray.py").touch()
    done = _lint(tmp_path)
    assert done.returncode == 1
    assert "tcolang.stray" in done.stdout


def test_packages_of_one_layer_do_not_know_each_other(tmp_path: Path) -> None:
    package = _copy(tmp_path)
    (package / "uncertain/probe.py").write_text("import tcolang.syntax.nodes\n")
    done = _lint(tmp_path)
    assert done.returncode == 1
    assert "tcolang.uncertain.probe -> tcolang.syntax.nodes (l.1)" in done.stdout


def test_a_library_in_a_strange_package_is_reported(tmp_path: Path) -> None:
    package = _copy(tmp_path)
    lines = {library: _plant(package, module, f"import {library}") for library, module in STRANGERS.items()}
    done = _lint(tmp_path)
    assert done.returncode == 1
    for library, module in STRANGERS.items():
        importer = f"tcolang.{module.removesuffix('.py').replace('/', '.')}"
        assert f"{importer} -> {library} (l.{lines[library]})" in done.stdout
    assert "Contracts: 1 kept, 6 broken." in done.stdout


def test_check_loads_nothing_heavy(smallest_spec: str, tmp_path: Path) -> None:
    (tmp_path / "spec.tco").write_text(smallest_spec, encoding="utf-8")
    script = (
        "import json, sys\n"
        "from tcolang.cli.main import run\n"
        "code = run(['check', 'spec.tco'])\n"
        "print(json.dumps([code, sorted(sys.modules)]))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    code, modules = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stdout + done.stderr
    assert "tcolang.semantics.program" in modules, "the check did not run in this process"
    assert [module for module in HEAVY if module in modules] == []


def _copy(to: Path) -> Path:
    """The package and its configuration, to be spoilt. Returns the folder of the package."""
    shutil.copy(ROOT / "pyproject.toml", to)
    return Path(shutil.copytree(ROOT / "tcolang", to / "tcolang", ignore=shutil.ignore_patterns("__pycache__")))


def _plant(package: Path, module: str, statement: str) -> int:
    """Adds a statement at the end of a module and returns its line."""
    path = package / module
    lines = [*path.read_text(encoding="utf-8").splitlines(), statement]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    # The tool looks for the package in the working directory first, so the copy is what it reads.
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", lint, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
