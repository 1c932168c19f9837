"""The model of many formulas with `formulas`, Excel in Python: `peer_formulas FORMULAS MONTHS FILE`.

Each formula is compiled once, as a cell's; a cell's value is an array of months × futures, a piece of 512 at a time.
"""

from __future__ import annotations

import importlib
import re
import sys
from typing import Any

import numpy as np

from tests.benchmarks.model import BACK, GROWTH, expressions, read_by
from tests.benchmarks.timing import serve

PIECE = 512


def main(formulas: int, months: int, file: str) -> None:
    cells = [_cell(text) for text in expressions(formulas)]
    x = np.load(file)
    growth = (1.0 + GROWTH) ** np.arange(months)[:, None]

    def piece(inputs: list[Any]) -> Any:
        values: dict[str, Any] = {"g": growth, **{f"x{i}": row for i, row in enumerate(inputs)}}
        for number, (compiled, names) in enumerate(cells):
            values[f"f{number}"] = np.asarray(compiled(*(values[name] for name in names)), dtype=np.float64)
            values.pop(f"f{number - BACK}", None)
        return values[f"f{formulas - 1}"].sum(axis=0)

    def task() -> float:
        samples = x.shape[1]
        out = np.empty(samples)
        for first in range(0, samples, PIECE):
            last = min(first + PIECE, samples)
            wide = [np.broadcast_to(row[None, first:last], (months, last - first)) for row in x]
            out[first:last] = piece(wide)
        return float(out.mean())

    serve({}, task)


def _cell(text: str) -> tuple[Any, list[str]]:
    """The function of a formula and the names of what it takes, in its order. f12 is a cell of the sheet: F12."""
    excel = importlib.import_module("formulas")
    written = re.sub(r"\bg\b", "G1", re.sub(r"\b([fx])(\d+)\b", lambda m: f"{m[1].upper()}{int(m[2]) + 1}", text))
    compiled = excel.Parser().ast(f"={written}")[1].compile()
    by_cell = {re.sub(r"\d+", lambda m: str(int(m[0]) + 1), name).upper() if name != "g" else "G1": name
               for name in read_by(text)}  # fmt: skip
    return compiled, [by_cell[cell] for cell in compiled.inputs]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
