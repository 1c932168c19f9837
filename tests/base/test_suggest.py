from __future__ import annotations

import pytest

from tcolang.base.suggest import closest, did_you_mean


@pytest.mark.parametrize(
    ("word", "meant"),
    [("chta", "chat"), ("worklaod", "workload"), ("OPTION", "option"), ("input_token", "input_tokens")],
)
def test_a_slip_finds_what_was_meant(word: str, meant: str) -> None:
    assert closest(word, ["chat", "workload", "option", "input_tokens", "output_tokens"]) == meant


def test_a_difference_in_case_goes_before_a_likeness() -> None:
    assert closest("eur", ["euro", "EUR"]) == "EUR"


@pytest.mark.parametrize("word", ["zebra", "", "x" * 100_000])
def test_nothing_is_suggested_for_what_is_unlike(word: str) -> None:
    assert closest(word, ["chat", "workload"]) is None
    assert did_you_mean(word, ["chat", "workload"]) == ""


def test_the_order_of_candidates_does_not_matter() -> None:
    candidates = ["priceb", "pricea", "Pricea", "pricec"]
    assert {closest("price", candidates), closest("price", candidates[::-1])} == {closest("price", candidates)}


def test_the_question() -> None:
    assert did_you_mean("chta", iter(["chat"])) == "did you mean `chat`?"
