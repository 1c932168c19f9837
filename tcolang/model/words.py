"""Choices, texts, references and lists: what is no number is settled before anything is evaluated."""

from __future__ import annotations

from collections.abc import Callable

from tcolang.base.source import Span
from tcolang.model import problems
from tcolang.model.drafts import Drafts, value
from tcolang.model.simplify import Unknown, simplify
from tcolang.semantics.problems.names import CYCLE
from tcolang.semantics.terms import Apply, Curve, Listing, Symbol, Term
from tcolang.semantics.types import ChoiceType, PercentileType, Type


def settled(place: str, key: str, type_: Type, make: Callable[[], Term], drafts: Drafts, span: Span) -> Term:
    """The word that a term comes to, worked out once for each `place`; unknown as `key` where a fact is missing.

    A word that depends on an amount is a finding: rules and routing are judged before amounts are known.
    """
    if place in drafts.words:
        return drafts.words[place]
    if place in drafts.settling:
        drafts.report(CYCLE, f"`{key}` depends on itself", span, help="state what it is in one of the places")
        drafts.unknown.setdefault(key, (key,))
        return value(key, type_, span)
    drafts.settling.add(place)
    found = simplify(make(), drafts.unknown, {})
    drafts.settling.discard(place)
    if isinstance(found, Unknown):
        drafts.unknown.setdefault(key, found.missing)
        result: Term = value(key, type_, span)
    elif isinstance(found, Symbol | Listing | Curve):
        result = found
    else:
        undecided(found, drafts)
        result = next(iter(_words(found)), value(key, type_, span))
        drafts.unknown.setdefault(key, (key,))
    drafts.words[place] = result
    return result


def undecided(term: Term, drafts: Drafts) -> None:
    """The finding on a word that depends on an amount."""
    drafts.report(
        problems.WORD_DEPENDS,
        f"`{_shown(term.span)}` depends on an amount, and which word it is has to be certain beforehand",
        term.span,
        help="state it, or let it depend on other choices only; what differs with an amount is a scenario or an option",
    )


def stray(term: Term) -> Term | None:
    """A word inside a formula that no number stands for, if there is one."""
    stack = [term]
    while stack:
        part = stack.pop()
        if isinstance(part, Listing | Curve):
            return part
        if isinstance(part, Symbol) and not isinstance(part.type, ChoiceType | PercentileType):
            return part
        stack += part.arguments if isinstance(part, Apply) else ()
    return None


def _words(term: Term) -> list[Term]:
    stack = [term]
    found: list[Term] = []
    while stack:
        part = stack.pop()
        if isinstance(part, Symbol):
            found.append(part)
        stack += reversed(part.arguments) if isinstance(part, Apply) and part.function in ("if", "coalesce") else ()
    return found


def _shown(span: Span) -> str:
    words = " ".join(span.text.split())
    return words if len(words) <= 60 else f"{words[:60]}…"
