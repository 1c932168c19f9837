"""The steps of a plan: what is calculated from what, and how large it is."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tcolang.base.record import record
from tcolang.semantics.builtin import Builtin
from tcolang.uncertain.distribution import Distribution

View: TypeAlias = Literal["cash", "charge", "resale", "at_horizon"]


@record
class Fixed:
    """One number."""

    value: float


@record
class Drawn:
    """An uncertain constant; those with one key share their quantile."""

    key: str
    distribution: Distribution


@record
class Volume:
    """The factor by which all requests are multiplied: one for each group of futures."""


@record
class Given:
    """A number that whoever runs the plan gives for each group of futures, by its key; or one for each future of each
    group."""

    key: str
    by_future: bool = False


@record
class Known:
    """The values of a node that were calculated before, with a column per future (`drawn`) or without."""

    key: str
    monthly: bool
    drawn: bool


@record
class History:
    """A dated value: from each of `months` (of the horizon, the first is 0) the next argument holds."""

    months: tuple[int, ...]


@record
class Call:
    """A function. `places` tells for each of its parameters which argument it gets; None where it was left out."""

    function: Builtin
    places: tuple[int | None, ...]
    settings: tuple[tuple[str, object], ...]
    view: View


_ALL = 1_000_000
_SHOWN = {"sum": _ALL, "product": _ALL, "negate": 1, "total": 1, "cumulative": 1, "discounted": 1}
"""How many of its arguments a function reads in every month and future, so that what is not finite stays visible."""

Across: TypeAlias = Literal["certain", "futures", "groups", "both"]
"""What a value has a column for: nothing, one column in all; each future of a group; each group of futures; each future
of each group."""

Operation: TypeAlias = Fixed | Drawn | Volume | Given | Known | History | Call


@record
class Step:
    """`arguments` are the numbers of earlier steps.

    `monthly`: it has a row per month. `drawn`: it differs from future to future because of a draw; `scaled`: from group
    to group because the volume has a factor, or something is given, for each. `stratum` counts the statistics on the
    way here: all futures of what a statistic reads are there before it is taken.
    """

    operation: Operation
    arguments: tuple[int, ...]
    monthly: bool
    drawn: bool
    scaled: bool
    stratum: int

    @property
    def wide(self) -> bool:
        return self.drawn or self.scaled

    @property
    def across(self) -> Across:
        if self.scaled:
            return "both" if self.drawn else "groups"
        return "futures" if self.drawn else "certain"

    @property
    def shown(self) -> tuple[int, ...]:
        """The arguments that are finite wherever the result is."""
        if not isinstance(self.operation, Call):
            return ()
        return self.arguments[: _SHOWN.get(self.operation.function.name, 0)]

    @property
    def whole(self) -> bool:
        """It is taken over all futures at once, whatever the size of the pieces they are calculated in."""
        return not self.wide or (isinstance(self.operation, Call) and self.operation.function.statistic)
