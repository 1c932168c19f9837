"""Carries out a plan: stratum by stratum, the futures in pieces that stay in the processor's cache."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from tcolang.base.record import field, record, state
from tcolang.engine.evaluation import Values
from tcolang.engine.lower import Part, lowered
from tcolang.engine.numeric import Action, action, follow, total, whole_function
from tcolang.engine.plan import Plan
from tcolang.engine.steps import Call, Drawn, Fixed, Given, History, Volume
from tcolang.engine.tape import Instruction

PIECE = 512 * 60
"""Numbers in a matrix of one piece: 240 kB. Several of them fit into a processor's cache, and the time it takes to
call a function does not matter beside what it does."""

_SHARE_TOLERANCE = 1e-9

Progress = Callable[[int, int], None]


@record
class Result:
    """`values` of the steps to keep, and the steps of nodes that have a value which is not finite, or no share.

    Of steps that are averaged: the means over the months, shape (1, futures), and in `by_month` those over the futures,
    shape (months, 1).
    """

    values: Mapping[int, Values]
    by_month: Mapping[int, Values]
    not_finite: frozenset[int]
    not_shares: frozenset[int]


def run(
    plan: Plan,
    inputs: Mapping[int, Values],
    scale: Sequence[float],
    *,
    given: Mapping[str, Sequence[float]] | None = None,
    piece: int = PIECE,
    progress: Progress | None = None,
    thorough: bool = False,
) -> Result:
    """`inputs` has the draws of a group, shape (1, samples); with several factors in `scale` each is a group. `given`
    has what the plan leaves open, a number for each group.

    The values do not depend on `piece`. Of the nodes that are not finite some are told, or (`thorough`) all.
    """
    checked = frozenset(plan.places.values()) if thorough else plan.watched
    work = _Work(plan, scale, inputs, checked | plan.shares, given or {})
    pieces = _pieces(work.columns, max(1, piece // plan.months))
    parts = lowered(plan)
    all_of_them = len(pieces) * sum(1 for part in parts if part.places)
    done = 0
    with np.errstate(all="ignore"):
        for part in parts:
            for number in part.whole:
                work.take(number, work.calculate_whole(number))
            if part.places:
                bench = _Bench(work, part, pieces[0][1])
                for first, last in pieces:
                    bench.calculate(first, last)
                    done += 1
                    if progress is not None:
                        progress(done, all_of_them)
            work.drop(part.finished)
    kept = {n: work.means[n] if n in work.means else _kept(work.values[n]) for n in plan.keep}
    by_month = {number: sums / work.columns for number, sums in work.by_month.items()}
    return Result(kept, by_month, frozenset(work.not_finite), frozenset(work.not_shares))


def _pieces(columns: int, most: int) -> list[tuple[int, int]]:
    """From and to (exclusive), of one width: the last overlaps with the one before, and repeats some of it."""
    count = -(-columns // most)
    width = -(-columns // count)
    return [(first, first + width) for first in (min(k * width, columns - width) for k in range(count))]


@state
class _Work:
    """The state of a run. `values` are those of the steps over all futures, where they are needed."""

    plan: Plan
    scale: Sequence[float]
    inputs: Mapping[int, Values]
    checked: frozenset[int]
    given: Mapping[str, Sequence[float]]
    columns: int = 0
    values: list[Values | None] = field(default_factory=list)
    means: dict[int, Values] = field(default_factory=dict)
    by_month: dict[int, Values] = field(default_factory=dict)
    not_finite: set[int] = field(default_factory=set)
    not_shares: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        samples = max((array.shape[1] for array in self.inputs.values()), default=1)
        groups = len(self.scale)
        self.columns = samples * groups
        self.values = [None] * len(self.plan.steps)
        for number, step in enumerate(self.plan.steps):
            if isinstance(step.operation, Drawn):
                given = self.inputs[number]
                self.take(number, given if groups == 1 else np.tile(given, (1, groups)))
            elif isinstance(step.operation, Volume):
                self.take(number, _repeated(self.scale, samples))
            elif isinstance(step.operation, Given):
                self.take(number, _repeated(self.given[step.operation.key], samples))

    def calculate_whole(self, number: int) -> Values:
        step = self.plan.steps[number]
        read = [there(self.values[argument]) for argument in step.arguments]
        match step.operation:
            case Fixed(value):
                return np.full((1, 1), value)
            case History(months):
                return _history(self.plan.months, months, read)
            case Call() as call:
                result = whole_function(call, self.plan, len(self.scale))(*read)
                return result if step.wide else result[:, :1]
            case _:
                raise TypeError(f"{step.operation} is not calculated from others")

    def make_room(self, part: Part) -> None:
        for number in part.stored:
            rows = self.plan.months if self.plan.steps[number].monthly else 1
            self.values[number] = np.empty((rows, self.columns))
        for number in part.averaged:
            self.means[number] = np.empty((1, self.columns))
            self.by_month[number] = np.zeros((self.plan.months, 1))

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


class _Bench:
    """A part with its buffers, and what is done to them, which is the same for each piece."""

    def __init__(self, work: _Work, part: Part, width: int) -> None:
        self.work, self.part = work, part
        rows = work.plan.months
        self.buffers = [
            np.empty((rows if monthly else 1, width), dtype=bool if flag else np.float64)
            for monthly, flag in part.buffers
        ]
        work.make_room(part)
        self.fixed = self._carry_out_once()
        self.told = self.first = self.last = 0
        self.actions = self._actions()

    def calculate(self, first: int, last: int) -> None:
        """The futures from `first` to `last` (exclusive)."""
        self.told, self.first, self.last = self.last, first, last
        for act in self.actions:
            act()

    def _carry_out_once(self) -> dict[int, Any]:
        """The instructions that are not wide, by number."""
        found: dict[int, Any] = {}
        for number, made in enumerate(self.part.instructions):
            if made.wide:
                continue
            if made.name == "value":
                assert isinstance(made.detail, int)
                found[number] = there(self.work.values[made.detail])
                continue
            rows = self.work.plan.months if made.monthly else 1
            out = found[number] = np.empty((rows, 1), dtype=bool if made.flag else np.float64)
            action(made, [found[a] for a in made.arguments], out, self.work.plan, len(self.work.scale))()
        return found

    def _actions(self) -> list[Action]:
        part = self.part
        arrays: dict[int, Any] = dict(self.fixed)
        asked: dict[int, list[int]] = {}
        for step, place in part.places.items():
            asked.setdefault(place, []).append(step)
        stored = frozenset(part.stored)
        done: list[Action] = []
        for number, made in enumerate(part.instructions):
            if made.wide:
                out = arrays[number] = self.buffers[part.slots[number]]
                done.append(self._action(made, [arrays[a] for a in made.arguments], out))
            for step in asked.get(number, ()):
                if step in self.work.checked:
                    done.append(partial(self.work.check, step, arrays[number]))
                if step in stored:
                    done.append(partial(self._store, there(self.work.values[step]), arrays[number]))
                if step in part.averaged:
                    done.append(partial(self._average, step, arrays[number]))
        return done

    def _action(self, made: Instruction, read: Sequence[Any], out: Any) -> Action:
        if made.name == "value":
            assert isinstance(made.detail, int)
            return partial(self._load, out, there(self.work.values[made.detail]))
        return action(made, read, out, self.work.plan, len(self.work.scale))

    def _load(self, out: Values, values: Values) -> None:
        np.copyto(out, values[:, self.first : self.last] if values.shape[1] > 1 else values)

    def _store(self, values: Values, out: Values) -> None:
        values[:, self.first : self.last] = out

    def _average(self, step: int, values: Values) -> None:
        mean = self.work.means[step][:, self.first : self.last]
        total(values, mean)
        mean /= self.work.plan.months
        # Without the futures that the piece before had.
        self.work.by_month[step] += values[:, self.told - self.first :].sum(axis=1, keepdims=True)


def there(value: Values | None) -> Values:
    assert value is not None, "a value was dropped before its last reader"
    return value


def _repeated(numbers: Sequence[float], samples: int) -> Values:
    """A number for each group of futures, in each of its futures."""
    return np.repeat(np.array(numbers, dtype=np.float64), samples)[None, :]


def _history(months: int, since: Sequence[int], parts: Sequence[Values]) -> Values:
    result = np.empty((months, max(part.shape[1] for part in parts)))
    follow((*since, months), parts, result)
    return result


def _are_shares(value: Values) -> bool:
    return bool(value.min() >= -_SHARE_TOLERANCE and value.max() <= 1.0 + _SHARE_TOLERANCE)


def _kept(value: Values | None) -> Values:
    return np.ascontiguousarray(there(value))
