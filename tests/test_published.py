"""Other people's numbers: each published case has a spec, each of its figures an expectation, and all of them hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tcolang.base.frame import listing
from tests.published import (
    CASES,
    HEADING,
    NAMES,
    PAGE,
    SPECS,
    allowed,
    case,
    claims,
    rows,
    run,
    same,
    spec,
    tolerance_of,
)

# What is asked of one case is asked in one process, where its spec has been evaluated.
each_case = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(f"published-{name}")) for name in NAMES]
)
MISTAKES = sorted((CASES / "mistakes").glob("*.tco"))


def test_every_case_has_its_spec_and_every_spec_its_case() -> None:
    assert tuple(sorted(path.stem for path in SPECS.glob("*.tco"))) == NAMES
    assert [case(name)["id"] for name in NAMES] == list(NAMES)


@each_case
def test_the_spec_names_its_source(name: str) -> None:
    head = spec(name).partition("\ntco 1\n")[0].splitlines()
    found = case(name)
    assert head[:3] == [f"# {found['source_title']}", f"# {found['url']}", f"# {found['date']}"]


@each_case
def test_everything_that_the_spec_expects_holds(name: str) -> None:
    found = run(name)
    assert not found.errors, listing(found.errors)
    assert all(told.true for told in found.told)


@each_case
def test_every_figure_that_holds_is_expected_within_its_tolerance(name: str) -> None:
    told = [t for t in run(name).told if not t.refutes]
    for claim in claims(name):
        if claim.holds and isinstance(claim.value, float):
            met = [t for t in told if same(t, claim) and tolerance_of(t, claim) <= allowed(claim)]
            assert met, f"{claim.key}: no expectation of {claim.value} within {claim.tolerance}"
        elif claim.holds:
            met = [t for t in told if t.key == claim.key and t.because.lower().startswith(str(claim.value))]
            assert met, f"{claim.key}: no expectation says `{claim.value}`"


@each_case
def test_every_figure_that_is_wrong_is_refuted(name: str) -> None:
    """By more than the rounding of the source, and nowhere expected."""
    told = run(name).told
    for claim in claims(name):
        if claim.holds is False:
            against = [t for t in told if t.refutes and same(t, claim)]
            refuted = [t for t in against if tolerance_of(t, claim) >= claim.tolerance * 0.999]
            assert refuted, f"{claim.key}: nothing refutes {claim.value}"
        if not claim.holds:
            assert not [t for t in told if not t.refutes and same(t, claim)], f"{claim.key} is wrong, and expected"


@each_case
def test_the_table_has_what_the_tool_says_now(name: str) -> None:
    table = PAGE.read_text(encoding="utf-8").partition(f"{HEADING}\n")[2].splitlines()
    first = [number for number, line in enumerate(table) if f"(../examples/published/{name}.tco)" in line]
    assert len(first) == 1
    assert table[first[0] : first[0] + len(rows(name))] == list(rows(name))


def test_the_table_has_no_other_rows() -> None:
    table = PAGE.read_text(encoding="utf-8").partition(f"{HEADING}\n")[2]
    assert re.findall(r"\(\.\./examples/published/(\w+)\.tco\)", table) == list(NAMES)


@pytest.mark.parametrize("path", MISTAKES, ids=[path.stem for path in MISTAKES])
def test_a_mistake_of_a_source_is_an_error(path: Path) -> None:
    """Lines that repeat it, added to its spec; their first line says which error it is."""
    text = path.read_text(encoding="utf-8")
    code = text.partition("\n")[0].removeprefix("# ")
    name = path.stem.partition(".")[0]
    errors = run(name, f"{spec(name)}\n{text}").errors
    assert {error.problem.code for error in errors} == {code}, listing(errors)


def test_amounts_in_three_currencies_are_not_added_without_rates() -> None:
    name = "fairlane_breakeven_2100chf"
    without = re.sub(r"^fx .*\n", "", spec(name), flags=re.MULTILINE)
    assert {error.problem.code for error in run(name, without).errors} == {"TCO205"}
