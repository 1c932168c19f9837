"""Cost models made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tcolang.base.source import SourceFile, Span
from tcolang.model.costmodel import CostModel, Node, NodeSort, OptionModel
from tcolang.semantics.program import Decision, Program, Provenance
from tcolang.semantics.terms import Apply, Constant, Dated, Draw, NodeValue, Symbol, Term
from tcolang.semantics.types import NUMBER_TYPE, GrowthType, PercentileType, Type
from tcolang.uncertain.distribution import Distribution, DistributionMistake, interval
from tcolang.units.dimension import NUMBER
from tcolang.units.standard import STANDARD
from tcolang.units.unit import Unit

FILE = SourceFile("spec.tco", "tco 1\n")
SPAN = Span(FILE, 0, 5)
START = 2026 * 12
PLAIN = Unit("number", NUMBER, Fraction(1))

Written = float | str | Term
"""A number, the key of a node, or a term."""


def term(value: Written) -> Term:
    match value:
        case str():
            return NodeValue(value, NUMBER_TYPE, SPAN)
        case float() | int():
            return Constant(float(value), NUMBER_TYPE, SPAN)
        case _:
            return value


def apply(function: str, *arguments: Written, **settings: object) -> Term:
    return Apply(function, tuple(term(a) for a in arguments), NUMBER_TYPE, SPAN, tuple(sorted(settings.items())))


def total_of(*terms: Written, signs: tuple[int, ...] = ()) -> Term:
    return apply("sum", *terms, signs=signs or (1,) * len(terms))


def times(*factors: Written, powers: tuple[int, ...] = ()) -> Term:
    return apply("product", *factors, powers=powers or (1,) * len(factors))


def over(one: Written, other: Written) -> Term:
    return times(one, other, powers=(1, -1))


def growth(rate: float, period: float = 1.0) -> Term:
    return Constant(rate, GrowthType(period), SPAN)


def percentile(text: str) -> Term:
    return Symbol(text, PercentileType(), SPAN)


def spread(low: float, high: float, ordinal: int = 0) -> Term:
    """An interval, of the family that its ends say."""
    made = interval(low, high, "real")
    assert not isinstance(made, DistributionMistake)
    return drawn(made, ordinal)


def drawn(distribution: Distribution, ordinal: int = 0) -> Term:
    return Draw(distribution, ordinal, NUMBER_TYPE, SPAN)


def dated(*segments: tuple[int, Written]) -> Term:
    return Dated(tuple((since, term(value)) for since, value in segments), NUMBER_TYPE, SPAN)


def node(
    key: str, value: Written, *, sort: NodeSort = "formula", type_: Type = NUMBER_TYPE, unit: Unit | None = PLAIN
) -> Node:
    made = term(value)
    return Node(key, sort, made, _parents(made), type_, unit, False, False, key, None, Provenance(), "", key, SPAN)


def model(
    nodes: Sequence[Node],
    *,
    months: int = 12,
    start: int = START,
    tco: Mapping[str, str] | None = None,
    correlations: Sequence[tuple[str, str, float]] = (),
) -> CostModel:
    """`tco` maps names of options to the keys of their totals. The volume is there without being given."""
    all_nodes = (node("volume", 1.0), *nodes)
    options = tuple(_option(name, key) for name, key in (tco or {}).items())
    decision = Decision("it", "spec", "", "USD", start, months, start, tuple(tco or {}), None, {}, "", SPAN)
    return CostModel(
        _program(decision),
        decision,
        all_nodes,
        {n.key: place for place, n in enumerate(all_nodes)},
        {},
        options,
        (),
        (),
        (),
        (),
        tuple(correlations),
    )


def _parents(root: Term) -> tuple[str, ...]:
    found: dict[str, None] = {}
    waiting = [root]
    while waiting:
        match waiting.pop():
            case NodeValue(key=key):
                found[key] = None
            case Apply(arguments=arguments):
                waiting.extend(reversed(arguments))
            case Dated(segments=segments):
                waiting.extend(part for _, part in reversed(segments))
            case _:
                pass
    return tuple(found)


def _option(name: str, tco: str) -> OptionModel:
    return OptionModel(name, name, "api", (), None, (), (), (), {"tco": tco}, {}, (), "", SPAN)


def _program(decision: Decision) -> Program:
    return Program(FILE, (FILE,), STANDARD, {}, {}, {}, {}, {}, {}, (), (), {}, decision, {}, {}, (), (), (), (), ())
