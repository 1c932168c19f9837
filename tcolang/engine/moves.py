"""An assignment made cheaper, one workload after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tcolang.engine.evaluation import Values
from tcolang.engine.figures import SAME, Figures, Pool

SWEEPS = 20


def moved(figures: Figures, picked: Sequence[int], barred: Callable[[frozenset[int]], bool]) -> list[int]:
    """From an assignment of workloads to deployments, moving one workload at a time to where the mean cost by these
    numbers is least, as long as that helps. Sets of deployments that are `barred` are not used."""
    best = list(picked)
    allowed = [figures.open(w) for w in range(len(best))]
    loads = {d: _load(pool, best, d) for d, pool in figures.pools.items()}
    paid = {d: _paid(figures, pool, loads[d]) for d, pool in figures.pools.items()}
    served, idle = figures.served.mean(axis=2), figures.idle.mean(axis=1)
    for _ in range(SWEEPS):
        changed = False
        for w, now in enumerate(best):
            leaving = -served[w, now] - (idle[now] if best.count(now) == 1 else 0.0)
            if now in paid:
                leaving += _paid(figures, figures.pools[now], loads[now] - figures.pools[now].loads[w]) - paid[now]
            offers: list[tuple[float, int]] = []
            for d in allowed[w]:
                if d == now or barred(frozenset((*best[:w], d, *best[w + 1 :]))):
                    continue
                cost = leaving + served[w, d] + (0.0 if d in best else idle[d])
                if d in paid:
                    cost += _paid(figures, figures.pools[d], loads[d] + figures.pools[d].loads[w]) - paid[d]
                offers.append((float(cost), d))
            cost, to = min(offers, default=(0.0, now))
            if cost < -SAME * abs(served[w, now]) - 1e-9:
                best[w], changed = to, True
                for d in (now, to):
                    if d in paid:
                        loads[d] = _load(figures.pools[d], best, d)
                        paid[d] = _paid(figures, figures.pools[d], loads[d])
        if not changed:
            break
    return best


def _load(pool: Pool, picked: Sequence[int], deployment: int) -> Values:
    total: Values = pool.loads[[w for w, d in enumerate(picked) if d == deployment]].sum(axis=0)
    return total


def _paid(figures: Figures, pool: Pool, load: Values) -> float:
    """The mean cost of the replicas for a load, shape (months, futures)."""
    sizes = np.ceil(load - SAME / 10)
    return float((figures.discounts[:, None] * (sizes * pool.replica + (sizes > 0) * pool.used)).sum(axis=0).mean())
