"""Whole processes in ratio to `python -c pass`: `python tests/benchmarks/startup.py [runs]`.

Each command runs in turn with the yardstick, so that a slow moment of the machine falls on both; the median of the
ratios is printed, with the least and the largest. Compiled modules are kept in a folder of their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
SPEC = "examples/support-assistant/support.tco"
COMMANDS = {
    "tco --version": ["--version"],
    "tco check": ["check", SPEC],
    "tco report": ["report", SPEC],
}
GOALS = {"tco --version": 2.5, "tco check": 8.0, "tco report": 60.0}


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as compiled:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = compiled
        write = sys.stdout.write
        write(f"{'':14} {'median':>8} {'least':>8} {'most':>8} {'goal':>8}   × python -c pass, {runs} runs\n")
        for name, words in COMMANDS.items():
            ratios = _ratios([sys.executable, "-m", "tcolang", *words], environment, runs)
            write(f"{name:14} {median(ratios):8.1f} {min(ratios):8.1f} {max(ratios):8.1f} {GOALS[name]:8.1f}\n")


def _ratios(command: Sequence[str], environment: Mapping[str, str], runs: int) -> list[float]:
    """After one run of each that is not counted."""
    yardstick = [sys.executable, "-c", "pass"]
    pairs = [(_seconds(command, environment), _seconds(yardstick, environment)) for _ in range(runs + 1)]
    return [taken / passed for taken, passed in pairs[1:]]


def _seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    before = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - before


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
