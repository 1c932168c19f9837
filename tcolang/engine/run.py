"""Carries out a plan: stratum by stratum, the futures in pieces that stay in the processor's cache."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np

from tcolang.base.record import field, record, state
from tcolang.engine.evaluation import Values
from tcolang.engine.plan import Plan
from tcolang.engine.steps import Call, Drawn, Fixed, History, Operation, Step, Volume
from tcolang.semantics.builtin import Calculation

PIECE = 512 * 60
"""Numbers in a matrix of one piece: 240 kB. Several of them fit into a processor's cache, and the time it takes to
call a function does not matter beside what it does."""

_SHARE_TOLERANCE = 1e-9

Progress = Callable[[int, int], None]


@record
class Result:
    """`values` of the steps to keep, and the steps of nodes that have a value which is not finite, or no share."""

    values: Mapping[int, Values]
    not_finite: frozenset[int]
    not_shares: frozenset[int]


def run(
    plan: Plan,
    inputs: Mapping[int, Values],
    scale: Sequence[float],
    *,
    piece: int = PIECE,
    progress: Progress | None = None,
    thorough: bool = False,
) -> Result:
    """`inputs` has the draws of a group, shape (1, samples); with several factors in `scale` each is a group.

    The values do not depend on `piece`. Of the nodes that are not finite some are told, or (`thorough`) all.
    """
    checked = frozenset(plan.places.values()) if thorough else plan.watched
    work = _Work(plan, scale, inputs, checked | plan.shares)
    width = max(1, piece // plan.months)
    pieces = [(first, min(first + width, work.columns)) for first in range(0, work.columns, width)]
    parts = [_Stratum.of(plan, stratum) for stratum in range(plan.strata)]
    total = len(pieces) * sum(1 for part in parts if part.in_pieces)
    done = 0
    with np.errstate(all="ignore"):
        for part in parts:
            for number in part.whole:
                work.take(number, work.calculate_whole(number))
            work.make_room(part)
            for first, last in pieces if part.in_pieces else ():
                work.calculate_piece(part, first, last)
                done += 1
                if progress is not None:
                    progress(done, total)
            work.drop(part.finished)
    kept = {number: _kept(work.values[number]) for number in plan.keep}
    return Result(kept, frozenset(work.not_finite), frozenset(work.not_shares))


@record
class _Stratum:
    """Its steps: `whole` ones, and those `in_pieces`, each with the steps that nothing reads after it.

    `needed` are wide steps of earlier strata that it reads, `stored` those of its own that outlive a piece, `finished`
    what no later stratum reads.
    """

    whole: tuple[int, ...]
    in_pieces: tuple[tuple[int, tuple[int, ...]], ...]
    needed: tuple[int, ...]
    stored: tuple[int, ...]
    finished: tuple[int, ...]

    @staticmethod
    def of(plan: Plan, stratum: int) -> _Stratum:
        steps = plan.steps
        own = [number for number, step in enumerate(steps) if step.stratum == stratum]
        pieces = [number for number in own if not steps[number].whole and not _is_input(steps[number].operation)]
        members = set(pieces)
        stored = {number for number in pieces if outlives(plan, number)}
        freed: dict[int, list[int]] = {}
        for number in members - stored:
            freed.setdefault(max(plan.last_step[number], number), []).append(number)
        read = {argument for number in pieces for argument in steps[number].arguments}
        return _Stratum(
            tuple(number for number in own if steps[number].whole),
            tuple((number, tuple(freed.get(number, ()))) for number in pieces),
            tuple(sorted(read - members)),
            tuple(sorted(stored)),
            tuple(n for n, last in enumerate(plan.last_stratum) if last == stratum and n not in plan.keep),
        )


def outlives(plan: Plan, number: int) -> bool:
    """Whether all futures of the step are needed at once or later: it is kept, or read beyond a barrier."""
    return number in plan.keep or plan.last_stratum[number] > plan.steps[number].stratum


def _is_input(operation: Operation) -> bool:
    return isinstance(operation, Drawn | Volume)


_Bound: TypeAlias = tuple[Callable[..., Values], tuple[int, ...]]


@state
class _Work:
    """The state of a run. `values` has a place more than there are steps: the last one, for what is left out."""

    plan: Plan
    scale: Sequence[float]
    inputs: Mapping[int, Values]
    checked: frozenset[int]
    columns: int = 0
    values: list[Values | None] = field(default_factory=list)
    functions: list[_Bound | None] = field(default_factory=list)
    calculations: dict[tuple[object, ...], Calculation] = field(default_factory=dict)
    not_finite: set[int] = field(default_factory=set)
    not_shares: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        samples = max((array.shape[1] for array in self.inputs.values()), default=1)
        groups = len(self.scale)
        self.columns = samples * groups
        count = len(self.plan.steps)
        self.values = [None] * (count + 1)
        self.functions = [None] * count
        for number, step in enumerate(self.plan.steps):
            if isinstance(step.operation, Drawn):
                given = self.inputs[number]
                self.take(number, given if groups == 1 else np.tile(given, (1, groups)))
            elif isinstance(step.operation, Volume):
                self.take(number, np.repeat(np.array(self.scale, dtype=np.float64), samples)[None, :])

    def calculate_whole(self, number: int) -> Values:
        step = self.plan.steps[number]
        if isinstance(step.operation, Fixed):
            return np.full((1, 1), step.operation.value)
        function, read = self.bound(number)
        result: Values = function(*[self.values[argument] for argument in read])
        return result if step.wide else result[:, :1]

    def calculate_piece(self, part: _Stratum, first: int, last: int) -> None:
        """The futures from `first` to `last` (exclusive) of all steps of a stratum that are calculated in pieces."""
        local = list(self.values)
        for number in part.needed:
            value = _there(self.values[number])
            local[number] = value[:, first:last] if value.shape[1] > 1 else value
        for number, finished in part.in_pieces:
            function, read = self.bound(number)
            value = function(*[local[argument] for argument in read])
            local[number] = value
            if number in self.checked:
                self.check(number, value)
            for gone in finished:
                local[gone] = None
        for number in part.stored:
            _there(self.values[number])[:, first:last] = _there(local[number])

    def bound(self, number: int) -> _Bound:
        """The function of a step and the steps whose values it gets; −1 is the place of what was left out."""
        found = self.functions[number]
        if found is None:
            found = self.functions[number] = self._bind(self.plan.steps[number])
        return found

    def _bind(self, step: Step) -> _Bound:
        match step.operation:
            case History(months):
                return partial(_history, self.plan.months, months), step.arguments
            case Call() as call:
                read = tuple(-1 if place is None else step.arguments[place] for place in call.places)
                return partial(call.function.apply, self._calculation(call)), read
            case _:
                raise TypeError(f"{step.operation} is not calculated from others")

    def make_room(self, part: _Stratum) -> None:
        for number in part.stored:
            rows = self.plan.months if self.plan.steps[number].monthly else 1
            self.values[number] = np.empty((rows, self.columns))

    def take(self, number: int, value: Values) -> None:
        self.values[number] = value
        if number in self.checked:
            self.check(number, value)

    def drop(self, finished: Sequence[int]) -> None:
        for number in finished:
            self.values[number] = None

    def check(self, number: int, value: Values) -> None:
        """Notes a node whose value is not finite, or outside 0–1 where it is stated as a share."""
        # One pass over the numbers finds nearly always that nothing is wrong.
        if not math.isfinite(value.sum()) and not np.isfinite(value).all():
            self.not_finite.add(number)
        elif number in self.plan.shares and not _are_shares(value):
            self.not_shares.add(number)

    def _calculation(self, call: Call) -> Calculation:
        key = (call.view, call.settings)
        found = self.calculations.get(key)
        if found is None:
            month = np.arange(self.plan.months, dtype=np.float64)[:, None]
            found = Calculation(
                np, month, self.plan.months, self.plan.start, call.view, len(self.scale), dict(call.settings)
            )
            self.calculations[key] = found
        return found


def _there(value: Values | None) -> Values:
    assert value is not None, "a value was dropped before its last reader"
    return value


def _history(months: int, since: Sequence[int], *parts: Values) -> Values:
    result = np.empty((months, max(part.shape[1] for part in parts)))
    for first, last, part in zip(since, (*since[1:], months), parts, strict=True):
        result[first:last] = part[first:last] if part.shape[0] > 1 else part
    return result


def _are_shares(value: Values) -> bool:
    return bool(value.min() >= -_SHARE_TOLERANCE and value.max() <= 1.0 + _SHARE_TOLERANCE)


def _kept(value: Values | None) -> Values:
    return np.ascontiguousarray(_there(value))
