"""What the checks of rules share: a rule with where it holds, the terms it is made of, and a finding with its case."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.diagnostics import Diagnostic, Label
from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.decide.packs.boxes import Region
from tcolang.decide.packs.checks import Check
from tcolang.decide.packs.space import Space, Where
from tcolang.decide.packs.witness import as_test, witness
from tcolang.semantics.program import Rule
from tcolang.semantics.terms import Apply, Sentence, Term


@record
class RuleRead:
    """A rule with where it holds."""

    rule: Rule
    where: Where

    @property
    def effect(self) -> tuple[str, str]:
        return self.rule.action, self.rule.criterion or ""


def finding(
    check: Check, span: Span, text: str, region: Region = (), space: Space | None = None, other: Rule | None = None
) -> Diagnostic:
    """With a case of the region, where it has one."""
    labels = (Label(other.span, "the other rule"),) if other is not None else ()
    if not region or space is None:
        return Diagnostic(check.problem, text, span, "", labels, check.remedy)
    case = as_test(text, region[0], space)
    help_ = f"{check.remedy}; as a test, to say what should come out:\n{case}"
    return Diagnostic(check.problem, text, span, witness(region[0], space), labels, help_)


def name_of(rule: Rule) -> str:
    return rule.id.rpartition("/")[2]


def terms_of(rule: Rule) -> tuple[Term, ...]:
    conditions = (*rule.conditions, *(e.condition for e in rule.exceptions), rule.because)
    return (*conditions, rule.degree) if rule.degree is not None else conditions


def inside_of(whole: Term) -> Iterator[Term]:
    todo = [whole]
    while todo:
        term = todo.pop()
        yield term
        if isinstance(term, Apply):
            todo.extend(term.arguments)
        elif isinstance(term, Sentence):
            todo.extend(part for part in term.parts if not isinstance(part, str))
