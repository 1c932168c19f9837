"""What has changed between two programs, part by part: never text, order, names of imports or comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.diff.essence import reads
from tcolang.diff.parts import Part, Path, oldest_first, parts, segments_of, written
from tcolang.semantics.program import Program, Value
from tcolang.semantics.types import QuantityType, Type

_WIDEST = 160


@record
class Change:
    """`before` and `after` are as written, without what both have in common; '' where there was or is nothing.
    `added`: there was nothing. `retyped`: what it is an amount of has changed. `reads`: it rests on other values."""

    path: Path
    sort: str
    name: str
    before: str
    after: str
    added: bool
    retyped: bool
    reads: bool
    where: Span


def changes(base: Program, head: Program) -> tuple[Change, ...]:
    """By name. What is new or gone as a whole, such as an option, is one change, not one for each of its lines."""
    before, after = parts(base), parts(head)
    found = list(_changes(before, after, base, head))
    whole = {change.path for change in found if change.path[0] in ("component", "kind", "option", "pack")}
    kept = [change for change in found if not _within(change.path, whole)]
    return tuple(sorted(kept, key=lambda change: (change.name, change.path)))


def _changes(before: Mapping[Path, Part], after: Mapping[Path, Part], base: Program, head: Program) -> Iterator[Change]:
    for path in dict.fromkeys((*before, *after)):
        old, new = before.get(path), after.get(path)
        one = new or old
        assert one is not None
        if old is None or new is None:
            was, now = ("", _short(one.text)) if old is None else (_short(one.text), "")
            yield Change(path, one.sort, one.name, was, now, old is None, False, reads(one.meaning), one.span)
        elif old.meaning != new.meaning:
            was, now = _differing(path, old, new, base, head)
            retyped, read = _retyped(old.type, new.type), reads(old.meaning) or reads(new.meaning)
            yield Change(path, one.sort, one.name, _short(was), _short(now), False, retyped, read, one.span)


def _within(path: Path, whole: set[Path]) -> bool:
    """Whether a part belongs to something that is itself new, gone or of another kind."""
    match path:
        case ("value", component, *_):
            owner: Path = ("component", component)
        case ("rule", name):
            owner = ("pack", name.partition("/")[0])
        case ("assume" | "let", key):
            owner = ("pack", key.rpartition(".")[0])
        case _:
            owner = path[:2]
    return path not in whole and owner in whole


def _differing(path: Path, old: Part, new: Part, base: Program, head: Program) -> tuple[str, str]:
    """Of a history, the lines that are not the same; of anything else all of it."""
    if path[0] == "rate":
        lines = [old.text.split("; "), new.text.split("; ")]
        gone = [line for line in lines[0] if line not in lines[1]]
        return "; ".join(gone), "; ".join(line for line in lines[1] if line not in lines[0])
    values = _value(base, path), _value(head, path)
    if values[0] is None or values[1] is None:
        return old.text, new.text
    told = [dict(segments_of(value)) for value in values if value is not None]
    common = told[0].keys() & told[1].keys()
    shown = [
        "; ".join(written(s) for s in oldest_first([s for meaning, s in one.items() if meaning not in common]))
        for one in told
    ]
    return shown[0], shown[1]


def _value(program: Program, path: Path) -> Value | None:
    match path:
        case ("assume", key):
            return program.assumptions[key].value
        case ("value", component, name):
            return program.components[component].values[name]
    return None


def _retyped(old: Type | None, new: Type | None) -> bool:
    if isinstance(old, QuantityType) and isinstance(new, QuantityType):
        return old.dimension != new.dimension
    return type(old) is not type(new)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"
