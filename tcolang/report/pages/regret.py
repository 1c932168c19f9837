"""Regret and exit: what a wrong choice would cost, and what it takes to leave."""

from __future__ import annotations

from tcolang.decide.regret import Case, Regret
from tcolang.report.amounts import NONE, money, scale, scaled_currency
from tcolang.report.blocks import Block, Chart, Code, Heading, Paragraph, Prose, Section, Series, Table, prose
from tcolang.report.leaving import leaving
from tcolang.report.regretted import VOLUMES, regretted
from tcolang.report.results import Results
from tcolang.report.words import counted
from tcolang.units.quantity import readable, rounded

_RULED_OUT = "ruled out"
_ROUNDING = 1e-9


def regret(results: Results) -> Section | None:
    """None where nothing is recommended."""
    if results.decision.recommended is None:
        return None
    blocks: list[Block] = []
    cases, rows = regretted(results)
    if len(cases) > 1 and len(rows) > 1:
        blocks += [Paragraph(_said(results, cases, rows)), _table(results, cases, rows), _chart(results, rows)]
        blocks.append(Paragraph(_note(results, cases)))
    blocks += [Heading("Leaving"), *leaving(results, results.decision.recommended)]
    return Section("Regret and exit", tuple(blocks), folded=True)


def _said(results: Results, cases: tuple[Case, ...], rows: tuple[Regret, ...]) -> Prose:
    chosen = rows[0]
    worst = max((loss, place) for place, loss in enumerate(chosen.losses) if loss is not None)
    out = [case for case, loss in zip(cases, chosen.losses, strict=True) if loss is None]
    said: Prose = prose(Code(chosen.option), " is the best choice in each of these cases.")
    if worst[0] > _ROUNDING * abs(results.decision.option(chosen.option).cost.mean):
        amount = money(worst[0], results.currency)
        said = prose(
            "If one chooses ", Code(chosen.option), f" and it comes out worst ({cases[worst[1]].name}), one is "
        )
        said = prose(said, f"{amount} worse off than with what would have been best then.")
    if out:
        said = prose(said, " It is ruled out in: ", ", ".join(case.name for case in out), ".")
    safest = min((row for row in rows if row.largest is not None), key=lambda row: row.largest or 0.0, default=chosen)
    if safest.option != chosen.option and safest.largest is not None:
        amount = money(safest.largest, results.currency)
        said = prose(said, " The least one can regret is ", Code(safest.option), f": never more than {amount}.")
    return said


def _table(results: Results, cases: tuple[Case, ...], rows: tuple[Regret, ...]) -> Table:
    headers: tuple[Prose, ...] = ("Chosen", *(_named(case) for case in cases), f"Most, {results.currency}")
    body: tuple[tuple[Prose, ...], ...] = tuple(
        (Code(row.option), *(_loss(loss) for loss in row.losses), NONE if row.largest is None else _loss(row.largest))
        for row in rows
    )
    return Table(headers, body, numeric=frozenset(range(1, len(headers))))


def _named(case: Case) -> Prose:
    return f"{case.title or case.name}"


def _loss(loss: float | None) -> str:
    return _RULED_OUT if loss is None else readable(loss) if loss > 0.5 else "0"


def _chart(results: Results, rows: tuple[Regret, ...]) -> Chart:
    known = [(row.option, row.largest) for row in rows if row.largest is not None]
    unit = scale(max((largest for _, largest in known), default=0.0), thousands_from=10_000)
    values = tuple(float(rounded(largest / unit, 4)) if largest > 0.5 else 0.0 for _, largest in known)
    title = "The most that one can regret"
    labels = tuple(name for name, _ in known)
    return Chart("bars", title, "chosen", scaled_currency(unit, results.currency), labels, (Series("most", values),))


def _note(results: Results, cases: tuple[Case, ...]) -> str:
    volumes = {name for _, name in VOLUMES} & {case.name for case in cases}
    fewer = f", those of less and more volume over {counted(results.curve_futures, 'future')}" if volumes else ""
    return (
        f"All figures are means over {counted(results.evaluation.samples, 'future')}{fewer}. Each column is a "
        "course that things may take; a row tells how much worse off one would be, in present value with everything "
        "counted that has a worth, than with the option that is best in it. 0: it is the best one."
    )
