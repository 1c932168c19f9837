"""Why: what speaks for the recommended option and what against, warnings and advice, each with its rule and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tcolang.decide.decision import Disagreement
from tcolang.report.amounts import money
from tcolang.report.arguments import Argument, objections, said_by
from tcolang.report.arguments import reasons as reasons_for
from tcolang.report.blocks import Block, Bullets, Code, Heading, Prose, Section, listed, prose
from tcolang.report.grouped import grouped
from tcolang.report.pages.breakeven import named_volume
from tcolang.report.results import Results
from tcolang.report.words import by_rule, cited


def reasons(results: Results) -> Section:
    """Shown at once: it belongs to the screen that decides."""
    chosen = results.decision.recommended
    against = objections(results, chosen) if chosen is not None else ()
    blocks = (
        *_under("", (*_told(reasons_for(results)), *_worth_more(results))),
        *_under("Against it", _told(against)),
        *_under("Warnings", _told(said_by(results, "warn"))),
        *_under("Advice", _told(said_by(results, "advise"))),
        *_under("Rules of thumb that the computed cost contradicts", _disagreements(results)),
    )
    return Section("Why", blocks)


def _under(title: str, items: Iterable[Prose]) -> tuple[Block, ...]:
    bullets = tuple(items)
    if not bullets:
        return ()
    return (Heading(title), Bullets(bullets)) if title else (Bullets(bullets),)


def _worth_more(results: Results) -> Iterable[Prose]:
    """The criteria on which it stands ahead of the runner-up, in money."""
    decision = results.decision
    if decision.recommended is None or decision.runner_up is None:
        return
    theirs = {term.criterion: term.money for term in decision.option(decision.runner_up).terms}
    places = {criterion.name: criterion.span.where for criterion in results.model.criteria}
    for term in decision.option(decision.recommended).terms:
        ahead = term.money - theirs.get(term.criterion, 0.0)
        if ahead > 0:
            said = f"It is worth {money(ahead, results.currency)} more than the runner-up on "
            yield prose(said, Code(term.criterion), ". (", Code(places.get(term.criterion, "a rule pack")), ")")


def _told(arguments: Iterable[Argument]) -> Iterator[Prose]:
    return (told for _, told in grouped(arguments))


def _disagreements(results: Results) -> Iterable[Prose]:
    places = by_rule(results)
    for found in results.decision.disagreements:
        title = next((record.title for record in results.decision.rules if record.rule == found.rule), "")
        yield prose(
            _both(found, title, results.currency), _turns(results, found), cited(found.rule, places.get(found.rule, ""))
        )


def _turns(results: Results, found: Disagreement) -> Prose:
    """The volumes at which the two cost the same: that of the rule of thumb, as it should read here."""
    pair = {found.thumb, found.cost}
    between = next((one for one in results.break_evens if {one.first, one.second} == pair), None)
    if between is None or not between.crossings:
        return ""
    volumes = dict.fromkeys(named_volume(results, crossing.factor) for crossing in between.crossings)
    return prose(" Their costs cross at ", listed(tuple(volumes)), ".")


def _both(found: Disagreement, title: str, currency: str) -> Prose:
    return prose(
        f"“{title}” speaks for " if title else "The rule speaks for ",
        Code(found.thumb),
        f" at {money(found.thumb_cost, currency)}; the computed cost speaks for ",
        Code(found.cost),
        f" at {money(found.cost_cost, currency)}. The computed cost counts.",
    )
