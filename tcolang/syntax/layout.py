"""Finds the statements of a file and its comments without parsing them.

A statement starts in the first column and ends with the line on which its brackets are balanced. Where they never are,
it ends before the next line that can only be a statement, so that one missing bracket costs one statement.
"""

from __future__ import annotations

import re
from functools import cache

from tcolang.base.record import record
from tcolang.base.source import SourceFile, Span
from tcolang.syntax.items import Comment

_DEPTH = 100
"""More open brackets than any limit allows: the statement is broken, and counting on would cost quadratic time."""
_MOST_BROKEN = 200
"""Statements of a file, after which the rest is taken as one: nobody reads that many findings, and each may have been
read up to the end of the file."""

_MARK = re.compile(
    r'"""(?:[^\\]|\\[\s\S])*?"""|"(?!"")(?:\\.|[^"\\\n])*"|(?P<unclosed>"""[^\n]*)|"[^\n]*|#[^\n]*|[(\[{]|[)\]}]|(?P<line>\r?\n)',
)
_BLANK_LINE = re.compile(r"[ \t]*(?:#(?!#)[^\n]*)?(?:\n|\r\n|\Z)")
_DOCUMENTATION = re.compile(r"(?:[ \t]*##[^\n]*(?:\n|\Z)(?:[ \t]*(?:#(?!#)[^\n]*)?\r?\n)*)+")
_HEAD = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:[ \t]+([A-Za-z_][A-Za-z0-9_]*))?")
_NAMELESS = frozenset(["correlate", "expect", "override", "tco", "test", "use", "without"])
_BLANKS = re.compile(r"[ \t]*")
_COMMENT = re.compile(r"#(?!#)[^\n]*")

_INDENTED = frozenset(" \t}\r\n") | {""}
_DOCS = r"(?:##[^\n]*\n){0,20}"
_NEVER_MEMBER = (
    r"(?:(?:tco|import|unit|fx|assume|correlate|rule|test|kind|choice|use|override|pack)[ \t]+[A-Za-z0-9_\"]"
    r'|[A-Za-z_][A-Za-z0-9_]*[ \t]+[A-Za-z_][A-Za-z0-9_]*[ \t]+"[^"\n]*"[^\n]*\{)'
)
_MAYBE_MEMBER = (
    r"(?:(?:let|expect|allow|without)[ \t]+[A-Za-z(]"
    r"|[A-Za-z_][A-Za-z0-9_]*[ \t]+[A-Za-z_][A-Za-z0-9_]*[^\n\"=(#]*\{[ \t]*\r?$)"
)


@record
class Statement:
    """The text from `start` (of the documentation above it) to `end`.

    `word` is the first one, `name` the second where it is the statement's name: `("kind", "rented_pool", 120, 900)`.
    `word` is empty where the statement does not begin with one.
    """

    word: str
    name: str
    start: int
    end: int


@record
class Layout:
    statements: tuple[Statement, ...]
    comments: tuple[Comment, ...]


def layout(file: SourceFile) -> Layout:
    """Everything in the file is in a statement, or blank, or a comment."""
    text = file.text
    statements: list[Statement] = []
    comments: list[tuple[int, int]] = []
    position = 1 if text.startswith("\ufeff") else 0
    broken = 0
    while position < len(text):
        blank = _BLANK_LINE.match(text, position)
        if blank and blank.end() > position:
            _add_comment(text, comments, position, blank.end())
            position = blank.end()
            continue
        documented = _DOCUMENTATION.match(text, position)
        content = documented.end() if documented else position
        comments += [match.span() for match in _COMMENT.finditer(text, position, content) if _alone(text, match)]
        end, is_closed = _end(text, content, comments)
        broken += not is_closed
        if broken > _MOST_BROKEN:
            end = len(text)
        statements.append(_statement(text, position, content, end))
        position = end
    return Layout(tuple(statements), tuple(_comment(file, *place) for place in comments))


def first_word(text: str, statement: Statement) -> int:
    """Where the statement begins behind its documentation."""
    documented = _DOCUMENTATION.match(text, statement.start, statement.end)
    start = documented.end() if documented else statement.start
    blanks = _BLANKS.match(text, start, statement.end)
    return blanks.end() if blanks else start


def begins_statement(text: str, position: int) -> bool:
    """Whether a line is like the first of a statement, but for the blanks before it."""
    return _likely_statement().match(text, position) is not None


def _statement(text: str, start: int, content: int, end: int) -> Statement:
    blanks = _BLANKS.match(text, content)
    head = _HEAD.match(text, blanks.end() if blanks else content, end)
    if head is None:
        return Statement("", "", start, end)
    name = "" if head[1] in _NAMELESS else head[2] or ""
    return Statement(head[1], name, start, end)


def _end(text: str, start: int, comments: list[tuple[int, int]]) -> tuple[int, bool]:
    """Of the statement that starts here, and whether its brackets and texts are closed; its comments are added."""
    opened: list[str] = []
    found: list[tuple[int, int]] = []
    end = None
    closed = True
    for match in _MARK.finditer(text, start):
        mark = match[0]
        if match["unclosed"]:
            closed = False
        elif match["line"]:
            if not opened or _is_broken(text, opened, match.end()):
                end = match.start()
                break
        elif mark in "([{":
            opened.append(mark)
        elif mark in ")]}":
            # One that closes nothing is for the parser to report.
            if opened and opened.pop() + mark not in ("()", "[]", "{}"):
                opened.append(mark)
                break
        elif mark[0] == "#" and mark[:2] != "##":
            found.append(match.span())
        if len(opened) > _DEPTH:
            break
    if end is None:
        end = _recovered(text, start) if opened else len(text)
    comments += [place for place in found if place[0] < end]
    return end, closed and not opened


def _is_broken(text: str, opened: list[str], position: int) -> bool:
    """Whether the next line can only be another statement. In parentheses nothing of a member can stand."""
    if text[position : position + 1] in _INDENTED:
        return False
    pattern = _new_statement() if opened[-1] == "{" else _likely_statement()
    return pattern.match(text, position) is not None


def _recovered(text: str, start: int) -> int:
    """The end of the line before the next likely statement."""
    line_end = text.find("\n", start)
    match = _likely_statement("^").search(text, line_end) if line_end >= 0 else None
    return match.start() if match else len(text)


@cache
def _new_statement() -> re.Pattern[str]:
    return re.compile(rf"{_DOCS}{_NEVER_MEMBER}")


@cache
def _likely_statement(anchor: str = "") -> re.Pattern[str]:
    return re.compile(rf"{anchor}{_DOCS}(?:{_NEVER_MEMBER}|{_MAYBE_MEMBER})", re.MULTILINE)


def _add_comment(text: str, comments: list[tuple[int, int]], start: int, end: int) -> None:
    match = _COMMENT.search(text, start, end)
    if match:
        comments.append(match.span())


def _alone(text: str, comment: re.Match[str]) -> bool:
    return not text[text.rfind("\n", 0, comment.start()) + 1 : comment.start()].strip()


def _comment(file: SourceFile, start: int, end: int) -> Comment:
    text = file.text[start:end].rstrip()
    return Comment(text.removeprefix("#").removeprefix(" "), Span(file, start, start + len(text)))
