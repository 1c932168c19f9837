"""What a rule rests on, of what `optimal()` chooses."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tcolang.model.needs import needs_option
from tcolang.semantics.program import Program, Rule
from tcolang.semantics.results import OPTION_RESULTS
from tcolang.semantics.terms import (
    Apply,
    AttributeOf,
    Constant,
    Curve,
    Dated,
    Draw,
    ExchangeTo,
    Global,
    Identity,
    Listing,
    OfComponent,
    OfDecision,
    OfVariable,
    ResultOf,
    Sentence,
    Symbol,
    Term,
)

Scope: TypeAlias = Literal["nothing", "place", "use", "way"]
"""The widest of it: nothing; where a workload goes, whatever the others do; which deployments are used, whatever for;
or a way as a whole."""

_ORDER: tuple[Scope, ...] = ("nothing", "place", "use", "way")
_BY_USE = frozenset({"family", "availability"})


def rests_on(rule: Rule, program: Program, asking: Program) -> Scope:
    """Of the conditions and exceptions. What is not known to rest on less rests on all: `asking` has the options that
    something is chosen for."""
    widest: Scope = "nothing"
    waiting: list[Term] = [*rule.conditions, *(unless.condition for unless in rule.exceptions)]
    seen: set[str] = set()
    while waiting:
        scope, parts = _read(waiting.pop(), rule, program, asking, seen)
        widest = max(widest, scope, key=_ORDER.index)
        waiting += parts
    return widest


def _read(term: Term, rule: Rule, program: Program, asking: Program, seen: set[str]) -> tuple[Scope, list[Term]]:
    """What a term itself rests on, and what it reads."""
    match term:
        case Constant() | Symbol() | Curve() | Draw() | ExchangeTo() | Identity():
            return "nothing", []
        case Apply(_, parts) | Listing(parts):
            return "nothing", list(parts)
        case Dated(segments):
            return "nothing", [part for _, part in segments]
        case Sentence(parts):
            return "nothing", [part for part in parts if not isinstance(part, str)]
        case ResultOf(OfVariable("option"), "farthest", (OfVariable("workload"),)):
            return "place", []
        case AttributeOf(OfVariable("option"), name) if name in OPTION_RESULTS:
            return ("use" if name in _BY_USE else "way"), []
        case AttributeOf(OfVariable("option"), name):
            return "nothing", _stated(name, asking, seen)
        case AttributeOf(OfVariable("workload"), name):
            kinds = dict.fromkeys(c.kind for c in program.components.values())
            workloads = [kind for kind in kinds if program.kinds[kind].role == "workload"]
            return ("way" if any(needs_option(program, kind, name) for kind in workloads) else "nothing"), []
        case AttributeOf(OfComponent(key), name):
            return ("way" if needs_option(program, program.components[key].kind, name) else "nothing"), []
        case AttributeOf(OfDecision(), name) if program.decision is not None:
            stated = program.decision.values.get(name)
            return "nothing", [segment.term for segment in stated.segments] if stated else []
        case Global(key) if key in program.assumptions:
            return "nothing", []
        case Global(key):
            if key in seen:
                return "nothing", []
            seen.add(key)
            return "nothing", [program.formulas[key].formula.term]
        case _:
            return "way", []


def _stated(name: str, asking: Program, seen: set[str]) -> list[Term]:
    """What is written for an attribute of the options that something is chosen for, or for all options."""
    if f"option.{name}" in seen:
        return []
    seen.add(f"option.{name}")
    found: list[Term] = []
    if asking.decision is not None:
        for option in asking.decision.options:
            stated = asking.options[option].values.get(name)
            found += [segment.term for segment in stated.segments] if stated is not None else []
    kind = asking.kinds.get("option")
    declared = kind.attributes.get(name) if kind is not None else None
    if declared is not None and declared.default is not None:
        found += [segment.term for segment in declared.default.segments]
    return found
