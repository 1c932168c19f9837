"""Vetoes that rest on what is only assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tcolang.base.diagnostics import Diagnostic, Label
from tcolang.base.record import replace
from tcolang.base.source import Span
from tcolang.decide.packs import checks
from tcolang.decide.packs.look import RuleRead, finding, inside_of, name_of
from tcolang.decide.packs.space import Space
from tcolang.semantics.program import Program, Value
from tcolang.semantics.terms import AttributeOf, Global, OfComponent, OfDecision, OfOption, OfVariable, Term
from tcolang.semantics.types import ChoiceType, FlagType, ListType


def assumed_vetoes(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    """Parameters and stated figures under a veto that nobody has measured, contracted or estimated. Words and flags are
    set, not guessed: which data count as private is for the author of a rule to say."""
    for one in read:
        if one.rule.action != "veto" or not one.where.true:
            continue
        told: set[str] = set()
        for term in (t for condition in one.rule.conditions for t in inside_of(condition)):
            for span in _assumed(term, space.program):
                if term.span.text not in told:
                    told.add(term.span.text)
                    text = f"the veto `{name_of(one.rule)}` rests on `{term.span.text}`, which is assumed"
                    made = finding(checks.ASSUMED_VETO, term.span, text, one.where.true, space)
                    yield replace(made, labels=(*made.labels, Label(span, "assumed here")))


def _assumed(term: Term, program: Program) -> Iterator[Span]:
    """Where the figure is stated, if it is one that is assumed."""
    if isinstance(term.type, ChoiceType | FlagType | ListType):
        return
    for value in _stated(term, program):
        if value.segments and all(segment.provenance.grade == "assumed" for segment in value.segments):
            yield value.span
            return


def _stated(term: Term, program: Program) -> Iterator[Value]:
    match term:
        case Global(key) if key in program.assumptions:
            yield program.assumptions[key].value
        case AttributeOf(OfDecision(), name) if program.decision is not None and name in program.decision.values:
            yield program.decision.values[name]
        case AttributeOf(OfOption(option, None), name) if name in program.options[option].values:
            yield program.options[option].values[name]
        case AttributeOf(OfComponent(key), name) if name in program.components[key].values:
            yield program.components[key].values[name]
        case AttributeOf(OfVariable("option"), name):
            yield from (option.values[name] for option in program.options.values() if name in option.values)
        case AttributeOf(OfVariable("workload"), name):
            for component in program.components.values():
                if program.kinds[component.kind].role == "workload" and name in component.values:
                    yield component.values[name]
        case _:
            return
