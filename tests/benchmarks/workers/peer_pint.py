"""The model of many formulas with pint around numpy: `peer_pint FORMULAS MONTHS FILE`.

In pieces of months × 512 futures, as the engine does it: whole arrays would wait for memory.
"""

from __future__ import annotations

import importlib
import sys

import numpy as np

from tests.benchmarks.model import GROWTH, INPUTS, python_source
from tests.benchmarks.timing import serve
from tests.benchmarks.workers.generated import module_of

PIECE = 512


def main(formulas: int, months: int, file: str) -> None:
    units = importlib.import_module("pint").UnitRegistry()
    month = module_of(python_source(formulas, ", ".join(["g", *(f"x{i}" for i in range(INPUTS))]))).month
    x = np.load(file)
    growth = units.Quantity((1.0 + GROWTH) ** np.arange(months)[:, None], "dimensionless")

    def task() -> float:
        samples = x.shape[1]
        out = np.empty(samples)
        for first in range(0, samples, PIECE):
            last = min(first + PIECE, samples)
            inputs = [units.Quantity(row[None, first:last], "dimensionless") for row in x]
            out[first:last] = month(growth, *inputs).sum(axis=0).magnitude
        return float(out.mean())

    serve({}, task)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
