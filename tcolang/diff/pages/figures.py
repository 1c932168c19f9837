"""Every option before and after, and what the recommended one's cost is made of."""

from __future__ import annotations

from math import fsum

from tcolang.diff.difference import Difference, Side
from tcolang.diff.pages.phrases import of, signed, signed_whole
from tcolang.report.amounts import NONE, add_up, money, scale, scaled_currency
from tcolang.report.blocks import Code, Prose, Section, Table, listed
from tcolang.report.words import spoken
from tcolang.semantics.results import CATEGORIES


def options(difference: Difference, several: bool) -> Section:
    """In the order of the decision; those that are gone come last."""
    sides = (difference.base, difference.head)
    names = dict.fromkeys(option.name for side in reversed(sides) if side for option in side.decision.options)
    rows = tuple(_option(difference, name) for name in names)
    table = Table(("Option", "Before", "After", "Change", "Ruled out by"), rows, frozenset((1, 2, 3)))
    return Section(of(difference, several, "Options"), (table,), folded=True)


def _option(difference: Difference, name: str) -> tuple[Prose, ...]:
    before, after = (_cost(side, name) for side in (difference.base, difference.head))
    shown = [NONE if cost is None else money(cost, difference.side.currency) for cost in (before, after)]
    if before is not None and after is not None and difference.comparable:
        moved = any(share.effects.get(name) for share in difference.shares.shares)
        change = signed(after - before, difference.side.currency) if moved else "none"
    else:
        change = "new" if before is None and after is not None and difference.base else NONE
        change = "gone" if after is None and before is not None and difference.head else change
    side = difference.head if after is not None else difference.base
    vetoes = side.decision.option(name).vetoes if side else ()
    return Code(name), *shown, change, listed(tuple(Code(rule) for rule in vetoes)) or NONE


def _cost(side: Side | None, name: str) -> float | None:
    if side is None:
        return None
    return next((option.cost.mean for option in side.decision.options if option.name == name), None)


def breakdown(difference: Difference, several: bool) -> Section | None:
    """By category, in mean present value; the categories add up."""
    chosen = difference.side.decision.recommended
    if chosen is None:
        return None
    sides = [side for side in (difference.base, difference.head) if side and _cost(side, chosen) is not None]
    if len(sides) == 2 and not difference.comparable:
        sides = sides[1:]
    sums = [_categories(side, chosen) for side in sides]
    names = [name for name in CATEGORIES if any(one.get(name) for one in sums)]
    unit = scale(max((abs(amount) for one in sums for amount in one.values()), default=0.0))
    columns = [add_up(tuple(one.get(name, 0.0) for name in names), unit) for one in sums]
    rows = [(spoken(name), *_cells([column[0][i] for column in columns])) for i, name in enumerate(names)]
    rows.append(("together", *_cells([column[1] for column in columns])))
    heads = ("Before", "After", "Change") if len(sums) == 2 else ("Now",)
    title = f"Cost breakdown of {chosen}, {scaled_currency(unit, difference.side.currency)}"
    table = Table(("Category", *heads), tuple(rows), frozenset(range(1, len(heads) + 1)))
    return Section(of(difference, several, title), (table,), folded=True)


def _cells(amounts: list[int]) -> tuple[str, ...]:
    shown = tuple(f"{amount:,}".replace("-", "−") for amount in amounts)
    return (*shown, signed_whole(amounts[1] - amounts[0])) if len(amounts) == 2 else shown


def _categories(side: Side, option: str) -> dict[str, float]:
    lines = next(one.lines for one in side.model.options if one.name == option)
    means = [(line.category, side.evaluation.estimate(line.tco).mean) for line in lines]
    return {name: fsum(mean for category, mean in means if category == name) for name, _ in means}
