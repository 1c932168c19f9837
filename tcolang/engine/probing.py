"""An option as it is with one workload, or with nothing, to see what that costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from tcolang.base.record import field, state
from tcolang.engine.alone import Template, templates
from tcolang.engine.candidates import FUTURES, TYPICAL, Filling, NotFiniteError, Trials
from tcolang.engine.evaluation import Values
from tcolang.engine.inputs import EDITION
from tcolang.engine.plan import Plan, make_plan
from tcolang.engine.run import run
from tcolang.model.costmodel import Choice
from tcolang.uncertain.distribution import quantile
from tcolang.uncertain.draw import correlated_uniforms

Case: TypeAlias = tuple[int, Mapping[str, float]]
"""A workload, by the number of its choice, and how much of it goes to which deployments: 1 is all of it."""

_COLUMNS = 50_000
"""Cases times futures in one run, which bounds the memory it takes."""


@state
class Probing:
    """`keys` are the nodes that are looked at. Of an option whose workloads have many shapes all of its model is
    evaluated, else a part of it for each shape."""

    trials: Trials
    choices: Sequence[Choice]
    keys: tuple[str, ...]
    shapes: tuple[Template, ...] | None = None
    plans: list[Plan] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shapes = templates(self.trials.streams, self.choices, self.keys)
        for shape in self.shapes or ():
            given = (*shape.shares, *shape.numbers)
            self.plans.append(make_plan(shape.model, self.keys, given=given, by_future=tuple(shape.draws)))

    def reach(self) -> Mapping[str, frozenset[str]] | None:
        """The deployments on whose shares each of the keys rests; None where that is not known."""
        if self.shapes is None:
            return None
        found: dict[str, frozenset[str]] = {}
        for shape in self.shapes:
            choice = self.choices[shape.members[0]]
            rests = {key: frozenset((d,)) for d, key in zip(choice.deployments, choice.keys, strict=True)}
            for node in shape.model.nodes:
                if node.key not in rests:
                    rests[node.key] = frozenset().union(*(rests[parent] for parent in node.parents))
            for key in self.keys:
                found[key] = found.get(key, frozenset()) | rests[key]
        return found

    def seen(self, cases: Sequence[Case], futures: int) -> dict[str, Values]:
        """Each key in each case, shape (1 or months, cases, 1 or futures). Raises `NotFiniteError`."""
        if self.shapes is None:
            return self._by_model(cases, futures)
        parts: list[tuple[list[int], dict[str, Values]]] = []
        for shape, plan in zip(self.shapes, self.plans, strict=True):
            members = {number: place for place, number in enumerate(shape.members)}
            places = [place for place, (number, _) in enumerate(cases) if number in members]
            together = max(1, _COLUMNS // futures)
            for start in range(0, len(places), together):
                some = places[start : start + together]
                own = [(members[cases[place][0]], cases[place]) for place in some]
                parts.append((some, self._run(shape, plan, own, futures)))
        return {key: _together([(places, found[key]) for places, found in parts], len(cases)) for key in self.keys}

    def _run(self, shape: Template, plan: Plan, cases: Sequence[tuple[int, Case]], futures: int) -> dict[str, Values]:
        trials = self.trials
        given: dict[str, Sequence[float] | Values] = {}
        for key in shape.shares:
            given[key] = [
                case[1].get(self.choices[case[0]].deployments[shape.shares.index(key)], 0.0) for _, case in cases
            ]
        for key, numbers in shape.numbers.items():
            given[key] = [numbers[member] for member, _ in cases]
        for key in shape.draws:
            given[key] = self._drawn(shape, key, [member for member, _ in cases], futures)
        made = run(plan, trials.draws(plan, futures), (1.0,) * len(cases), given=given)
        wrong = made.not_finite | made.not_shares
        if wrong:
            raise NotFiniteError(next(key for key, step in plan.places.items() if step in wrong))
        found: dict[str, Values] = {}
        for key in self.keys:
            values = made.values[plan.places[key]]
            if values.shape[1] == 1:
                found[key] = np.broadcast_to(values[:, :, None], (values.shape[0], len(cases), 1))
            else:
                found[key] = values.reshape(values.shape[0], len(cases), -1)
        return found

    def _drawn(self, shape: Template, key: str, members: Sequence[int], futures: int) -> Values:
        """Of each member, shape (members, futures)."""
        model, seed = self.trials.model, self.trials.settings.seed
        drawn = shape.draws[key]
        rows: dict[int, Values] = {}
        wanted = dict.fromkeys(members)
        samples, correlations = (futures, model.correlations) if futures > TYPICAL else (FUTURES, ())
        uniforms = correlated_uniforms([drawn[m][0] for m in wanted], correlations, samples, seed, EDITION)
        for member in wanted:
            stream, distribution = drawn[member]
            rows[member] = quantile(np, uniforms[stream], distribution)
        made = np.stack([rows[member] for member in members])
        return made if futures > TYPICAL else made.mean(axis=1, keepdims=True)

    def _by_model(self, cases: Sequence[Case], futures: int) -> dict[str, Values]:
        nothing: Filling = {key: 0.0 for choice in self.choices for key in choice.keys}
        fillings: list[Filling] = []
        for number, shares in cases:
            choice = self.choices[number]
            own = {choice.keys[choice.deployments.index(d)]: share for d, share in shares.items()}
            fillings.append({**nothing, **own})
        parts = [self.trials.seen(part, self.keys, futures) for part in self.trials.parts(fillings, futures)]
        return {key: np.concatenate([part[key] for part in parts], axis=1) for key in self.keys}


def _together(parts: Sequence[tuple[list[int], Values]], count: int) -> Values:
    """Of all cases, in their order."""
    rows = max(values.shape[0] for _, values in parts)
    futures = max(values.shape[2] for _, values in parts)
    found = np.empty((rows, count, futures))
    for places, values in parts:
        found[:, places] = values
    return found
