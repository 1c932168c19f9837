"""A `tco` on the PATH that is the one under test, for scripts that call it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


def path_with_tco(folder: Path) -> str:
    """The PATH with a folder in front that holds `tco`."""
    shims = folder / "shims"
    shims.mkdir(exist_ok=True)
    tco = shims / "tco"
    tco.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m tcolang "$@"\n')
    tco.chmod(0o755)
    return f"{shims}{os.pathsep}{os.environ['PATH']}"


def bash(script: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """As a runner of GitHub runs a step."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI", "GIT_"))}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
