"""How much a plan costs, known before anything is allocated."""

from __future__ import annotations

from tcolang.base.record import record
from tcolang.engine.lower import is_large, lowered
from tcolang.engine.plan import Plan
from tcolang.engine.run import PIECE
from tcolang.engine.steps import Call, Drawn, Given, Step, Volume

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
    columns = groups * (samples if plan.uncertain else 1)
    work = sum(_numbers(plan, step, columns) * _passes(step) for step in plan.steps)
    stored = {number for part in lowered(plan, is_large(plan, columns)) for number in part.stored}
    memory = sum(_numbers(plan, step, columns) for n, step in enumerate(plan.steps) if n in stored or _is_whole(step))
    memory += columns * len(plan.averaged)
    return Size(
        work, _NUMBER * (memory + _uniforms(plan, columns) + _in_a_piece(plan, columns) + _in_statistics(plan, columns))
    )


def _numbers(plan: Plan, step: Step, columns: int) -> int:
    return (plan.months if step.monthly else 1) * (columns if step.wide else 1)


def _passes(step: Step) -> int:
    return _PASSES.get(step.operation.function.name, 1) if isinstance(step.operation, Call) else 1


def _is_whole(step: Step) -> bool:
    return step.whole or isinstance(step.operation, Drawn | Volume | Given)


def _uniforms(plan: Plan, columns: int) -> int:
    """What the draws are made from."""
    return columns * sum(isinstance(step.operation, Drawn) for step in plan.steps)


def _in_a_piece(plan: Plan, columns: int) -> int:
    """The buffers of the largest part."""
    width = min(columns, max(1, PIECE // plan.months))
    rows = (
        sum(plan.months if monthly else 1 for monthly, _ in part.buffers)
        for part in lowered(plan, is_large(plan, columns))
    )
    return width * max(rows, default=0)


def _in_statistics(plan: Plan, columns: int) -> int:
    """What the largest statistic needs for itself: two copies of what it reads."""
    largest = 0
    for step in plan.steps:
        if isinstance(step.operation, Call) and step.operation.function.statistic:
            largest = max(largest, *(_numbers(plan, plan.steps[a], columns) for a in step.arguments), 0)
    return 2 * largest
