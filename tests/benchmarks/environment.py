"""An environment of the benchmark's own, in `.bench`: the project with its extras, and the programs it is compared with.

What cannot be installed is left out, and the table says so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.timing import ROOT

FOLDER = ROOT / ".bench"
PYTHON_PEERS = {
    "black": "26.10.1",
    "formulas": "1.3.4",
    "openfisca-core": "46.0.1",
    "pint": "0.25.3",
    "regopy": "1.5.2",
    "ruff": "0.17.6",
    "rule-engine": "5.1.0",
    "sqlfluff": "4.5.0",
    "squigglepy": "0.30",
    "yamllint": "1.38.0",
    "zen-engine": "2.1.3",
}
NODE_PEERS = {"@quri/squiggle-lang": "0.10.0"}
_EXTRAS = ("optimal", "fast")


@dataclass(frozen=True, slots=True)
class Environment:
    """`variables` are those of the processes that are measured. `present` has versions, `missing` reasons, by name."""

    variables: Mapping[str, str]
    present: Mapping[str, str]
    missing: Mapping[str, str]
    extras: tuple[str, ...]

    @property
    def python(self) -> Path:
        return FOLDER / "venv/bin/python"

    def program(self, name: str) -> Path:
        return FOLDER / "venv/bin" / name

    @property
    def node(self) -> Path:
        """The folder in which node finds its packages."""
        return FOLDER / "node"


def prepare(scratch: Path) -> Environment:
    """Installs what is not there yet. Compiled modules are kept in `scratch`."""
    extras = _own()
    failed = {**_python(), **_node()}
    peers = {**PYTHON_PEERS, **NODE_PEERS}
    present = {name: version for name, version in peers.items() if name not in failed}
    variables = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    variables["PYTHONPYCACHEPREFIX"] = str(scratch / "compiled")
    variables["TCO_CACHE_DIR"] = str(scratch / "cache")
    return Environment(variables, present, failed, extras)


_UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHASHSEED", "TCO_CACHE_DIR")


def _own() -> tuple[str, ...]:
    """The project, from this checkout, with those of its extras that it has."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    extras = tuple(extra for extra in _EXTRAS if extra in declared)
    python = FOLDER / "venv/bin/python"
    if not python.exists():
        _say("making .bench/venv")
        subprocess.run([sys.executable, "-m", "venv", FOLDER / "venv"], check=True)
    wanted = [f"--editable={ROOT}[{','.join(extras)}]", "numpy"]
    why = _installed("project", wanted, [json.dumps(declared, sort_keys=True)])
    if why:
        sys.exit(f"error: the project cannot be installed into .bench/venv: {why}")
    return extras


def _python() -> dict[str, str]:
    """All at once; where that fails, one by one."""
    wanted = [f"{name}=={version}" for name, version in PYTHON_PEERS.items()]
    if not _installed("peers", wanted):
        return {}
    reasons = {name: _installed(name, [f"{name}=={version}"]) for name, version in PYTHON_PEERS.items()}
    return {name: why for name, why in reasons.items() if why}


def _installed(stamp: str, wanted: list[str], more: Iterable[str] = ()) -> str:
    """Why something could not be installed; '' where it is there."""
    done, text = FOLDER / f".{stamp}", "\n".join([*wanted, *more])
    if done.exists() and done.read_text(encoding="utf-8") == text:
        return ""
    _say(f"installing {' '.join(wanted)}")
    pip = [str(FOLDER / "venv/bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    tried = subprocess.run([*pip, *wanted], capture_output=True, text=True, check=False)
    if tried.returncode:
        errors = [line for line in tried.stderr.splitlines() if line.startswith("ERROR:")]
        return (errors or ["ERROR: pip failed"])[-1].removeprefix("ERROR: ")[:200]
    done.write_text(text, encoding="utf-8")
    return ""


def _node() -> dict[str, str]:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return dict.fromkeys(NODE_PEERS, "there is no node or no npm")
    folder = FOLDER / "node"
    failed: dict[str, str] = {}
    for name, version in NODE_PEERS.items():
        stated = folder / "node_modules" / name / "package.json"
        if stated.exists() and json.loads(stated.read_text(encoding="utf-8"))["version"] == version:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        _say(f"installing {name}@{version}")
        words = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), f"{name}@{version}"]
        tried = subprocess.run(words, capture_output=True, text=True, check=False)
        if tried.returncode or not stated.exists():
            failed[name] = "npm cannot install it"
    return failed


def _say(text: str) -> None:
    sys.stderr.write(f"== {text}\n")
