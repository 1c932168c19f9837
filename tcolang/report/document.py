"""The report as everybody sees it, already rounded and in words: formats lay it out and add nothing."""

from __future__ import annotations

from collections.abc import Callable

from tcolang.base.record import record
from tcolang.report.blocks import Block, Prose, Section
from tcolang.report.pages.alternatives import alternatives
from tcolang.report.pages.assumptions import assumptions
from tcolang.report.pages.breakdown import breakdown
from tcolang.report.pages.breakeven import breakeven, volume_table
from tcolang.report.pages.cash import cash
from tcolang.report.pages.changes import changes
from tcolang.report.pages.computed import computed
from tcolang.report.pages.exclusions import exclusions
from tcolang.report.pages.findings import findings
from tcolang.report.pages.founded import founded
from tcolang.report.pages.like_for_like import like_for_like
from tcolang.report.pages.measure_first import measure_first
from tcolang.report.pages.optima import optima
from tcolang.report.pages.options import options
from tcolang.report.pages.reasons import reasons
from tcolang.report.pages.regret import regret
from tcolang.report.pages.scenarios import scenarios
from tcolang.report.pages.score import score
from tcolang.report.pages.unit_costs import unit_costs
from tcolang.report.pages.unknowns import unknowns
from tcolang.report.pages.verdict import heading, verdict
from tcolang.report.pages.workloads import workloads
from tcolang.report.results import Results

# The screen that decides, then what finance, the lawyer and the engineer look at.
_PAGES: tuple[Callable[[Results], Section | None], ...] = (
    reasons,
    alternatives,
    unknowns,
    changes,
    measure_first,
    options,
    optima,
    breakeven,
    volume_table,
    breakdown,
    cash,
    unit_costs,
    like_for_like,
    exclusions,
    workloads,
    scenarios,
    regret,
    score,
    founded,
    assumptions,
    findings,
    computed,
)


@record
class Document:
    """`heading` is the verdict in one line, `question` the title of the decision."""

    heading: Prose
    question: str
    verdict: tuple[Block, ...]
    sections: tuple[Section, ...]


def document(results: Results) -> Document:
    """Raises `ValueError` for a model without a decision."""
    sections = (page(results) for page in _PAGES)
    question = results.question
    return Document(
        heading(results),
        question.title or question.name,
        verdict(results),
        tuple(section for section in sections if section is not None and section.blocks),
    )
