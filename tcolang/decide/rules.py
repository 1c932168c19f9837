"""Every rule for every option and workload it ranges over: true, false or unknown, and what it says.

While rules are judged only what differs from one evaluation to the next is written down: the values that were read, and
how each condition came out. The words, units and places stand in the plan, and the full account of a rule is made from
both where somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tcolang.base.record import field, record
from tcolang.decide.conditions import joint_record, operator_of
from tcolang.decide.decision import ConditionRecord, ExceptionRecord, Reading, RuleRecord, Truth
from tcolang.decide.logic import Raw, joined
from tcolang.decide.operands import Joint, Leaf, folded, operands_of_leaf
from tcolang.decide.plan import Plan, PlannedRule
from tcolang.decide.reading import NOTHING_LATE, Telling, late_value, missing_of, telling
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import Condition, Operand, RuleCase, Told
from tcolang.uncertain.summary import Estimate

_FULL = 1.0


@record
class Judged:
    """By slot of the plan the values that were read (for uncertain ones their means, and in `ranges` their estimates);
    by step how it came out."""

    plan: Plan
    values: Sequence[Raw]
    ranges: Mapping[int, Estimate]
    truths: Sequence[Truth]
    words: list[Telling] = field(compare=False, repr=False)
    """How values are told, once somebody has asked: a figure that many rules read is written once."""

    @property
    def records(self) -> tuple[RuleRecord, ...]:
        """In the order of the rules."""
        return tuple(_record(self, rule) for rule in self.plan.rules)

    def conditions(self, case: RuleCase) -> tuple[ConditionRecord, ...]:
        return tuple(self.condition(condition) for condition in case.conditions)

    def exceptions(self, case: RuleCase) -> tuple[ExceptionRecord, ...]:
        return tuple(ExceptionRecord(label, self.condition(condition)) for label, condition in case.exceptions)

    def told(self, text: Told) -> str:
        slot = self.plan.slot
        return "".join(part if isinstance(part, str) else self.reading(part, slot(part)).shown for part in text.parts)

    def condition(self, condition: Condition) -> ConditionRecord:
        return folded(condition, self.leaf, joint_record)

    def leaf(self, leaf: Leaf) -> ConditionRecord:
        operands = operands_of_leaf(leaf)
        slots = tuple(map(self.plan.slot, operands))
        result = self.truths[self.plan.place(leaf, slots)]
        return ConditionRecord(result, operator_of(leaf), tuple(map(self.reading, operands, slots)))

    def reading(self, operand: Operand, slot: int) -> Reading:
        if not self.words:
            self.words.append(telling(self.plan.model))
        return self.words[0](operand, self.values[slot], self.ranges.get(slot))


def judge_rules(plan: Plan, evaluation: Evaluation, late: Mapping[str, object] = NOTHING_LATE) -> Judged:
    """`evaluation` is of the model that the rules were planned for, with other values where it is one of several."""
    values = list(plan.stated)
    ranges: dict[int, Estimate] = {}
    given = evaluation.values
    for slot, key in plan.read:
        array = given.get(key)
        if array is not None:
            if array.size == 1:
                values[slot] = array.item()
            else:
                ranges[slot] = estimate = evaluation.estimate(key)
                values[slot] = estimate.mean
    for slot, name in plan.late:
        values[slot] = late_value(late.get(name))
    truths: list[Truth] = []
    came_out = truths.append
    for step in plan.steps:
        came_out(step(values, truths))
    return Judged(plan, values, ranges, truths, [])


def _record(judged: Judged, rule: PlannedRule) -> RuleRecord:
    result = judged.truths[rule.result]
    missing = _missing(judged, rule) if result == "unknown" else ()
    # By place, since a record is made for every rule, option and workload.
    return RuleRecord(rule.case, result, _degree(judged, rule), rule.steps_back, missing, judged)


def _degree(judged: Judged, rule: PlannedRule) -> float | None:
    """From 0 to 1; None where it is not known. An argument without a degree is a full one."""
    if rule.degree is None:
        return _FULL if rule.case.action in ("prefer", "avoid") else None
    value = judged.values[rule.degree]
    return min(max(value, 0.0), 1.0) if isinstance(value, float) else None


def _missing(judged: Judged, rule: PlannedRule) -> tuple[str, ...]:
    """The facts for want of which a rule is unknown, each once. What is unknown in a part that is settled all the same
    is missing for nobody."""
    plan = judged.plan

    def facts(operand: Operand) -> tuple[str, ...]:
        return missing_of(operand, plan.model) if judged.values[plan.slot(operand)] is None else ()

    def leaf(part: Leaf) -> tuple[Truth, tuple[str, ...]]:
        operands = operands_of_leaf(part)
        place = plan.place(part, tuple(map(plan.slot, operands)))
        return judged.truths[place], tuple(fact for operand in operands for fact in facts(operand))

    def join(operator: Joint, parts: Sequence[tuple[Truth, tuple[str, ...]]]) -> tuple[Truth, tuple[str, ...]]:
        return joined(operator, [truth for truth, _ in parts]), _of_unknown(parts)

    case = rule.case
    wholes = [folded(c, leaf, join) for c in (*case.conditions, *(c for _, c in case.exceptions))]
    degree = facts(case.degree) if rule.degree is not None and case.degree is not None else ()
    return tuple(dict.fromkeys((*_of_unknown(wholes), *degree)))


def _of_unknown(parts: Sequence[tuple[Truth, tuple[str, ...]]]) -> tuple[str, ...]:
    return tuple(fact for truth, facts in parts if truth == "unknown" for fact in facts)
