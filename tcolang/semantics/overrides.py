"""What scenarios and tests change: instances, options, staff and assumptions, never formulas."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.semantics.discounting import is_discount_rate
from tcolang.semantics.program import Override
from tcolang.semantics.scope import Scope
from tcolang.semantics.targets import TIMING, overridable
from tcolang.semantics.timing import is_timing
from tcolang.semantics.values import value_of
from tcolang.syntax import items

Line = items.Attribute | items.Given


def overrides(lines: Sequence[Line], scope: Scope) -> tuple[Override, ...]:
    """Those that name something which may be overridden, in order; lines with dates are collected by name."""
    grouped: dict[tuple[str, bool], list[Line]] = {}
    for line in lines:
        grouped.setdefault((line.path.text, line.since is None), []).append(line)
    made = [override(group, scope) for group in grouped.values()]
    return tuple(o for o in made if o is not None)


def override(lines: Sequence[Line], scope: Scope) -> Override | None:
    """`tickets = base * 3`; None after a finding."""
    path = lines[0].path
    target = overridable(path, scope)
    if target is None:
        return None
    key, type_, unit = target
    inner = scope.within(base=type_)
    attributes = [items.Attribute(line.path, line.since, line.value, _clauses(line), "", line.span) for line in lines]
    value = value_of(attributes, inner, type_, unit, path.text)
    if key == "decision.discount_rate" and not is_discount_rate(value, scope):
        return None
    if key.removeprefix("decision.") in TIMING and key.startswith("decision.") and not is_timing(key, value, scope):
        return None
    return Override(key, value.segments, lines[0].since is None, path.span)


def _clauses(line: Line) -> tuple[items.Clause, ...]:
    return line.clauses if isinstance(line, items.Attribute) else ()
