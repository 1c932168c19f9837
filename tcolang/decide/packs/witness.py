"""A case in which something is so, in a few words and in lines that can be pasted into a spec as a test."""

from __future__ import annotations

from tcolang.decide.packs.boxes import Box
from tcolang.decide.packs.space import UNKNOWN, Field, Space
from tcolang.semantics.scope import natural_unit
from tcolang.semantics.terms import Apply, AttributeOf, OfDecision, OfVariable
from tcolang.semantics.types import DateType, QuantityType, Type


def witness(box: Box, space: Space) -> str:
    """One point of a box: each fact that the box cuts, as `given` would state it."""
    lines = [_line(field, mask, space) for field, mask in _cut(box, space)]
    return "for example where " + ", ".join(lines) if lines else ""


def as_test(title: str, box: Box, space: Space) -> str:
    """The same point as a `test`. What a spec states is given; what it works out, or leaves out, is a comment, since a
    test cannot set it. What should come out is for the reader to say."""
    lines = []
    for field, mask in _cut(box, space):
        path = _path(field, space)
        stated = bool(mask & ~UNKNOWN)
        lines.append(
            f"  given {path} = {_value(field, mask, space)}"
            if path and stated
            else f"  # where {_line(field, mask, space)}"
        )
    head = f'test "{title.replace("`", "")}" {{'
    return "\n".join(
        [head, *lines, f"  expect {space.names['decision']}.recommendation == {space.names['option']}", "}"]
    )


def _cut(box: Box, space: Space) -> list[tuple[Field, int]]:
    fields = [(space.fields[place], mask & space.fields[place].full) for place, mask in sorted(box.cells.items())]
    return [(field, mask) for field, mask in fields if mask != field.full]


def _line(field: Field, mask: int, space: Space) -> str:
    if not mask & ~UNKNOWN:
        return f"{_text(field)} is unknown"
    if isinstance(field.term, Apply) and field.term.function == "relation":
        first, second = (part.span.text for part in field.term.arguments)
        return f"{first} {('<', '=', '>')[_cell(mask)]} {second}"
    return f"{_text(field)} = {_value(field, mask, space)}"


def _value(field: Field, mask: int, space: Space) -> str:
    if field.sort == "words":
        return str(field.values[_cell(mask)])
    number = _inside([float(value) for value in field.values], _cell(mask))
    return _exact(number, field.term.type, space.names["money"])


def _cell(mask: int) -> int:
    """The first cell of those that are known."""
    known = mask & ~UNKNOWN
    return (known & -known).bit_length() - 2


def _path(field: Field, space: Space) -> str:
    """What a spec calls a fact that it can state; '' for what is worked out."""
    match field.term:
        case AttributeOf(OfDecision(), name) if ("decision", name) in space.stated:
            return f"{space.names['decision']}.{name}"
        case AttributeOf(OfVariable(variable), name) if (variable, name) in space.stated:
            return f"{space.names[variable]}.{name}"
    return ""


def _exact(number: float, type_: Type, currency: str) -> str:
    """All digits: three might lie in another cell."""
    if isinstance(type_, QuantityType) and type_.share:
        return f"{number * 100:.12g}%"
    if isinstance(type_, DateType):
        year, month = divmod(int(number), 12)
        return f"{year:04}-{month + 1:02}-{int(number % 1 * 28) + 1:02}"
    unit = natural_unit(type_)
    return f"{number:.12g}{f' {unit.in_currency(currency).text}' if unit else ''}"


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
