"""Lines of the table: what was measured, the goal, and whether it is reached; and the file that holds them all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.timing import Taken


@dataclass(frozen=True, slots=True)
class Row:
    """`value` is the median of what was measured in each round, in `unit`; None where nothing was, and `note` says why.
    `goal` is the most it should be, or the least where `more` is better."""

    key: str
    group: str
    what: str
    value: float | None
    unit: str
    least: float | None = None
    most: float | None = None
    rounds: int = 0
    goal: float | None = None
    more: bool = False
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """None where there is no goal."""
        if self.goal is None:
            return None
        if self.value is None:
            return False
        return self.value >= self.goal if self.more else self.value <= self.goal


@dataclass(frozen=True, slots=True)
class Line:
    """How time and memory grow along an axis: for each size seconds, and bytes beyond those in use before."""

    axis: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    memory: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """All that one run found. `where` tells of the machine, `missing` what was not compared and why."""

    date: str
    quick: bool
    seconds: float
    where: dict[str, str]
    versions: dict[str, str]
    missing: dict[str, str]
    rows: tuple[Row, ...]
    growth: tuple[Line, ...] = field(default=())


def measured(
    key: str, group: str, what: str, values: Sequence[float], unit: str, goal: float | None = None, *, more: bool = False,
    note: str = "",
) -> Row:  # fmt: skip
    return Row(
        key, group, what, median(values), unit, min(values), max(values), len(values), goal, more=more, note=note
    )


def ratios(ones: Sequence[Taken], others: Sequence[Taken], clock: bool = False) -> list[float]:
    """Of what was taken in the same round; of the time on the clock where several cores share the work."""
    pairs = list(zip(ones, others, strict=True))
    return [one.clock / other.clock if clock else one.processor / other.processor for one, other in pairs]


def absent(key: str, group: str, what: str, why: str, goal: float | None = None, *, more: bool = False) -> Row:
    return Row(key, group, what, None, "", goal=goal, more=more, note=why)


def write(results: Results, file: Path) -> None:
    file.write_text(json.dumps(asdict(results), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(file: Path) -> Results:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    rows = tuple(Row(**each) for each in found.pop("rows"))
    growth = tuple(
        Line(line["axis"], tuple(line["sizes"]), tuple(line["seconds"]), tuple(line["memory"]))
        for line in found.pop("growth")
    )
    return Results(rows=rows, growth=growth, **found)
