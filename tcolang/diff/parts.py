"""A program taken apart into what can change by itself: each assumption, price, rate, formula, route, cost line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.diff.essence import Essence, essence
from tcolang.semantics.program import Component, ExchangeRate, Kind, Option, Program, Segment, Value
from tcolang.semantics.types import QuantityType, Type

Path: TypeAlias = tuple[str, ...]
"""Where a part belongs: `("value", "small", "input_price")`."""


@record
class Part:
    """`sort` is for a reader; `text` is as written; `type` is that of its value, where it has one."""

    path: Path
    sort: str
    name: str
    meaning: Essence
    text: str
    type: Type | None
    span: Span


def parts(program: Program) -> Mapping[Path, Part]:
    """All of them, by path, in the order in which they are written."""
    return {part.path: part for part in _parts(program)}


def segments_of(value: Value) -> tuple[tuple[Essence, Segment], ...]:
    """Each with what it means, date included."""
    return tuple((essence((segment.since, segment.term)), segment) for segment in value.segments)


def written(segment: Segment) -> str:
    """`2.60 USD per 1M tokens from 2026-01`"""
    if segment.since is None:
        return segment.span.text
    whole = math.floor(segment.since)
    return f"{segment.span.text} from {whole // 12}-{whole % 12 + 1:02}"


def oldest_first(segments: Sequence[Segment]) -> list[Segment]:
    return sorted(segments, key=lambda segment: -math.inf if segment.since is None else segment.since)


def _parts(program: Program) -> Iterator[Part]:
    yield from _globals(program)
    for component in program.components.values():
        yield from _component(component)
    yield from _rates(program)
    for kind in program.kinds.values():
        # What ships with the tool is the same for both, though only what a program names of it is read.
        if not kind.span.file.path.startswith("std/"):
            yield from _kind(kind)
    for option in program.options.values():
        yield from _option(option)
    yield from _decision(program)
    yield from _argument(program)


def _globals(program: Program) -> Iterator[Part]:
    for key, assumption in program.assumptions.items():
        yield _valued(("assume", key), "assumption", key, assumption.value)
    for key, formula in program.formulas.items():
        one = formula.formula
        yield Part(("let", key), "formula", key, essence(one.term), one.text, one.type, one.span)
    for pair in program.correlations:
        left, right = sorted((pair.left, pair.right))
        name = f"correlate {left}, {right}"
        yield Part(("correlation", left, right), "correlation", name, pair.value, f"{pair.value:g}", None, pair.span)


def _component(one: Component) -> Iterator[Part]:
    yield Part(("component", one.key), "component", one.key, one.kind, one.kind, None, one.span)
    for name, value in one.values.items():
        yield _valued(("value", one.key, name), _sort(value.type), f"{one.key}.{name}", value)


def _sort(type_: Type) -> str:
    money = isinstance(type_, QuantityType) and type_.dimension.exponent("money") != 0
    return "price" if money else "input"


def _rates(program: Program) -> Iterator[Part]:
    pairs = dict.fromkeys((rate.currency, rate.other) for rate in program.rates if not rate.reference)
    for currency, other in pairs:
        found = sorted(
            (r for r in program.rates if (r.currency, r.other) == (currency, other) and not r.reference),
            key=lambda rate: rate.since,
        )
        meaning = essence(tuple((rate.since, rate.term) for rate in found))
        text = "; ".join(_rate(rate) for rate in found)
        name = f"fx {currency}" if len([c for c, _ in pairs if c == currency]) == 1 else f"fx {currency} in {other}"
        yield Part(("rate", currency, other), "exchange rate", name, meaning, text, None, found[-1].span)


def _rate(rate: ExchangeRate) -> str:
    whole = math.floor(rate.since)
    return f"{rate.term.span.text} from {whole // 12}-{whole % 12 + 1:02}"


def _kind(kind: Kind) -> Iterator[Part]:
    yield Part(("kind", kind.name), "kind", f"kind {kind.name}", kind.role, kind.role, None, kind.span)
    for name, attribute in kind.attributes.items():
        meaning = essence((attribute.type, attribute.optional, attribute.default))
        text = _written(attribute.default) if attribute.default else "no default"
        path = ("kind", kind.name, "attribute", name)
        yield Part(path, "default", f"{kind.name}.{name}", meaning, text, attribute.type, attribute.span)
    for name, formula in kind.formulas.items():
        path = ("kind", kind.name, "formula", name)
        yield Part(
            path, "formula", f"{kind.name}.{name}", essence(formula.term), formula.text, formula.type, formula.span
        )
    for name, cost in kind.costs.items():
        path = ("kind", kind.name, "cost", name)
        meaning = essence((cost.category, cost.term))
        yield Part(path, "cost line", f"{kind.name}.{name}", meaning, cost.text, None, cost.span)


def _option(option: Option) -> Iterator[Part]:
    name = option.name
    yield Part(("option", name), "option", name, None, option.title, None, option.span)
    for attribute, value in option.values.items():
        yield _valued(("option", name, "value", attribute), "input", f"{name}.{attribute}", value)
    for assignment in option.staff:
        path = ("option", name, "staff", assignment.role)
        yield _valued(path, "people", f"{name}.staff.{assignment.role}", assignment.fte)
    for serve in option.serves:
        ordered = tuple(sorted(serve.routes, key=lambda route: route.deployment))
        meaning: Essence = (essence(ordered), *_settings(serve))
        text = ", ".join(f"{r.deployment} = {_written(r.share) if r.share else 'rest'}" for r in serve.routes)
        path = ("option", name, "serve", serve.workload)
        yield Part(path, "routing", f"{name}.serve.{serve.workload}", meaning, text, None, serve.span)
    yield from _paid(option)
    bridge = option.bridge or ("none" if option.bridge_stated else "not stated")
    yield Part(("option", name, "bridge"), "bridge", f"{name}.bridge", option.bridge, bridge, None, option.span)


def _paid(option: Option) -> Iterator[Part]:
    name = option.name
    for used in option.uses:
        yield Part(("option", name, "uses", used), "component used", f"{name}.uses", used, used, None, option.span)
    for cost_name, cost in option.costs.items():
        meaning = essence((cost.category, cost.term))
        path = ("option", name, "cost", cost_name)
        yield Part(path, "cost line", f"{name}.{cost_name}", meaning, cost.text, None, cost.span)
    for exclusion in option.without:
        what = f"{exclusion.component}.{exclusion.cost}" if exclusion.component else exclusion.cost
        path = ("option", name, "without", what)
        yield Part(path, "exclusion", f"{name} without {what}", what, exclusion.because, None, exclusion.span)


def _settings(serve: object) -> Iterator[Essence]:
    """What a `serve` says beside its workload and its routes, such as that it splits by load."""
    for name in getattr(type(serve), "__match_args__", ()):
        if name not in ("workload", "routes", "span"):
            yield essence(getattr(serve, name))


def _decision(program: Program) -> Iterator[Part]:
    decision = program.decision
    if decision is None:
        return
    plain = {"start": f"{decision.start // 12}-{decision.start % 12 + 1:02}", "horizon": f"{decision.horizon} months"}
    numbers = {"start": decision.start, "horizon": decision.horizon}
    for name, text in plain.items():
        yield Part(("decision", name), "decision", f"decision.{name}", numbers[name], text, None, decision.span)
    yield Part(
        ("decision", "currency"), "decision", "decision.currency", decision.currency, decision.currency, None,
        decision.span,
    )  # fmt: skip
    for name, value in decision.values.items():
        yield _valued(("decision", "value", name), "decision", f"decision.{name}", value)


def _argument(program: Program) -> Iterator[Part]:
    """What bears on the recommendation alone."""
    for name, criterion in program.criteria.items():
        meaning = essence((tuple(oldest_first(criterion.worth.segments)), criterion.measure))
        text = f"worth {_written(criterion.worth)}"
        yield Part(("criterion", name), "criterion", f"criterion {name}", meaning, text, None, criterion.span)
    for pack in program.packs:
        yield Part(("pack", pack.name), "rule pack", f"use {pack.name}", None, pack.version, None, pack.span)
    for rule in program.rules:
        argued = (rule.over, rule.conditions, tuple(unless.condition for unless in rule.exceptions))
        meaning = essence((argued, rule.yields_to_cost, rule.action, rule.criterion, rule.degree))
        yield Part(("rule", rule.id), "rule", f"rule {rule.id}", meaning, rule.action, None, rule.span)
    for switch in program.switches:
        done = "override" if switch.value is not None else "without"
        meaning = essence((switch.target, switch.value))
        path = ("switch", done, switch.target)
        text = switch.span.text.splitlines()[0] if switch.span.text else switch.because
        yield Part(path, "departure from a rule pack", f"{done} {switch.target}", meaning, text, None, switch.span)


def _valued(path: Path, sort: str, name: str, value: Value) -> Part:
    return Part(path, sort, name, essence(tuple(oldest_first(value.segments))), _written(value), value.type, value.span)


def _written(value: Value) -> str:
    return "; ".join(dict.fromkeys(written(segment) for segment in oldest_first(value.segments)))
