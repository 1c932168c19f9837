"""What a place is called, so that it is known again in another version of its file."""

from __future__ import annotations

import re
from bisect import bisect_right

from tcolang.base.source import SourceFile
from tcolang.syntax.layout import first_word, layout

_HEAD_END = re.compile(r"\s*(?:[=:{#]|\bbecause\b).*", re.DOTALL)


class Named:
    """Names the statement and the member that a place is in; the statements of a file are looked for once."""

    def __init__(self) -> None:
        self.starts: dict[SourceFile, list[int]] = {}

    def of(self, file: SourceFile, offset: int) -> tuple[str, str]:
        """`("option hybrid", "cost fee as other")`; '' for the member in the line that a statement begins with."""
        index = bisect_right(self._starts(file), offset) - 1
        if index < 0:
            return ("", "")
        statement = _head(file, self.starts[file][index])
        member = _head(file, offset)
        return (statement, "" if member == statement else member)

    def _starts(self, file: SourceFile) -> list[int]:
        if file not in self.starts:
            self.starts[file] = [first_word(file.text, one) for one in layout(file).statements]
        return self.starts[file]


def _head(file: SourceFile, offset: int) -> str:
    """The words of a line before its title and its value: `option hybrid`, `let price`."""
    line = file.line(file.line_and_column(offset)[0])
    words = _HEAD_END.sub("", line).split()
    named = " ".join(words).partition('"')[0].split()
    # A test has a title for its name.
    return " ".join(named if len(named) > 1 else words)
