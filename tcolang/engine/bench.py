"""The instructions of a part, carried out piece by piece in buffers that are there before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from tcolang.engine.evaluation import Values
from tcolang.engine.lower import Kind, Part
from tcolang.engine.numeric import Action, action, total
from tcolang.engine.steps import Across
from tcolang.engine.tape import Instruction
from tcolang.engine.work import Work, there


class Bench:
    """A part with its buffers, and what is done to them, which is the same for each piece."""

    def __init__(self, work: Work, part: Part, width: int) -> None:
        self.work, self.part = work, part
        self.width = width
        self.buffers = [self.buffer(monthly, flag) for monthly, flag in self.kinds()]
        work.make_room(part)
        self.asked: dict[int, list[int]] = {}
        for step, place in part.places.items():
            self.asked.setdefault(place, []).append(step)
        self.fixed = self._carry_out_once()
        self.told = self.first = self.last = 0
        self.actions = self.make_actions()

    def kinds(self) -> Sequence[Kind]:
        """Of the buffers."""
        return self.part.buffers

    def buffer(self, monthly: bool, flag: bool) -> Any:
        return np.empty((self.work.plan.months if monthly else 1, self.width), dtype=bool if flag else np.float64)

    def calculate(self, first: int, last: int) -> None:
        """The futures from `first` to `last` (exclusive)."""
        self.told, self.first, self.last = self.last, first, last
        for act in self.actions:
            act()

    def finish(self) -> None:
        """After the last piece."""

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

    def make_actions(self) -> list[Action]:
        arrays: dict[int, Any] = dict(self.fixed)
        done: list[Action] = []
        for number, made in enumerate(self.part.instructions):
            if made.wide:
                out = arrays[number] = self.buffers[self.part.slots[number]]
                done.append(self.action(made, [arrays[a] for a in made.arguments], out))
            done += self.delivering(number, arrays[number])
        return done

    def delivering(self, number: int, values: Any) -> list[Action]:
        """What is done with the values of the steps that an instruction gives."""
        done: list[Action] = []
        for step in self.asked.get(number, ()):
            if step in self.work.checked:
                done.append(partial(self.work.check, step, values))
            if step in self.part.stored:
                done.append(partial(self._store, there(self.work.values[step]), values))
            if step in self.part.averaged:
                done.append(partial(self.average, step, values))
        return done

    def action(self, made: Instruction, read: Sequence[Any], out: Any) -> Action:
        if made.name == "value":
            assert isinstance(made.detail, int)
            across = self.work.plan.steps[made.detail].across
            return partial(self._load, across, out, there(self.work.values[made.detail]))
        return action(made, read, out, self.work.plan, len(self.work.scale))

    def _load(self, across: Across, out: Values, values: Values) -> None:
        samples = self.work.samples
        group, first = divmod(self.first, samples)
        if across in ("certain", self.part.across):
            np.copyto(out, values if across == "certain" else values[:, self.first : self.last])
        elif self.width < samples:
            np.copyto(
                out, values[:, group : group + 1] if across == "groups" else values[:, first : first + self.width]
            )
        else:
            # Of every group of the piece, in each of its futures, or the futures of one for each of them.
            of_groups = values[:, group : group + self.width // samples, None]
            np.copyto(out.reshape(out.shape[0], -1, samples), of_groups if across == "groups" else values[:, None, :])

    def _store(self, values: Values, out: Values) -> None:
        values[:, self.first : self.last] = out

    def average(self, step: int, values: Values) -> None:
        mean = self.work.means[step][:, self.first : self.last]
        total(values, mean)
        mean /= self.work.plan.months
        # Without the futures that the piece before had.
        self.work.by_month[step] += values[:, self.told - self.first :].sum(axis=1, keepdims=True)
