"""What it takes to leave an option: what is paid and not used up, what is owed on, and until when leaving is cheap."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from tcolang.base.record import record
from tcolang.report.amounts import money, month
from tcolang.report.blocks import Block, Code, Paragraph, Prose, Table, listed, prose
from tcolang.report.keys import LEAVING, OWED
from tcolang.report.results import Results
from tcolang.report.totals import cash_by_month, charge_by_month
from tcolang.units.quantity import readable

_ROUNDING = 1e-9
_CENTS = 0.5


@record
class _Column:
    """An amount at the end of each month, and the nodes it is the sum of."""

    title: str
    keys: tuple[str, ...]
    amounts: tuple[float, ...]


def leaving(results: Results, name: str) -> tuple[Block, ...]:
    """For an option: a table by half-year, means over the futures, and the last date before leaving gets dearer."""
    unused = _Column("Paid and not used up", (), _not_used_up(results, name))
    owed, cost = _column(results, name, "Still owed", OWED), _column(results, name, "Cost to leave", LEAVING)
    columns = [column for column in (unused, owed, cost) if max(column.amounts, default=0.0) >= _CENTS]
    blocks: list[Block] = [Paragraph(_paid(results, name, unused))]
    if columns:
        blocks.append(_table(results, columns, last_cheap(cost.amounts)))
    if cost in columns:
        blocks.append(Paragraph(_cheap(results, cost)))
    return (*blocks, Paragraph(_more(results, owed, cost)))


def last_cheap(amounts: Sequence[float]) -> int | None:
    """The last month at whose end leaving costs least, of those before it is dearest; None where it is dearest at the
    end of the first month already, or costs the same throughout."""
    before = amounts[: _dearest(amounts)] if amounts else ()
    if not before:
        return None
    least = min(before)
    return max(place for place, amount in enumerate(before) if amount <= least + _ROUNDING * abs(least))


def _dearest(amounts: Sequence[float]) -> int:
    """The first month in which it is most."""
    return amounts.index(max(amounts))


def _not_used_up(results: Results, name: str) -> tuple[float, ...]:
    """What is paid less what is charged, which is lost when one leaves, resale aside."""
    option = results.option(name)
    paid, charged = accumulate(cash_by_month(results, option)), accumulate(charge_by_month(results, option))
    left = tuple(max(0.0, one - other) for one, other in zip(paid, charged, strict=True))
    total = sum(abs(amount) for amount in cash_by_month(results, option))
    return left if max(left) > _ROUNDING * total else (0.0,) * len(left)


def _column(results: Results, name: str, title: str, value: str) -> _Column:
    """The sum of a value over the parts of an option that have it."""
    parts = {line.component for line in results.option(name).lines if line.component}
    nodes = (node.key.rpartition(".") for node in results.model.nodes)
    keys = tuple(
        f"{of}.{last}" for of, _, last in nodes if last == value and (of in parts or of.startswith(f"{name}."))
    )
    months = [results.evaluation.by_month(key) for key in keys]
    return _Column(title, keys, tuple(map(sum, zip(*months, strict=True))))


def _paid(results: Results, name: str, unused: _Column) -> Prose:
    most = _dearest(unused.amounts)
    if unused.amounts[most] < _CENTS:
        return prose(
            "By the costs that are stated, ",
            Code(name),
            " pays for nothing before it is used: whoever leaves at the end of a month loses nothing that is paid "
            "already.",
        )
    return prose(
        "Whoever leaves ",
        Code(name),
        " has paid for what is not used up yet, less what it can be sold for. It is most at the end of "
        f"{_end(results, most)}: {money(unused.amounts[most], results.currency)}.",
    )


def _table(results: Results, columns: Sequence[_Column], cheap: int | None) -> Table:
    months = len(columns[0].amounts)
    turns = {_dearest(column.amounts) for column in columns}
    places = sorted({*range(5, months, 6), months - 1, *turns, *(() if cheap is None else (cheap,))})
    rows = tuple((_end(results, place), *(_amount(column.amounts[place]) for column in columns)) for place in places)
    headers = ("End of", *(f"{column.title}, {results.currency}" for column in columns))
    return Table(headers, rows, numeric=frozenset(range(1, len(headers))))


def _amount(amount: float) -> str:
    return readable(amount) if amount >= _CENTS else "0"


def _cheap(results: Results, cost: _Column) -> Prose:
    """Until when leaving costs least, and what it comes to afterwards."""
    most = _dearest(cost.amounts)
    dearest = cost.amounts[most]
    cheap = last_cheap(cost.amounts)
    if dearest - min(cost.amounts) <= _ROUNDING * dearest:
        return prose(f"Leaving costs the same in every month, {money(dearest, results.currency)}.")
    if cheap is None:
        return prose(
            f"Leaving is dearest at the end of the first month, {money(dearest, results.currency)}: the last cheap "
            "date to reverse is before the start."
        )
    return prose(
        f"The last cheap date to reverse is the end of {_end(results, cheap)}: leaving then costs "
        f"{money(cost.amounts[cheap], results.currency)}, and {money(dearest, results.currency)} at the end of "
        f"{_end(results, most)}, when it is dearest."
    )


def _end(results: Results, place: int) -> str:
    return month(results.question.start + place)


def _more(results: Results, owed: _Column, cost: _Column) -> Prose:
    """Where the figures come from, and what may stand in contracts only."""
    shown = tuple(Code(f"tco explain {_spec(results)} {key}") for key in (*owed.keys, *cost.keys))
    parts: list[Prose] = (
        ["Each month of them: ", listed(shown), ". "] if shown else ["That is not all that leaving may take. "]
    )
    parts.append(
        "Minimum terms, periods of notice, fees for ending a contract and the work of moving count only where they are "
        "stated: look for them in the contracts"
    )
    return prose(
        *parts, "." if cost.keys else prose(", and state them in an ", Code("exit_plan"), " to see them by month.")
    )


def _spec(results: Results) -> str:
    return results.question.span.where.rpartition(":")[0]
