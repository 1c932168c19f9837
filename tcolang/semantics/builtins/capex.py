"""`capex`: things that are bought, live for a while and are bought again."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.grid import row, whole_life
from tcolang.semantics.builtins.tolerance import RELATIVE


def _apply(calc: Calculation, quantity: Any, unit_price: Any, life: Any, resale: Any = None) -> Any:
    """Money per month, in the view `resale` what is credited of it; in the view `at_horizon` one row: minus the resale
    of what is alive when the horizon ends."""
    xp = calc.xp
    resale = xp.zeros((1, 1)) if resale is None else resale
    lives = whole_life(calc, life)
    # A life that is not a number makes the quantity one that is not, so that it is seen.
    quantity, lives = quantity + 0.0 * lives, xp.where(xp.isnan(lives), 1.0, lives)
    width = max(value.shape[1] for value in (quantity, unit_price, lives, resale))
    result = xp.zeros((1 if calc.view == "at_horizon" else calc.months, width))
    if lives.size == 1:
        _alike(calc, result, quantity, unit_price, int(lives[0, 0]), resale)
        return result
    alive = xp.zeros((calc.months, quantity.shape[1]))
    for month in range(calc.months):
        units = _bought(xp, row(quantity, month), alive[month : month + 1])
        if units.any():
            span, price, back = row(lives, month), row(unit_price, month), row(resale, month)
            _spread(calc, alive, month, span, units)
            _book(calc, result, month, span, units * price, units * back)
    return result


def _alike(calc: Calculation, result: Any, quantity: Any, unit_price: Any, life: int, resale: Any) -> None:
    """All units live equally long, as is usual: what is alive is carried on from month to month."""
    xp = calc.xp
    bought: dict[int, Any] = {}
    charges: dict[int, Any] = {}
    alive = charge = xp.zeros((1, 1))
    for month in range(calc.months):
        alive, charge = _left(xp, alive, bought, month - life), _left(xp, charge, charges, month - life)
        units = _bought(xp, row(quantity, month), alive)
        if units.any():
            paid, resold = units * row(unit_price, month), units * row(resale, month)
            bought[month], alive = units, alive + units
            if calc.view == "charge":
                charges[month] = (paid - resold) / life
                charge = charge + charges[month]
            elif calc.view == "at_horizon":
                result -= resold if month + life >= calc.months else 0.0
            else:
                result[month : month + 1] += paid if calc.view == "cash" else 0.0
                result[month + life : month + life + 1] -= resold
        if calc.view == "charge":
            result[month : month + 1] = charge


def _left(xp: Any, total: Any, parts: dict[int, Any], ended: int) -> Any:
    """The total without the part that ended: what is left is added up anew, as taking away would not be exact."""
    if ended not in parts:
        return total
    del parts[ended]
    return sum(parts.values(), start=xp.zeros((1, 1)))


def _bought(xp: Any, needed: Any, alive: Any) -> Any:
    """A need that falls sells nothing. What is missing by a rounding error is not bought."""
    missing = needed - alive
    return xp.where(missing <= RELATIVE * xp.abs(needed), 0.0, missing)


def _book(calc: Calculation, result: Any, month: int, span: Any, paid: Any, resold: Any) -> None:
    """Enters one month's purchase, which lives `span` months, into `result` as the view has it."""
    xp = calc.xp
    if calc.view == "charge":
        _spread(calc, result, month, span, (paid - resold) / span)
    elif calc.view == "at_horizon":
        result -= xp.where(month + span >= calc.months, resold, 0.0)
    else:
        if calc.view == "cash":
            result[month : month + 1] += paid
        first, last = month + int(span.min()), month + int(span.max()) + 1
        result[first:last] -= xp.where(calc.month[first:last] == month + span, resold, 0.0)


def _spread(calc: Calculation, target: Any, month: int, span: Any, amount: Any) -> None:
    """Adds `amount` to each of the `span` months from `month`, as far as the horizon goes."""
    last = month + int(span.max())
    if span.size == 1:
        target[month:last] += amount
    else:
        target[month:last] += calc.xp.where(calc.month[month:last] < month + span, amount, 0.0)


CAPEX = Builtin(
    name="capex",
    signature="(quantity: number, unit_price: money, life: time, resale: money = 0) -> money/time",
    summary="Buys what the quantity needs beyond what is still alive, at the price of that month. Each purchase lives "
    "`life` (in whole months) and is then bought again; a falling need sells nothing. Cash pays it when it is bought "
    "and credits `resale` in the month after its life, or at the horizon; charge spreads price minus resale over "
    "its life.",
    examples=(
        ("capex(2, 1_000 EUR, life = 48 months)", "2_000 EUR"),
        ("capex(1, 1_000 EUR, life = 6 months, resale = 100 EUR)", "1_800 EUR"),
    ),
    apply=_apply,
    months="adds",
    only_in_costs=True,
)
