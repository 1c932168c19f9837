"""What a failed expectation shows: the value of each part, under the part."""

from __future__ import annotations

import pytest

from tcolang import pipeline
from tcolang.base.diagnostics import Diagnostic
from tcolang.base.frame import full
from tests.projects import FEW, added, program_of


def failed(*expectations: str) -> tuple[Diagnostic, ...]:
    (result,) = pipeline.run_tests(program_of(added(*expectations)), FEW)
    assert not result.passed
    return result.findings


def values(expectation: str, *more: str) -> list[tuple[str, str]]:
    (finding,) = failed(*more, expectation)
    return [(label.span.text, label.message) for label in finding.labels]


# A box for 100 EUR a month over twelve months, without a discount rate: 1,200 EUR.


@pytest.mark.parametrize(
    ("expectation", "shown"),
    [
        ("expect own.tco < 10 EUR", [("own.tco", "1,200 EUR")]),
        (
            "expect 2 * own.tco + 5 EUR > own.tco * 3",
            [
                ("2 * own.tco + 5 EUR", "2,400 EUR"),
                ("own.tco", "1,200 EUR"),
                ("own.tco * 3", "3,600 EUR"),
                ("own.tco", "1,200 EUR"),
            ],
        ),
        ("expect own.tco ~= 1k EUR within 5%", [("own.tco", "1,200 EUR"), ("1k EUR", "1,000 EUR")]),
        ("expect not d.recommendation == own", [("d.recommendation", "own")]),
        (
            "expect d.recommendation == own and own.tco / 12 < 1 EUR",
            [
                ("d.recommendation == own", "true"),
                ("d.recommendation", "own"),
                ("own.tco / 12 < 1 EUR", "false"),
                ("own.tco / 12", "100 EUR"),
                ("own.tco", "1,200 EUR"),
            ],
        ),
    ],
)
def test_each_part_has_its_value(expectation: str, shown: list[tuple[str, str]]) -> None:
    assert values(expectation) == shown


def test_a_formula_that_is_written_twice_has_its_value_in_both_places() -> None:
    first, second = failed("expect own.tco + 1 EUR < 5 EUR", "expect own.tco + 1 EUR < 7 EUR")
    assert [label.span.line for label in first.labels] == [first.span.line] * 2  # type: ignore[union-attr]
    assert [label.span.line for label in second.labels] == [second.span.line] * 2  # type: ignore[union-attr]
    assert [label.span.text for label in second.labels] == ["own.tco + 1 EUR", "own.tco"]


def test_the_values_stand_under_what_they_are_of() -> None:
    (finding,) = failed('expect own.tco < box.price * 2 months because "two months"')
    source, *below = [line.partition("| ")[2] for line in full(finding).splitlines()[3:8]]
    assert "expected because two months" in below[0]
    shown = [(source[line.index("-") :][: line.count("-")], line.strip("- ")) for line in below[1:]]
    assert shown == [("own.tco", "1,200 EUR"), ("box.price * 2 months", "200 EUR"), ("box.price", "100 EUR/month")]


def test_what_is_shown_of_a_long_expectation_is_bounded() -> None:
    (sums,) = failed("expect " + " + ".join(["own.tco"] * 500) + " < 1 EUR")
    assert len(sums.labels) == 20
    (parts,) = failed("expect " + " and ".join(f"own.tco + {n} EUR < {n} EUR" for n in range(1, 40)))
    assert parts.message.endswith("`3 EUR` is 3 EUR; …") or parts.message.count(" EUR; ") == 3
    assert len(parts.labels) == 20
