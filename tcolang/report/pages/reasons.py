"""Why: what speaks for the recommended option and what against, warnings and advice, each with its rule and line."""

from __future__ import annotations

from collections.abc import Iterable

from tcolang.decide.decision import Disagreement
from tcolang.report.amounts import money
from tcolang.report.arguments import Argument, objections, said_by
from tcolang.report.arguments import reasons as reasons_for
from tcolang.report.blocks import Block, Bullets, Code, Heading, Prose, Section, prose
from tcolang.report.results import Results
from tcolang.report.words import by_rule, cited


def reasons(results: Results) -> Section:
    """Shown at once: it belongs to the screen that decides."""
    chosen = results.decision.recommended
    against = objections(results, chosen) if chosen is not None else ()
    blocks = (
        *_under("", map(_cited, reasons_for(results))),
        *_under("Against it", map(_cited, against)),
        *_under("Warnings", map(_cited, said_by(results, "warn"))),
        *_under("Advice", map(_cited, said_by(results, "advise"))),
        *_under("Rules of thumb that the computed cost contradicts", _disagreements(results)),
    )
    return Section("Why", blocks)


def _under(title: str, items: Iterable[Prose]) -> tuple[Block, ...]:
    bullets = tuple(items)
    if not bullets:
        return ()
    return (Heading(title), Bullets(bullets)) if title else (Bullets(bullets),)


def _cited(argument: Argument) -> Prose:
    return prose(argument.text, cited(argument.rule, argument.where))


def _disagreements(results: Results) -> Iterable[Prose]:
    places = by_rule(results)
    for found in results.decision.disagreements:
        yield prose(_both(found, results.currency), cited(found.rule, places.get(found.rule, "")))


def _both(found: Disagreement, currency: str) -> Prose:
    return prose(
        "The rule speaks for ",
        Code(found.thumb),
        f" at {money(found.thumb_cost, currency)}; the computed cost speaks for ",
        Code(found.cost),
        f" at {money(found.cost_cost, currency)}. The computed cost counts.",
    )
