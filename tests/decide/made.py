"""Cost models and evaluations made by hand, for tests of decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tcolang.base.record import replace
from tcolang.base.source import SourceFile, Span
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import (
    Compare,
    Condition,
    CostModel,
    CriterionModel,
    ExpectCase,
    Holds,
    Node,
    NodeSort,
    Operand,
    OptionModel,
    RuleCase,
    Told,
)
from tcolang.semantics import program
from tcolang.semantics.program import Grade, Program, Provenance
from tcolang.semantics.terms import Constant, Term
from tcolang.semantics.types import NUMBER_TYPE, FlagType, QuantityType, TextType, Type
from tcolang.units.dimension import base
from tcolang.units.standard import STANDARD
from tcolang.units.unit import Unit

FILE = SourceFile("spec.tco", "tco 1\n\nfirst line\nsecond line\n")
SPAN = Span(FILE, 7, 12)
MONEY = QuantityType(base("money"))
USD = Unit("USD", base("money"), Fraction(1), "USD")
MONTH_2026 = 2026 * 12

Family = Literal["self_host", "api", "hybrid"]
Action = Literal["veto", "prefer", "avoid", "warn", "advise"]
Figures = float | Sequence[float] | NDArray[np.float64]


def node(key: str, term: Term | None = None, sort: NodeSort = "formula", grade: Grade | None = None) -> Node:
    term = term or Constant(0.0, NUMBER_TYPE, SPAN)
    return Node(key, sort, term, (), NUMBER_TYPE, None, False, False, "", grade, Provenance(), "", key, SPAN)


def number(key: str, text: str = "", type_: Type = NUMBER_TYPE, unit: Unit | None = None) -> Operand:
    return Operand(type_, unit, text or key, SPAN, key=key)


def money(key: str, text: str = "") -> Operand:
    return number(key, text, MONEY, USD)


def word(value: str) -> Operand:
    return Operand(TextType(), None, value, SPAN, symbol=value)


def missing(*facts: str, type_: Type = NUMBER_TYPE) -> Operand:
    return Operand(type_, None, facts[0], SPAN, missing=facts)


def flag(key: str) -> Holds:
    return Holds(number(key, type_=FlagType()))


NOT_KNOWN = Holds(missing("chat.data_class"))
EMPTY = Told(())


def rule(
    name: str,
    option: str,
    action: Action = "veto",
    when: Sequence[Condition] = (),
    *,
    criterion: str | None = None,
    degree: Operand | None = None,
    unless: Sequence[tuple[str, Condition]] = (),
    yields: bool = False,
    workload: str = "",
    because: Told = EMPTY,
) -> RuleCase:
    return RuleCase(
        f"pack/{name}",
        name,
        option,
        workload,
        tuple(when),
        tuple(unless),
        yields,
        action,
        criterion,
        degree,
        because,
        SPAN,
    )


def argue(name: str, option: str, action: Action, criterion: str, degree: str | None = None) -> RuleCase:
    return rule(name, option, action, criterion=criterion, degree=number(degree) if degree else None)


def expect(condition: Condition, text: str = "left < right", because: Told | None = None) -> ExpectCase:
    return ExpectCase(condition, because, text, SPAN)


def compare(operator: Literal["==", "!=", "<", "<=", ">", ">="], left: Operand, right: Operand) -> Compare:
    return Compare(operator, left, right)


@dataclass(frozen=True)
class Case:
    """What a model is made of: families and costs of its options, worths of its criteria, further figures by key."""

    options: Mapping[str, tuple[Family, Figures]]
    worths: Mapping[str, float] = field(default_factory=dict)
    measures: Mapping[str, Mapping[str, Operand]] = field(default_factory=dict)
    rules: Sequence[RuleCase] = ()
    expectations: Sequence[ExpectCase] = ()
    figures: Mapping[str, Figures] = field(default_factory=dict)
    nodes: Sequence[Node] = ()
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    horizon: int = 12
    samples: int = 1
    batches: int = 1

    @property
    def model(self) -> CostModel:
        nodes = {key: node(key) for key in self.all_figures}
        nodes.update({each.key: each for each in self.nodes})
        return CostModel(
            program=replace(PROGRAM, packs=(program.Pack("pack", "1.0.0", "ab" * 32, SPAN),)),
            decision=replace(DECISION, horizon=self.horizon, options=tuple(self.options)),
            nodes=tuple(nodes.values()),
            index={key: place for place, key in enumerate(nodes)},
            unknown=self.unknown,
            options=tuple(_option(name, family) for name, (family, _) in self.options.items()),
            criteria=tuple(
                CriterionModel(name, name, f"worth.{name}", self.measures.get(name, {}), SPAN) for name in self.worths
            ),
            rules=tuple(self.rules),
            expectations=tuple(self.expectations),
            published=(),
            correlations=(),
        )

    @property
    def all_figures(self) -> Mapping[str, Figures]:
        return {
            **{f"{name}.tco": cost for name, (_, cost) in self.options.items()},
            **{f"worth.{name}": worth for name, worth in self.worths.items()},
            **self.figures,
        }

    @property
    def evaluation(self) -> Evaluation:
        values = {key: np.atleast_2d(np.asarray(figures, dtype=float)) for key, figures in self.all_figures.items()}
        return Evaluation(self.horizon, self.samples, self.batches, 0, values)


def _option(name: str, family: Family) -> OptionModel:
    return OptionModel(name, name, family, (), None, (), (), (), {"tco": f"{name}.tco"}, {}, (), "", SPAN)


DECISION = program.Decision(
    "ask", "spec", "Which?", "USD", MONTH_2026, 12, float(MONTH_2026), ("a", "b"), None, {}, "", SPAN
)
PROGRAM = Program(FILE, (FILE,), STANDARD, {}, {}, {}, {}, {}, {}, (), (), {}, DECISION, {}, {}, (), (), (), ())
