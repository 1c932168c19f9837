"""What a builtin function is. Each is one file in `builtins/`; its page, checks and tests come from this value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from tcolang.base.record import record


@record
class Calculation:
    """What an `apply` may look at beside its arguments, which are arrays of shape (1 or months, 1 or futures).

    `xp` is the array module; `month` the column 0 … months − 1, shape (months, 1); `start` the first month, counted
    as in `DateType`; `view` tells what a cost line is evaluated for: cash paid, charge spread over life, the resale
    in that cash, or what comes back when the horizon ends; `groups` is how many groups of equal size the futures fall
    into (statistics are taken within a group); `settings` are the term's own (`origin` of a growth).
    """

    xp: Any
    month: Any
    months: int
    start: int
    view: Literal["cash", "charge", "resale", "at_horizon"]
    groups: int
    settings: dict[str, object]


@record
class Builtin:
    """`signature` as a reader is shown it, `(amount: A, rate: growth) -> A`: capitals stand for any dimension, `= x`
    marks an optional argument (left out, `apply` gets None), a last `more: A...` any number of them. `months` tells
    whether the result varies by month where no argument does (`adds`), or never does (`removes`). A `statistic` looks
    at all futures of a group at once and gives one value for each group. `only_in_costs` may stand in cost lines only,
    linearly. `examples` are pairs (expression, value as it would be written), run by the tests with a horizon of 12
    months from 2026-01."""

    name: str
    signature: str
    summary: str
    examples: tuple[tuple[str, str], ...]
    apply: Callable[..., Any]
    months: Literal["keeps", "adds", "removes"] = "keeps"
    statistic: bool = False
    only_in_costs: bool = False
