"""Where a text comes from: files and spans of them."""

from __future__ import annotations

from bisect import bisect_right

from tcolang.base.record import field, record

COMMAND_LINE = "--set"
"""The path of the file that the settings of the command line make."""


@record
class SourceFile:
    """One text that was read. `path` is what a reader is shown: relative to the project, with `/`. `unwritten` is how
    many lines at its start nobody wrote: those behind them count from 1. `shipped`: it came with the tool."""

    path: str
    text: str = field(repr=False)
    line_starts: tuple[int, ...] = field(default=(), compare=False, repr=False)
    unwritten: int = field(default=0, compare=False, repr=False)
    shipped: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        object.__setattr__(self, "line_starts", tuple(starts))

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Both counted from 1, in characters."""
        line = bisect_right(self.line_starts, offset)
        return line - self.unwritten, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its newline."""
        number += self.unwritten
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@record
class Span:
    """The characters `start` to `end` (exclusive) of a file."""

    file: SourceFile
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.file.text[self.start : self.end]

    @property
    def line(self) -> int:
        return self.file.line_and_column(self.start)[0]

    @property
    def column(self) -> int:
        return self.file.line_and_column(self.start)[1]

    @property
    def where(self) -> str:
        """`file:line`, the form in which reports and messages name a place."""
        return f"{self.file.path}:{self.line}"

    def to(self, other: Span) -> Span:
        """From the start of this span to the end of a later one in the same file."""
        return Span(self.file, self.start, other.end)
