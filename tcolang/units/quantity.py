"""Numbers for readers: the one place where they are rounded and written. No locale, no `round`, no minus zero."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

from tcolang.units.dimension import base
from tcolang.units.money import MINOR_DIGITS
from tcolang.units.unit import Unit

# A float carries 15 decimal digits faithfully; what comes behind them is how it is stored, not what was meant.
_FAITHFUL = 15
_LETTERS = ((12, "T"), (9, "B"), (6, "M"))
_SCIENTIFIC_BELOW = Decimal("1e-6")
_SCIENTIFIC_FROM = Decimal("1e15")
# Room for every digit of the largest float and those of the smallest coin.
_EXACT = Context(prec=350, rounding=ROUND_HALF_EVEN)
_MONEY_PER_TOKEN = base("money") / base("token")


def rounded(value: float, digits: int) -> Decimal:
    """To `digits` significant digits (1 to 15), half to even; `ValueError` where the value is not finite."""
    if not 1 <= digits <= _FAITHFUL:
        raise ValueError(f"from 1 to {_FAITHFUL} digits, not {digits}")
    return _significant(_decimal(value), digits)


def money_rounded(value: float, currency: str) -> Decimal:
    """To the smallest amount that the currency has; `KeyError` where there is no such currency."""
    return _unsigned_zero(_decimal(value).quantize(Decimal(1).scaleb(-MINOR_DIGITS[currency]), context=_EXACT))


def exact9(value: float) -> float:
    """For JSON: 9 significant digits, to which all machines agree."""
    return float(rounded(value, 9))


def readable(value: float, digits: int = 3) -> str:
    """`46,200`, `0.0123`, `1.25M`, `2.9B`; scientific only below 1e-6 and from 1e15 up."""
    return _written(rounded(value, digits))


def percentage(value: float, digits: int = 3) -> str:
    """A share: `35%`. What is below 1 is never shown as 100%, nor what is above: 0.9996 is `99.96%`."""
    hundredfold = _decimal(value).scaleb(2, _EXACT)
    for enough in range(digits, _FAITHFUL + 1):
        number = _significant(hundredfold, enough)
        if number != 100 or hundredfold == 100:
            break
    return f"{_written(number)}%"


def show(value: float, unit: Unit, digits: int = 3) -> str:
    """A value in canonical units as a reader expects it in `unit`: `46,200 USD`, `1.5M tickets/month`, `35%`.

    Money per token is shown per million tokens, whatever the unit says: `0.40 USD per 1M tokens`.
    """
    if unit.dimension == _MONEY_PER_TOKEN and re.search(r"\btokens?$", unit.text):
        number = _significant(_decimal(value).scaleb(6, _EXACT), digits)
        return f"{_amount(number, unit.currency)} {unit.currency or 'money'} per 1M tokens"
    written = unit.from_canonical(value)
    share = re.match(r"(share|%)(?![A-Za-z0-9-])", unit.text)
    if share:
        part = written if share[0] == "share" else float(_decimal(written).scaleb(-2, _EXACT))
        return percentage(part, digits) + unit.text[share.end() :]
    number = rounded(written, digits)
    name = unit.one if number.copy_abs() == 1 else unit.many
    if re.match(r"number(?![A-Za-z0-9-])", name):
        return _written(number) + name.removeprefix("number")
    first = re.split("[-/ ]", name, maxsplit=1)[0]
    text = _amount(number, first) if first in MINOR_DIGITS or first == "money" else _written(number)
    return f"{text} {name}".rstrip()


def _decimal(value: float) -> Decimal:
    number = Decimal(f"{value:.{_FAITHFUL - 1}e}")
    if not number.is_finite():
        raise ValueError(f"{value} cannot be shown")
    return number


def _significant(number: Decimal, digits: int) -> Decimal:
    return _unsigned_zero(Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(number))


def _unsigned_zero(number: Decimal) -> Decimal:
    return number if number else number.copy_abs()


def _written(number: Decimal) -> str:
    size = number.copy_abs()
    if size and not _SCIENTIFIC_BELOW <= size < _SCIENTIFIC_FROM:
        return f"{number.normalize(_EXACT):e}".replace("e+", "e")
    for exponent, letter in _LETTERS:
        if size.scaleb(-exponent, _EXACT) >= 1:
            return _plain(number.scaleb(-exponent, _EXACT)) + letter
    return _plain(number)


def _plain(number: Decimal) -> str:
    return f"{number.normalize(_EXACT):,f}"


def _amount(number: Decimal, currency: str | None) -> str:
    """With two decimals where it would have one: `0.40`, as amounts of money are written."""
    text = _written(number)
    cents = currency is None or MINOR_DIGITS.get(currency, 2) >= 2
    return f"{text}0" if cents and re.fullmatch(r"-?[0-9,]+\.[0-9]", text) else text
