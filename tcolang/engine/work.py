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
from tcolang.engine.steps import Call, Drawn, Fixed, Given, History, Known, Volume

SHARE_TOLERANCE = 1e-9


@state
class Work:
    """The state of a run. `values` are those of the steps, where they are needed: over the futures of all groups, or of
    one (`samples`) where they do not differ from group to group."""

    plan: Plan
    scale: Sequence[float]
    inputs: Mapping[int, Values]
    checked: frozenset[int]
    given: Mapping[str, Sequence[float]]
    samples: int = 1
    values: list[Values | None] = field(default_factory=list)
    means: dict[int, Values] = field(default_factory=dict)
    by_month: dict[int, Values] = field(default_factory=dict)
    not_finite: set[int] = field(default_factory=set)
    not_shares: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.samples = max((array.shape[1] for array in self.inputs.values()), default=1)
        self.values = [None] * len(self.plan.steps)
        for number, step in enumerate(self.plan.steps):
            if isinstance(step.operation, Drawn | Known):
                self.take(number, self.inputs[number])
            elif isinstance(step.operation, Volume):
                self.take(number, _repeated(self.scale, self.samples))
            elif isinstance(step.operation, Given):
                self.take(number, _repeated(self.given[step.operation.key], self.samples))

    def calculate_whole(self, number: int) -> Values:
        step = self.plan.steps[number]
        read = [there(self.values[argument]) for argument in step.arguments]
        match step.operation:
            case Fixed(value):
                return np.full((1, 1), value)
            case Known():
                return self.inputs[number]
            case History(months):
                return _history(self.plan.months, months, read)
            case Call() as call:
                groups = len(self.scale) if step.scaled else 1
                result = whole_function(call, self.plan, groups)(*(self.widened(r, step.scaled) for r in read))
                return result if step.wide else result[:, :1]
            case _:
                raise TypeError(f"{step.operation} is not calculated from others")

    def columns(self, scaled: bool) -> int:
        return self.samples * len(self.scale) if scaled else self.samples

    def widened(self, value: Values, scaled: bool = True) -> Values:
        """With the futures of every group, where those of one are told."""
        one = scaled and len(self.scale) > 1 and 1 < value.shape[1] == self.samples
        return np.tile(value, (1, len(self.scale))) if one else value

    def make_room(self, part: Part) -> None:
        columns = self.columns(part.scaled)
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


def _repeated(numbers: Sequence[float], samples: int) -> Values:
    """A number for each group of futures, in each of its futures."""
    return np.repeat(np.array(numbers, dtype=np.float64), samples)[None, :]


def _history(months: int, since: Sequence[int], parts: Sequence[Values]) -> Values:
    result = np.empty((months, max(part.shape[1] for part in parts)))
    follow((*since, months), parts, result)
    return result


def _are_shares(value: Values) -> bool:
    return bool(value.min() >= -SHARE_TOLERANCE and value.max() <= 1.0 + SHARE_TOLERANCE)
