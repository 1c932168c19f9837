"""The instructions of a part, carried out by compiled kernels, and by numpy where these cannot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np

from tcolang.base.record import record
from tcolang.engine.bench import Bench
from tcolang.engine.compiled import Call, compiled
from tcolang.engine.evaluation import Values
from tcolang.engine.groups import ONLY_NUMPY, Group, groups_of
from tcolang.engine.ir import LANES, Kernel, kernel
from tcolang.engine.lower import Kind, Part
from tcolang.engine.numeric import Action
from tcolang.engine.plan import Plan
from tcolang.engine.work import there

WORTH, EACH = 200_000_000, 1_000_000
"""So many numbers, and so many more for each instruction, numpy calculates in the time that compiling takes: a tenth of
a second to load the library and to begin, and a few ten-thousandths for an instruction."""


def worth_compiling(plan: Plan, part: Part, columns: int) -> bool:
    """Whether a kernel saves time for so many futures, and the library for it is there."""
    compilable = [made for made in part.instructions if made.wide and made.name not in (*ONLY_NUMPY, "value")]
    rows = sum(plan.months if made.monthly else 1 for made in compilable)
    enough = rows * columns >= WORTH + EACH * len(compilable)
    return enough and columns >= LANES and find_spec("llvmlite") is not None


@record
class _Place:
    """Where the values of an instruction come from or go to: an array of all futures, or (`whole` is False) of those
    of a piece."""

    array: Any
    whole: bool


class FastBench(Bench):
    """Kernels read what comes from outside of the part where it lies, and write there what outlives a piece."""

    def kinds(self) -> Sequence[Kind]:
        """Buffers are made where a value leaves its kernel."""
        return ()

    def make_actions(self) -> list[Action]:
        self.arrays: dict[int, Any] = dict(self.fixed)
        self.marks: list[tuple[Kernel, Values]] = []
        groups = groups_of(self.part.instructions)
        named = [(f"kernel{k}", group) for k, group in enumerate(groups) if group.compiled]
        planned = {group.members: self._kernel(name, group) for name, group in named}
        calls = compiled([made for made, _ in planned.values()]) if planned else {}
        done: list[Action] = []
        for number in self.asked:
            if number in self.fixed or self.part.instructions[number].name == "value":
                done += self._bring(number)
                done += self.delivering(number, self.arrays[number])
        for group in groups:
            if group.compiled:
                made, places = planned[group.members]
                done += self._by_kernel(made, places, calls[made.name])
            else:
                done += self._by_numpy(group)
        return done

    def finish(self) -> None:
        """What the kernels have found wrong."""
        for made, marks in self.marks:
            of_watched, of_shares = marks[: len(made.watched)], marks[len(made.watched) :]
            watched = {n: bool(np.isfinite(row).all()) for n, row in zip(made.watched, of_watched, strict=True)}
            outside = [bool(row.any()) for row in of_shares]
            for number, fine in watched.items():
                if not fine:
                    self.work.not_finite.update(s for s in self.asked[number] if s in self.work.checked)
            for number, wrong in zip(made.shares, outside, strict=True):
                if wrong and watched[number]:
                    self.work.not_shares.update(s for s in self.asked[number] if s in self.work.plan.shares)

    # By numpy

    def _by_numpy(self, group: Group) -> list[Action]:
        done: list[Action] = []
        for number in group.brought:
            done += self._bring(number)
        for number in group.members:
            made = self.part.instructions[number]
            out = self.arrays[number] = self.buffer(made.monthly, made.flag)
            done.append(self.action(made, [self.arrays[a] for a in made.arguments], out))
            done += self.delivering(number, out)
        return done

    def _bring(self, number: int) -> list[Action]:
        """Into a buffer, where it is not in one yet."""
        if number in self.arrays:
            return []
        made = self.part.instructions[number]
        out = self.arrays[number] = self.buffer(made.monthly, made.flag)
        return [self.action(made, (), out)]

    # By a kernel

    def _kernel(self, name: str, group: Group) -> tuple[Kernel, list[_Place]]:
        """With the places of what it writes."""
        part, plan = self.part, self.work.plan
        steps = [(number, step) for number in group.members for step in self.asked.get(number, ())]
        kept = dict.fromkeys((*group.taken, *(number for number, step in steps if step in part.averaged)))
        stored = [(number, step) for number, step in steps if step in part.stored]
        made = kernel(
            name,
            part.instructions,
            group,
            plan.months,
            [*kept, *(number for number, _ in stored)],
            tuple(dict.fromkeys(number for number, step in steps if step in self.work.checked)),
            tuple(dict.fromkeys(number for number, step in steps if step in plan.shares)),
        )
        for number in kept:
            self.arrays[number] = self.buffer(part.instructions[number].monthly, part.instructions[number].flag)
        places = [_Place(self.arrays[number], False) for number in kept]
        return made, [*places, *(_Place(there(self.work.values[step]), True) for _, step in stored)]

    def _by_kernel(self, made: Kernel, written: Sequence[_Place], call: Call) -> list[Action]:
        places = [*(self._source(number) for number in made.brought), *written]
        marks = np.zeros((len(made.watched) + len(made.shares), LANES))
        self.marks.append((made, marks))
        starts = np.array([place.array.ctypes.data for place in places], dtype=np.int64)
        apart = np.array([place.array.strides[0] // place.array.itemsize for place in places], dtype=np.int64)
        moving = np.array([place.array.itemsize * place.whole for place in places], dtype=np.int64)
        pointers = np.empty_like(starts)

        def act() -> None:
            # The places are held here, so that what the pointers point to stays.
            np.multiply(moving, self.first, out=pointers)
            np.add(pointers, starts, out=pointers)
            call(pointers, apart, self.width, marks, places)

        done: list[Action] = [act]
        for number in dict.fromkeys(made.written):
            done += [
                partial(self.average, step, self.arrays[number])
                for step in self.asked.get(number, ())
                if step in self.part.averaged
            ]
        return done

    def _source(self, number: int) -> _Place:
        """A value from outside lies in one piece in memory; one flag for all futures is a number."""
        made, work = self.part.instructions[number], self.work
        if not made.wide:
            return _Place(np.ascontiguousarray(self.fixed[number], dtype=np.float64), False)
        if made.name != "value":
            return _Place(self.arrays[number], False)
        assert isinstance(made.detail, int)
        shape = (work.plan.months if made.monthly else 1, work.columns(self.part.across))
        values = there(work.values[made.detail])
        if self.part.across == "both":
            values = work.widened(made.detail, values)
        return _Place(np.ascontiguousarray(np.broadcast_to(values, shape)), True)
