"""Remedies that work: what a finding says to write can stand where it says so."""

from __future__ import annotations

import pytest

from tests.projects import added, changed, checked, codes, only

OTHER = 'option other "Again" {\n  serve chat {\n    box = 100%\n  }\n}\n'


@pytest.mark.parametrize(
    ("old", "new", "help_"),
    [
        ("  horizon = 12 months", "  horizon = 12 months\n  baseline = othre", "did you mean `other`?"),
        ("  horizon = 12 months", "  horizon = 12 months\n  options = [own, unlike]", "there are: own, other"),
        ("    box = 100%", "    container = 100%", "there are: box"),
    ],
)
def test_an_unknown_option_or_deployment_is_not_to_be_declared_as_a_number(old: str, new: str, help_: str) -> None:
    finding = only(changed((old, new), more=OTHER))
    assert (finding.problem.code, finding.help) == ("TCO101", help_)


@pytest.mark.parametrize("horizon", ["-3 months", "0 months"])
def test_a_horizon_that_is_not_positive_is_told_what_it_has_to_be(horizon: str) -> None:
    finding = only(changed(("12 months", horizon)))
    assert finding.problem.code == "TCO408"
    assert finding.message.startswith("the horizon is a whole number of months from 1 to ")


def test_correlations_are_named_as_in_their_file_and_the_remedy_can_be_pasted() -> None:
    lines = [
        "tco 1\n",
        *(f"assume {name} = 1 to 2\n" for name in "abc"),
        "correlate a, b = 0.9\ncorrelate b, c = 0.9\n",
    ]
    wrong = "".join(lines)
    text = changed(("use quiet", "use quiet\n\nimport tied as tied"))
    (finding,) = checked(text, ("tied.tco", wrong)).diagnostics
    assert finding.problem.code == "TCO223"
    remedy = finding.help.split("`")[1]
    assert remedy.startswith("correlate a, c = ")
    assert codes(text, ("tied.tco", f"{wrong}{remedy}\n")) == []


def test_what_is_worked_out_is_told_by_what_to_divide_it() -> None:
    finding = only(added("let per: EUR/token = own.tco_nominal / own.tokens"))
    assert finding.problem.code == "TCO204"
    assert finding.help == "divide by time what is worked out here, or state what it does measure"
    assert "attribute" not in finding.problem.why
