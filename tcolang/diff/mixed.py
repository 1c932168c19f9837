"""A program between two: some changes made, the others not yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from tcolang.base.record import record, replace
from tcolang.diff.parts import Path
from tcolang.semantics.program import (
    Assignment,
    Component,
    Correlation,
    CostLine,
    Decision,
    ExchangeRate,
    Exclusion,
    GlobalFormula,
    Kind,
    Option,
    Program,
    Serve,
)

T = TypeVar("T")


def mixed(base: Program, head: Program, made: frozenset[Path], options: tuple[str, ...]) -> Program:
    """For the costs of `options` alone, which both programs have: rules, scenarios and tests are left out.

    Draws keep their keys, so nothing moves but what the changes move. What is declared in one of the programs only is
    always there: it makes no difference until something reads it.
    """
    mix = _Mix(base, head, made)
    return replace(
        head,
        choices={**base.choices, **head.choices},
        kinds=_joined(base.kinds, head.kinds, mix.kind),
        components=_joined(base.components, head.components, mix.component),
        assumptions=_joined(base.assumptions, head.assumptions, lambda b, h: mix.either(("assume", h.key), b, h)),
        formulas=mix.formulas(),
        rates=mix.rates(),
        correlations=mix.correlations(),
        options={name: mix.option(base.options[name], head.options[name]) for name in options},
        decision=mix.decision(base.decision, head.decision, options),
        scenarios={},
        criteria={},
        rules=(),
        expectations=(),
        tests=(),
        allowances=(),
    )


def _joined(one: Mapping[str, T], other: Mapping[str, T], both):  # type: ignore[no-untyped-def]
    joined = {**one, **other}
    return {key: both(one[key], other[key]) if key in one and key in other else joined[key] for key in joined}


@record
class _Mix:
    base: Program
    head: Program
    made: frozenset[Path]

    def either(self, path: Path, before: T, after: T) -> T:
        return after if path in self.made else before

    def mapping(self, path: Path, before: Mapping[str, T], after: Mapping[str, T]) -> dict[str, T]:
        """Each member as it was or is; left out where that is not at all."""
        names = dict.fromkeys((*after, *before))
        chosen = {name: self.either((*path, name), before.get(name), after.get(name)) for name in names}
        return {name: value for name, value in chosen.items() if value is not None}

    def kind(self, before: Kind, after: Kind) -> Kind:
        if before.role != after.role:
            return self.either(("kind", after.name), before, after)
        path = ("kind", after.name)
        return replace(
            after,
            attributes=self.mapping((*path, "attribute"), before.attributes, after.attributes),
            formulas=self.mapping((*path, "formula"), before.formulas, after.formulas),
            costs=self.mapping((*path, "cost"), before.costs, after.costs),
        )

    def component(self, before: Component, after: Component) -> Component:
        if before.kind != after.kind:
            return self.either(("component", after.key), before, after)
        return replace(after, values=self.mapping(("value", after.key), before.values, after.values))

    def formulas(self) -> dict[str, GlobalFormula]:
        """No cost reads a formula that reads results, and an option that it reads may not be there."""
        joined: dict[str, GlobalFormula] = _joined(
            self.base.formulas, self.head.formulas, lambda b, h: self.either(("let", h.key), b, h)
        )
        return {key: formula for key, formula in joined.items() if not formula.reads_results}

    def rates(self) -> tuple[ExchangeRate, ...]:
        both = (self.base.rates, self.head.rates)
        pairs = dict.fromkeys((r.currency, r.other) for rates in both for r in rates if not r.reference)
        found = [r for r in self.head.rates if r.reference] or [r for r in self.base.rates if r.reference]
        for currency, other in pairs:
            chosen = self.either(("rate", currency, other), *both)
            found += [r for r in chosen if not r.reference and (r.currency, r.other) == (currency, other)]
        return tuple(found)

    def correlations(self) -> tuple[Correlation, ...]:
        def known(program: Program) -> dict[tuple[str, ...], Correlation]:
            return {tuple(sorted((c.left, c.right))): c for c in program.correlations}

        before, after = known(self.base), known(self.head)
        pairs = dict.fromkeys((*after, *before))
        chosen = [self.either(("correlation", *pair), before.get(pair), after.get(pair)) for pair in pairs]
        return tuple(one for one in chosen if one is not None)

    def option(self, before: Option, after: Option) -> Option:
        path = ("option", after.name)
        bridge = self.either((*path, "bridge"), before, after)
        serves = self.mapping((*path, "serve"), _serves(before), _serves(after))
        staff = self.mapping((*path, "staff"), _staff(before), _staff(after))
        return replace(
            after,
            serves=tuple(serves.values()),
            staff=tuple(staff.values()),
            uses=tuple(self.mapping((*path, "uses"), {n: n for n in before.uses}, {n: n for n in after.uses})),
            costs=self.costs(before, after),
            without=tuple(self.mapping((*path, "without"), _without(before), _without(after)).values()),
            values=self.mapping((*path, "value"), before.values, after.values),
            bridge=bridge.bridge,
            bridge_stated=bridge.bridge_stated,
        )

    def costs(self, before: Option, after: Option) -> dict[str, CostLine]:
        return self.mapping(("option", after.name, "cost"), before.costs, after.costs)

    def decision(self, before: Decision | None, after: Decision | None, options: tuple[str, ...]) -> Decision | None:
        if before is None or after is None:
            return None
        return replace(
            after,
            start=self.either(("decision", "start"), before.start, after.start),
            horizon=self.either(("decision", "horizon"), before.horizon, after.horizon),
            values=self.mapping(("decision", "value"), before.values, after.values),
            options=options,
            baseline=None,
        )


def _serves(option: Option) -> dict[str, Serve]:
    return {serve.workload: serve for serve in option.serves}


def _staff(option: Option) -> dict[str, Assignment]:
    return {one.role: one for one in option.staff}


def _without(option: Option) -> dict[str, Exclusion]:
    return {f"{e.component}.{e.cost}" if e.component else e.cost: e for e in option.without}
