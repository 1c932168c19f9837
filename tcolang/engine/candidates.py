"""Many ways to fill in what `optimal()` asks for, evaluated together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from tcolang.base.record import field, state
from tcolang.engine.evaluation import Values
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.plan import Plan, make_plan
from tcolang.engine.run import PIECE, run
from tcolang.engine.settings import Settings
from tcolang.engine.size import size_of
from tcolang.engine.streams import Streams, serving, streams_of
from tcolang.model.costmodel import CostModel, OptionModel
from tcolang.semantics.terms import Symbol
from tcolang.semantics.types import ReferenceType

Filling: TypeAlias = Mapping[str, float]
"""A value for each node that `optimal()` stands for, by key."""

FUTURES = 200
"""Futures with which ways are compared first where there are too many to compare them with all."""
TYPICAL = 1
"""As a number of futures: one, in which every input has its mean."""
WORK = 3 * 10**8
"""So many numbers are calculated to compare ways: a few seconds."""
MANY = 2_000
"""With so many shares it is quicker to leave out of the model those that are nothing."""
_COLUMNS = 50_000
"""Ways times futures in one run, which bounds the memory it takes."""


class NotFiniteError(Exception):
    """In one of the ways the node of this key has no finite value, or is no share."""


@state
class Trials:
    """The ways of one option. Plans are made once: that takes longer than evaluating many ways does."""

    model: CostModel
    option: OptionModel
    settings: Settings
    plans: dict[tuple[tuple[str, ...], frozenset[str] | None], Plan] = field(default_factory=dict)
    paid: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    drawn: dict[tuple[int, int], Mapping[int, Values]] = field(default_factory=dict)
    found: list[Streams] = field(default_factory=list)

    @property
    def lines(self) -> tuple[str, ...]:
        """The keys of the discounted totals of the option's cost lines."""
        return tuple(line.tco for line in self.option.lines)

    @property
    def uncertain(self) -> bool:
        return any(self.model.node(key).uncertain for key in self.lines) and self._plan(self.lines).uncertain

    @property
    def streams(self) -> Streams:
        if not self.found:
            choices = [choice for choice in self.model.choices if choice.option == self.option.name]
            self.found.append(streams_of(self.model, choices))
        return self.found[0]

    def affordable(self, futures: int) -> int:
        """How many ways can be compared in so many futures."""
        plan = self._plan(self.lines)
        return WORK // max(1, size_of(plan, futures, 1).work)

    def costs(self, fillings: Sequence[Filling], samples: int) -> Values:
        """The TCO of the option for each filling and in each future, in the decision's currency: of shape (fillings, 1
        or samples). A component that a filling leaves without work, and that nothing else reaches, is not paid."""
        parts: list[Values] = []
        for part in self.parts(fillings, samples):
            seen = self.seen(part, self.lines, samples)
            parts.append(self._added_up(part, seen))
        return np.concatenate(parts)

    def means(self, fillings: Sequence[Filling], samples: int) -> list[float]:
        """The mean of `costs` over the futures."""
        return [float(v) for v in self.costs(fillings, samples).mean(axis=1)]

    def rows(self, fillings: Sequence[Filling], keys: Iterable[str], samples: int) -> dict[str, Values]:
        """The mean over the futures of some nodes, shape (months, fillings); totals have the same in every month."""
        wanted = tuple(dict.fromkeys(keys))
        decision = self.model.decision
        assert decision is not None
        found: dict[str, list[Values]] = {key: [] for key in wanted}
        for part in self.parts(fillings, samples):
            for key, values in self.seen(part, wanted, samples).items():
                found[key].append(np.broadcast_to(values.mean(axis=2), (decision.horizon, len(part))))
        return {key: np.concatenate(each, axis=1) for key, each in found.items()}

    def idle(self, filling: Filling) -> frozenset[str]:
        """Components that only deployments without a share in the filling would reach."""
        choices = [c for c in self.model.choices if c.option == self.option.name and c.sort == "assignment"]
        used = frozenset(d for c in choices for d, k in zip(c.deployments, c.keys, strict=True) if filling[k] != 0)
        return self.unpaid(used)

    def unpaid(self, used: frozenset[str]) -> frozenset[str]:
        """The same, by the deployments that have a share."""
        if used not in self.paid:
            self.paid[used] = self._idle(used)
        return self.paid[used]

    def _idle(self, used: frozenset[str]) -> frozenset[str]:
        option = self.option
        choices = [c for c in self.model.choices if c.option == option.name and c.sort == "assignment"]
        candidates = {d for c in choices for d in c.deployments}
        handled = {(c.workload, d) for c in choices for d in c.deployments}
        routed = {r.deployment for r in option.routes if (r.workload, r.deployment) not in handled}
        stated = self.model.program.options[option.name]
        others = [*used, *routed, *(role for role, _ in option.staff), *stated.uses]
        others += [option.bridge] if option.bridge else []
        return frozenset(reach(self.model, candidates - used - routed) - reach(self.model, others))

    def _plan(self, keys: tuple[str, ...], live: frozenset[str] | None = None) -> Plan:
        """`live`: no other shares are more than nothing."""
        if (keys, live) not in self.plans:
            open_ = [key for choice in self.model.choices for key in choice.keys]
            model = self.model if live is None else serving(self.streams, live, keys)
            self.plans[keys, live] = make_plan(model, keys, given=open_)
        return self.plans[keys, live]

    def _live(self, fillings: Sequence[Filling]) -> frozenset[str] | None:
        """The shares that are not nothing, where these are few."""
        shares = self.streams.shares
        if len(shares) < MANY:
            return None
        live = frozenset(key for filling in fillings for key, value in filling.items() if value != 0 and key in shares)
        return live if 2 * len(live) < len(shares) else None

    def parts(self, fillings: Sequence[Filling], samples: int) -> Iterator[Sequence[Filling]]:
        """So many at a time that what differs from one to another fits into a piece of the calculation."""
        months = self.model.decision.horizon if self.model.decision else 1
        futures = samples if self.uncertain else 1
        together = max(1, min(_COLUMNS // futures, max(PIECE // months, 64)))
        for start in range(0, len(fillings), together):
            yield fillings[start : start + together]

    def seen(self, fillings: Sequence[Filling], keys: tuple[str, ...], samples: int) -> dict[str, Values]:
        """Of shape (1 or months, fillings, 1 or samples). Raises `NotFiniteError`."""
        plan = self._plan(keys, self._live(fillings))
        futures = samples if plan.uncertain else 1
        if (id(plan), futures) not in self.drawn:
            self.drawn[id(plan), futures] = self.draws(plan, futures)
        given: dict[str, Sequence[float]] = {}
        for key in (key for choice in self.model.choices for key in choice.keys if key in plan.places):
            given[key] = [filling.get(key, 1.0) for filling in fillings]
        made = run(plan, self.drawn[id(plan), futures], (1.0,) * len(fillings), given=given)
        if made.not_finite or made.not_shares:
            wrong = made.not_finite | made.not_shares
            raise NotFiniteError(next(key for key, step in plan.places.items() if step in wrong))
        return {key: _by_filling(made.values[plan.places[key]], len(fillings)) for key in keys}

    def draws(self, plan: Plan, futures: int) -> Mapping[int, Values]:
        """For a number of futures, or for the typical one."""
        if futures > TYPICAL:
            return draw_inputs(plan, self.model.correlations, futures, self.settings.seed)
        many = draw_inputs(plan, (), FUTURES, self.settings.seed)
        return {number: values.mean(axis=1, keepdims=True) for number, values in many.items()}

    def _added_up(self, fillings: Sequence[Filling], seen: Mapping[str, Values]) -> Values:
        futures = max((values.shape[2] for values in seen.values()), default=1)
        total = np.zeros((len(fillings), futures))
        idle = [self.idle(filling) for filling in fillings]
        for line in self.option.lines:
            counted = np.array([line.component not in each for each in idle])
            total += np.where(counted[:, None], seen[line.tco][0], 0.0)
        return total


def reach(model: CostModel, keys: Iterable[str]) -> set[str]:
    """Components and all that they refer to."""
    found: set[str] = set()
    queue = list(keys)
    while queue:
        key = queue.pop()
        if key in found:
            continue
        found.add(key)
        for value in model.program.components[key].values.values():
            term = value.segments[-1].term
            if isinstance(term, Symbol) and isinstance(term.type, ReferenceType):
                queue.append(term.value)
    return found


def _by_filling(values: Values, count: int) -> Values:
    """What does not depend on the filling is the same for all."""
    if values.shape[1] == 1:
        return np.broadcast_to(values[:, :, None], (values.shape[0], count, 1))
    return values.reshape(values.shape[0], count, -1)
