"""How much a change may do before somebody has to look at it."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.record import record
from tcolang.diff.difference import Difference
from tcolang.report.amounts import money

_TOLERANCE = 1e-9


@record
class Guardrails:
    """`max_increase` is an amount of the decision's currency, over the whole horizon; None: any."""

    max_increase: float | None = None
    max_increase_pct: float | None = None
    fail_on_flip: bool = False


@record
class Breach:
    """`name` is that of the setting."""

    name: str
    path: str
    text: str


def breaches(difference: Difference, rails: Guardrails) -> tuple[Breach, ...]:
    """None where there is nothing to compare with: a spec that is new, or whose base has errors."""
    if difference.base is None or difference.head is None:
        return ()
    return tuple(Breach(name, difference.path, text) for name, text in _breaches(difference, rails))


def _breaches(difference: Difference, rails: Guardrails) -> Iterator[tuple[str, str]]:
    assert difference.base is not None and difference.head is not None
    increase, before = difference.increase, difference.base.cost
    limited = rails.max_increase is not None or rails.max_increase_pct is not None
    if limited and increase is None and difference.head.cost is not None and before is not None:
        name = "max_increase" if rails.max_increase is not None else "max_increase_pct"
        yield name, "TCO before and after are in different currencies, so its increase cannot be judged"
    if increase is not None and before is not None:
        currency = difference.head.currency
        if rails.max_increase is not None and _above(increase, rails.max_increase):
            limit = money(rails.max_increase, currency)
            yield "max_increase", f"the recommended TCO rises by {money(increase, currency)}, more than {limit}"
        if rails.max_increase_pct is not None and _above(100 * increase, rails.max_increase_pct * abs(before)):
            risen = f"{100 * increase / abs(before):.3g}%" if before else money(increase, currency)
            yield "max_increase_pct", f"the recommended TCO rises by {risen}, more than {rails.max_increase_pct:g}%"
    if rails.fail_on_flip and difference.flipped:
        names = [side.decision.recommended or "nothing" for side in (difference.base, difference.head)]
        yield "fail_on_flip", f"the recommendation changes from `{names[0]}` to `{names[1]}`"


def _above(one: float, other: float) -> bool:
    return one - other > _TOLERANCE * max(abs(one), abs(other))
