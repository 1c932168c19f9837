"""`erlang_c`: how likely a request has to wait."""

from __future__ import annotations

from typing import Any

from tcolang.semantics.builtin import Builtin, Calculation
from tcolang.semantics.builtins.tolerance import whole_down

MOST_SERVERS = 10_000
"""Beyond it the result is not a number: the recursion takes a step for each server."""


def _apply(calc: Calculation, servers: Any, load: Any) -> Any:
    """Erlang's C formula (1917) through his B: B(0) = 1, 1/B(n) = 1 + n/a × 1/B(n − 1), C = B ÷ (1 − a/n × (1 − B))."""
    xp = calc.xp
    servers, load = xp.broadcast_arrays(whole_down(xp, servers), load)
    known = (servers >= 0.0) & (servers <= MOST_SERVERS) & (load >= 0.0)
    stable = known & (load < servers)
    blocked = _blocked(xp, xp.where(stable, servers, 0.0), load)
    waiting = blocked / (1.0 - load / xp.where(stable, servers, 1.0) * (1.0 - blocked))
    # A queue that gets more than it can serve grows without end: everyone waits.
    return xp.where(known, xp.where(stable, waiting, xp.where(load == 0.0, 0.0, 1.0)), xp.nan)


def _blocked(xp: Any, servers: Any, load: Any) -> Any:
    """Erlang's B."""
    blocked = xp.ones(servers.shape)
    for n in range(1, int(servers.max()) + 1):
        blocked = xp.where(servers >= n, load * blocked / (n + load * blocked), blocked)
    return blocked


ERLANG_C = Builtin(
    name="erlang_c",
    signature="(servers: number, load: number) -> share",
    summary="The chance that a request has to wait, with so many servers (whole ones, 10,000 at most) and a load of so "
    "many requests in service at once, for arrivals at random; 100% where the load is more than they can serve.",
    examples=(("erlang_c(1, 0.5)", "50%"), ("erlang_c(2, 3)", "100%")),
    apply=_apply,
)
