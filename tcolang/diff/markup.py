"""A difference as Markdown of a Git host, and as a comment there, which has a limit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from tcolang.diff.told import Told
from tcolang.report import escape
from tcolang.report.blocks import Block, Bullets, Code, Heading, Paragraph, Prose, Section, Strong, Table
from tcolang.report.escape import Encoded
from tcolang.report.words import counted

LIMIT = 60_000
"""Bytes of a comment: hosts take a little more, and refuse the rest without a word of help."""

Encoder = Callable[[str], Encoded]


def marker(name: str) -> str:
    """The first line of a comment, by which it is found again."""
    return f"<!-- tcolang:report id={re.sub('[^A-Za-z0-9._]+', '-', name)} -->"


def page(told: Told, encode: Encoder = escape.markdown) -> str:
    """All of it."""
    return _joined(told, told.sections, 0, encode)


def comment(told: Told, name: str, encode: Encoder = escape.markdown) -> str:
    """At most `LIMIT` bytes: whole sections are dropped, the last one first, and that is said."""
    for kept in range(len(told.sections), -1, -1):
        text = f"{marker(name)}\n{_joined(told, told.sections[:kept], len(told.sections) - kept, encode)}"
        if len(text.encode("utf-8", "backslashreplace")) <= LIMIT:
            return text
    return f"{marker(name)}\nThere is too much to say for a comment: `tco diff` shows all of it.\n"


def gitlab(text: str) -> Encoded:
    """For Markdown as GitLab reads it, where `!1`, `%1` and `&1` refer to something as well."""
    return Encoded(re.sub(r"(!|%|&amp;)(?=\w)", r"\1<!-- -->", escape.markdown(text)))


def _joined(told: Told, sections: Sequence[Section], dropped: int, encode: Encoder) -> str:
    parts = [f"### {_prose(told.heading, encode)}\n"]
    parts += [_section(section, encode) for section in sections]
    if dropped:
        parts.append(f"{counted(dropped, 'section')} left out, since comments have a limit: `tco diff` shows all.\n")
    parts.append(f"<sub>{_prose(told.footer, encode)}</sub>\n")
    return "\n".join(parts)


def _section(section: Section, encode: Encoder) -> str:
    body = "\n".join(_block(block, encode) for block in section.blocks)
    if section.folded:
        title = escape.html(section.title)
        return f"<details>\n<summary>{title}</summary>\n\n{body}\n</details>\n"
    return f"#### {encode(section.title)}\n\n{body}" if section.title else body


def _block(block: Block, encode: Encoder) -> str:
    match block:
        case Paragraph(prose):
            return f"{_prose(prose, encode)}\n"
        case Heading(prose):
            return f"**{_prose(prose, encode)}**\n"
        case Bullets(items):
            return "".join(f"- {_prose(item, encode)}\n" for item in items)
        case Table():
            return "".join(_table(block, encode))
        case _:
            raise ValueError(f"a difference has no {block.kind}")


def _table(table: Table, encode: Encoder) -> Iterator[str]:
    def row(cells: Sequence[Prose]) -> str:
        return f"| {' | '.join(_prose(cell, encode) or ' ' for cell in cells)} |\n"

    yield row(table.headers)
    yield f"|{'|'.join(' ---: ' if i in table.numeric else ' --- ' for i in range(len(table.headers)))}|\n"
    for cells in table.rows:
        yield row(cells)


def _prose(prose: Prose, encode: Encoder) -> str:
    pieces = prose if isinstance(prose, tuple) else (prose,)
    return "".join(_piece(piece, encode) for piece in pieces)


def _piece(piece: object, encode: Encoder) -> str:
    match piece:
        case Code(text):
            coded = escape.markdown_code(text)
            return coded if coded.startswith("`") and coded.endswith("`") else encode(text)
        case Strong(text):
            return f"**{encode(text)}**"
        case _:
            return _between_spaces(str(piece), encode)


def _between_spaces(text: str, encode: Encoder) -> str:
    """A piece keeps the blank at its ends, which the encoder of a whole line would drop."""
    if not text.strip():
        return " " if text else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return f"{before}{encode(text)}{after}"
