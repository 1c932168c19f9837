"""The words of a report for what the stages before it name in one word."""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.base.source import Span
from tcolang.report.blocks import Code, Prose, prose
from tcolang.report.results import Results

_FAMILIES = {"self_host": "self-hosted", "api": "API", "hybrid": "hybrid"}
_CONFIDENCES = {
    "clear": "clear",
    "leaning": "leaning",
    "no_clear_winner": "no clear winner",
    "conditional": "conditional",
    "none": "no recommendation",
}
_STEPS = {
    "score": "the score",
    "unknowns": "it rests on fewer unknown facts",
    "reversibility": "it is easier to reverse",
    "p95": "its cost is lower in a bad case (P95)",
    "default_api": "an API is the default where nothing else decides",
    "name": "nothing but the order of the names",
}


def named(results: Results, option: str) -> Prose:
    """An option by name and title."""
    title = results.option(option).title
    return prose(Code(option), f" ({title})") if title else Code(option)


def family(name: str | None) -> str:
    """A family as a reader says it; it is not known where a custody is not."""
    return _FAMILIES[name] if name is not None else "unknown"


def confidence(name: str) -> str:
    return _CONFIDENCES[name]


def tie_step(name: str) -> str:
    """What decided, where scores are too close to tell apart."""
    return _STEPS.get(name, spoken(name))


def spoken(name: str) -> str:
    """`cloud_tenant` as a reader says it."""
    return name.replace("_", " ")


def place(span: Span | None) -> Prose:
    return Code(span.where) if span is not None else ""


def cited(rule: str, where: str) -> Prose:
    """Behind a sentence: which rule says so, and where it stands."""
    return prose(" (", Code(rule), ", ", Code(where), ")")


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 month`, `36 months`"""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def by_rule(results: Results) -> Mapping[str, str]:
    """Where each rule stands."""
    return {record.rule: record.span.where for record in results.decision.rules}
