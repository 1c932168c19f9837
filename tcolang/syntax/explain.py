"""Says in words what is wrong with a token that the grammar cannot take."""

from __future__ import annotations

import re
from collections.abc import Callable

from tcolang.base.diagnostics import Label, replacing
from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.base.suggest import did_you_mean
from tcolang.syntax import problems
from tcolang.syntax.automaton import Automaton
from tcolang.syntax.characters import unreadable
from tcolang.syntax.expected import acceptable, in_words
from tcolang.syntax.forms import form
from tcolang.syntax.literals import is_magnitude, magnitude
from tcolang.syntax.place import Place, Reading, StatementError, Token, reject
from tcolang.syntax.tokens import END, GLUED_UNIT, GLUED_WORD, UNREADABLE

_CLOSERS = {")": "(", "]": "[", "}": "{"}


@record
class _Stop:
    """Where the automaton stands still: the token, those before it, and what the grammar could take instead."""

    reading: Reading
    token: Token
    before: list[Token]
    open: list[Token]
    accepted: frozenset[str]
    keywords: frozenset[str]

    @property
    def span(self) -> Span:
        return self.reading.span(self.token.start, max(self.token.end, self.token.start))

    def back(self, steps: int) -> Token | None:
        return self.before[-steps] if len(self.before) >= steps else None

    @property
    def rest_of_line(self) -> str:
        text = self.reading.file.text
        end = text.find("\n", self.token.end)
        return text[self.token.end : end if end >= 0 else len(text)].rstrip("\r")


def unexpected(
    machine: Automaton,
    reading: Reading,
    states: tuple[int, ...],
    token: Token,
    before: list[Token],
    open_brackets: list[Token],
) -> Exception:
    """The finding on `token`; the first explanation that fits."""
    accepted = acceptable(machine, states)
    keywords = frozenset(word for word, kind in machine.keywords.items() if kind in accepted)
    stop = _Stop(reading, token, before, open_brackets, accepted, keywords)
    for explain in _EXPLANATIONS:
        finding = explain(stop)
        if finding is not None:
            return finding
    return _plainly(stop)


def _unreadable(stop: _Stop) -> Exception | None:
    return StatementError(unreadable(stop.span, stop.rest_of_line)) if stop.token.kind == UNREADABLE else None


def _glued_unit(stop: _Stop) -> Exception | None:
    if stop.token.kind != GLUED_UNIT:
        return None
    unit = stop.token.text
    tail = re.match(r"[-+*/^(]?[0-9A-Za-z_%$.-]*", stop.rest_of_line)
    glued = tail[0] if tail else ""
    amount = stop.back(1)
    if amount is not None and amount.kind == "NUMBER" and is_magnitude(unit):
        return magnitude(Place(stop.reading, amount.start, stop.token.end), amount, stop.token, "")
    return reject(
        problems.UNIT_OPERATOR,
        f"`{glued}` is glued to the unit `{unit}`",
        stop.reading.span(stop.token.start, stop.token.end + len(glued)),
        help=_spelling(unit, glued, stop.rest_of_line),
    )


def _spelling(unit: str, glued: str, rest: str) -> str:
    sign, operand = glued[:1], glued[1:]
    counted = re.match(r"/([0-9][0-9_.]*[kMBT]?)[- ]?([A-Za-z][A-Za-z0-9_/-]*)", rest)
    if counted and "/" not in unit:
        return f"write `{unit} per {counted[1]} {counted[2]}`"
    if sign in "*/" and re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", operand):
        return f"in a unit `-` multiplies: write `{unit}-{operand}`; to compute with a name, put blanks around `{sign}`"
    if sign == "^" and "/" in unit:
        last = re.split("[-/]", unit)[-1]
        return (
            f"write the word twice, `{unit}-{last}`; for a power of the amount put it in parentheses: `(5 {unit}) ^ 2`"
        )
    if sign in "+-*/^(":
        return f"put blanks around `{sign}`"
    return "put a blank or an operator after the unit"


def _glued_word(stop: _Stop) -> Exception | None:
    """`5to 7`, and `x andy`, where what follows the keyword is a name of this file."""
    word = stop.token.text
    if stop.token.kind == GLUED_WORD:
        before = stop.back(1)
        left = before.text if before else ""
        return _blank_missing(stop, f"{left}{word}", f"{left} {word}", before.start if before else stop.token.start)
    if stop.token.kind not in ("NAME", "UNIT") and word.lower() not in stop.keywords:
        return None
    for keyword in sorted(stop.keywords, key=len, reverse=True):
        rest = word.removeprefix(keyword)
        if rest not in (word, "") and (rest[0].isdigit() or _is_word_of(stop.reading.file.text, rest)):
            return _blank_missing(stop, word, f"{keyword} {rest}", stop.token.start)
    return None


def _is_word_of(text: str, word: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9_]){re.escape(word)}(?![A-Za-z0-9_])", text) is not None


def _blank_missing(stop: _Stop, found: str, meant: str, start: int) -> Exception:
    span = stop.reading.span(start, stop.token.end)
    fix = replacing(span, meant, safe=found[:1].isdigit())
    return reject(problems.GLUED_WORDS, f"`{found}` is one word", span, help=f"write `{meant}`", fix=fix)


def _magnitude(stop: _Stop) -> Exception | None:
    """`1K tokens`, `5 million EUR`, where the unit was already read."""
    amount, suffix = stop.back(2), stop.back(1)
    if not amount or not suffix or amount.kind != "NUMBER" or suffix.kind != "UNIT":
        return None
    word = stop.token.text
    if not is_magnitude(suffix.text) or not re.match("[A-Za-z]", word):
        return None
    return magnitude(Place(stop.reading, amount.start, suffix.end), amount, suffix, word)


def _colon(stop: _Stop) -> Exception | None:
    before = stop.back(1)
    colon = stop.token
    if colon.kind != "COLON" or "EQUAL" not in stop.accepted:
        if not before or before.kind != "COLON" or "UNIT" not in stop.accepted:
            return None
        if stop.token.kind not in ("NUMBER", "STRING", "DATE", "LSQB", "LPAR", "MINUS"):
            return None
        colon = before
    span = stop.reading.span(colon.start, colon.end)
    message = "`:` gives a type; a value follows `=`"
    remedy = "write `=` in place of `:`, or the type between them: `price: money = 5 EUR`"
    text = stop.reading.file.text
    left = "" if text[colon.start - 1] in " \t" else " "
    right = "" if text[colon.end : colon.end + 1] in " \t" else " "
    fix = replacing(span, f"{left}={right}", safe=True)
    return reject(problems.COLON_FOR_EQUALS, message, span, help=remedy, fix=fix)


def _equality(stop: _Stop) -> Exception | None:
    if stop.token.text == "==" and "EQUAL" in stop.accepted:
        message, meant = "`==` compares; a value is given by `=`", "="
    elif stop.token.text == "=" and "COMPARATOR" in stop.accepted:
        message, meant = "`=` gives a value; to compare, there is `==`", "=="
    else:
        return None
    fix = replacing(stop.span, meant, safe=True)
    return reject(problems.EQUALITY_SIGN, message, stop.span, help=f"write `{meant}`", fix=fix)


def _bracket(stop: _Stop) -> Exception | None:
    """One that is not closed, or closed by another kind: the place is where it opens."""
    if not stop.open:
        return None
    opening = stop.open[-1]
    closes_other = stop.token.text in _CLOSERS and _CLOSERS[stop.token.text] != opening.text
    text = stop.reading.file.text
    goes_on = opening.text != "{" and "\n" in text[opening.start : stop.token.start] and _is_first(text, stop.token)
    if not (stop.token.kind == END or closes_other or goes_on):
        return None
    closing = {"(": ")", "[": "]", "{": "}"}[opening.text]
    labels = (Label(stop.span, "before this"),) if stop.token.kind != END else ()
    return reject(
        problems.UNCLOSED_BRACKET,
        f"`{opening.text}` is not closed",
        stop.reading.span(opening.start, opening.end),
        labels=labels,
        help=f"add `{closing}`" + (" on a line of its own" if closing == "}" else ""),
    )


def _is_first(text: str, token: Token) -> bool:
    return not text[text.rfind("\n", 0, token.start) + 1 : token.start].strip()


def _departure(stop: _Stop) -> Exception | None:
    """What departs from a rule, without its reason, its owner or its end."""
    start = _start_of_line(stop)
    if start is None or start.text not in ("override", "without", "allow"):
        return None
    ends = stop.token.kind in ("_NL", END)
    for kind, (message, part) in _PARTS_OF_A_DEPARTURE.items():
        if kind in stop.accepted and (kind != "BECAUSE" or ends or stop.token.kind in _PARTS_OF_A_DEPARTURE):
            where = "at the end of the line" if ends else f"before {_found(stop.token)}"
            part = "until" if stop.token.kind == "DATE" else part
            written = form(start.text, any(bracket.text == "{" for bracket in stop.open))
            help = f"write `{part}` {where}: `{written}`"
            return reject(problems.DEPARTURE_INCOMPLETE, message, stop.span, help=help)
    return None


_PARTS_OF_A_DEPARTURE = {
    "UNTIL": ("the end date is missing", "until 2026-12-31"),
    "BY": ("the owner is missing", 'by "CTO"'),
    "BECAUSE": ("the reason is missing", 'because "our bill"'),
}


def _documentation(stop: _Stop) -> Exception | None:
    before = next((token for token in reversed(stop.before) if token.kind != "_NL"), None)
    stray = stop.token if stop.token.kind == "DOC" else before
    if not stray or stray.kind != "DOC" or (stop.token.kind not in ("DOC", END) and stop.token.text != "}"):
        return None
    return reject(
        problems.STRAY_DOCUMENTATION,
        "this documents nothing",
        stop.reading.span(stray.start, stray.end),
        help="put it on a line of its own above what it documents, or make it a comment with one `#`",
        fix=replacing(stop.reading.span(stray.start, stray.start + 2), "#", safe=True),
    )


def _plainly(stop: _Stop) -> Exception:
    message = f"{_found(stop.token)} cannot stand here"
    return reject(
        problems.UNEXPECTED_TOKEN, message, stop.span, note=f"expected {in_words(stop.accepted)}", help=_hint(stop)
    )


def _found(token: Token) -> str:
    match token.kind:
        case "_NL":
            return "the end of the line"
        case "$END":
            return "the end"
        case "STRING" | "LONG_STRING":
            return "a text"
        case "NUMBER":
            return f"the number `{token.text[:40]}`"
        case _:
            return f"`{token.text[:40]}`"


def _hint(stop: _Stop) -> str:
    """For what people often write in place of the right form."""
    before = stop.back(1)
    text, last = stop.token.text, before.text if before else ""
    if last == "per":
        return f"`per` takes a number, as in `per 1M tokens`; for one of a unit write `/{text}`"
    if stop.token.kind == "COMPARATOR" and "AND" in stop.accepted:
        return "compare two values at a time: `a < b and b < c`"
    if text == "," and before and before.kind == "NUMBER" and stop.rest_of_line[:1].isdigit():
        return f"write `{last}_{_digits(stop)}`: a comma separates values, and `.` is the decimal point"
    if text == ".":
        return f"write `0.{_digits(stop)}`" if stop.rest_of_line[:1].isdigit() else "digits follow a decimal point"
    if text == "=" and last == ":":
        return "write `=` alone"
    if last == "import":
        return "a file is named without quotes and ending, from the project's folder: `import prices.gpu as gpu`"
    if text in _CLOSERS and not stop.open:
        return f"there is no `{_CLOSERS[text]}` that it would close"
    first = _first_of_line(stop)
    if first and first.kind == "NAME" and len(first.text) > 2 and first.text not in _FIRST_WORDS:
        meant = did_you_mean(first.text, _FIRST_WORDS)
        if meant:
            return meant
    if last == "{" and stop.token.kind != "_NL":
        return "each member stands on a line of its own"
    if stop.token.kind == "_NL" and {"NUMBER", "LPAR"} <= stop.accepted:
        return "a formula goes on over the end of a line only inside parentheses"
    start = _start_of_line(stop)
    within = any(bracket.text == "{" for bracket in stop.open)
    return f"a line like this is written `{form(start.text if start else text, within)}`"


def _start_of_line(stop: _Stop) -> Token | None:
    start = None
    for token in reversed(stop.before):
        if token.kind in ("_NL", "DOC"):
            break
        start = token
    return start


def _first_of_line(stop: _Stop) -> Token | None:
    """Where a line begins with a misspelt keyword, it looks like a block."""
    line: list[Token] = []
    for token in reversed(stop.before):
        if token.kind in ("_NL", "DOC"):
            break
        line.append(token)
    return line[-1] if line and len(line) <= 3 else None


_FIRST_WORDS = frozenset(
    [
        *("allow", "assume", "because", "choice", "correlate", "cost", "expect", "for", "given", "import", "kind"),
        *("let", "override", "pack", "rule", "test", "then", "under", "unit", "unless", "use", "when", "without"),
    ]
)


def _digits(stop: _Stop) -> str:
    match = re.match("[0-9]+", stop.rest_of_line)
    return match[0] if match else ""


_EXPLANATIONS: tuple[Callable[[_Stop], Exception | None], ...] = (
    _unreadable,
    _glued_unit,
    _magnitude,
    _glued_word,
    _colon,
    _equality,
    _documentation,
    _bracket,
    _departure,
)
