"""The model of many formulas in chunked numpy as written by hand: `hand_numpy FORMULAS MONTHS FILE`."""

from __future__ import annotations

import sys

import numpy as np

from tests.benchmarks.model import BUFFERS, GROWTH, numpy_source
from tests.benchmarks.timing import serve
from tests.benchmarks.workers.generated import module_of

PIECE = 512


def main(formulas: int, months: int, file: str) -> None:
    piece = module_of(numpy_source(formulas)).piece
    x = np.load(file)
    growth = (1.0 + GROWTH) ** np.arange(months)[:, None]

    def task() -> float:
        samples = x.shape[1]
        out = np.empty(samples)
        buffers = [np.empty((months, PIECE)) for _ in range(BUFFERS)]
        for first in range(0, samples, PIECE):
            last = min(first + PIECE, samples)
            fitting = buffers if last - first == PIECE else [np.empty((months, last - first)) for _ in buffers]
            out[first:last] = piece(growth, [row[None, first:last] for row in x], fitting)
        return float(out.mean())

    serve({}, task)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
