"""The report for a screen: the verdict, the reasons and the options; where to find the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from tcolang.report import escape
from tcolang.report.blocks import Block, Bullets, Chart, Code, Heading, Link, Paragraph, Prose, Strong, Table
from tcolang.report.document import Document, document
from tcolang.report.output import OutputFormat, Style
from tcolang.report.results import Results

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, RenderableType
    from rich.text import Text

_ROOMY = 120
_BARS = "▁▂▃▄▅▆▇█"
_BAR_WIDTH = 30


def render(results: Results, style: Style) -> str:
    """No escape sequence is in it unless the style asks for colour, and never one from a spec."""
    written = StringIO()
    console = _console(written, style)
    for part in _parts(document(results), style):
        console.print(part, soft_wrap=False)
    lines = (line.rstrip() for line in written.getvalue().splitlines())
    return "\n".join(lines).strip("\n") + "\n"


def _console(written: StringIO, style: Style) -> Console:
    from rich.console import Console

    # Everything that it would guess from the environment is given.
    return Console(
        file=written,
        width=style.width,
        height=25,
        color_system="standard" if style.colour else None,
        force_terminal=style.colour,
        no_color=not style.colour,
        force_jupyter=False,
        force_interactive=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def _parts(shown: Document, style: Style) -> Iterator[RenderableType]:
    yield _text(shown.heading, "bold green")
    yield _text(shown.question, "dim")
    yield ""
    for block in shown.verdict:
        yield from _block(block, style)
    for section in shown.sections:
        if not section.folded:
            yield _text(section.title.upper(), "bold cyan")
            for block in section.blocks:
                yield from _block(block, style)
    folded = ", ".join(section.title for section in shown.sections if section.folded)
    if folded:
        yield _text(f"In the full report (--format markdown): {folded}.", "dim")


def _block(block: Block, style: Style) -> Iterator[RenderableType]:
    match block:
        case Paragraph(prose):
            yield _text(prose)
        case Heading(prose):
            yield _text(prose, "bold")
            return
        case Bullets(items):
            yield from map(_bullet, items)
        case Table():
            yield _table(block, style)
        case Chart():
            yield from _chart(block)
    yield ""


def _text(prose: Prose, style: str = "") -> Text:
    from rich.text import Text

    text = Text(style=style)
    for piece in prose if isinstance(prose, tuple) else (prose,):
        match piece:
            case Code(words):
                text.append(_plain(words), "cyan")
            case Strong(words):
                text.append(_plain(words), "bold")
            case Link(words, _):
                text.append(_plain(words))
            case words:
                text.append(_plain(words))
    return text


def _plain(words: str) -> str:
    """Encoded, with the blank at its ends, by which pieces are kept apart."""
    if not words.strip():
        return " " if words else ""
    before = " " if words[0].isspace() else ""
    after = " " if words[-1].isspace() else ""
    return f"{before}{escape.terminal(words)}{after}"


def _bullet(item: Prose) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table as Grid

    grid = Grid.grid(padding=(0, 1))
    grid.add_column()
    grid.add_column()
    grid.add_row("•", _text(item))
    return Padding(grid, (0, 0, 0, 1))


_JOINTS = "_./"
_NARROW = 12
"""A part of a name that stays in one piece in a column."""


def _table(table: Table, style: Style) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid

    hidden = table.spare if style.width < _ROOMY else frozenset()
    columns = [index for index in range(len(table.headers)) if index not in hidden]
    grid = Grid(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for index in columns:
        justify: JustifyMethod = "right" if index in table.numeric else "left"
        grid.add_column(_text(table.headers[index]), justify=justify, overflow="fold")
    for row in table.rows:
        grid.add_row(*(_at_joints(_text(row[index]), max(_NARROW, style.width // len(columns))) for index in columns))
    return grid


def _at_joints(text: Text, most: int) -> Text:
    """With names longer than `most` over several lines, broken where their words meet: `rented_`, `open_model`."""
    from rich.text import Text as Words

    breaks: list[int] = []
    for word in re.finditer(r"\S+", text.plain):
        start, joint = word.start(), 0
        for place in range(word.start(), word.end()):
            if place - start >= most and joint:
                breaks.append(joint)
                start, joint = joint, 0
            if text.plain[place] in _JOINTS and place + 1 < word.end():
                joint = place + 1
    return Words("\n").join(text.divide(breaks)) if breaks else text


def _chart(chart: Chart) -> Iterator[RenderableType]:
    """Lines as rows of bars on one scale, a pie as one bar for each part."""
    yield _text(chart.title, "bold")
    largest = max((abs(value) for series in chart.series for value in series.values), default=0.0) or 1.0
    if chart.form == "pie":
        pairs = list(zip(chart.labels, chart.series[0].values, strict=True))
        bars = [(name, "█" * round(_BAR_WIDTH * max(value, 0.0) / largest), f"{value:,.10g}") for name, value in pairs]
    else:
        bars = [(series.name, _spark(series.values, largest), _ends(series.values, chart)) for series in chart.series]
    width = max(len(escape.terminal(name)) for name, _, _ in bars)
    for name, bar, note in bars:
        padding = " " * (width - len(escape.terminal(name)))
        yield _text(Code(name)).append(f"{padding}  {bar}  ").append(escape.terminal(note), "dim")
    if chart.form == "lines":
        yield _text(f"from {chart.labels[0]} to {chart.labels[-1]} {chart.x_title}", "dim")


def _spark(values: tuple[float, ...], largest: float) -> str:
    return "".join(_BARS[round((len(_BARS) - 1) * max(value, 0.0) / largest)] for value in values)


def _ends(values: tuple[float, ...], chart: Chart) -> str:
    return f"{values[0]:,.10g} to {values[-1]:,.10g} {chart.y_title}"


TERMINAL = OutputFormat("terminal", ".txt", "text/plain", render)
