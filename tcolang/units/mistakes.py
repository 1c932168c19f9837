"""What is wrong with a unit, and the spelling that was meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal

from tcolang.base.record import record
from tcolang.base.suggest import closest
from tcolang.units.money import MINOR_DIGITS


@record
class UnitMistake:
    """`message` says what is wrong, `help` what to write instead."""

    message: str
    help: str = ""


# What people write for a unit that has another name here, or for a dimension, which is no unit.
_OTHER_WORDS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "dollar": "USD",
    "dollars": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "percent": "%",
    "pct": "%",
    "y": "year",
    "yr": "year",
    "yrs": "years",
    "mo": "month",
    "mon": "month",
    "mth": "month",
    "d": "day",
    "hr": "hour",
    "hrs": "hours",
    "mins": "minutes",
    "sec": "second",
    "secs": "seconds",
    "tok": "token",
    "toks": "tokens",
    "req": "request",
    "reqs": "requests",
    "call": "request",
    "calls": "requests",
    "person": "FTE",
    "people": "FTE",
    "time": "month",
    "data": "GB",
    "energy": "kWh",
    "power": "kW",
}
_WHOLE_WORDS = {"tps": "tokens/second", "qps": "requests/second", "rps": "requests/second"}
_MAGNITUDES = {"k": "k", "K": "k", "M": "M", "B": "B", "T": "T"}
_EXPONENTS = {3: "k", 6: "M", 9: "B", 12: "T"}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
# `1M-tokens`, `1000-tokens`, `2requests`, `1kWh`: a capital behind the letter makes it a part of the word.
_COUNTED = re.compile(r"([0-9][0-9_]*(?:\.[0-9]+)?)((?:[kKMBT](?![A-Z]))?)-?((?:[A-Za-z][A-Za-z0-9-]*)?)")


def of_shape(text: str) -> UnitMistake | None:
    """A unit is words joined by `-` with at most one `/`; None where it is."""
    over, *under = text.split("/")
    if len(under) > 1:
        return UnitMistake(f"the unit `{text}` has more than one `/`", f"write `{over}/{'-'.join(under)}`")
    if "^" in text or "*" in text or "·" in text:
        return UnitMistake(
            f"the unit `{text}` has a power or a product sign in it",
            "words are multiplied by `-`, as in `GPU-hour`, and all words after the one `/` divide",
        )
    for part in (over, *under):
        if any(word == "" for word in part.split("-")):
            return UnitMistake(f"the unit `{text}` lacks a word", "as in `EUR/GPU-hour`: EUR per GPU per hour")
    counted = next((part for part in (over, *under) if part[0].isdigit()), None)
    return _of_number(text, over, counted) if counted is not None else None


def of_word(word: str, text: str, known: Iterable[str]) -> UnitMistake:
    """`word` of the unit `text` is not among the known ones."""
    if word == "m":
        return UnitMistake(
            "there is no unit `m`",
            "write `min` for minutes and `month` for months; a million is `M`, right after the number: `5M tokens`",
        )
    if word in _MAGNITUDES:
        return UnitMistake(
            f"`{word}` is not a unit",
            f"`{_MAGNITUDES[word]}` is a magnitude and belongs to the number: `1{_MAGNITUDES[word]} tokens`",
        )
    names = tuple(known)
    return UnitMistake(f"there is no unit `{word}`", _meant(word, text, names))


def of_currencies(text: str, currencies: Collection[str]) -> UnitMistake:
    """More than one in a unit."""
    one, other = tuple(currencies)[:2]
    return UnitMistake(
        f"the unit `{text}` has two currencies in it, {one} and {other}",
        f"an exchange rate is stated on a line of its own: `fx {one} from 2026-01-01 = 1.00 {other}`",
    )


def of_count(count: Decimal, per: str) -> UnitMistake:
    """`per 0 tokens`"""
    return UnitMistake(f"`per {count} {per}` divides by what is not above zero", f"as in `per 1M {per}`")


def of_name(name: str, spellings: Iterable[str], known: Collection[str], bases: Collection[str]) -> UnitMistake | None:
    """Whether `name`, written as `spellings`, can be a new unit; None where it can."""
    if not _WORD.fullmatch(name):
        return UnitMistake(f"`{name}` cannot be the name of a unit", "a unit is a word of letters and digits")
    if name == "m" or name in _MAGNITUDES:
        return UnitMistake(f"`{name}` cannot be the name of a unit: it would be read as a magnitude", "use a word")
    for spelling in spellings:
        if spelling in known or spelling in bases:
            return UnitMistake(f"the unit `{spelling}` is there already", f"give `{name}` another name")
    return None


def in_short(count: Decimal) -> str:
    """`1M` for a million; as it is where no magnitude fits."""
    for exponent, letter in sorted(_EXPONENTS.items(), reverse=True):
        scaled = count.scaleb(-exponent)
        if scaled >= 1 and scaled == scaled.to_integral_value():
            return f"{scaled.to_integral_value():f}{letter}"
    return f"{count:f}"


def _of_number(text: str, over: str, counted: str) -> UnitMistake:
    """`USD/1M-tokens`, `1/month`"""
    message = f"the unit `{text}` has a number in it"
    found = _COUNTED.fullmatch(counted)
    if found is None or counted == over:
        _, _, rest = text.partition("/")
        return UnitMistake(message, f"write `number/{rest}`" if text.startswith("1/") else "a unit is made of words")
    number, letter, word = found.groups()
    return UnitMistake(message, f"write `{over} per {number}{_MAGNITUDES.get(letter, '')} {word or 'tokens'}`")


def _meant(word: str, text: str, names: tuple[str, ...]) -> str:
    if word in _WHOLE_WORDS and word == text:
        return f"write `{_WHOLE_WORDS[word]}`"
    folded = {name.casefold(): name for name in reversed(names)}
    likely = folded.get(word.casefold()) or _OTHER_WORDS.get(word) or _OTHER_WORDS.get(word.lower())
    if likely is not None:
        return f"did you mean `{_replaced(text, word, likely)}`?"
    if word[0] in _MAGNITUDES and word[1:].casefold() in folded:
        return _magnitude_on_word(word, text, folded)
    for cut in range(2, len(word) - 1):
        if word[:cut] in names and word[cut:] in names:
            return f"did you mean `{_replaced(text, word, f'{word[:cut]}-{word[cut:]}')}`?"
    # Three letters are soon like one of the many codes, which would mislead.
    likely = closest(word, [name for name in names if name not in MINOR_DIGITS])
    if likely is not None:
        return f"did you mean `{_replaced(text, word, likely)}`?"
    if not _WORD.fullmatch(word):
        return "a unit is made of words, as in `EUR/GPU-hour`"
    divided = "; to divide by a name, put blanks around the `/`" if "/" in text else ""
    one = word.removesuffix("s") or word
    return f"a unit of your own is declared at the top of the file: `unit {one}`, or `unit {one} = 6 requests`{divided}"


def _magnitude_on_word(word: str, text: str, folded: dict[str, str]) -> str:
    """`5 Mtokens` is `5M tokens`, and `USD/Mtoken` is `USD per 1M tokens`."""
    letter, noun = _MAGNITUDES[word[0]], folded[word[1:].casefold()]
    over, slash, under = text.partition("/")
    if slash and under == word:
        many = f"{noun}s" if f"{noun}s" in folded.values() else noun
        return f"write `{over} per 1{letter} {many}`"
    return f"a magnitude belongs to the number: `5{letter} {_replaced(text, word, noun)}`"


def _replaced(text: str, word: str, by: str) -> str:
    parts = (part.split("-") for part in text.split("/"))
    return "/".join("-".join(by if each == word else each for each in words) for words in parts)
