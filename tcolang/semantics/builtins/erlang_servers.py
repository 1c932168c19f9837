"""`erlang_servers`: how many servers keep a wait unlikely enough."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.erlang_c import MOST_SERVERS


def _apply(calc: Calculation, load: Any, waiting: Any) -> Any:
    """Counts up from one server, with Erlang's B carried along: B(n) = a B(n − 1) ÷ (n + a B(n − 1)), and
    C = B ÷ (1 − a/n × (1 − B)); not a number beyond 10,000."""
    xp = calc.xp
    load, waiting = xp.broadcast_arrays(load, waiting)
    found = xp.where(load == 0.0, 0.0, xp.nan)
    blocked = xp.ones(load.shape)
    sound = (load >= 0.0) & (waiting > 0.0)
    for n in range(1, MOST_SERVERS + 1):
        if not (xp.isnan(found) & sound).any():
            break
        blocked = load * blocked / (n + load * blocked)
        stable = load < n
        chance = xp.where(stable, blocked / xp.where(stable, 1.0 - load / n * (1.0 - blocked), 1.0), 1.0)
        found = xp.where(xp.isnan(found) & sound & (chance <= waiting * (1.0 + 1e-9)), float(n), found)
    return found


ERLANG_SERVERS = Builtin(
    name="erlang_servers",
    signature="(load: number, waiting: share) -> number",
    summary="The fewest servers with which the chance of a wait (`erlang_c`) is `waiting` at most; up to 10,000.",
    examples=(("erlang_servers(0.5, 50%)", "1"), ("erlang_servers(6, 11%)", "10")),
    apply=_apply,
)
