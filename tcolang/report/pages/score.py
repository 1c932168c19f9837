"""How the score came about: cost, and what each criterion is worth, in one currency."""

from __future__ import annotations

from tcolang.decide.decision import OptionRecord
from tcolang.report.amounts import scale, scaled_currency, whole
from tcolang.report.blocks import Block, Bullets, Code, Heading, Paragraph, Prose, Section, Strong, Table, prose
from tcolang.report.results import Results
from tcolang.report.words import cited, tie_step


def score(results: Results) -> Section:
    """One row per option whose parts add up to its score; rules that stepped back below."""
    unit = scale(max(record.cost.mean for record in results.decision.options))
    criteria = tuple(dict.fromkeys(term.criterion for record in results.ranked() for term in record.terms))
    rows = tuple(_row(record, criteria, unit) for record in results.ranked())
    headers: tuple[Prose, ...] = ("Option", "− cost", *(Code(name) for name in criteria), "Score")
    note = (
        f"In {scaled_currency(unit, results.currency)}, present value, rounded before they are added. Each criterion "
        "adds its worth times how well the option stands on it, from 0 to 1. The highest score among the options that "
        f"no rule excludes wins; what decided here: {_step(results)}."
    )
    blocks: list[Block] = [Table(headers, rows, numeric=frozenset(range(1, len(headers)))), Paragraph(note)]
    back = tuple(_stepped_back(results))
    if back:
        title = "Rules of thumb that stepped back, because the cost of both sides is computed"
        blocks += [Heading(title), Bullets(back)]
    return Section("How the options were scored", tuple(blocks), folded=True)


def _step(results: Results) -> str:
    step = results.decision.tie_step
    return tie_step(step) if step == "score" else f"{tie_step(step)}, since the scores are within two standard errors"


def _row(record: OptionRecord, criteria: tuple[str, ...], unit: int) -> tuple[Prose, ...]:
    terms = {term.criterion: term for term in record.terms}
    given = tuple(terms[name].money if name in terms else 0.0 for name in criteria)
    # Each as it is shown elsewhere, so that the sum, which is not, is what gives way.
    amounts = [whole(amount, unit) for amount in (-record.cost.mean, *given)]
    worths = (
        f"{amount:,}{' (unknown, counted as ½)' if name in terms and terms[name].assumed else ''}"
        for name, amount in zip(criteria, amounts[1:], strict=True)
    )
    return (Code(record.name), f"{amounts[0]:,}", *worths, Strong(f"{sum(amounts):,}"))


def _stepped_back(results: Results) -> tuple[Prose, ...]:
    records = (record for record in results.decision.rules if record.stepped_back and record.result == "true")
    return tuple(dict.fromkeys(prose(r.text or r.title, cited(r.rule, r.span.where)) for r in records))
