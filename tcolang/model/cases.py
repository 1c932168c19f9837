"""Rules, criteria and expectations for the options and workloads of this decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tcolang.base.problem import Problem
from tcolang.base.record import replace
from tcolang.model import problems
from tcolang.model.certain import certain_values
from tcolang.model.conditions import Operands
from tcolang.model.costmodel import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CriterionModel,
    ExpectCase,
    Holds,
    Near,
    Negated,
    Node,
    OneOf,
    Operand,
    RequirementCase,
    RuleCase,
    Told,
)
from tcolang.model.drafts import Context, Draft, Drafts
from tcolang.model.instantiate import instantiate
from tcolang.model.keys import dated, decision_value
from tcolang.model.lay_out import Layout
from tcolang.semantics.program import Criterion, Expectation, Rule
from tcolang.semantics.scope import natural_unit
from tcolang.semantics.terms import Apply, AttributeOf, OfDecision, Symbol
from tcolang.semantics.types import GrowthType, QuantityType
from tcolang.units.dimension import base

MONEY = QuantityType(base("money"))


def criteria(stated: Sequence[Criterion], layouts: Sequence[Layout], operands: Operands) -> list[CriterionModel]:
    """Each with the present value of its worth over the horizon."""
    return [_criterion(criterion, layouts, operands) for criterion in stated]


def _criterion(criterion: Criterion, layouts: Sequence[Layout], operands: Operands) -> CriterionModel:
    drafts = operands.drafts
    span = criterion.span
    key = f"(criterion {criterion.name})"
    layers = drafts.overrides.get(key, [])
    segments = layers[-1].segments if layers else criterion.worth.segments
    worth = dated(key, segments, criterion.worth.type, drafts, instantiate, Context())
    rate = decision_value(
        "discount_rate", drafts, instantiate, AttributeOf(OfDecision(), "discount_rate", GrowthType(), span)
    )
    term = Apply("discounted", (worth, rate), MONEY, span)
    first = segments[0]
    drafts.made[key] = Draft(
        key, "rule", term, MONEY, natural_unit(MONEY), key, first.provenance, criterion.doc, first.span.text, span
    )
    measures: dict[str, Operand] = {}
    if criterion.measure is not None:
        for layout in layouts:
            context = Context(option=layout.option.name)
            measures[layout.option.name] = operands.operand(criterion.measure, context)
    return CriterionModel(criterion.name, criterion.title, key, measures, span)


def rule_cases(rules: Sequence[Rule], layouts: Sequence[Layout], operands: Operands) -> list[RuleCase]:
    """Every rule for every option and workload it ranges over."""
    found: list[RuleCase] = []
    for rule in rules:
        for context in contexts(rule.over, layouts, operands.drafts):
            if operands.drafts.full:
                return found
            found.append(rule_case(rule, context, operands))
    return found


def contexts(over: Sequence[str], layouts: Sequence[Layout], drafts: Drafts) -> list[Context]:
    """Where a rule stands that ranges over these variables."""
    workloads = [key for key, c in drafts.program.components.items() if drafts.program.kinds[c.kind].role == "workload"]
    if "option" not in over:
        return [Context(workload=w) for w in workloads] if "workload" in over else [Context()]
    found: list[Context] = []
    for layout in layouts:
        served = [s.workload for s in layout.option.serves]
        name = layout.option.name
        found += [Context(option=name, workload=w) for w in served] if "workload" in over else [Context(option=name)]
    return found


def rule_case(rule: Rule, context: Context, operands: Operands) -> RuleCase:
    """A rule for one option and workload."""
    return RuleCase(
        rule.id,
        rule.title,
        context.option or "",
        context.workload or "",
        tuple(operands.condition(c, context) for c in rule.conditions),
        tuple((u.label, operands.condition(u.condition, context)) for u in rule.exceptions),
        rule.yields_to_cost,
        rule.action,
        rule.criterion,
        operands.operand(rule.degree, context) if rule.degree is not None else None,
        operands.told(rule.because, context),
        rule.span,
    )


def requirement_cases(layouts: Sequence[Layout], operands: Operands) -> list[RequirementCase]:
    """For every component that an option reaches and every workload it serves; those that depend on no option once."""
    drafts = operands.drafts
    found: dict[str, RequirementCase] = {}
    for layout in layouts:
        for key in dict.fromkeys((*layout.reached, *(routed.workload for routed in layout.routed))):
            component = drafts.program.components[key]
            for requirement in drafts.program.kinds[component.kind].requirements:
                context = Context(component=key, option=layout.option.name)
                operand = operands.operand(requirement.condition, context)
                if operand.key is not None and operand.key not in found:
                    because = operands.told(requirement.because, context)
                    found[operand.key] = RequirementCase(
                        operand.key,
                        layout.option.name,
                        key,
                        because,
                        requirement.strict,
                        requirement.text,
                        requirement.span,
                        component.span,
                    )
    return list(found.values())


def expect_cases(expectations: Sequence[Expectation], operands: Operands) -> list[ExpectCase]:
    """What has to hold."""
    context = Context()
    return [
        ExpectCase(
            operands.condition(e.condition, context),
            operands.told(e.because, context) if e.because else None,
            e.text,
            e.span,
        )
        for e in expectations
    ]


class Finish:
    """The last look at operands, when it is known which values are unknown, words, monthly or uncertain."""

    def __init__(self, drafts: Drafts, nodes: dict[str, Node], words: dict[str, Symbol]) -> None:
        self.drafts, self.nodes, self.words = drafts, nodes, words

    def rule(self, case: RuleCase) -> RuleCase:
        return replace(
            case,
            conditions=tuple(self._condition(c) for c in case.conditions),
            exceptions=tuple((label, self._condition(c)) for label, c in case.exceptions),
            degree=self._certain(case.degree) if case.degree else None,
            because=self._told(case.because),
        )

    def expectation(self, case: ExpectCase) -> ExpectCase:
        because = self._told(case.because) if case.because else None
        return replace(case, condition=self._condition(case.condition), because=because)

    def requirements(self, cases: Sequence[RequirementCase]) -> Iterator[RequirementCase]:
        """But those of which it is not known whether they hold, or known that they do."""
        known = [case for case in cases if case.key in self.nodes]
        values = certain_values([case.key for case in known], self.nodes)
        for case in known:
            if values.get(case.key) != 1:
                yield replace(case, because=self._told(case.because))

    def criterion(self, criterion: CriterionModel) -> CriterionModel:
        measures = {option: self._known(operand) for option, operand in criterion.measures.items()}
        return replace(criterion, measures=measures)

    def _condition(self, condition: Condition) -> Condition:
        match condition:
            case Compare():
                left, right = self._certain(condition.left), self._certain(condition.right)
                if left is condition.left and right is condition.right:
                    return condition
                return replace(condition, left=left, right=right)
            case Near():
                return replace(
                    condition,
                    left=self._certain(condition.left),
                    right=self._certain(condition.right),
                    tolerance=self._certain(condition.tolerance),
                )
            case OneOf():
                items = tuple(self._certain(item) for item in condition.items)
                return replace(condition, value=self._certain(condition.value), items=items)
            case Holds():
                value = self._certain(condition.value)
                return condition if value is condition.value else replace(condition, value=value)
            case AllOf(items):
                return replace(condition, items=tuple(self._condition(item) for item in items))
            case AnyOf(items):
                return replace(condition, items=tuple(self._condition(item) for item in items))
            case Negated(item):
                return Negated(self._condition(item))

    def _told(self, told: Told) -> Told:
        return Told(tuple(part if isinstance(part, str) else self._known(part) for part in told.parts))

    def _known(self, operand: Operand) -> Operand:
        if operand.key is None:
            return operand
        if operand.key in self.words:
            return replace(operand, key=None, symbol=self.words[operand.key].value)
        missing = self.drafts.unknown.get(operand.key)
        return operand if missing is None else replace(operand, key=None, missing=missing)

    def _certain(self, operand: Operand) -> Operand:
        known = self._known(operand)
        node = self.nodes.get(known.key) if known.key else None
        if node is not None and node.uncertain:
            self._refuse(problems.UNCERTAIN_CONDITION, operand, "uncertain", _CHANCE)
        elif node is not None and node.monthly:
            self._refuse(problems.MONTHLY_CONDITION, operand, "a number for every month", _SUM)
        return known

    def _refuse(self, problem: Problem, operand: Operand, what: str, remedy: str) -> None:
        self.drafts.report(
            problem,
            f"`{operand.text}` is {what}, so a condition on it is no yes or no",
            operand.span,
            help=remedy.format(operand.text),
        )


_CHANCE = "decide how sure is sure enough: `chance({0} < …) >= 80%`, or compare `p50({0})` or `p95({0})`"
_SUM = "sum it up first: `total({0})`, `first_year({0})`, `average({0})` or `in_month({0}, 2026-06)`"
