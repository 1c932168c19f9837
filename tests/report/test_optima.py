"""What the report says of an optimum: what is proven of it, and what holds it back."""

from __future__ import annotations

import math

import pytest

from tcolang.base.record import replace
from tcolang.engine.allowance import Excluded
from tcolang.engine.binding import Binding
from tcolang.engine.optimal import Optimum
from tcolang.report.pages.optima import optima
from tests.report.sample import sample
from tests.report.test_pages import said

FOUND = Optimum("api", {}, 1_000.0, 1_000.0, "exhaustive", True, 12, (), (), there=1_000.0)


def told(optimum: Optimum) -> str:
    return said(optima(replace(sample(), optima=(optimum,))))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "All 12 possible ways were evaluated; none costs less."),
        ({"futures": 400}, "All 12 possible ways were evaluated in the same 400 futures; none costs less on average."),
        (
            {"futures": 200, "finalists": 3, "proven": False, "bound": -math.inf},
            "in the same 200 futures, and those that this left open (3) in all; none of them costs less on average. The "
            "others are left out by six standard errors, not by proof.",
        ),
        ({"method": "linear program"}, "A linear program proves that no way costs less."),
        ({"method": "linear program", "bound": 990.0}, "no way costs less than 990 EUR, which is 1% less."),
        (
            {"method": "linear program", "bound": 980.0, "proven": False, "futures": 400},
            "no way costs less on average than 980 EUR, which is 2% less: it counts the replicas of a mean load",
        ),
        (
            {
                "method": "linear program",
                "bound": 990.0,
                "proven": False,
                "futures": 400,
                "finalists": 1,
                "there": 1_100.0,
            },
            "In the same 400 futures, where it costs 1,100 EUR, a linear program proves that no way costs less than 990 EUR, "
            "which is 10% less",
        ),
        (
            {"method": "search", "bound": 990.0, "proven": False, "without": "allowance"},
            "which is 1% less; the vetoes rule out what it found, and this is the best allowed one",
        ),
        (
            {"method": "search", "proven": False, "bound": -math.inf, "without": "shape"},
            "since no linear program describes how the costs",
        ),
        (
            {"method": "search", "proven": False, "bound": -math.inf, "without": "highspy"},
            "it needs `pip install tcolang[optimal]`",
        ),
    ],
)
def test_what_is_proven_is_said_and_no_more(changes: dict[str, object], sentence: str) -> None:
    assert sentence in told(replace(FOUND, **changes))


@pytest.mark.parametrize(
    ("binding", "sentence"),
    [
        (
            Binding("veto", "api", "p/privacy", ("chat",), saved=120.0),
            "Held back by the veto p/privacy, which rules out api for chat: there it would cost 120 EUR less",
        ),
        (
            Binding("veto", "api", "p/privacy", tuple("abcdefg")),
            "rules out api for a, b, c, d, e and 2 more: there it costs no less",
        ),
        (
            Binding("load", "pool", workloads=("chat",)),
            "Held back by the load of chat: what there is of pool carries all",
        ),
        (Binding("cost", "pool", workloads=("chat",)), "Held back by the cost of one more replica of pool"),
        (
            Binding("busy", "pool", "decode_busy", words="Writing answers. For long.", share=0.71),
            "pool is held back by writing answers, which is 71% of what keeps its copies busy (decode_busy)",
        ),
    ],
)
def test_what_holds_it_back_is_named(binding: Binding, sentence: str) -> None:
    assert sentence in told(replace(FOUND, bindings=(binding,)))


@pytest.mark.parametrize(
    ("excluded", "sentence"),
    [
        (
            Excluded(("p/budget",), 1, 120.0),
            "Held back by the veto p/budget, which rules out a way that is cheaper, by 120 EUR",
        ),
        (
            Excluded(("p/budget", "p/family"), 7, 120.0),
            "Held back by the vetoes p/budget and p/family, which rule out 7 ways that are cheaper, by up to 120 EUR",
        ),
    ],
)
def test_what_is_cheaper_and_vetoed_is_priced(excluded: Excluded, sentence: str) -> None:
    assert sentence in told(replace(FOUND, excluded=(excluded,)))
    assert "none that the vetoes allow costs less" in told(replace(FOUND, excluded=(excluded,)))


def test_a_way_that_is_vetoed_is_said_to_be() -> None:
    assert "the vetoes stand" in told(replace(FOUND, proven=False, allowed=False))
