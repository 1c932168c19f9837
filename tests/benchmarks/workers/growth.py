"""The work of one size along one axis, once: `growth nodes|samples|months|options SIZE`.

Nodes and options take the whole way from the text to the result, samples and months the evaluation alone. Told is how
much memory was in use before.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable

from tcolang.engine.evaluate import evaluate
from tcolang.engine.settings import Settings
from tcolang.pipeline import decide_under
from tests.benchmarks.model import head, spec
from tests.benchmarks.timing import serve
from tests.benchmarks.workers.checked import WIDE, checked, model_of
from tests.benchmarks.workers.engine import without_kernel

FORMULAS, MONTHS = 200, 60


def main(axis: str, size: int) -> None:
    # It would take over where there is much to do, and the line would bend.
    without_kernel()
    task = {"nodes": _nodes, "samples": _samples, "months": _months, "options": _options}[axis](size)
    # What is loaded once is loaded now.
    _nodes(20)()
    _options(2)()
    serve({"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}, task)


def _nodes(size: int) -> Callable[[], float]:
    text = spec(size, 12)
    return lambda: _answer(text, 100)


def _answer(text: str, samples: int) -> float:
    model = model_of(text)
    found = evaluate(model, Settings(samples=samples, limits=WIDE), ["answer"]).value
    assert found is not None
    return float(found.values["answer"].mean())


def _samples(size: int) -> Callable[[], float]:
    model = model_of(spec(FORMULAS, MONTHS))

    def task() -> float:
        found = evaluate(model, Settings(samples=size, limits=WIDE), ["answer"]).value
        assert found is not None
        return float(found.values["answer"].mean())

    return task


def _months(size: int) -> Callable[[], float]:
    model = model_of(spec(FORMULAS, size))

    def task() -> float:
        found = evaluate(model, Settings(samples=2_000, limits=WIDE), ["answer"]).value
        assert found is not None
        return float(found.values["answer"].mean())

    return task


def _options(size: int) -> Callable[[], float]:
    text = options_spec(size)

    def task() -> float:
        program, _ = checked(text)
        found = decide_under(program, Settings(samples=200, limits=WIDE))
        assert found.value is not None, found.diagnostics[:3]
        return found.value.decision.options[0].cost.mean

    return task


def options_spec(size: int) -> str:
    """As many vendors, each an option."""
    workload = (
        "workload chat {\n  requests = 800k to 1200k requests/month\n  input_tokens = 1_000 tokens/request\n"
        "  output_tokens = 200 tokens/request\n  data_class = internal\n}\n\n"
    )
    vendors = "".join(
        f'hosted_model m{i} {{\n  vendor = "v{i}"\n  input_price = {1 + i % 90 / 100:.2f} USD per 1M tokens\n'
        f"  output_price = {4 + i % 70 / 100:.2f} USD per 1M tokens\n}}\n\n"
        f"option o{i} {{\n  serve chat {{\n    m{i} = 100%\n  }}\n}}\n\n"
        for i in range(size)
    )
    return head(12) + workload + vendors


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
