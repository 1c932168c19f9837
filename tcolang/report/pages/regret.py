"""Regret and exit: what a wrong choice would cost, and what is already paid when one leaves."""

from __future__ import annotations

from itertools import accumulate

from tcolang.decide.regret import Case, Regret
from tcolang.report.amounts import NONE, money, month, scale, scaled_currency
from tcolang.report.blocks import Block, Chart, Code, Heading, Paragraph, Prose, Section, Series, Table, listed, prose
from tcolang.report.regretted import VOLUMES, regretted
from tcolang.report.results import Results
from tcolang.report.totals import cash_by_month, charge_by_month
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
    exit_ = _exit(results, results.decision.recommended)
    if exit_:
        blocks += [Heading("What is paid and not yet used up"), *exit_]
    return Section("Regret and exit", tuple(blocks), folded=True) if blocks else None


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


def _exit(results: Results, name: str) -> tuple[Block, ...]:
    """By half-year: what is paid less what is charged, which is lost when one leaves, resale aside."""
    option = results.option(name)
    paid, charged = accumulate(cash_by_month(results, option)), accumulate(charge_by_month(results, option))
    left = [max(0.0, one - other) for one, other in zip(paid, charged, strict=True)]
    total = sum(abs(amount) for amount in cash_by_month(results, option))
    if max(left) <= _ROUNDING * total or max(left) < 0.5:
        return (Paragraph(_nothing_paid(name)), Paragraph(_owed(results, name)))
    start = results.question.start
    most = max(range(len(left)), key=lambda place: (left[place], -place))
    places = sorted({*range(5, len(left), 6), most, len(left) - 1})
    rows = tuple((month(start + place), readable(left[place]) if left[place] > 0.5 else "0") for place in places)
    table = Table(("End of", f"Paid and not used up, {results.currency}"), rows, numeric=frozenset((1,)))
    said = prose(
        "Whoever leaves ",
        Code(name),
        " has paid for what is not used up yet, less what it can be sold for. It is most at the end of "
        f"{month(start + most)}: {money(left[most], results.currency)}.",
    )
    return (Paragraph(said), table, Paragraph(_owed(results, name)))


def _nothing_paid(name: str) -> Prose:
    return prose(
        "By the costs that are stated, ",
        Code(name),
        " pays for nothing before it is used: whoever leaves at the end of a month loses nothing that is paid already.",
    )


def _owed(results: Results, name: str) -> Prose:
    """What else leaving may take: what is owed on, by month, and what may stand in contracts only."""
    owed, leaving = (_months(results, name, value) for value in ("commitment_left", "cost_to_leave"))
    parts: list[Prose] = ["That is not all that leaving may take."]
    if owed:
        parts += [" What is still owed after each month: ", listed(owed), "."]
    if leaving:
        parts += [" What leaving at the end of each month would cost: ", listed(leaving), "."]
    parts.append(
        " Minimum terms, periods of notice, fees for ending a contract and the work of moving count only where they "
        "are stated: look for them in the contracts"
    )
    return prose(
        *parts, "." if leaving else prose(", and state them in an ", Code("exit_plan"), " to see them by month.")
    )


def _months(results: Results, name: str, value: str) -> tuple[Prose, ...]:
    """The commands that show a value of the parts of an option, where they have it."""
    parts = {line.component for line in results.option(name).lines if line.component}
    nodes = (node.key.rpartition(".") for node in results.model.nodes)
    keys = (f"{of}.{last}" for of, _, last in nodes if last == value and (of in parts or of.startswith(f"{name}.")))
    spec = results.question.span.where.rpartition(":")[0]
    return tuple(Code(f"tco explain {spec} {key}") for key in keys)
