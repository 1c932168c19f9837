"""Unknowns resolved away: what is left of a term when it is known which values are not."""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_
from typing import TypeAlias

from tcolang.base.record import record, replace
from tcolang.semantics.terms import Apply, Constant, Dated, Listing, NodeValue, Symbol, Term
from tcolang.semantics.types import ChoiceType, FlagType, GrowthType, Type


@record
class Unknown:
    """Not known, for want of these facts."""

    missing: tuple[str, ...]


Known: TypeAlias = Term | Unknown


def simplify(term: Term, unknown: Mapping[str, tuple[str, ...]], growths: Mapping[str, GrowthType]) -> Known:
    """Three-valued: `false and unknown` is false, `x ?? y` is y where x is unknown, all else with an unknown in it is
    unknown. Comparisons of words are decided here. Depth is bounded by the parser's limit on nesting."""
    match term:
        case NodeValue(key):
            if key in unknown:
                return Unknown(unknown[key])
            return replace(term, type=growths[key]) if key in growths else term
        case Apply():
            return _apply(term, [simplify(argument, unknown, growths) for argument in term.arguments])
        case Dated(segments):
            parts = [(since, simplify(part, unknown, growths)) for since, part in segments]
            missing = _missing([part for _, part in parts])
            known = tuple((since, part) for since, part in parts if not isinstance(part, Unknown))
            return missing or replace(term, segments=known)
        case Listing(items):
            done = [simplify(item, unknown, growths) for item in items]
            return _missing(done) or replace(term, items=tuple(i for i in done if not isinstance(i, Unknown)))
        case _:
            return term


def _apply(term: Apply, arguments: list[Known]) -> Known:
    match term.function:
        case "coalesce":
            return next((a for a in arguments if not isinstance(a, Unknown)), _missing(arguments) or term)
        case "known":
            return Constant(float(not isinstance(arguments[0], Unknown)), FlagType(), term.span)
        case "and" | "or":
            return _junction(term, arguments)
        case "not" if isinstance(arguments[0], Constant):
            return Constant(1.0 - arguments[0].value, FlagType(), term.span)
        case "if":
            return _conditional(term, arguments)
    missing = _missing(arguments)
    if missing is not None:
        return missing
    known = tuple(a for a in arguments if not isinstance(a, Unknown))
    if term.function == "last_month" and isinstance(known[0], Constant):
        return known[0]
    decided = _words(term, known)
    if decided is not None:
        return decided
    type_ = _type(term, known)
    if type_ is term.type and all(map(is_, known, term.arguments)):
        return term
    return replace(term, arguments=known, type=type_)


def _type(term: Apply, known: tuple[Term, ...]) -> Type:
    """A scaled growth keeps its period."""
    if isinstance(term.type, GrowthType):
        return next((a.type for a in known if isinstance(a.type, GrowthType)), term.type)
    return term.type


def _junction(term: Apply, arguments: list[Known]) -> Known:
    """`and` is false where one is, `or` true where one is, whatever the others are."""
    deciding = 0.0 if term.function == "and" else 1.0
    for argument in arguments:
        if isinstance(argument, Constant) and argument.value == deciding:
            return argument
    missing = _missing(arguments)
    if missing is not None:
        return missing
    open_ = tuple(a for a in arguments if not isinstance(a, Constant | Unknown))
    if not open_:
        return Constant(1.0 - deciding, FlagType(), term.span)
    return open_[0] if len(open_) == 1 else replace(term, arguments=open_)


def _conditional(term: Apply, arguments: list[Known]) -> Known:
    condition, then, otherwise = arguments
    if isinstance(condition, Unknown):
        return condition
    if isinstance(condition, Constant):
        return then if condition.value else otherwise
    missing = _missing([then, otherwise])
    if missing is not None:
        return missing
    known = tuple(a for a in arguments if not isinstance(a, Unknown))
    return replace(term, arguments=known, type=_type(term, known[1:]))


def _missing(parts: list[Known]) -> Unknown | None:
    names = [name for part in parts if isinstance(part, Unknown) for name in part.missing]
    return Unknown(tuple(dict.fromkeys(names))) if names else None


def _words(term: Apply, known: tuple[Term, ...]) -> Constant | None:
    """A comparison of choices, texts or names, which are certain."""
    if not known or not isinstance(known[0], Symbol) or not isinstance(term.type, FlagType):
        return None
    words = [k.value for k in known if isinstance(k, Symbol)]
    if len(words) < len(known):
        return None
    first = words[0]
    order = known[0].type.values if isinstance(known[0].type, ChoiceType) else ()
    if term.function == "in":
        return Constant(float(first in words[1:]), FlagType(), term.span)
    if term.function in ("==", "!="):
        return Constant(float((first == words[1]) == (term.function == "==")), FlagType(), term.span)
    if first not in order or words[1] not in order:
        return None
    left, right = order.index(first), order.index(words[1])
    holds = {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[term.function]
    return Constant(float(holds), FlagType(), term.span)
