"""Writes `docs/reference/`, a page for each band of codes, from the texts beside the code.

Run it as `python -m tcolang.cli.reference` after a text has changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tcolang.base.problem import Problem
from tcolang.cli.codes import page, problems
from tcolang.cli.written import write_text

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
BANDS = {
    "0": ("syntax", "Syntax: how a spec is written"),
    "1": ("names", "Names: what a spec speaks of"),
    "2": ("units", "Units and types: what can be computed"),
    "3": ("provenance", "Provenance: where figures come from"),
    "4": ("cost-model", "Cost model: what a comparison leaves out or counts twice"),
    "5": ("decision", "Decision: rules, tests and what the answer rests on"),
    "6": ("style", "Style: what is left over or says nothing"),
}


def reference() -> dict[str, str]:
    """The text of each page, by the name of its file."""
    by_band: dict[str, list[Problem]] = {band: [] for band in BANDS}
    for code, problem in problems().items():
        by_band[code[3]].append(problem)
    pages = {f"{BANDS[band][0]}.md": _page(band, found) for band, found in by_band.items()}
    return {"README.md": _index(by_band), **pages}


def _index(by_band: dict[str, list[Problem]]) -> str:
    parts = ["# Findings", "What `tco` can find in a spec, by code. `tco rule CODE` prints the same pages."]
    for band, found in by_band.items():
        file, title = BANDS[band]
        rows = [f"| [{p.code}]({file}.md#{_anchor(p)}) | {p.severity.word} | {p.name} |" for p in found]
        parts += [f"## {title}", "\n".join(["| code | severity | name |", "|---|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def _page(band: str, found: list[Problem]) -> str:
    sections = [page(problem).replace("# ", "## ", 1).strip() for problem in found]
    return "\n\n".join([f"# {BANDS[band][1]}", *sections]) + "\n"


def _anchor(problem: Problem) -> str:
    """As hosts make it of a headline."""
    return f"{problem.code} {problem.name}".lower().replace(" ", "-")


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in reference().items():
        write_text(str(FOLDER / name), text)
    print(f"{FOLDER}: written", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
