"""The steps of a stratum as instructions, with the buffers that they are carried out in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from tcolang.base.record import record
from tcolang.engine.plan import Plan
from tcolang.engine.steps import Across, Call, Drawn, Given, History, Known, Operation, Step, Volume
from tcolang.engine.tape import Instruction, Tape
from tcolang.engine.trace import NUMBERS, Traced, Tracer, Untraceable
from tcolang.semantics.builtin import Calculation
from tcolang.semantics.builtins import compounding

_IN_PLACE = NUMBERS | {"nan_where_impossible", "nan_where_unknown"}
"""Their result may take the buffer of an argument that nothing reads later."""

LARGE = 1_000_000
"""Numbers in a matrix of all months and futures, from which on it is calculated again rather than kept: 8 MB."""

Kind: TypeAlias = tuple[bool, bool]
"""Of a buffer: it has a row per month; it holds flags."""


@record
class Part:
    """A pass over the futures of a single group, over the groups, or over the futures of all groups. Before it come the
    steps `whole`, each taken over all futures at once, in order. `instructions` are those of the pass; `places` tells
    which one gives the value of a step that is asked for.

    An instruction `value` brings the step `detail` from outside. `slots` has the buffer of each instruction that is
    wide, in `buffers`; the others (−1) are carried out once. `stored` are steps of which all futures are kept,
    `averaged` those of which means are, `finished` those whose values nothing needs any more.
    """

    across: Across
    whole: tuple[int, ...]
    instructions: tuple[Instruction, ...]
    places: Mapping[int, int]
    slots: tuple[int, ...]
    buffers: tuple[Kind, ...]
    stored: tuple[int, ...]
    averaged: tuple[int, ...]
    finished: tuple[int, ...]


def is_large(plan: Plan, columns: int) -> bool:
    """Whether values are calculated again rather than kept; not where there are groups, most of which share values."""
    return plan.months * columns >= LARGE and not any(step.scaled for step in plan.steps)


def lowered(plan: Plan, again: bool = False, thorough: bool = False) -> tuple[Part, ...]:
    """The parts of a plan, made once: one for each stratum, or three where there are groups of futures, since what does
    not differ from group to group is calculated for one, and what differs only from group to group once for each. With
    `thorough` the value of every node is asked for.

    What a later stratum needs is kept for all futures; or (`again`) it is calculated again there, and a pass calculates
    only what the statistics of the next stratum read, and the last one all else. With many futures to write and to read
    a value takes more time than to calculate it.
    """
    if thorough:
        return tuple(_parts(plan, frozenset(plan.places.values()), again))
    if again not in plan.parts:
        plan.parts[again] = tuple(_parts(plan, plan.watched | plan.shares, again))
    return plan.parts[again]


_TURNS: tuple[Across, ...] = ("futures", "groups", "both")

Turn: TypeAlias = tuple[int, int]
"""When a step can be calculated: its stratum, and the place in `_TURNS` of what it has columns for."""


@record
class _Pass:
    """`asked` are the steps of which something is done with the value, among them those that are `stored`."""

    turn: Turn
    asked: frozenset[int]
    stored: frozenset[int]
    lowering: _Lowering


def _parts(plan: Plan, checked: frozenset[int], again: bool) -> list[Part]:
    there = {number for number, step in enumerate(plan.steps) if step.whole or _is_input(step.operation)}
    open_ = set(checked | plan.keep) - there
    groups = len(_TURNS) if any(step.scaled for step in plan.steps) else 1
    turns = [(stratum, place) for stratum in range(plan.strata) for place in range(groups)]
    passes: list[_Pass] = []
    for turn in turns:
        read = (_read_by_statistics(plan, turn[0] + 1) if again else _read_later(plan, turn)) - there
        due = {n for n in open_ if turn == (turns[-1] if again else _turn(plan, n))}
        lowering = _lowering(plan, read | due, there)
        asked = read | (open_ & lowering.places.keys())
        stored = frozenset(n for n in asked if n in read or (n in plan.keep and n not in plan.averaged))
        passes.append(_Pass(turn, frozenset(asked), stored, lowering))
        open_ -= asked
        there |= stored
    return [_part(plan, passes, place) for place in range(len(passes))]


def _turn(plan: Plan, number: int) -> Turn:
    step = plan.steps[number]
    return step.stratum, _TURNS.index(step.across) if step.wide else 0


def _read_by_statistics(plan: Plan, stratum: int) -> set[int]:
    return {a for step in plan.steps if step.whole and step.stratum == stratum for a in step.arguments}


def _read_later(plan: Plan, turn: Turn) -> set[int]:
    """Of the steps of this turn."""
    later = {a for number, step in enumerate(plan.steps) if _turn(plan, number) > turn for a in step.arguments}
    return {number for number in later if _turn(plan, number) == turn}


def _lowering(plan: Plan, roots: set[int], there: set[int]) -> _Lowering:
    needed: set[int] = set()
    waiting = list(roots)
    while waiting:
        number = waiting.pop()
        if number not in needed and number not in there:
            needed.add(number)
            waiting.extend(plan.steps[number].arguments)
    made = _Lowering(plan)
    for number in sorted(needed):
        made.add(number)
    return made


def _part(plan: Plan, passes: Sequence[_Pass], place: int) -> Part:
    made = passes[place]
    stratum, columns = made.turn
    instructions = tuple(made.lowering.tape.instructions)
    slots, buffers = _slots(instructions)
    return Part(
        _TURNS[columns],
        tuple(n for n, step in enumerate(plan.steps) if step.whole and step.stratum == stratum and columns == 0),
        instructions,
        {number: made.lowering.places[number] for number in sorted(made.asked)},
        slots,
        buffers,
        tuple(sorted(made.stored)),
        tuple(sorted(made.asked & plan.averaged)),
        tuple(sorted(_finished(plan, passes, place))),
    )


def _finished(plan: Plan, passes: Sequence[_Pass], place: int) -> set[int]:
    """What is there after the pass, and is not read in a later one."""
    turn = passes[place].turn
    later = {number for made in passes[place + 1 :] for number in made.lowering.brought}
    later |= {a for step in plan.steps if step.whole and step.stratum > turn[0] for a in step.arguments}
    kept = plan.keep - plan.averaged
    return {n for n in range(len(plan.steps)) if _turn(plan, n) <= turn and n not in later and n not in kept}


def calculation(xp: object, month: object, plan: Plan, call: Call, groups: int) -> Calculation:
    """What a function gets beside its arguments."""
    return Calculation(xp, month, plan.months, plan.start, call.view, groups, dict(call.settings))


def _is_input(operation: Operation) -> bool:
    return isinstance(operation, Drawn | Volume | Given | Known)


class _Lowering:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tape = Tape()
        self.tracer = Tracer(self.tape, plan.months)
        self.places: dict[int, int] = {}
        self.brought: set[int] = set()

    def add(self, number: int) -> None:
        step = self.plan.steps[number]
        read = tuple(self.value(argument) for argument in step.arguments)
        if isinstance(step.operation, History):
            months = step.operation.months
            wide = any(self.tape.instructions[place].wide for place in read)
            self.places[number] = self.tape.put("history", read, months, monthly=True, wide=wide)
            return
        assert isinstance(step.operation, Call)
        before = len(self.tape.instructions)
        try:
            self.places[number] = self._traced(step, step.operation, read)
        except Untraceable:
            self.tape.forget(before)
            self.places[number] = self.tape.put("apply", read, number, monthly=step.monthly, wide=step.wide)

    def value(self, number: int) -> int:
        """The instruction for a step, from here or from outside."""
        if number not in self.places:
            step = self.plan.steps[number]
            self.brought.add(number)
            self.places[number] = self.tape.put("value", (), number, monthly=step.monthly, wide=step.wide)
        return self.places[number]

    def _traced(self, step: Step, call: Call, read: Sequence[int]) -> int:
        given = [None if place is None else Traced(self.tracer, read[place]) for place in call.places]
        own = _OWN_WAY.get(call.function.name)
        if own is not None:
            return own(self, call, *given).place
        month = Traced(self.tracer, self.tape.put("month", (), monthly=True))
        made = call.function.apply(calculation(self.tracer, month, self.plan, call, 1), *given)
        place = self.tracer.place(made)
        if self.tape.instructions[place].monthly and not step.monthly:
            raise Untraceable
        return place


def _total(lowering: _Lowering, call: Call, flow: Traced, months: int | None = None) -> Traced:
    """The sum over the first `months`, or all."""
    tape, count = lowering.tape, months or lowering.plan.months
    made = tape.instructions[flow.place]
    if not made.monthly:
        return flow * float(count)
    return Traced(lowering.tracer, tape.put("total", (flow.place,), count, wide=made.wide))


def _average(lowering: _Lowering, call: Call, flow: Traced, months: int | None = None) -> Traced:
    monthly = lowering.tape.instructions[flow.place].monthly
    return _total(lowering, call, flow, months) / float(months or lowering.plan.months) if monthly else flow


def _first_year(lowering: _Lowering, call: Call, flow: Traced) -> Traced:
    return _average(lowering, call, flow, min(12, lowering.plan.months))


def _discounted(
    lowering: _Lowering,
    call: Call,
    cash: Traced,
    rate: Traced,
    at_horizon: Traced | None = None,
    at_end: Traced | None = None,
) -> Traced:
    """The factors by themselves: they are often the same for every cost, and certain."""
    tracer, tape = lowering.tracer, lowering.tape
    wide = tape.instructions[rate.place].wide
    period = compounding.number(calculation(None, None, lowering.plan, call, 1), "period", 1.0)
    monthly = Traced(tracer, tape.put("discount", (rate.place,), period, monthly=True, wide=wide))
    due = cash if at_end is None else cash - at_end + at_end / tracer.power(1.0 + rate, 1.0 / period)
    worth = _total(lowering, call, due / monthly)
    if at_horizon is None:
        return worth
    last = Traced(tracer, tape.put("discount_at_end", (rate.place,), period, wide=wide))
    return worth + tracer.row(at_horizon, lowering.plan.months - 1) / last


_OWN_WAY: Mapping[str, Callable[..., Traced]] = {
    "total": _total,
    "average": _average,
    "first_year": _first_year,
    "discounted": _discounted,
}
"""Functions that go through the months one by one, which an array module does at once."""


def _slots(instructions: Sequence[Instruction]) -> tuple[tuple[int, ...], tuple[Kind, ...]]:
    last = list(range(len(instructions)))
    for number, made in enumerate(instructions):
        for argument in made.arguments:
            last[argument] = number
    slots = [-1] * len(instructions)
    buffers: list[Kind] = []
    free: dict[Kind, list[int]] = {}
    for number, made in enumerate(instructions):
        if not made.wide:
            continue
        kind = (made.monthly, made.flag)
        gone = dict.fromkeys(slots[a] for a in made.arguments if last[a] == number and slots[a] >= 0)
        slot = _taken_over(made, gone, slots, buffers, kind) if made.name in _IN_PLACE else -1
        if slot < 0:
            if not free.get(kind):
                buffers.append(kind)
                free.setdefault(kind, []).append(len(buffers) - 1)
            slot = free[kind].pop()
        slots[number] = slot
        for each in gone:
            if each != slot:
                free.setdefault(buffers[each], []).append(each)
        if last[number] == number:
            free.setdefault(kind, []).append(slot)
    return tuple(slots), tuple(buffers)


def _taken_over(
    made: Instruction, gone: Mapping[int, None], slots: Sequence[int], buffers: Sequence[Kind], kind: Kind
) -> int:
    """The buffer of an argument: of a guard that of the first, whose other numbers stay as they are."""
    read = made.arguments[:1] if made.name.startswith("nan_where") else made.arguments
    return next((slots[a] for a in read if slots[a] in gone and buffers[slots[a]] == kind), -1)
