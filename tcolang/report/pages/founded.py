"""How well founded the cost is: the part of it that rests on figures that are measured, and on those only assumed."""

from __future__ import annotations

from tcolang.report.amounts import chance, money
from tcolang.report.blocks import Chart, Code, Paragraph, Section, Series, Table, prose
from tcolang.report.results import Results
from tcolang.units.quantity import rounded

_WORDS = {"": "no source of its own"}
_SMALL = 5e-4


def founded(results: Results) -> Section | None:
    """None where nothing is recommended or nothing is stated."""
    sure = results.sureness
    if sure is None or not sure.founded or results.decision.recommended is None:
        return None
    name = results.decision.recommended
    total = results.decision.option(name).cost.mean
    parts = [(grade, share) for grade, share in sure.founded.items() if share > _SMALL]
    rows = tuple((_word(grade), chance(share), money(share * total, results.currency)) for grade, share in parts)
    table = Table(("Founded on", "Part of the cost", "Amount"), rows, numeric=frozenset((1, 2)))
    shares = tuple(float(rounded(100.0 * share, 3)) for _, share in parts)
    title = f"What the cost of {name} rests on, %"
    pie = Chart("pie", title, "grade", "%", tuple(_word(grade) for grade, _ in parts), (Series(name, shares),))
    assumed = sure.founded.get("assumed", 0.0) + sure.founded.get("", 0.0)
    said = prose(
        chance(assumed), " of the cost of ", Code(name), " rests on figures that nobody has measured, agreed or "
    )
    said = prose(said, "estimated. ", _unknown(results))
    note = "Each figure counts by how much the cost changes when it changes by one per cent; its grade is its source's."
    return Section("How well founded the cost is", (Paragraph(said), table, pie, Paragraph(note)), folded=True)


def _word(grade: str) -> str:
    return _WORDS.get(grade, grade)


def _unknown(results: Results) -> str:
    count = len(results.decision.unknown)
    if not count:
        return "Nothing that a rule asks for is unknown."
    return f"What is not known at all is listed under “What is not known” ({count})."
