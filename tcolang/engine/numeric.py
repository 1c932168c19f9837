"""Instructions carried out by numpy, each in a buffer that is there before."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from tcolang.engine.evaluation import Values
from tcolang.engine.internal.discounted import factors
from tcolang.engine.lower import calculation
from tcolang.engine.plan import Plan
from tcolang.engine.steps import Call
from tcolang.engine.tape import Instruction
from tcolang.engine.trace import FLAGS, NUMBERS

Action: TypeAlias = Callable[[], object]


def action(made: Instruction, read: Sequence[Any], out: Any, plan: Plan, groups: int) -> Action:
    """What writes the value into `out`, of shape (1 or months, columns).

    `read` are the arrays of the arguments; those that are not wide hold their values.
    """
    if made.name in NUMBERS or made.name in FLAGS:
        return partial(getattr(np, made.name), *read, out=out)
    match made.name, made.detail:
        case "nan_where_impossible" | "nan_where_unknown", _:
            return _guard(_impossible if made.name == "nan_where_impossible" else _unknown, read[0], read[1], out)
        case "where", _:
            return partial(_choose, read[0], read[1], read[2], out)
        case "as_number" | "rows", _:
            return partial(np.copyto, out, read[0])
        case "row", int(month):
            return partial(np.copyto, out, read[0][month : month + 1])
        case "cumsum", _:
            return partial(np.cumsum, read[0], 0, None, out)
        case "highest", _:
            return partial(np.maximum.accumulate, read[0], 0, None, out)
        case "total", int(months):
            return partial(total, read[0][:months], out)
        case "history", tuple(since):
            return partial(follow, (*since, plan.months), read, out)
        case "number", str(digits):
            return partial(out.fill, float.fromhex(digits))
        case "month", _:
            return partial(np.copyto, out, np.arange(plan.months, dtype=np.float64)[:, None])
        case (("discount" | "discount_at_end"), float(period)):
            return partial(_discount, period, plan.months, made.monthly, read[0], out)
        case "apply", int(step):
            return _applied(step, read, out, plan, groups)
    raise ValueError(f"there is no instruction {made.name}")


def total(flow: Values, out: Values) -> None:
    """The sum over the rows, month after month: numpy adds in another order where there is a single column."""
    if flow.shape[1] > 1:
        np.add.reduce(flow, axis=0, out=out, keepdims=True)
        return
    np.copyto(out, flow[:1])
    for month in range(1, flow.shape[0]):
        np.add(out, flow[month : month + 1], out=out)


def whole_function(call: Call, plan: Plan, groups: int) -> Callable[..., Values]:
    """The function of a step as numpy calculates it, of the arrays of its arguments, in the step's order."""
    month = np.arange(plan.months, dtype=np.float64)[:, None]
    calc = calculation(np, month, plan, call, groups)

    def function(*read: Values) -> Values:
        made: Values = call.function.apply(calc, *(None if place is None else read[place] for place in call.places))
        return made

    return function


def _applied(step: int, read: Sequence[Values], out: Values, plan: Plan, groups: int) -> Action:
    call = plan.steps[step].operation
    assert isinstance(call, Call)
    function = whole_function(call, plan, groups)
    return lambda: np.copyto(out, function(*read))


def _choose(condition: Any, then: Values, otherwise: Values, out: Values) -> None:
    # With a buffer of its own: to copy where a condition holds takes several times as long.
    np.copyto(out, np.where(condition, then, otherwise))


def follow(since: Sequence[int], parts: Sequence[Values], out: Values) -> None:
    for first, last, part in zip(since, since[1:], parts, strict=False):
        out[first:last] = part[first:last] if part.shape[0] > 1 else part


def _discount(period: float, months: int, monthly: bool, rate: Values, out: Values) -> None:
    made = factors(np, rate, months, period)
    np.copyto(out, made[:-1] if monthly else made[-1:])


def _guard(wrong: Callable[[Values], Any], value: Values, judged: Values, out: Values) -> Action:
    """What is judged is often smaller than the value, and nearly always right: it is looked at first."""

    def guard() -> None:
        if out is not value:
            np.copyto(out, value)
        bad = wrong(judged)
        if bad is not None:
            np.copyto(out, np.nan, where=bad)

    return guard


def _impossible(divisor: Values) -> Any:
    """Where it is zero or not finite; None: nowhere. A sum that is finite tells that all are."""
    if divisor.all() and math.isfinite(divisor.sum()):
        return None
    return (divisor == 0.0) | ~np.isfinite(divisor)


def _unknown(value: Values) -> Any:
    return None if math.isfinite(value.sum()) else ~np.isfinite(value)
