"""What the machine is, and what day it is there: facts that figures mean nothing without."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from shutil import which


def this_machine(told: str = "") -> dict[str, str]:
    """`told` is what whoever measures says of it."""
    facts = {
        "machine": told,
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "compiler": _first_line(["cc", "--version"]),
        "node": _first_line(["node", "--version"]),
        "load at the end": f"{os.getloadavg()[0]:.1f}",
    }
    return {name: fact for name, fact in facts.items() if fact}


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        for line in cpus.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    except (ValueError, OSError):
        return ""


def _first_line(words: list[str]) -> str:
    if which(words[0]) is None:
        return ""
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.partition("\n")[0].strip()
