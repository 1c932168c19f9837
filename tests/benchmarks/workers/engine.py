"""The project's own engine on the model of many formulas: `engine numpy|fast FORMULAS MONTHS SAMPLES FILE`.

Writes the draws to FILE, for those it is compared with. `numpy` is the engine as it is without the compiled kernel;
`fast` compiles one in any case, and tells how many seconds of each evaluation that was.
"""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path
from typing import Any

FEW = 1_000
"""So many draws of each input are told as well."""


def main(engine: str, formulas: int, months: int, samples: int, file: Path) -> None:
    if engine == "numpy":
        without_kernel()
    import numpy as np

    from tcolang.base.limits import Limits
    from tcolang.engine.inputs import draw_inputs
    from tcolang.engine.plan import make_plan
    from tcolang.engine.run import run
    from tcolang.engine.settings import Settings
    from tests.benchmarks.model import INPUTS, spec
    from tests.benchmarks.timing import serve
    from tests.benchmarks.workers.checked import model_of

    model = model_of(spec(formulas, months))
    settings = Settings(samples=samples, limits=Limits(samples=samples, work=10**12))
    plan = make_plan(model, ["answer"])
    drawn = draw_inputs(plan, model.correlations, samples, settings.seed)
    draws = np.concatenate([drawn[plan.places[f"x{i}"]] for i in range(INPUTS)])
    np.save(file, draws)
    compiling = _timed() if engine == "fast" else []
    how: dict[str, Any] = {"compile": True} if engine == "fast" else {}

    def task() -> Any:
        compiling.clear()
        answer = float(run(plan, drawn, (1.0,), **how).values[plan.places["answer"]].mean())
        return [answer, sum(compiling)] if engine == "fast" else answer

    task()
    serve({"draws": draws.tolist() if samples <= FEW else []}, task)


def without_kernel() -> None:
    """As if the library were not installed: what is None here cannot be imported."""
    sys.modules["llvmlite"] = None  # type: ignore[assignment]


def _timed() -> list[float]:
    """Has the seconds that it takes to make a kernel put into the list, each time."""
    taken: list[float] = []
    bench = importlib.import_module("tcolang.engine.fast").FastBench
    make = bench.make_actions

    def timed(self: Any) -> Any:
        before = time.process_time()
        made = make(self)
        taken.append(time.process_time() - before)
        return made

    bench.make_actions = timed
    return taken


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
