"""A workload that is split by load: what a pool of a stated size carries, and what spills over, worked out by hand."""

from __future__ import annotations

import pytest

from tests.projects import BASE, codes, model_of, number

SPEC = (
    BASE.replace("option own {\n  serve chat {\n    box = 100%\n  }\n}\n", "")
    + """
kind pool : deployment {
  custody: custody = own_site
  rate: request/month
  price: EUR/month
  let busy = served.peak(requests / rate)
  let size = ceil(busy)
  let capacity = size
  let handled = served.sum(requests)
  cost machines as compute = size * price
}

pool ours {
  rate = 500 requests/month
  price = 10 EUR/month
}

kind per_call : deployment {
  custody: custody = managed_endpoint
  fee: EUR/request
  cost fees as inference = served.sum(requests) * fee
}

per_call theirs {
  fee = 0.10 EUR/request
}

option split {
  serve chat by load {
    ours = 2
    theirs = rest
  }
}
"""
)
# Half of the week at no load, half at twice the mean: 1,000 requests a month are 2 machines' work on average, 4 when busy.
WEEK = ", ".join(["0"] * 84 + ["2"] * 84)
PROFILED = SPEC.replace("  requests = 1_000", f"  profile = [{WEEK}]\n  requests = 1_000")


def test_what_a_size_carries_and_what_spills() -> None:
    # Two machines carry half of what comes while it is busy, and nothing comes at other times.
    assert number("split.ours.handled", PROFILED) == pytest.approx(500)
    assert number("split.theirs.fees@nominal", PROFILED) == pytest.approx(12 * 500 * 0.10)
    assert number("split.ours.machines@nominal", PROFILED) == pytest.approx(12 * 2 * 10)


@pytest.mark.parametrize(("size", "carried"), [(0, 0), (1, 250), (3, 750), (4, 1000), (9, 1000)])
def test_a_larger_size_carries_more_until_nothing_spills(size: int, carried: float) -> None:
    text = PROFILED.replace("ours = 2", f"ours = {size}")
    assert number("split.ours.handled", text) == pytest.approx(carried)


def test_both_places_count_for_custody_and_family() -> None:
    (option,) = model_of(PROFILED).options
    assert option.family == "hybrid"
    assert option.farthest == {"chat": "managed_endpoint"}


def test_a_split_by_load_needs_a_curve_a_size_and_a_rest() -> None:
    assert codes(SPEC) == ["TCO413"]
    assert codes(PROFILED.replace("    theirs = rest\n", "")) == ["TCO412"]
    assert codes(PROFILED.replace("    ours = 2\n    theirs = rest", "    theirs = 2\n    ours = rest")) == ["TCO414"]
