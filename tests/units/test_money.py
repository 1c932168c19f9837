from __future__ import annotations

import re

import pytest

from tcolang.units.money import MINOR_DIGITS


@pytest.mark.parametrize(
    ("code", "digits"),
    # ISO 4217, table A.1, column "minor unit".
    [
        *(("EUR", 2), ("USD", 2), ("GBP", 2), ("CHF", 2), ("INR", 2), ("HUF", 2), ("MRU", 2), ("MGA", 2), ("XCG", 2)),
        *(("JPY", 0), ("KRW", 0), ("ISK", 0), ("CLP", 0), ("UGX", 0), ("XOF", 0), ("UYI", 0)),
        *(("KWD", 3), ("BHD", 3), ("IQD", 3), ("TND", 3), ("CLF", 4), ("UYW", 4)),
    ],
)
def test_minor_digits(code: str, digits: int) -> None:
    assert MINOR_DIGITS[code] == digits


@pytest.mark.parametrize("code", ["HRK", "BGN", "DEM", "SLL", "ZWL", "ANG", "CUC", "XAU", "XXX"])
def test_withdrawn_currencies_and_codes_without_a_minor_unit_are_none(code: str) -> None:
    assert code not in MINOR_DIGITS


def test_every_code_is_three_capitals_and_stands_in_one_class() -> None:
    assert all(re.fullmatch("[A-Z]{3}", code) for code in MINOR_DIGITS)
    # By minor unit, counted in the published table: 17 with 0, 139 with 2, 7 with 3, 2 with 4.
    counts = [list(MINOR_DIGITS.values()).count(digits) for digits in (0, 2, 3, 4)]
    assert counts == [17, 139, 7, 2]
