"""Carries out a plan: stratum by stratum, the futures in pieces that stay in the processor's cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from tcolang.base.record import record
from tcolang.engine.bench import Bench
from tcolang.engine.evaluation import Values
from tcolang.engine.fast import FastBench, worth_compiling
from tcolang.engine.ir import LANES
from tcolang.engine.lower import Part, is_large, lowered
from tcolang.engine.plan import Plan
from tcolang.engine.work import Work, there

PIECE = 512 * 60
"""Numbers in a matrix of one piece: 240 kB. Several of them fit into a processor's cache, and the time it takes to
call a function does not matter beside what it does."""

Progress = Callable[[int, int], None]


@record
class Result:
    """`values` of the steps to keep, and the steps of nodes that have a value which is not finite, or no share.

    Of steps that are averaged: the means over the months, shape (1, futures), and in `by_month` those over the futures,
    shape (months, 1).
    """

    values: Mapping[int, Values]
    by_month: Mapping[int, Values]
    not_finite: frozenset[int]
    not_shares: frozenset[int]


def run(
    plan: Plan,
    inputs: Mapping[int, Values],
    scale: Sequence[float],
    *,
    given: Mapping[str, Sequence[float] | Values] | None = None,
    piece: int = PIECE,
    progress: Progress | None = None,
    thorough: bool = False,
    compile: bool | None = None,
) -> Result:
    """`inputs` has the draws of a group, shape (1, samples); with several factors in `scale` each is a group. `given`
    has what the plan leaves open, a number for each group, or an array with one for each future of each group, shape
    (groups, samples).

    The values do not depend on `piece`. Of the nodes that are not finite some are told, or (`thorough`) all. `compile`
    says whether a kernel is compiled; without it one is where that takes less time.
    """
    checked = frozenset(plan.places.values()) if thorough else plan.watched
    work = Work(plan, scale, inputs, checked | plan.shares, given or {})
    parts = lowered(plan, is_large(plan, work.columns("both")), thorough)
    pieces = [_pieces(work, part, max(1, piece // plan.months)) for part in parts]
    all_of_them = sum(map(len, pieces))
    done = 0
    with np.errstate(all="ignore"):
        for part, own in zip(parts, pieces, strict=True):
            for number in part.whole:
                work.take(number, work.calculate_whole(number))
            if own:
                bench = _bench(work, part, own[0][1], compile)
                for first, last in own:
                    bench.calculate(first, last)
                    done += 1
                    if progress is not None:
                        progress(done, all_of_them)
                bench.finish()
            work.drop(part.finished)
    kept = {n: work.means[n] if n in work.means else there(work.values[n]) for n in plan.keep}
    values = {n: np.ascontiguousarray(work.widened(n, value)) for n, value in kept.items()}
    by_month = {n: sums / work.columns(plan.steps[n].across) for n, sums in work.by_month.items()}
    return Result(values, by_month, frozenset(work.not_finite), frozenset(work.not_shares))


def _bench(work: Work, part: Part, width: int, compile: bool | None) -> Bench:
    columns = work.columns(part.across)
    fast = worth_compiling(work.plan, part, columns) if compile is None else compile and columns >= LANES
    return FastBench(work, part, width) if fast else Bench(work, part, width)


def _pieces(work: Work, part: Part, most: int) -> list[tuple[int, int]]:
    """From and to (exclusive), of one width: of whole groups, or inside of one."""
    if not part.places:
        return []
    groups, samples = work.each(part.across)
    if samples <= most:
        return [(first * samples, last * samples) for first, last in _equal(groups, most // samples)]
    inside = _equal(samples, most)
    return [(g * samples + first, g * samples + last) for g in range(groups) for first, last in inside]


def _equal(count: int, most: int) -> list[tuple[int, int]]:
    """Pieces of one size: the last overlaps with the one before, and repeats some of it."""
    pieces = -(-count // most)
    size = -(-count // pieces)
    return [(first, first + size) for first in (min(k * size, count - size) for k in range(pieces))]
