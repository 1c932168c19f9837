"""From the text of a file to its syntax tree.

Each statement is parsed on its own, so that an error costs one statement and the others are still there to be checked.
"""

from __future__ import annotations

from collections.abc import Iterable

from tcolang.base.diagnostics import Diagnostic, Outcome, in_order, replacing
from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile, Span
from tcolang.syntax import problems
from tcolang.syntax.builders import BUILDERS
from tcolang.syntax.characters import hidden
from tcolang.syntax.items import Item, Module
from tcolang.syntax.layout import Layout, Statement, begins_statement, first_word, layout
from tcolang.syntax.nodes import Expression
from tcolang.syntax.place import Reading, StatementError
from tcolang.syntax.run import run
from tcolang.syntax.statements import EditionLine

__all__ = ["Statement", "parse", "parse_expression", "parse_statements", "statement_index"]

EDITION = 1
MOST_FINDINGS = 100
"""Statements that are wrong, after which the rest of a file is not read: explaining costs more than parsing."""

SMALLEST = "decision … { currency, start, horizon }, workload … { … }, option … { serve … }"


def parse(file: SourceFile, limits: Limits) -> Outcome[Module]:
    """The whole file. A statement with an error is left out; a file of another edition has no items."""
    if not file.text.strip("\ufeff \t\r\n"):
        return _without_items(file, _empty(file, "this file is empty"))
    zero = hidden(file, 0, len(file.text))
    if zero and zero.problem is problems.BINARY_FILE:
        return _without_items(file, zero)
    found = layout(file)
    if not found.statements:
        return _without_items(file, _empty(file, "this file has only comments"), found)
    return _module(file, found, limits, [zero] if zero else [], is_file=True)


def parse_statements(file: SourceFile, statements: Iterable[Statement], limits: Limits) -> Outcome[Module]:
    """Some statements of a file, in the order given; the edition line need not be among them."""
    return _module(file, Layout(tuple(statements), ()), limits, [], is_file=False)


def statement_index(file: SourceFile) -> tuple[Statement, ...]:
    """The statements of a file, without parsing them: what a loader needs to parse only some."""
    return layout(file).statements


def parse_expression(file: SourceFile, start: int, end: int, limits: Limits) -> Outcome[Expression | None]:
    """The formula between two places of a file, such as that in the braces of a text; None if it is wrong."""
    try:
        return Outcome(run("expression", Reading(file, limits, BUILDERS), start, end).node)
    except StatementError as rejected:
        return Outcome(None, (rejected.diagnostic,))


def _module(
    file: SourceFile, found: Layout, limits: Limits, findings: list[Diagnostic], *, is_file: bool
) -> Outcome[Module]:
    reading = Reading(file, limits, BUILDERS)
    items: list[Item] = []
    editions: list[EditionLine] = []
    for number, statement in enumerate(found.statements):
        if len(findings) >= MOST_FINDINGS:
            findings.append(_stopped(reading, statement))
            break
        try:
            item = _parsed(reading, statement, findings)
        except StatementError as rejected:
            findings.append(rejected.diagnostic)
            continue
        if not isinstance(item, EditionLine):
            items.append(item)
        else:
            findings += _edition(item, is_first=number == 0 and not editions)
            editions.append(item)
            if item.text != str(EDITION):
                return _without_items(file, findings[-1], found)
    if is_file and found.statements[0].word != "tco":
        findings.append(_no_edition(reading, found.statements[0], editions))
    doc = editions[0].doc if editions else ""
    return Outcome(Module(EDITION, doc, tuple(items), file, found.comments), in_order(findings))


def _parsed(reading: Reading, statement: Statement, findings: list[Diagnostic]) -> Item | EditionLine:
    """An indented statement is a finding, and is read all the same."""
    text = reading.file.text
    start = first_word(text, statement)
    column = start - text.rfind("\n", 0, start) - 1
    if column and start < statement.end and text[start - column : start].strip("\ufeff"):
        span = _beginning(reading, statement)
        if not begins_statement(text, start):
            raise StatementError(_belongs_to_none(span))
        message = f"`{statement.word}` does not start in the first column"
        fix = replacing(reading.span(start - column, start), "", safe=True)
        findings.append(Diagnostic(problems.COLUMN_ONE, message, span, help="remove the blanks before it", fix=fix))
    item: Item | EditionLine = run("statement", reading, statement.start, statement.end)
    return item


def _edition(line: EditionLine, *, is_first: bool) -> list[Diagnostic]:
    if line.text != str(EDITION):
        message = f"there is no edition `{line.text}` of the language"
        return [Diagnostic(problems.UNKNOWN_EDITION, message, line.span, help=f"write `tco {EDITION}`")]
    if is_first:
        return []
    message, remedy = "the edition stands once, as the first statement", "remove this line, or move it to the top"
    return [Diagnostic(problems.EDITION_LINE, message, line.span, help=remedy)]


def _no_edition(reading: Reading, first: Statement, editions: list[EditionLine]) -> Diagnostic:
    span = _beginning(reading, first)
    remedy = "move the edition line to the top" if editions else f"write `tco {EDITION}` above it"
    message = "there is no edition line before the first statement"
    above = reading.span(first.start, first.start)
    fix = None if editions else replacing(above, f"tco {EDITION}\n\n", safe=True)
    return Diagnostic(problems.EDITION_LINE, message, span, help=remedy, fix=fix)


def _beginning(reading: Reading, statement: Statement) -> Span:
    start = first_word(reading.file.text, statement)
    return reading.span(start, min(start + max(len(statement.word), 1), statement.end))


def _belongs_to_none(span: Span) -> Diagnostic:
    message = "this line belongs to no statement"
    remedy = "a formula goes on over the end of a line only inside parentheses; a statement starts in the first column"
    return Diagnostic(problems.UNEXPECTED_TOKEN, message, span, help=remedy)


def _empty(file: SourceFile, message: str) -> Diagnostic:
    remedy = f"begin with `tco {EDITION}`; the smallest useful spec has also {SMALLEST}"
    return Diagnostic(problems.EMPTY_FILE, message, Span(file, 0, 0), help=remedy)


def _stopped(reading: Reading, statement: Statement) -> Diagnostic:
    message = f"{MOST_FINDINGS} findings: the rest of this file is not read"
    remedy = "mend those above first; is this a spec at all?"
    return Diagnostic(problems.UNEXPECTED_TOKEN, message, _beginning(reading, statement), help=remedy)


def _without_items(file: SourceFile, finding: Diagnostic, found: Layout | None = None) -> Outcome[Module]:
    return Outcome(Module(EDITION, "", (), file, found.comments if found else ()), (finding,))
