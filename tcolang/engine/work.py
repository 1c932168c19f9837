"""The state of a run: the values over all futures that are there, and what was found wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from tcolang.base.record import field, state
from tcolang.engine.evaluation import Values
from tcolang.engine.lower import Part
from tcolang.engine.numeric import follow, whole_function
from tcolang.engine.plan import Plan
from tcolang.engine.steps import Across, Call, Drawn, Fixed, Given, History, Known, Volume

SHARE_TOLERANCE = 1e-9


@state
class Work:
    """The state of a run. `values` are those of the steps, where they are needed, with the columns that a step has:
    `samples` are the futures of a group."""

    plan: Plan
    scale: Sequence[float]
    inputs: Mapping[int, Values]
    checked: frozenset[int]
    given: Mapping[str, Sequence[float] | Values]
    samples: int = 1
    values: list[Values | None] = field(default_factory=list)
    means: dict[int, Values] = field(default_factory=dict)
    by_month: dict[int, Values] = field(default_factory=dict)
    not_finite: set[int] = field(default_factory=set)
    not_shares: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        by_future = [values for values in self.given.values() if isinstance(values, np.ndarray)]
        self.samples = max((array.shape[1] for array in (*self.inputs.values(), *by_future)), default=1)
        self.values = [None] * len(self.plan.steps)
        for number, step in enumerate(self.plan.steps):
            if isinstance(step.operation, Drawn | Known):
                self.take(number, self.inputs[number])
            elif isinstance(step.operation, Volume):
                self.take(number, _row(self.scale))
            elif isinstance(step.operation, Given):
                self.take(number, _row(self.given[step.operation.key]))

    def calculate_whole(self, number: int) -> Values:
        step = self.plan.steps[number]
        read = [self._read(argument, step.scaled) for argument in step.arguments]
        match step.operation:
            case Fixed(value):
                return np.full((1, 1), value)
            case Known():
                return self.inputs[number]
            case History(months):
                return _history(self.plan.months, months, read)
            case Call() as call:
                groups = len(self.scale) if step.scaled else 1
                result = whole_function(call, self.plan, groups)(*read)
                return result if step.wide else result[:, :1]
            case _:
                raise TypeError(f"{step.operation} is not calculated from others")

    def columns(self, across: Across) -> int:
        groups, samples = self.each(across)
        return groups * samples

    def each(self, across: Across) -> tuple[int, int]:
        """How many groups there are columns for, and how many futures of each."""
        groups = len(self.scale) if across in ("groups", "both") else 1
        return groups, self.samples if across in ("futures", "both") else 1

    def widened(self, number: int, value: Values) -> Values:
        """With a column for every future of every group, where the step has any."""
        match self.plan.steps[number].across:
            case "groups":
                return np.repeat(value, self.samples, axis=1)
            case "futures" if len(self.scale) > 1:
                return np.tile(value, (1, len(self.scale)))
        return value

    def _read(self, number: int, scaled: bool) -> Values:
        """The value of a step, for each group where the reader is `scaled`."""
        value = there(self.values[number])
        return self.widened(number, value) if scaled and self.plan.steps[number].across == "futures" else value

    def make_room(self, part: Part) -> None:
        columns = self.columns(part.across)
        for number in part.stored:
            rows = self.plan.months if self.plan.steps[number].monthly else 1
            self.values[number] = np.empty((rows, columns))
        for number in part.averaged:
            self.means[number] = np.empty((1, columns))
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


def there(value: Values | None) -> Values:
    assert value is not None, "a value was dropped before its last reader"
    return value


def _row(numbers: Sequence[float] | Values) -> Values:
    """A number for each group of futures; or one for each of their futures, where there is a row for each group."""
    return np.array(numbers, dtype=np.float64).reshape(1, -1)


def _history(months: int, since: Sequence[int], parts: Sequence[Values]) -> Values:
    result = np.empty((months, max(part.shape[1] for part in parts)))
    follow((*since, months), parts, result)
    return result


def _are_shares(value: Values) -> bool:
    return bool(value.min() >= -SHARE_TOLERANCE and value.max() <= 1.0 + SHARE_TOLERANCE)
