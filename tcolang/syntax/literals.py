"""Numbers and dates, from their text."""

from __future__ import annotations

import re
from decimal import Decimal

from tcolang.base.diagnostics import replacing
from tcolang.base.source import Span
from tcolang.syntax import problems
from tcolang.syntax.nodes import Date
from tcolang.syntax.place import Place, Token, reject

_MAGNITUDES = {"k": 3, "M": 6, "B": 9, "T": 12}
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Written for one of the magnitudes, in other tools and languages.
_MEANT = {
    **dict.fromkeys(("K", "k", "thousand", "thousands"), "k"),
    **dict.fromkeys(("m", "mm", "MM", "M", "mio", "Mio", "mil", "mln", "mn", "Mn", "million", "millions"), "M"),
    **dict.fromkeys(("b", "B", "bn", "Bn", "bln", "mrd", "Mrd", "billion", "billions", "G"), "B"),
    **dict.fromkeys(("t", "T", "tn", "trillion", "trillions"), "T"),
}
_NEVER_UNITS = frozenset(_MEANT) - {"k", "M", "B", "T", "b", "t", "G", "mil"}


def number(place: Place, token: Token) -> Decimal:
    """Exactly as written, with its magnitude in. Nothing is computed before the limits are checked."""
    limits = place.reading.limits
    if len(token.text) > limits.number_characters:
        raise _too_large(f"a number has more than {limits.number_characters} characters", place.span_of(token))
    digits = token.text.replace("_", "")
    magnitude = _MAGNITUDES.get(digits[-1], 0)
    mantissa, _, exponent = digits.rstrip("kMBT").lower().partition("e")
    power = int(exponent or "0") + magnitude
    value = Decimal(f"{mantissa}e{power}") if abs(power) <= limits.exponent else None
    if value is None or abs(value.adjusted()) > limits.exponent:
        raise _too_large(f"the exponent of a number is beyond {limits.exponent}", place.span_of(token))
    return value


def exponent(place: Place, token: Token) -> int:
    """Of `^`: a whole number."""
    span = place.span_of(token)
    if not re.fullmatch("[0-9]{1,9}", token.text):
        raise reject(
            problems.EXPONENT,
            f"`{token.text}` is no exponent",
            span,
            note="a whole number, such as 2",
            help="for growth over time use `grow(x, rate)`; there are no roots",
        )
    if int(token.text) > place.reading.limits.exponent:
        raise _too_large(f"an exponent is larger than {place.reading.limits.exponent}", span)
    return int(token.text)


def date(place: Place, token: Token) -> Date:
    span = place.span_of(token)
    match = _DATE.fullmatch(token.text)
    if match is None:
        raise reject(problems.IMPOSSIBLE_DATE, f"`{token.text}` is not a date", span, help=_date_help(token.text))
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or not month or month > 12:
        raise reject(
            problems.IMPOSSIBLE_DATE, f"there is no month `{token.text[:7]}`", span, help="months are 01 to 12"
        )
    if day is not None and not 1 <= day <= _days(year, month):
        message, remedy = f"there is no day `{token.text}`", f"that month has {_days(year, month)} days"
        raise reject(problems.IMPOSSIBLE_DATE, message, span, help=remedy)
    return Date(year, month, day, span)


def check_magnitude(place: Place, amount: Token, unit: Token) -> None:
    """`1K`, `1Mio`: no unit has such a name, and what follows may be missing."""
    word = re.split("[-/]", unit.text)[0]
    if unit.start == amount.end and word in _NEVER_UNITS:
        raise magnitude(place, amount, unit, unit.text[len(word) :].lstrip("-"))


def is_magnitude(word: str) -> bool:
    return word in _MEANT


def magnitude(place: Place, amount: Token, suffix: Token, rest: str) -> Exception:
    """The finding on a magnitude that is none; `rest` is what follows it."""
    word = re.split("[-/]", suffix.text)[0]
    right = f"{amount.text}{_MEANT[word]}"
    glued = suffix.start == amount.end
    message = f"`{word}` is not a magnitude" if glued or word not in _MAGNITUDES else f"a blank before `{word}`"
    remedy = f"write `{right}{_apart(rest)}`: k is a thousand, M a million, B a billion, T a trillion"
    span = place.reading.span(amount.start, suffix.start + len(word))
    # `m` may have been milli or metres; a thousand is one however it is written.
    within = suffix.text[len(word) :].lstrip("-")
    whole = place.reading.span(amount.start, suffix.end)
    fix = replacing(whole, f"{right}{_apart(within)}", safe=word == "K")
    return reject(problems.MAGNITUDE_SUFFIX, message, span, help=remedy, fix=fix)


def _apart(unit: str) -> str:
    """What follows a number, with the blank that it needs."""
    return unit if not unit or unit.startswith("/") else f" {unit}"


def _too_large(message: str, span: Span) -> Exception:
    return reject(problems.NUMBER_LIMIT, message, span, help="shorten it, or use another unit or magnitude")


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else _DAYS[month - 1]


def _date_help(text: str) -> str:
    parts = text.split("-")
    if len(parts) in (2, 3) and all(part.isdigit() and len(part) <= 2 for part in parts[1:]):
        padded = "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])
        return f"a date is `{padded}`; to subtract, put blanks around the minus sign"
    return "a date is `2026-01` or `2026-01-31`; to subtract, put blanks around the minus sign"
