"""Whether the reason of a rule names what the rule reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tcolang.base.diagnostics import Diagnostic
from tcolang.decide.packs import checks
from tcolang.decide.packs.look import RuleRead, finding, inside_of, name_of
from tcolang.decide.packs.space import Space
from tcolang.semantics.program import Rule
from tcolang.semantics.terms import AttributeOf, Global, ResultOf, Term


def unread_reasons(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    """Values in a `because` that neither a condition nor the degree depends on. Advice may name what it would save."""
    for one in read:
        if one.rule.action == "advise":
            continue
        known = {term for term in _read(one.rule) if _is_fact(term)}
        for term in inside_of(one.rule.because):
            if _is_fact(term) and term not in known:
                text = f"rule `{name_of(one.rule)}` does not read `{term.span.text}`, which its reason names"
                yield finding(checks.UNREAD_BECAUSE, term.span, text, one.where.true, space)
                known.add(term)


def _read(rule: Rule) -> Iterator[Term]:
    for whole in (*rule.conditions, *(each.condition for each in rule.exceptions), rule.degree):
        if whole is not None:
            yield from inside_of(whole)


def _is_fact(term: Term) -> bool:
    return isinstance(term, AttributeOf | ResultOf | Global)
