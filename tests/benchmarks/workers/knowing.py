"""First-order indices and the worth of knowing each input: `knowing INPUTS SAMPLES`.

The difference between two options is a sum of independent standard normal inputs, so the part of the variance that each
explains is known: it is checked. The least that there is to do, sorting each input, is timed beside it.
"""

from __future__ import annotations

import sys

import numpy as np

from tcolang.engine.knowing import worth_of_knowing, worth_of_knowing_all
from tests.benchmarks.timing import serve


def main(inputs: int, samples: int) -> None:
    draw = np.random.default_rng(1)
    drawn = {f"x{i}": draw.standard_normal(samples) for i in range(inputs)}
    weights = [1.0 + i % 5 for i in range(inputs)]
    gap = sum((weight * row for weight, row in zip(weights, drawn.values(), strict=True)), np.zeros(samples))
    both = 1000.0 + drawn["x0"] ** 2
    costs = [both + gap / 2, both - gap / 2]
    expected = [weight**2 / sum(w**2 for w in weights) for weight in weights]

    def task() -> float:
        """The largest distance of a share from what it is."""
        told = worth_of_knowing(drawn, costs, [0.0, 0.0], (0, 1))
        worth_of_knowing_all(costs, [0.0, 0.0])
        return max(abs(each.share - share) for each, share in zip(told, expected, strict=True))

    def least() -> float:
        for row in drawn.values():
            np.argsort(row, kind="stable")
        return 0.0

    serve({}, task if len(sys.argv) < 4 else least)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
