"""The one way in which a file is written: two blanks a level, one blank around operators, lines of at most 120 columns.

It works on the words of the file rather than on its tree, so that numbers, texts and comments stay as written.
"""

from __future__ import annotations

from tcolang.base.diagnostics import Outcome
from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.syntax.items import Module
from tcolang.syntax.parse import parse
from tcolang.syntax.pretty.lines import lines_of
from tcolang.syntax.pretty.wrap import text_of


class FormatError(Exception):
    """What was formatted is not what was there: a mistake of the formatter, for which nothing may be written."""


def format_file(file: SourceFile, limits: Limits) -> Outcome[str | None]:
    """The text of a file as it should be; None, with the findings, where it does not parse.

    Raises `FormatError` where the result has another tree or other comments, or would be formatted differently again.
    """
    before = parse(file, limits)
    if before.failed:
        return Outcome(None, before.diagnostics)
    text = _formatted(file, limits)
    result = SourceFile(file.path, text)
    after = parse(result, limits)
    if after.failed:
        raise FormatError(f"the result does not parse: {after.diagnostics[0].message}")
    if after.value != before.value:
        raise FormatError("the result means something else")
    if _comments(after.value) != _comments(before.value):
        raise FormatError("a comment is lost, or in another place")
    if _formatted(result, limits) != text:
        raise FormatError("formatting the result again changes it")
    return Outcome(text)


def _formatted(file: SourceFile, limits: Limits) -> str:
    lines: list[str] = []
    for line in lines_of(file, limits):
        if line.blank_before:
            lines.append("")
        lines += text_of(line, limits.nesting)
    text = "\n".join([*lines, ""]).replace("\r\n", "\n")
    return text.replace("\n", "\r\n") if _ends_lines_with_return(file.text) else text


def _ends_lines_with_return(text: str) -> bool:
    """As its first line does."""
    first = text.find("\n")
    return first > 0 and text[first - 1] == "\r"


def _comments(module: Module) -> list[str]:
    return [comment.text for comment in sorted(module.comments, key=lambda comment: comment.span.start)]
