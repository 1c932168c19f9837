"""`annuity`: a purchase that is paid off in equal instalments."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.compounding import per_month
from tcolang.semantics.builtins.grid import nothing, row, whole_life
from tcolang.semantics.builtins.tolerance import whole_down


def _apply(calc: Calculation, price: Any, life: Any, rate: Any, resale: Any = None, since: Any = None) -> Any:
    """Money per month, due at the end of each month of the life; the arguments are those of the first month.

    (price − resale ÷ (1 + r)^n) × r ÷ (1 − (1 + r)^−n), the payment of an ordinary annuity, as `pmt` has it in
    numpy-financial and in spreadsheets.
    """
    if calc.view == "at_horizon":
        return nothing(calc)
    xp = calc.xp
    months = whole_life(calc, row(life, 0))
    monthly = row(per_month(calc, rate), 0)
    back = 0.0 if resale is None else row(resale, 0)
    worn = -xp.expm1(-months * xp.log1p(monthly))
    none = monthly == 0.0
    instalment = xp.where(none, 1.0 / months, monthly / xp.where(none, 1.0, worn))
    payment = (row(price, 0) - back * (1.0 - worn)) * instalment
    age = calc.month if since is None else calc.start + calc.month - whole_down(calc.xp, row(since, 0))
    return payment * ((age >= 0.0) & (age < months)) + 0.0 * months


ANNUITY = Builtin(
    name="annuity",
    signature="(price: money, life: time, rate: growth, resale: money = 0, from: date = start) -> money/time",
    summary="Equal payments at the end of each month of the life (in whole months), from the month of `from` on (the "
    "first unless stated), that pay the price and its interest, less what the resale at the end is worth then. At its "
    "own rate, all that is paid is worth the price.",
    examples=(
        ("annuity(1_200 EUR, life = 12 months, rate = 0%/year)", "1_200 EUR"),
        ("annuity(1_200 EUR, life = 12 months, rate = 0%/year, from = 2026-07)", "600 EUR"),
    ),
    apply=_apply,
    months="adds",
    only_in_costs=True,
)
