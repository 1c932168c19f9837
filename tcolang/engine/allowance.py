"""What vetoes allow of the ways to fill in an option, as far as that shows only when a way is known as a whole."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeAlias

from tcolang.base.record import field, record, state
from tcolang.engine.candidates import Filling
from tcolang.model.costmodel import Choice

Rules: TypeAlias = tuple[str, ...]

JUDGED = 400
"""Ways that are judged, at most: each of them is a model of its own."""


def _nothing(option: str, filling: Filling) -> Rules:
    return ()


@record
class Judge:
    """`vetoes` are the rules that veto an option filled in that way. `by_use`: nothing counts for them but which
    deployments are used."""

    vetoes: Callable[[str, Filling], Rules] = _nothing
    by_use: bool = True


FREE = Judge()
"""Nothing is vetoed."""


@record
class Excluded:
    """Ways that would be cheaper, and that just these rules veto: how many of them were met, and how much cheaper the
    cheapest of them is."""

    rules: Rules
    ways: int
    saved: float


@state
class Allowance:
    """What was judged of the ways of one option."""

    option: str
    judge: Judge
    choices: Sequence[Choice]
    known: dict[Hashable, Rules] = field(default_factory=dict)
    met: dict[Rules, dict[Hashable, float]] = field(default_factory=dict)

    @property
    def exhausted(self) -> bool:
        return len(self.known) >= JUDGED

    def allows(self, filling: Filling, cost: float) -> bool:
        """Not where too many were judged before: what is not known to be allowed is not chosen."""
        key: Hashable = self.used(filling) if self.judge.by_use else tuple(sorted(filling.items()))
        if key not in self.known:
            if self.exhausted:
                return False
            self.known[key] = self.judge.vetoes(self.option, filling)
        rules = self.known[key]
        if rules:
            self.met.setdefault(rules, {})[tuple(sorted(filling.items()))] = cost
        return not rules

    def used(self, filling: Filling) -> frozenset[str]:
        """The deployments that something is assigned to."""
        pairs = (
            (d, k) for c in self.choices if c.sort == "assignment" for d, k in zip(c.deployments, c.keys, strict=True)
        )
        return frozenset(deployment for deployment, key in pairs if filling[key] != 0)

    def excluded(self, cost: float) -> tuple[Excluded, ...]:
        """Of what is cheaper than the way that was chosen."""
        found: list[Excluded] = []
        for rules, ways in self.met.items():
            cheaper = [each for each in ways.values() if each < cost]
            if cheaper:
                found.append(Excluded(rules, len(cheaper), cost - min(cheaper)))
        return tuple(found)
