"""A case in which something is so, in lines that can be pasted into a test or a spec."""

from __future__ import annotations

from tcolang.decide.packs.boxes import Box
from tcolang.decide.packs.space import UNKNOWN, Field, Space
from tcolang.semantics.scope import natural_unit
from tcolang.semantics.terms import Apply
from tcolang.semantics.types import QuantityType, Type


def witness(box: Box, space: Space) -> str:
    """One point of a box: each fact that the box cuts, as `given` would state it."""
    lines = []
    for place, mask in sorted(box.cells.items()):
        field = space.fields[place]
        if mask & field.full != field.full:
            lines.append(_line(field, mask & field.full))
    return "for example where " + ", ".join(lines) if lines else ""


def _line(field: Field, mask: int) -> str:
    known = mask & ~UNKNOWN
    if not known:
        return f"{_text(field)} is unknown"
    cell = (known & -known).bit_length() - 2
    if field.sort == "words":
        return f"{_text(field)} = {field.values[cell]}"
    if isinstance(field.term, Apply) and field.term.function == "relation":
        first, second = (part.span.text for part in field.term.arguments)
        return f"{first} {('<', '=', '>')[cell]} {second}"
    number = _inside([float(value) for value in field.values], cell)
    return f"{_text(field)} = {_exact(number, field.term.type)}"


def _exact(number: float, type_: Type) -> str:
    """All digits: three might lie in another cell."""
    if isinstance(type_, QuantityType) and type_.share:
        return f"{number * 100:.12g}%"
    unit = natural_unit(type_)
    return f"{number:.12g}{f' {unit.text}' if unit else ''}"


def _text(field: Field) -> str:
    return field.term.span.text


def _inside(cuts: list[float], cell: int) -> float:
    """A number in a cell: a cut, between two, or beyond the first or last."""
    if not cuts:
        return 1.0
    at, between = divmod(cell, 2)
    if between:
        return cuts[at]
    if at == 0:
        return cuts[0] - 1 if cuts[0] <= 0 else cuts[0] / 2
    if at == len(cuts):
        return cuts[-1] * 2 if cuts[-1] > 0 else cuts[-1] + 1
    return (cuts[at - 1] + cuts[at]) / 2
