"""What holds an optimum back: vetoes, the load, the cost of one more replica, and what its copies are busy with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from tcolang.base.record import record
from tcolang.engine.candidates import FUTURES, Filling, Trials
from tcolang.model.costmodel import Choice

Forbidden: TypeAlias = Mapping[tuple[str, str], tuple[str, ...]]
"""By option and key of an assignment the rules that veto serving there; what is not in it is allowed."""

BUSY = "_busy"
"""Formulas of a deployment whose names end so tell how many copies are kept busy with what their text says."""


@record
class Binding:
    """`rule` or formula `name` that holds a deployment back, and from which workloads. `share`: of what keeps its
    copies busy. `saved`: by how much cheaper the option would be without the veto, 0 where it would not."""

    sort: Literal["veto", "busy", "load", "cost"]
    deployment: str
    name: str = ""
    workloads: tuple[str, ...] = ()
    words: str = ""
    share: float = 0.0
    saved: float = 0.0


def bindings(
    trials: Trials, choices: Sequence[Choice], best: Filling, most: Mapping[str, float], forbidden: Forbidden
) -> tuple[Binding, ...]:
    """Of the filling `best`; `most` are the largest sizes that were looked at, by key."""
    sizes = (choice for choice in choices if choice.sort == "size")
    return (
        *_vetoes(trials, choices, best, forbidden),
        *(_size(choice, best, most) for choice in sizes),
        *_busy(trials, choices, best),
    )


def _vetoes(trials: Trials, choices: Sequence[Choice], best: Filling, forbidden: Forbidden) -> Iterator[Binding]:
    """For each deployment and rule, with what would be saved if all that it forbids went there."""
    held: dict[tuple[str, str], list[tuple[Choice, str]]] = {}
    for choice in choices:
        for deployment, key in zip(choice.deployments, choice.keys, strict=choice.sort == "assignment"):
            for rule in forbidden.get((choice.option, key), ()):
                held.setdefault((rule, deployment), []).append((choice, key))
    if not held:
        return
    moved = [
        {**best, **{key: float(key == to) for choice, to in each for key in choice.keys}} for each in held.values()
    ]
    now, *there = trials.means([best, *moved], min(FUTURES, trials.settings.samples))
    for ((rule, deployment), each), cost in zip(held.items(), there, strict=True):
        workloads = tuple(choice.workload for choice, _ in each)
        yield Binding("veto", deployment, rule, workloads, saved=max(0.0, now - cost))


def _size(choice: Choice, best: Filling, most: Mapping[str, float]) -> Binding:
    """One replica less than the largest size carries the highest load already."""
    full = all(best[key] >= most[key] - 1 for key in choice.keys)
    return Binding("load" if full else "cost", choice.deployments[0], workloads=(choice.workload,))


def _busy(trials: Trials, choices: Sequence[Choice], best: Filling) -> Iterator[Binding]:
    """For each deployment that is used what keeps most of its copies busy."""
    option, program = trials.option.name, trials.model.program
    pairs = [(d, k) for c in choices for d, k in zip(c.deployments, c.keys, strict=c.sort == "assignment")]
    used = dict.fromkeys(deployment for deployment, key in pairs if best[key] != 0)
    for deployment in used:
        formulas = program.kinds[program.components[deployment].kind].formulas
        keys = {n: f"{option}.{deployment}.{n}" for n in formulas if n.endswith(BUSY)}
        known = {name: key for name, key in keys.items() if key in trials.model.index}
        rows = trials.rows([best], known.values(), min(FUTURES, trials.settings.samples)) if known else {}
        copies = {name: float(rows[key].mean()) for name, key in known.items()}
        whole = sum(copies.values())
        if whole > 0:
            name = max(copies, key=lambda each: copies[each])
            yield Binding("busy", deployment, name, words=formulas[name].doc, share=copies[name] / whole)
