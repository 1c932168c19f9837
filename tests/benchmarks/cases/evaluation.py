"""The model of many formulas: the engine beside hand-written numpy and C, and beside peers at as many futures."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.cases.bench import Bench
from tests.benchmarks.cases.side import Side
from tests.benchmarks.model import GROWTH, squiggle_source
from tests.benchmarks.rows import Row, absent, measured
from tests.benchmarks.timing import TaskError, Worker

GROUP = "Evaluation"
FORMULAS, MONTHS = 200, 60
NUMPY, FAST = "engine", "engine with [fast]"


@dataclass(frozen=True, slots=True)
class _Peer:
    """`samples` is how many futures it is asked for, in full and quickly; `close` how near its result has to be to the
    engine's, relatively; `goals` how many times as long it should take as the engine, at as many futures, and as the
    engine with `fast`, for each of its futures: the kernel is for many of them."""

    name: str
    what: str
    worker: str
    samples: tuple[int, int]
    close: float = 1e-9
    goals: tuple[float | None, float | None] = (4.0, 30.0)


_PEERS = (
    _Peer("@quri/squiggle-lang", "squiggle-lang", "squiggle", (1_000, 50), goals=(100.0, 1000.0)),
    _Peer("squigglepy", "squigglepy, on arrays", "peer_squigglepy", (10_000, 1_000), close=0.02),
    _Peer("pint", "pint around numpy", "peer_pint", (10_000, 1_000)),
    # It computes in 32 bits.
    _Peer("openfisca-core", "openfisca-core", "peer_openfisca", (10_000, 1_000), close=1e-4),
    _Peer("formulas", "`formulas`, Excel in Python", "peer_formulas", (40, 4)),
)


def measure(bench: Bench) -> list[Row]:
    rows, fast = _limits(bench)
    for peer in _PEERS:
        rows += _beside(bench, peer, fast)
    return rows


@dataclass(frozen=True, slots=True)
class _Fast:
    """How long the engine with `fast` takes for a future, in seconds, and for how many it was asked; or why not."""

    seconds: float
    samples: int
    why: str = ""


# Hand-written


def _limits(bench: Bench) -> tuple[list[Row], _Fast]:
    samples = bench.size(100_000, 5_000)
    size = f"{FORMULAS} formulas × {MONTHS} months × {samples:,} futures"
    side = Side(bench, GROUP, bench.size(30, 5))
    side.start(NUMPY, 0.0, lambda: bench.worker("engine", "numpy", FORMULAS, MONTHS, samples, side.draws))
    side.start(FAST, 1e-9, lambda: _fast(bench, samples, side))
    side.start("numpy by hand", 1e-9, lambda: bench.worker("hand_numpy", FORMULAS, MONTHS, side.draws))
    side.start("C by hand", 1e-9, lambda: bench.worker("hand_c", FORMULAS, MONTHS, side.draws))
    rows = [
        side.row("evaluation numpy", f"{size}: the engine", NUMPY, "numpy by hand", "× chunked numpy by hand", 1.15),
        side.row("evaluation fast", f"{size}: with `[fast]`", FAST, "C by hand", "× C by hand, one core", 1.25),
        _compiling(side),
        side.row("evaluation hand", f"{size}: numpy by hand", "numpy by hand", "C by hand", "× C by hand", None),
    ]
    side.stop()
    if FAST in side.failed:
        return rows, _Fast(0.0, samples, side.failed[FAST])
    return rows, _Fast(median(each.processor for each in side.taken[FAST]) / samples, samples)


def _fast(bench: Bench, samples: int, side: Side) -> Worker:
    if "fast" not in bench.environment.extras:
        raise TaskError("the project has no extra `fast`")
    return bench.worker("engine", "fast", FORMULAS, MONTHS, samples, side.draws.with_name("again.npy"))


def _compiling(side: Side) -> Row:
    key, what = "evaluation compiling", f"{FORMULAS} formulas: compiling them, with `[fast]`"
    if FAST in side.failed:
        return absent(key, GROUP, what, side.failed[FAST], 0.15)
    return measured(key, GROUP, what, side.compiling[FAST][1:], "s", 0.15)


# Peers


def _beside(bench: Bench, peer: _Peer, fast: _Fast) -> list[Row]:
    samples = bench.size(*peer.samples)
    side = Side(bench, GROUP, bench.size(12, 5))
    side.start(NUMPY, 0.0, lambda: bench.worker("engine", "numpy", FORMULAS, MONTHS, samples, side.draws))
    side.start(peer.name, peer.close, lambda: _peer(bench, peer, side))
    what = f"{peer.what}, {samples:,} futures"
    rows = [side.row(f"peer {peer.name} / engine", what, peer.name, NUMPY, "× the engine", peer.goals[0], more=True)]
    side.stop()
    key, what = f"peer {peer.name} / fast", f"{peer.what}, time for each of {samples:,} futures"
    unit = f"× that for each of {fast.samples:,} with `[fast]`"
    why = side.failed.get(peer.name) or fast.why
    if why:
        return [*rows, absent(key, GROUP, what, why, peer.goals[1], more=True)]
    values = [each.processor / samples / fast.seconds for each in side.taken[peer.name]]
    return [*rows, measured(key, GROUP, what, values, unit, peer.goals[1], more=True)]


def _peer(bench: Bench, peer: _Peer, side: Side) -> Worker:
    missing = bench.environment.missing.get(peer.name)
    if missing:
        raise TaskError(f"not installed: {missing}")
    if peer.worker != "squiggle":
        return bench.worker(peer.worker, FORMULAS, MONTHS, side.draws)
    source, draws = side.draws.with_name("model.squiggle"), side.draws.with_name("draws.json")
    source.write_text(squiggle_source(FORMULAS), encoding="utf-8")
    draws.write_text(json.dumps(side.workers[NUMPY].told["draws"]), encoding="utf-8")
    node = shutil.which("node") or "node"
    script = Path(__file__).parents[1] / "workers/peer_squiggle.mjs"
    words = [node, script, bench.environment.node, source, draws, str(MONTHS), str(GROWTH)]
    return Worker(words, bench.environment.variables)
