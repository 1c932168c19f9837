"""The logical lines of a file with all its comments, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable

from tcolang.base.limits import Limits
from tcolang.base.record import replace
from tcolang.base.source import SourceFile
from tcolang.syntax.builders import BUILDERS
from tcolang.syntax.layout import layout
from tcolang.syntax.place import Reading, Token
from tcolang.syntax.pretty.leaf import OPERAND_ENDS, ROLE_COLON, SIGN, Leaf, Line
from tcolang.syntax.run import tokens


def lines_of(file: SourceFile, limits: Limits) -> tuple[Line, ...]:
    """Those of a file that parses; a file that does not raises `StatementError`."""
    found = layout(file)
    reading = Reading(file, limits, BUILDERS)
    words = [token for one in found.statements for token in tokens(reading, one.start, one.end)]
    remarks = [(comment.span.start, comment.span.text) for comment in found.comments]
    return _Reader(file.text).lines(words, sorted(remarks))


class _Reader:
    """Goes once over tokens and comments, both in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.depth = 0
        self.done: list[Line] = []
        self.leaves: list[Leaf] = []
        self.waiting: list[str] = []

    def lines(self, words: Iterable[Token], remarks: list[tuple[int, str]]) -> tuple[Line, ...]:
        remarks = remarks[::-1]
        for token in words:
            if token.kind == "_NL":
                self._end_line()
                continue
            while remarks and remarks[-1][0] < token.start:
                self._comment(*remarks.pop())
            self._word(token)
        for start, content in reversed(remarks):
            self._comment(start, content)
        return tuple(self.done)

    def _word(self, token: Token) -> None:
        if token.kind == "RBRACE":
            self.depth -= 1
        if not self.leaves:
            self.blank_before = self._blank_before(token.start, token.kind == "RBRACE")
        starts_line = "\n" in self.text[self.position : token.start]
        text = token.text.rstrip() if token.kind == "DOC" else token.text
        self.leaves.append(Leaf(self._kind(token), text, tuple(self.waiting), "", starts_line))
        self.waiting.clear()
        self.position = token.end

    def _kind(self, token: Token) -> str:
        if token.kind == "MINUS" and not (self.leaves and self.leaves[-1].kind in OPERAND_ENDS):
            return SIGN
        if token.kind == "COLON" and self.leaves[0].kind == "KIND":
            return ROLE_COLON
        return token.kind

    def _end_line(self) -> None:
        self.done.append(Line(self.depth, tuple(self.leaves), "", self.blank_before))
        if self.leaves[-1].kind == "LBRACE":
            self.depth += 1
        self.leaves.clear()

    def _comment(self, start: int, content: str) -> None:
        """Beside the word before it on its line, above the word after it, or alone between two lines."""
        is_beside = "\n" not in self.text[self.position : start] and self.position > 0
        if self.leaves and is_beside:
            self.leaves[-1] = replace(self.leaves[-1], after=content)
        elif self.leaves:
            self.waiting.append(content)
        elif is_beside and self.done:
            self.done[-1] = replace(self.done[-1], comment=content)
        else:
            self.done.append(Line(self.depth, (), content, self._blank_before(start, False)))
        self.position = start + len(content)

    def _blank_before(self, start: int, closes: bool) -> bool:
        """At most one, none at the ends of a block, and none between a statement and its documentation."""
        if closes or not self.done or self.text.count("\n", self.position, start) < 2:
            return False
        last = self.done[-1].leaves[-1:]
        return not (last and last[0].kind in ("LBRACE", "DOC"))
