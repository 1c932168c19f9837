"""How much a plan costs, known before anything is allocated."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.base.record import record
from tcolang.engine.lower import Part, is_large, lowered
from tcolang.engine.plan import Plan
from tcolang.engine.run import PIECE
from tcolang.engine.steps import Call, Drawn, Given, Known, Step, Volume

_NUMBER = 8
_PASSES = {"erlang_c": 1000, "peak_flow": 20}
"""Functions that go over their arguments many times."""


@record
class Size:
    """`work` is in numbers that are calculated, `memory` in bytes that are alive at the same time."""

    work: int
    memory: int


def size_of(plan: Plan, samples: int, groups: int = 1) -> Size:
    """`samples` are the futures of a group."""
    one = samples if plan.uncertain else 1
    columns = groups * one
    each = {"certain": 1, "futures": one, "groups": groups, "both": columns}
    sizes = [(plan.months if step.monthly else 1) * each[step.across] for step in plan.steps]
    work = sum(numbers * _passes(step) for numbers, step in zip(sizes, plan.steps, strict=True))
    parts = lowered(plan, is_large(plan, columns))
    stored = {number for part in parts for number in part.stored}
    memory = sum(sizes[n] for n, step in enumerate(plan.steps) if n in stored or _is_whole(step))
    memory += columns * len(plan.averaged)
    if groups > 1:
        # What is the same for all groups, or for all futures of one, is told for each.
        memory += groups * sum(sizes[n] for n in plan.keep if plan.steps[n].across == "futures")
        memory += one * sum(sizes[n] for n in plan.keep if plan.steps[n].across == "groups")
    width = min(columns, max(1, PIECE // plan.months))
    return Size(
        work, _NUMBER * (memory + _uniforms(plan, one) + _in_a_piece(plan, parts, width) + _in_statistics(plan, sizes))
    )


def _passes(step: Step) -> int:
    return _PASSES.get(step.operation.function.name, 1) if isinstance(step.operation, Call) else 1


def _is_whole(step: Step) -> bool:
    return step.whole or isinstance(step.operation, Drawn | Volume | Given | Known)


def _uniforms(plan: Plan, columns: int) -> int:
    """What the draws are made from."""
    return columns * sum(isinstance(step.operation, Drawn) for step in plan.steps)


def _in_a_piece(plan: Plan, parts: Sequence[Part], width: int) -> int:
    """The buffers of the largest part."""
    return width * max((sum(plan.months if monthly else 1 for monthly, _ in part.buffers) for part in parts), default=0)


def _in_statistics(plan: Plan, sizes: Sequence[int]) -> int:
    """What the largest statistic needs for itself: two copies of what it reads."""
    largest = 0
    for step in plan.steps:
        if isinstance(step.operation, Call) and step.operation.function.statistic:
            largest = max(largest, *(sizes[a] for a in step.arguments), 0)
    return 2 * largest
