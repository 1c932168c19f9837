"""Where two options cost the same, in words: every crossing in order, and what it would take to get there."""

from __future__ import annotations

from tcolang.base.display import one_line
from tcolang.base.record import record
from tcolang.decide.showing import shown_value
from tcolang.engine.breakeven import BreakEven, Crossing
from tcolang.model.costmodel import CostModel
from tcolang.units.quantity import readable


@record
class Crossings:
    """`stated` is the value of the input `over` as the spec has it, in canonical units (1 where it is all volumes);
    `used` tells for each crossing how much of the usable capacity is busy at the peak there, for each option that has
    pools; `end` is why the span is shorter than asked for."""

    model: CostModel
    found: BreakEven
    over: str
    stated: float
    used: tuple[dict[str, float], ...]
    end: str = ""


def crossings(asked: Crossings) -> str:
    """Ends with a newline."""
    found = asked.found
    what = one_line(asked.over) if asked.over else "the volume of all workloads"
    low, high = (_at(asked, factor) for factor in found.span)
    lines = [f"{found.first} and {found.second}, over {what} from {low} to {high}{_of(found)}:"]
    if asked.end:
        lines.append(f"  {one_line(asked.end)}")
    for crossing, used in zip(found.crossings, asked.used, strict=True):
        lines.append(f"  {_crossing(asked, crossing)}{_beyond(used)}")
    if not found.crossings:
        cheaper = found.first if sum(found.first_costs) <= sum(found.second_costs) else found.second
        lines.append(f"  not reached: {cheaper} is the cheaper one in all of it")
    if not found.proven:
        lines.append("  not proven: costs change so often that there may be further crossings close together")
    return "\n".join(lines) + "\n"


def _of(found: BreakEven) -> str:
    return f", means over {found.futures:,} futures" if found.futures > 1 else ""


def _crossing(asked: Crossings, crossing: Crossing) -> str:
    how = "where their costs are equal" if crossing.kind == "equal" else "where a step in cost passes the other"
    order = f"{crossing.cheaper_below} is cheaper below, {crossing.cheaper_above} above"
    return f"{_at(asked, crossing.factor)}: {order}, {how}"


def _beyond(used: dict[str, float]) -> str:
    over = [f"{name} ({value:.0%})" for name, value in used.items() if value > 1 + 1e-9]
    return f"; beyond the capacity of what was bought: {', '.join(over)}" if over else ""


def _at(asked: Crossings, factor: float) -> str:
    times = f"{readable(factor, 6)} times what is stated"
    if not asked.over:
        return times
    node = asked.model.node(asked.over)
    currency = asked.model.decision.currency if asked.model.decision else "money"
    unit = node.unit.in_currency(currency) if node.unit is not None else None
    return f"{shown_value(factor * asked.stated, node.type, unit, currency)} ({times})"
