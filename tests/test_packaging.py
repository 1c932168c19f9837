"""What is built from the project is complete, and works from any folder once it is installed elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tcolang.version import __version__

ROOT = Path(__file__).parents[1]

# The fixtures are costly: one worker runs all tests of this file.
pytestmark = pytest.mark.xdist_group("packaging")


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment outside the checkout: its interpreter and its `tco`."""

    python: Path
    tco: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a source archive, and a wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT))
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return built / f"tcolang-{__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel alone, and what it depends on lent by the environment of the tests."""
    environment = tmp_path_factory.mktemp("an environment")
    _run(sys.executable, "-m", "venv", "--without-pip", str(environment))
    python = environment / "bin" / "python"
    _run(sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    packages = Path(_run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    # What such a file adds is searched last, and `.pth` files in it (that of an editable install) are not read.
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")
    return Installed(python, python.with_name("tco"))


def test_the_source_archive_has_every_file(built: Path) -> None:
    with tarfile.open(built / f"tcolang-{__version__}.tar.gz") as archive:
        found = {name.partition("/")[2] for name in archive.getnames()}
    folders = ("tcolang", "specs", "rules", "examples", "docs", "tests")
    expected = {path for folder in folders for path in _files(ROOT / folder, ROOT)}
    top = {"LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "Makefile", "pyproject.toml"}
    assert sorted((expected | top) - found) == []


def test_the_wheel_has_the_package_and_what_it_ships(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
        metadata = {name.partition("/")[2] for name in archive.namelist() if ".dist-info/" in name}
    expected = _files(ROOT / "tcolang", ROOT)
    for folder, shipped in (("specs/std", "std"), ("specs/schemas", "schemas"), ("rules", "rules")):
        files = _files(ROOT / folder, ROOT / folder)
        assert files, folder
        expected |= {f"tcolang/_shipped/{shipped}/{name}" for name in files}
    assert found == expected
    assert {
        "tcolang/syntax/grammar.lark",
        "tcolang/syntax/tables.json",
        "tcolang/semantics/shipped.json",
        "tcolang/py.typed",
    } <= found
    assert any(name.startswith("tcolang/report/templates/") for name in found)
    assert "licenses/LICENSE" in metadata


def test_the_installed_command_runs_outside_the_checkout(installed: Installed, tmp_path: Path) -> None:
    where = _run(str(installed.python), "-c", "import tcolang; print(tcolang.__file__)", folder=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.python.parents[1])
    assert _run(str(installed.tco), "--version", folder=tmp_path) == f"tcolang {__version__}\n"


def test_it_finds_its_kinds_and_rules_from_any_folder(installed: Installed, smallest_spec: str, tmp_path: Path) -> None:
    (tmp_path / "spec.tco").write_text(smallest_spec, encoding="utf-8")
    _run(str(installed.tco), "check", "spec.tco", folder=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    _run(str(installed.tco), "check", str(tmp_path / "spec.tco"), folder=elsewhere)


@pytest.mark.parametrize(
    ("how", "planted"),
    [
        ("tco", ("argparse", "dataclasses", "json", "tcolang")),
        ("python -P -m tcolang", ("argparse", "dataclasses", "json", "tcolang")),
        # Python searches the working directory before tcolang has a say: see SECURITY.md.
        ("python -m tcolang", ("argparse", "dataclasses", "json")),
    ],
)
def test_modules_in_the_working_directory_are_not_run(
    how: str, planted: tuple[str, ...], installed: Installed, smallest_spec: str, tmp_path: Path
) -> None:
    (tmp_path / "spec.tco").write_text(smallest_spec, encoding="utf-8")
    for module in (*planted, "jinja2", "lark", "networkx", "numpy", "rich"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('a planted module ran')\n", encoding="utf-8")
    first, *rest = how.split()
    command = [str(installed.tco if first == "tco" else installed.python), *rest]
    assert "api" in _run(*command, "report", "spec.tco", folder=tmp_path)


def _files(folder: Path, base: Path) -> set[str]:
    """Every file below a folder, relative to `base`, without hidden ones and what Python compiled."""
    return {
        path.relative_to(base).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def _run(*command: str, folder: Path | None = None) -> str:
    """Standard output of a command that succeeds, in an environment that names no place to search for modules."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout
