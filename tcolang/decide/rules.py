"""Every rule for every option and workload it ranges over: true, false or unknown, and what it says."""

from __future__ import annotations

from tcolang.decide.conditions import all_of, any_of, judge, missing_facts, negated
from tcolang.decide.decision import ConditionRecord, ExceptionRecord, RuleRecord, Truth
from tcolang.decide.reading import Read, told
from tcolang.model.costmodel import CostModel, RuleCase

_FULL = 1.0


def judge_rules(model: CostModel, read: Read) -> tuple[RuleRecord, ...]:
    """In the order of the rules; none is skipped."""
    comparable = options_with_another_side(model)
    return tuple(judge_rule(case, read, case.option in comparable) for case in model.rules)


def judge_rule(case: RuleCase, read: Read, comparable: bool) -> RuleRecord:
    """A rule holds where all its conditions do and none of its exceptions. One that is known to hold, but not how
    strongly, is unknown. A rule that does not hold says nothing: its text is empty."""
    conditions = tuple(judge(condition, read) for condition in case.conditions)
    exceptions = tuple(ExceptionRecord(label, judge(condition, read)) for label, condition in case.exceptions)
    result = _result(conditions, exceptions)
    degree, unknown_degree = _degree(case, read)
    if unknown_degree and result == "true":
        result = "unknown"
    missing: tuple[str, ...] = ()
    if result == "unknown":
        parts = (*conditions, *(exception.condition for exception in exceptions))
        missing = tuple(dict.fromkeys((*missing_facts(parts), *unknown_degree)))
    # By place, since a record is made for every rule, option and workload.
    return RuleRecord(
        case.rule,
        case.title,
        case.option,
        case.workload,
        result,
        conditions,
        exceptions,
        missing,
        case.action,
        case.criterion or "",
        degree,
        comparable and case.yields_to_cost and case.action in ("prefer", "avoid"),
        "" if result == "false" else told(case.because, read),
        case.span,
    )


def _result(conditions: tuple[ConditionRecord, ...], exceptions: tuple[ExceptionRecord, ...]) -> Truth:
    holds = all_of(condition.result for condition in conditions)
    if not exceptions:
        return holds
    return all_of((holds, negated(any_of(exception.condition.result for exception in exceptions))))


def _degree(case: RuleCase, read: Read) -> tuple[float | None, tuple[str, ...]]:
    """From 0 to 1, and the facts for want of which it is not known. An argument without a degree is a full one."""
    if case.action not in ("prefer", "avoid"):
        return None, ()
    if case.degree is None:
        return _FULL, ()
    taken = read(case.degree)
    if not isinstance(taken.value, float):
        return None, taken.reading.missing
    return min(max(taken.value, 0.0), 1.0), ()


def options_with_another_side(model: CostModel) -> frozenset[str]:
    """The options whose cost is known, where there are two of them or more. Of which families they are makes no
    difference: else an option of another family, though it does not win, would silence arguments among the rest."""
    costed = [option.name for option in model.options if "tco" in option.results]
    return frozenset(costed) if len(costed) > 1 else frozenset()
