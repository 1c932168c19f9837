from __future__ import annotations

import pytest

from tcolang.base.limits import Limits, LimitsError, from_environment


def test_the_limits_are_those_that_are_documented() -> None:
    limits = Limits()
    assert (limits.file_bytes, limits.nesting, limits.chain) == (1_048_576, 64, 10_000)
    assert (limits.imported_files, limits.import_depth, limits.nodes) == (1_000, 32, 100_000)
    assert (limits.work, limits.memory_bytes, limits.samples) == (10_000_000_000, 2_147_483_648, 1_000_000)
    assert (limits.horizon_months, limits.number_characters, limits.exponent) == (600, 64, 300)


def test_the_environment_changes_those_it_names() -> None:
    limits = from_environment({"TCO_LIMIT_CHAIN": "20_000", "TCO_LIMIT_SAMPLES": "5", "PATH": "/bin", "TCO_OTHER": "x"})
    assert limits == Limits(chain=20_000, samples=5)


@pytest.mark.parametrize(("text", "nesting"), [("99", 99), ("100", 100)])
def test_nesting_can_be_raised_to_a_hundred(text: str, nesting: int) -> None:
    assert from_environment({"TCO_LIMIT_NESTING": text}).nesting == nesting


def test_nesting_cannot_be_raised_above_a_hundred() -> None:
    with pytest.raises(LimitsError, match="TCO_LIMIT_NESTING: the limit `nesting` can be 100 at most, not 101"):
        from_environment({"TCO_LIMIT_NESTING": "101"})


@pytest.mark.parametrize("text", ["", "0", "-5", "+5", " 5", "1e6", "2.5", "many", "٣", "9" * 19, "1" * 10_000, "²"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(LimitsError, match="TCO_LIMIT_NODES: the limit `nodes` takes a whole number above zero"):
        from_environment({"TCO_LIMIT_NODES": text})


def test_an_unknown_limit_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(LimitsError, match="there is no limit `sample`; did you mean `samples`"):
        from_environment({"TCO_LIMIT_SAMPLE": "5"})
    with pytest.raises(LimitsError, match="there are: file_bytes, nesting"):
        from_environment({"TCO_LIMIT_ZZZ": "5"})


def test_a_wrong_limit_is_a_value_error() -> None:
    assert issubclass(LimitsError, ValueError)
