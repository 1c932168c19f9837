"""What of a program makes a difference: its meaning, without places, sources, titles and the units it is shown in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from tcolang.base.source import Span

Essence: TypeAlias = tuple["Essence", ...] | str | float | bool | None

_LEFT_OUT = frozenset(("span", "provenance", "doc", "title", "text", "unit", "flat", "bridge_stated"))
_MARK = "\0"


def essence(one: object) -> Essence:
    """Equal for what gives the same numbers. Depth is bounded by the parser's limit on nesting."""
    match one:
        case str() | float() | int() | None:
            return one
        case tuple() | list():
            return tuple(essence(item) for item in one)
        case frozenset():
            return tuple(sorted(map(essence, one), key=repr))
        case Mapping():
            return tuple((str(name), essence(one[name])) for name in sorted(one))
        case Span():
            return None
    fields = getattr(type(one), "__match_args__", ())
    if not fields:
        return repr(one)
    kept = tuple((name, essence(getattr(one, name))) for name in fields if name not in _LEFT_OUT)
    return (f"{_MARK}{type(one).__name__}", *kept)


def reads(meaning: Essence) -> bool:
    """Whether a term in it reads another value."""
    if not isinstance(meaning, tuple):
        return False
    return (bool(meaning) and meaning[0] in _READING) or any(map(reads, meaning))


_READING = frozenset(f"{_MARK}{name}" for name in ("Global", "AttributeOf", "ResultOf", "Flow", "Assigned"))
