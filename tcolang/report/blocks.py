"""What a document is made of: plain text in pieces, and blocks of it. No piece holds markup of any output format."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from tcolang.base.record import record


@record
class Code:
    """A name or an expression as it stands in a spec."""

    text: str


@record
class Strong:
    text: str


@record
class Link:
    """Shown as plain text by a format that has no links, or where the address is none that may be followed."""

    text: str
    url: str


Piece: TypeAlias = str | Code | Strong | Link
Prose: TypeAlias = Piece | tuple[Piece, ...]


@record
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    prose: Prose


@record
class Heading:
    """Above what follows within a section."""

    kind: ClassVar[str] = "heading"
    prose: Prose


@record
class Bullets:
    kind: ClassVar[str] = "bullets"
    items: tuple[Prose, ...]


@record
class Table:
    """`numeric` columns are set flush right; `spare` ones may be left out where there is little room."""

    kind: ClassVar[str] = "table"
    headers: tuple[Prose, ...]
    rows: tuple[tuple[Prose, ...], ...]
    numeric: frozenset[int] = frozenset()
    spare: frozenset[int] = frozenset()


@record
class Series:
    """The values of one line of a chart, or the parts of a pie, already rounded."""

    name: str
    values: tuple[float, ...]


@record
class Chart:
    """`lines`, or `bars`, over `labels` at equal distances, which are 1, 2, 3 … where `counted`; or a `pie` of the
    first series.

    All figures of a chart are in a table too.
    """

    kind: ClassVar[str] = "chart"
    form: Literal["lines", "bars", "pie"]
    title: str
    x_title: str
    y_title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    counted: bool = False


Block: TypeAlias = Paragraph | Heading | Bullets | Table | Chart


@record
class Section:
    """`folded` ones are for those who want to look closer."""

    title: str
    blocks: tuple[Block, ...]
    folded: bool = False


def prose(*parts: Prose) -> tuple[Piece, ...]:
    """The parts one after the other."""
    pieces: list[Piece] = []
    for part in parts:
        pieces.extend(part) if isinstance(part, tuple) else pieces.append(part)
    return tuple(pieces)


def quoted(text: str) -> tuple[Piece, ...]:
    """A message in which names stand in backticks."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return (text,)
    return tuple(Code(part) if index % 2 else part for index, part in enumerate(parts) if part)


def listed(items: tuple[Prose, ...], last: str = " and ") -> tuple[Piece, ...]:
    """`a, b and c`; `last` stands before the last one."""
    parts: list[Prose] = []
    for index, item in enumerate(items):
        if index:
            parts.append(last if index == len(items) - 1 else ", ")
        parts.append(item)
    return prose(*parts)
