"""The model of many formulas with squigglepy: `peer_squigglepy FORMULAS MONTHS FILE`.

Its distributions are drawn anew wherever they are read, so a value that is read twice has to be an array: squigglepy
draws, and the formulas are arithmetic on its arrays, month by month. FILE tells how many futures; the draws are its own.
"""

from __future__ import annotations

import importlib
import sys

import numpy as np

from tests.benchmarks.model import GROWTH, HIGH, INPUTS, LOW, python_source
from tests.benchmarks.timing import serve
from tests.benchmarks.workers.generated import module_of


def main(formulas: int, months: int, file: str) -> None:
    squigglepy = importlib.import_module("squigglepy")
    month = module_of(python_source(formulas, ", ".join(["g", *(f"x{i}" for i in range(INPUTS))]))).month
    samples = np.load(file).shape[1]
    squigglepy.set_seed(1)

    def task() -> float:
        inputs = [squigglepy.sample(squigglepy.uniform(LOW, HIGH), n=samples) for _ in range(INPUTS)]
        return float(sum(month((1.0 + GROWTH) ** at, *inputs) for at in range(months)).mean())

    serve({}, task)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
