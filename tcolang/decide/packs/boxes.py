"""Regions as unions of boxes: what a conjunction of conditions cuts out of the space of facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from tcolang.base.record import record

MOST = 20_000
"""Boxes of one region."""
MOST_STEPS = 1_000_000
"""Boxes looked at for one question."""


@record
class Box:
    """By field, the cells that are in it, as bits. A field that is not named is not cut."""

    cells: Mapping[int, int]


Region = tuple[Box, ...]
EVERYTHING: Region = (Box(MappingProxyType({})),)
NOTHING: Region = ()


class TooManyError(Exception):
    """More boxes than are looked at: what was asked is not decided."""


_left: ContextVar[list[int] | None] = ContextVar("left", default=None)


@contextmanager
def one_question() -> Iterator[None]:
    """Within it `TooManyError` is raised after so many steps, whatever the time they take."""
    before = _left.set([MOST_STEPS])
    try:
        yield
    finally:
        _left.reset(before)


def both(left: Region, right: Region) -> Region:
    """What lies in both."""
    _take(len(left) * len(right))
    return _limited(box for a in left for b in right if (box := _meet(a, b)) is not None)


def either(left: Region, right: Region) -> Region:
    """What lies in one of them or both."""
    return _limited((*left, *right))


def without(region: Region, other: Region) -> Region:
    """What lies in the first and not in the second."""
    left = region
    for box in other:
        _take(len(left))
        left = _limited(piece for one in left for piece in _cut(one, box))
    return left


def forget(region: Region, fields: Iterable[int]) -> Region:
    """The shadow of a region on the other fields."""
    gone = set(fields)
    return tuple(Box({field: mask for field, mask in box.cells.items() if field not in gone}) for box in region)


def _meet(left: Box, right: Box) -> Box | None:
    cells = dict(left.cells)
    for field, mask in right.cells.items():
        cells[field] = cells.get(field, mask) & mask
        if not cells[field]:
            return None
    return Box(cells)


def _cut(box: Box, hole: Box) -> list[Box]:
    """The pieces of a box around a hole: one a field, none of which meets another."""
    if _meet(box, hole) is None:
        return [box]
    pieces: list[Box] = []
    cells = dict(box.cells)
    for field, mask in hole.cells.items():
        rest = cells.get(field, -1) & ~mask
        if rest:
            pieces.append(Box({**cells, field: rest}))
        cells[field] = cells.get(field, -1) & mask
    return pieces


def _take(steps: int) -> None:
    left = _left.get()
    if left is not None:
        left[0] -= steps
        if left[0] < 0:
            raise TooManyError


def _limited(boxes: Iterable[Box]) -> Region:
    found: list[Box] = []
    for box in boxes:
        found.append(box)
        if len(found) > MOST:
            raise TooManyError
    return tuple(found)
