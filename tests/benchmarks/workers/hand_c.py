"""The model of many formulas in C, compiled here with the system's compiler: `hand_c FORMULAS MONTHS FILE`."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from tests.benchmarks.model import GROWTH, c_source
from tests.benchmarks.timing import serve

FLAGS = ("-O3", "-march=native", "-std=c11", "-shared", "-fPIC")


def main(formulas: int, months: int, file: str) -> None:
    compiler = os.environ.get("CC") or shutil.which("cc")
    if compiler is None:
        sys.exit("there is no C compiler")
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "model.c"), Path(folder, "model.so")
        source.write_text(c_source(formulas), encoding="ascii")
        subprocess.run([compiler, *FLAGS, "-o", library, source], check=True)
        evaluate = ctypes.CDLL(str(library)).evaluate
    pointer = ctypes.POINTER(ctypes.c_double)
    evaluate.argtypes = [ctypes.c_long, ctypes.c_long, pointer, pointer, pointer]
    evaluate.restype = None
    x = np.ascontiguousarray(np.load(file))
    growth = (1.0 + GROWTH) ** np.arange(months)
    out = np.empty(x.shape[1])

    def task() -> float:
        evaluate(x.shape[1], months, *(array.ctypes.data_as(pointer) for array in (growth, x, out)))
        return float(out.mean())

    serve({}, task)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
