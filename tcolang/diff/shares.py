"""Which change makes which option dearer or cheaper, and by how much."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from tcolang.base.record import record
from tcolang.base.registry import collect
from tcolang.diff.attribution import Players, attribute
from tcolang.diff.changes import Change
from tcolang.diff.mixed import mixed
from tcolang.diff.parts import Path
from tcolang.model.build import build
from tcolang.model.costmodel import CostModel
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.program import Program
from tcolang.semantics.terms import Term

Costs: TypeAlias = Callable[[Program], Mapping[str, float] | None]
"""The mean TCO of each option of a program; None where it cannot be evaluated."""

TOLERANCE = 1e-9
MANY = 100
"""Changes, beyond which those of one component or option count as one, so that the work stays bounded."""
_SILENT = frozenset(("rule", "criterion", "switch", "pack"))
_VALUES = frozenset(("assume", "value", "rate"))


@record
class Share:
    """Changes that count as one, mostly a single one, and what they add to the mean TCO of each option."""

    changes: tuple[Change, ...]
    effects: Mapping[str, float]


@record
class Shares:
    """`silent` changes move no cost. `method` says how the shares were found."""

    shares: tuple[Share, ...]
    silent: tuple[Change, ...]
    method: str


def shares(
    base: Program,
    head: Program,
    changes: Sequence[Change],
    before: Mapping[str, float],
    after: Mapping[str, float],
    costs: Costs,
) -> Shares:
    """For the options that both have; the shares of each add up to its TCO after − before."""
    options = tuple(name for name in after if name in before)
    mixing = _Mixing(base, head, options, costs)
    moving = [change for change in changes if _may_move(change, base, head)]
    for players in _groupings(moving, mixing):
        found = _attributed(players, mixing, before, after)
        if found is not None:
            told, method = found
            break
    else:
        told, method = _together(moving, options, before, after)
    if len(moving) > MANY:
        method += f"; of {len(moving)} changes those in one place count as one"
    loud = tuple(share for share in told if any(share.effects.values()))
    named = {change.path for share in loud for change in share.changes}
    return Shares(_largest_first(loud), tuple(c for c in changes if c.path not in named), method)


@record
class _Mixing:
    base: Program
    head: Program
    options: tuple[str, ...]
    costs: Costs

    def program(self, made: frozenset[Path]) -> Program:
        return mixed(self.base, self.head, made, self.options)


class _UnmixedError(Exception):
    """A program between the two has no costs."""


def _may_move(change: Change, base: Program, head: Program) -> bool:
    """What is declared in one of the programs only moves nothing until something that has changed reads it."""
    match change.path:
        case (("component" | "kind" | "option" | "let" | "assume"), key, *rest):
            if rest:
                return True
            tables = {"component": "components", "kind": "kinds", "option": "options", "let": "formulas"}
            table = tables.get(change.path[0], "assumptions")
            return key in getattr(base, table) and key in getattr(head, table)
        case (first, *_):
            return first not in _SILENT
    return False


def _groupings(moving: Sequence[Change], mixing: _Mixing) -> Iterator[tuple[tuple[Change, ...], ...]]:
    """From the finest on. What reads a value whose dimension has changed makes sense only together with it."""
    if len(moving) > MANY:
        yield from _by_owner(moving)
        return
    loose = [change for change in moving if not change.retyped]
    tied = tuple(change for change in moving if change.retyped)
    if not tied:
        yield tuple((change,) for change in _relevant(moving, mixing))
        yield tuple((change,) for change in moving)
    values = [change for change in loose if change.path[0] in _VALUES and not (tied and change.reads)]
    structure = tuple(change for change in moving if change not in values)
    yield (*((change,) for change in values), *((structure,) if structure else ()))


def _by_owner(moving: Sequence[Change]) -> Iterator[tuple[tuple[Change, ...], ...]]:
    """By component, option or declaration, where these are not too many; and by their sort."""
    for length in (2, 1):
        groups: dict[Path, list[Change]] = {}
        for change in moving:
            groups.setdefault(change.path[:length], []).append(change)
        if len(groups) <= MANY:
            yield tuple(map(tuple, groups.values()))


def _relevant(moving: Sequence[Change], mixing: _Mixing) -> list[Change]:
    """Those that alter what an option's cost is worked out from, made alone or left out alone."""
    every = frozenset(change.path for change in moving)
    nothing, everything = (_grounds(mixing, made) for made in (frozenset[Path](), every))
    return [
        change
        for change in moving
        if _grounds(mixing, frozenset((change.path,))) != nothing
        or _grounds(mixing, every - {change.path}) != everything
    ]


def _grounds(mixing: _Mixing, made: frozenset[Path]) -> object:
    """All terms under the options' costs, with their draws; None where there is no model."""
    program = mixing.program(made)
    model = build(program, collect("tcolang.semantics.builtins", Builtin)).value
    decision = program.decision
    if model is None or decision is None:
        return None
    terms = [_ancestors(model, option.results["tco"]) for option in model.options if "tco" in option.results]
    return terms, decision.start, decision.horizon, sorted(model.correlations)


def _ancestors(model: CostModel, key: str) -> dict[str, tuple[Term, str]]:
    found: dict[str, tuple[Term, str]] = {}
    waiting = [key]
    while waiting:
        node = model.node(waiting.pop())
        if node.key not in found:
            found[node.key] = node.term, node.draw
            waiting.extend(node.parents)
    return found


def _attributed(
    players: Sequence[tuple[Change, ...]], mixing: _Mixing, before: Mapping[str, float], after: Mapping[str, float]
) -> tuple[tuple[Share, ...], str] | None:
    """None where the programs between cannot be had, or do not lead from the one to the other."""

    def worth(chosen: Players) -> Mapping[str, float]:
        made = frozenset(change.path for player in chosen for change in players[player])
        found = mixing.costs(mixing.program(made))
        if found is None or any(name not in found for name in mixing.options):
            raise _UnmixedError
        return {name: found[name] for name in mixing.options}

    try:
        ends = worth(frozenset()), worth(frozenset(range(len(players))))
        if not (_same(ends[0], before) and _same(ends[1], after)):
            return None
        found = attribute([" ".join(change.name for change in player) for player in players], worth)
    except _UnmixedError:
        return None
    sizes = {name: max(abs(before[name]), abs(after[name])) for name in mixing.options}
    told = tuple(
        Share(player, {name: effect if abs(effect) > TOLERANCE * sizes[name] else 0.0 for name, effect in part.items()})
        for player, part in zip(players, found.parts, strict=True)
    )
    return told, found.method


def _same(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return all(abs(cost - other[name]) <= TOLERANCE * max(abs(cost), abs(other[name])) for name, cost in one.items())


def _together(
    moving: Sequence[Change], options: Sequence[str], before: Mapping[str, float], after: Mapping[str, float]
) -> tuple[tuple[Share, ...], str]:
    effects = {name: after[name] - before[name] for name in options}
    method = "the changes cannot be made one without the others, so they are shown as one"
    return (Share(tuple(moving), effects),), method


def _largest_first(told: Sequence[Share]) -> tuple[Share, ...]:
    return tuple(sorted(told, key=lambda share: (-max(map(abs, share.effects.values()), default=0), _name(share))))


def _name(share: Share) -> str:
    return ", ".join(change.name for change in share.changes)
