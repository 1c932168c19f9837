"""A fact that no rule reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, is_own
from tcolang.semantics.program import Value
from tcolang.semantics.terms import Apply, AttributeOf, ResultOf, Sentence, Term

_READ_BY_THE_TOOL = frozenset(
    ("owner", "review", "view", "lead_time", "on_call", "comparator", "mlops_team", "expertise_needed")
)
"""Facts that reports show or that costs depend on, whatever the rules."""


def _check(subject: Subject) -> Iterator[Seen]:
    """Facts of the decision and of options that the project states. Any mention of a name counts as reading it."""
    read = frozenset(_names(subject)) | _READ_BY_THE_TOOL
    decision = subject.program.decision
    owners = [("decision", decision.values)] if decision is not None else []
    owners += [("option", option.values) for option in subject.program.options.values()]
    for kind, values in owners:
        for name, value in values.items():
            if name not in read and _is_fact(subject, kind, name) and is_own(value.span):
                yield Seen(f"no rule of the packs in use reads `{name}`", value.span)


def _is_fact(subject: Subject, kind: str, name: str) -> bool:
    """What may be left unsaid; a kind of the project may have facts that its own formulas read."""
    attribute = subject.program.kinds[kind].attributes.get(name) if kind in subject.program.kinds else None
    return attribute is not None and attribute.optional


def _names(subject: Subject) -> Iterator[str]:
    """Of attributes that rules, measures and formulas of the program mention."""
    program = subject.program
    todo: list[Term] = []
    for rule in program.rules:
        todo += [*rule.conditions, *(each.condition for each in rule.exceptions), rule.because]
        todo += [rule.degree] if rule.degree is not None else []
    todo += [each.measure for each in program.criteria.values() if each.measure is not None]
    todo += [each.formula.term for each in program.formulas.values()]
    todo += [line.term for option in program.options.values() for line in option.costs.values()]
    for kind in program.kinds.values():
        todo += [each.term for each in kind.formulas.values()]
        todo += [each.term for each in kind.costs.values()]
    todo += list(_inside(program.decision.values.values() if program.decision else ()))
    todo += [expectation.condition for test in program.tests for expectation in test.expectations]
    todo += [expectation.condition for expectation in program.expectations]
    while todo:
        term = todo.pop()
        if isinstance(term, AttributeOf):
            yield term.name
        elif isinstance(term, Apply):
            todo.extend(term.arguments)
        elif isinstance(term, Sentence):
            todo.extend(part for part in term.parts if not isinstance(part, str))
        elif isinstance(term, ResultOf):
            yield term.name


def _inside(values: Iterable[Value]) -> Iterator[Term]:
    return (segment.term for value in values for segment in value.segments)


_DECISION = "  baseline = api\n"

UNREAD_FACT = LintRule(
    "TCO570",
    "unread-fact",
    Severity.WARNING,
    "Whoever states a fact expects that it counts. Where no rule reads it, the pack that does is not in use, or the "
    "rule was never written. No case tells one value of it from another, so none is shown.",
    remedy="name the pack whose rules read it (`use regulated`), write the rule, or remove the fact",
    check=_check,
    bad=altered(_DECISION, f"{_DECISION}  sector = health\n"),
    good=altered(_DECISION, f"{_DECISION}  stage = growth\n"),
)
