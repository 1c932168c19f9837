"""What is shared is borne by contribution to the peak: figures worked out by hand."""

from __future__ import annotations

import pytest

from tcolang import pipeline
from tcolang.decide.allocation import Part, Used, allocate
from tcolang.decide.portfolio import portfolio
from tcolang.engine.settings import Settings
from tests.projects import builtins, program_of

FEW = Settings(samples=50)
NODE = 10 * 730 * 12

# In the peak hour chat keeps 3 x 0.69 copies busy and mail 3 x 0.29: three nodes and a spare, four without mail, two
# without chat.
SPEC = """\
tco 1

use quiet

decision d "Who bears the fleet?" {
  currency = USD
  start = 2026-01
  horizon = 12 months
}

workload chat {
  requests = 2.628M requests/month
  input_tokens = 0 tokens/request
  output_tokens = 690 tokens/request
}

workload mail {
  requests = 2.628M requests/month
  input_tokens = 0 tokens/request
  output_tokens = 290 tokens/request
}

cloud_node node {
  gpus = 1 GPU
  price = 10 USD/hour
  custody = cloud_tenant
}

rented_pool pool {
  node = node
  decode = 1k tokens/second
  target_load = 100%
}

role engineer {
  salary = 100k USD/year-FTE
  overhead = 0%
}

option own {
  serve chat {
    pool = 100%
  }
  serve mail {
    pool = 100%
  }
  staff {
    engineer = 1 FTE
  }
}
"""


def parts_of(text: str) -> tuple[Part, ...]:
    program = program_of(text)
    found = pipeline.decide_under(program, FEW, (), ()).value
    assert found is not None
    made = portfolio(program, builtins(), FEW, found.model, found.decision)
    assert made is not None
    assert sum(part.allocated for part in made.parts) == pytest.approx(sum(made.together.values()), rel=1e-12)
    return made.parts


def test_each_bears_what_it_adds_and_a_part_of_the_rest_by_the_peak() -> None:
    chat, mail = parts_of(SPEC)
    assert [chat.peak, mail.peak] == pytest.approx([69 / 98, 29 / 98])
    assert [chat.alone, mail.alone] == pytest.approx([4 * NODE + 100_000, 2 * NODE + 100_000])
    assert [chat.incremental, mail.incremental] == pytest.approx([2 * NODE, 0], abs=1e-6)
    # Two nodes and the engineer are added by neither.
    assert chat.allocated == pytest.approx(2 * NODE + (2 * NODE + 100_000) * 69 / 98)
    assert mail.allocated == pytest.approx((2 * NODE + 100_000) * 29 / 98)


def test_what_fills_valleys_has_no_part_in_the_peak() -> None:
    waiting = SPEC.replace("  output_tokens = 290", "  deferrable_share = 100%\n  output_tokens = 290")
    chat, mail = parts_of(waiting)
    assert (chat.peak, mail.peak) == (1, 0)
    assert mail.allocated == pytest.approx(0, abs=1e-6)


def test_tokens_are_borne_by_whom_they_serve() -> None:
    together = Used({"model": 70.0, "": 30.0}, {"model": 10.0})
    without = {
        "a": Used({"model": 20.0, "": 30.0}, {"model": 6.0}),
        "b": Used({"model": 50.0, "": 30.0}, {"model": 4.0}),
    }
    a, b = allocate({"a": 80.0, "b": 50.0}, together, without)
    assert (a.incremental, b.incremental) == (50, 20)
    assert [a.allocated, b.allocated] == pytest.approx([50 + 30 * 0.4, 20 + 30 * 0.6])


def test_without_peaks_the_costs_alone_share_it() -> None:
    together = Used({"": 30.0}, {})
    a, b = allocate({"a": 20.0, "b": 10.0}, together, {"a": Used({"": 30.0}, {}), "b": Used({"": 30.0}, {})})
    assert [a.allocated, b.allocated] == pytest.approx([20, 10])


def test_nothing_is_allocated_where_the_cost_without_one_is_not_known() -> None:
    assert allocate({"a": 1.0}, Used({}, {}), {"a": None}) == ()
