"""How sure a decision is: what would flip it, what it would be worth to know, and how well founded its figures are."""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.base.record import record


@record
class Flip:
    """The nearest values at which another option comes out best: each of `keys` times its factor. `stated` are their
    means as they stand, in canonical units. `instead` takes over when only costs are counted again; `judged` is what
    comes out when every rule is judged again there (None: nothing is allowed any more)."""

    keys: tuple[str, ...]
    factors: tuple[float, ...]
    stated: tuple[float, ...]
    instead: str
    judged: str | None

    @property
    def ratio(self) -> float:
        """How far the inputs move, above 1 whichever way they go."""
        return max(self.factors[0], 1.0 / self.factors[0])


@record
class Known:
    """An uncertain input: what it is worth to know it exactly before deciding, in money, and its share (0–1) in the
    variance of the difference in cost between the recommended option and the runner-up."""

    key: str
    worth: float
    share: float


@record
class Unflipped:
    """An input that was moved from `low` to `high` times its value without another option coming out best."""

    key: str
    low: float
    high: float


@record
class Sureness:
    """`close`: with few futures another option is ahead already, so there is nothing to flip. `left_out` counts the
    inputs that were not moved, since they change the difference between the options least. `all_known` is what it is
    worth to know everything. `founded` maps a grade to the share of the recommended option's cost that rests on figures
    of that grade; '' stands for amounts without a source of their own."""

    flips: tuple[Flip, ...]
    unflipped: tuple[Unflipped, ...]
    pair: Flip | None
    left_out: int
    close: bool
    all_known: float
    known: tuple[Known, ...]
    founded: Mapping[str, float]
