"""`--format text`: for a screen. Everything is there, nothing is folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import combining, east_asian_width

from tcolang.diff.difference import Difference
from tcolang.diff.guardrails import Breach
from tcolang.diff.output import DiffFormat
from tcolang.diff.told import Told, told
from tcolang.report import escape
from tcolang.report.blocks import Block, Bullets, Heading, Link, Paragraph, Prose, Table

_WIDEST = 60


def render(differences: Sequence[Difference], breaches: Sequence[Breach], name: str) -> str:
    """The name makes no difference. No escape sequence is in it, and never one from a spec."""
    return "\n".join(_lines(told(differences, breaches))).strip("\n") + "\n"


def _lines(shown: Told) -> Iterator[str]:
    yield _plain(shown.heading)
    for section in shown.sections:
        yield ""
        if section.title:
            yield escape.terminal(section.title).upper()
        for number, block in enumerate(section.blocks):
            if number and isinstance(block, Table | Heading):
                yield ""
            yield from _block(block)
    yield ""
    yield _plain(shown.footer)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(prose) | Heading(prose):
            yield _plain(prose)
        case Bullets(items):
            yield from (f"  - {_plain(item)}" for item in items)
        case Table():
            yield from _table(block)
        case _:
            raise ValueError(f"a difference has no {block.kind}")


def _table(table: Table) -> Iterator[str]:
    rows = [tuple(map(_plain, cells)) for cells in (table.headers, *table.rows)]
    widths = [min(_WIDEST, max(_width(row[i]) for row in rows)) for i in range(len(table.headers))]
    for row in rows:
        cells = [_padded(cell, widths[i], i in table.numeric) for i, cell in enumerate(row)]
        yield f"  {'  '.join(cells)}".rstrip()


def _padded(cell: str, width: int, right: bool) -> str:
    blanks = " " * (width - _width(cell))
    return f"{blanks}{cell}" if right else f"{cell}{blanks}"


def _width(text: str) -> int:
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def _plain(prose: Prose) -> str:
    pieces = prose if isinstance(prose, tuple) else (prose,)
    return escape.terminal("".join(p if isinstance(p, str) else _text(p) for p in pieces))


def _text(piece: object) -> str:
    return f"{piece.text} ({piece.url})" if isinstance(piece, Link) else str(getattr(piece, "text", piece))


TEXT = DiffFormat("text", render)
