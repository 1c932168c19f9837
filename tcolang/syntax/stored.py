"""Syntax trees as data, and back: what is read again is equal to what was written, places included."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from tcolang.base.source import SourceFile, Span
from tcolang.syntax import items, nodes

_TUPLE, _PLACE, _DECIMAL = -1, -2, -3
"""What stands first in a list that is no node; in one that is, the number of its class stands there."""


def stored(value: Any) -> Any:
    """A node, or what one holds, as lists, texts and numbers. Spans are taken to be of one file."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_TUPLE, *map(stored, value)]
    if isinstance(value, Span):
        return [_PLACE, value.start, value.end]
    if isinstance(value, Decimal):
        return [_DECIMAL, str(value)]
    fields = [getattr(value, name) for name in type(value).__match_args__]
    span = fields.pop()
    # The last field of every node is its place.
    return [_numbers()[type(value)], *map(stored, fields), span.start, span.end]


def restored(data: Any, file: SourceFile) -> Any:
    """What `stored` was given, with places in `file`."""
    classes = _classes()

    def value(data: Any) -> Any:
        if type(data) is not list:
            return data
        kind, *parts = data
        if kind >= 0:
            end = parts.pop()
            start = parts.pop()
            return classes[kind](*map(value, parts), Span(file, start, end))
        if kind == _TUPLE:
            return tuple(map(value, parts))
        return Span(file, *parts) if kind == _PLACE else Decimal(parts[0])

    return value(data)


def stored_module(module: items.Module) -> list[Any]:
    """A whole file, without its text."""
    comments = [[comment.span.start, comment.span.end, comment.text] for comment in module.comments]
    return [module.edition, module.doc, comments, [stored(item) for item in module.items]]


def restored_module(data: list[Any], file: SourceFile) -> items.Module:
    """What `stored_module` was given; `file` has its text."""
    edition, doc, comments, statements = data
    found = tuple(items.Comment(text, Span(file, start, end)) for start, end, text in comments)
    return items.Module(edition, doc, tuple(restored(item, file) for item in statements), file, found)


def form() -> int:
    """Another number where data of an earlier time would be read wrongly: a class or a field more, or elsewhere."""
    return zlib.crc32(repr([(one.__name__, getattr(one, "__match_args__", ())) for one in _classes()]).encode())


@cache
def _classes() -> tuple[Callable[..., Any], ...]:
    """Every class of nodes, in the order of their declaration."""
    declared = (value for module in (nodes, items) for value in vars(module).values() if isinstance(value, type))
    return tuple(one for one in dict.fromkeys(declared) if getattr(one, "__match_args__", ())[-1:] == ("span",))


@cache
def _numbers() -> dict[Callable[..., Any], int]:
    return {one: number for number, one in enumerate(_classes())}
