"""`serve … by load` and `optimal()`: against numeric integration, brute force, and each other."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from tcolang.base.source import SourceFile
from tcolang.engine import alone, candidates, optimal
from tcolang.engine.settings import Settings
from tcolang.pipeline import Decided, check, decide_under
from tests.projects import world

CURVE = "percentiles(p0 = 110, p50 = 222, p90 = 290, p99 = 327)"
POINTS = ((0.0, 110.0), (0.5, 222.0), (0.9, 290.0), (0.99, 327.0), (1.0, 327.0))

BASE = """tco 1

decision base_load {
  currency = USD
  start = 2026-01
  horizon = 12 months
}

workload chat {
  requests = 583k requests/month
  input_tokens = 1M tokens/request
  output_tokens = 0 tokens/request
  data_class = internal
  load_curve = CURVE
}

cloud_node half_box {
  gpus = 4 GPU
  price = 24 USD/hour
  custody = cloud_tenant
}

rented_pool pool {
  node = half_box
  prefill = 26.6k tokens/second
  decode = 26.6k tokens/second
  target_load = 100%
  spare = SPARE
}

hosted_model vendor_model {
  vendor = "API"
  input_price = 0.317 USD per 1M tokens
  output_price = 0.317 USD per 1M tokens
}

role engineer {
  salary = 77k USD/year-FTE
  overhead = 0%
}

option api {
  serve chat {
    vendor_model = 100%
  }
}

option split {
  serve chat by load {
    SIZES
    vendor_model = rest
  }
  STAFF
}
"""


def decided(text: str, samples: int = 400) -> Decided:
    file = SourceFile("spec.tco", text)
    checked = check(world({"spec.tco": text}), file)
    assert not checked.failed, [d.message for d in checked.diagnostics]
    assert checked.value.program is not None
    found = decide_under(checked.value.program, Settings(samples=samples))
    assert found.value is not None, [d.message for d in found.diagnostics]
    return found.value


def base(sizes: str, spare: int = 0, staff: str = "") -> str:
    text = BASE.replace("CURVE", CURVE).replace("SPARE", str(spare))
    return text.replace("SIZES", sizes).replace("STAFF", staff)


def costs(found: Decided) -> dict[str, float]:
    return {option.name: option.cost.mean for option in found.decision.options}


def spilled(level: float) -> float:
    """The part of the load above a level of the curve, by Simpson's rule between its corners."""

    def at(q: float) -> float:
        return float(np.interp(q, [p for p, _ in POINTS], [v for _, v in POINTS]))

    def area(over: float) -> float:
        corners = sorted({*(p for p, _ in POINTS), *_crossings(over)})
        return sum(
            (b - a) / 6 * (max(at(a) - over, 0) + 4 * max(at((a + b) / 2) - over, 0) + max(at(b) - over, 0))
            for a, b in itertools.pairwise(corners)
        )

    return area(level) / area(0.0)


def _crossings(level: float) -> list[float]:
    found = []
    for (a, v), (b, w) in itertools.pairwise(POINTS):
        if min(v, w) < level < max(v, w):
            found.append(a + (b - a) * (level - v) / (w - v))
    return found


@pytest.mark.parametrize("replicas", [0, 1, 4, 6, 9, 12, 13, 20])
def test_what_spills_over_is_the_area_above_the_capacity(replicas: int) -> None:
    """In units of the curve: its mean stands for 583 billion tokens in 730 hours."""
    mean = sum((b - a) * (v + w) / 2 for (a, v), (b, w) in itertools.pairwise(POINTS))
    capacity = replicas * 26_600 * mean / (583e9 / (730 * 3600))
    api, own = 583e3 * 0.317, replicas * 24 * 730
    found = costs(decided(base(f"pool = {replicas}")))
    assert found["split"] / 12 == pytest.approx(own + api * spilled(capacity), rel=1e-9)
    assert found["api"] / 12 == pytest.approx(api)


def test_the_published_base_load_takes_six_replicas() -> None:
    found = decided(base("pool = optimal()"))
    (best,) = found.optima
    assert best.values == {"split.pool.size@": 6.0}
    assert (best.method, best.proven, best.bound) == ("exhaustive", True, best.cost)
    cost = costs(found)
    assert cost["split"] / cost["api"] - 1 == pytest.approx(-0.129, abs=0.0005)
    sixth, seventh = best.marginals
    assert (sixth.used >= sixth.needed, seventh.used >= seventh.needed) == (True, False)
    assert seventh.used == pytest.approx(0.74, abs=0.005)
    assert seventh.needed == pytest.approx(0.79, abs=0.005)
    cost_of_more, busy = best.bindings
    assert (cost_of_more.sort, cost_of_more.workloads) == ("cost", ("chat",))
    assert (busy.name, busy.words, busy.share) == ("prefill_busy", "Taking in prompts.", 1.0)


def test_a_size_that_carries_all_is_held_back_by_the_load() -> None:
    """At a tenth of the price all of it is carried: 327 of a mean of 228 are 12.3 replicas."""
    (best,) = decided(base("pool = optimal()").replace("price = 24 USD/hour", "price = 0.01 USD/hour")).optima
    assert best.values == {"split.pool.size@": 13.0}
    assert best.bindings[0].sort == "load"


def test_a_spare_takes_most_of_what_it_saves() -> None:
    cost = costs(decided(base("pool = optimal()", spare=1)))
    assert cost["split"] / cost["api"] - 1 == pytest.approx(-0.034, abs=0.0005)


def test_with_a_spare_and_an_engineer_nothing_is_run() -> None:
    """With a spare 76,038 a year are saved, so a salary of 77,000 is more than that."""
    staff = "staff {\n    engineer = if split.pool.size > 0 then 1 FTE else 0 FTE\n  }"
    found = decided(base("pool = optimal()", spare=1, staff=staff))
    assert found.optima[0].values == {"split.pool.size@": 0.0}
    assert costs(found)["split"] == pytest.approx(costs(found)["api"])


def test_sizes_by_date_follow_a_growing_demand() -> None:
    grown = base("pool from 2026-01 = optimal()\n    pool from 2026-07 = optimal()").replace(
        "requests = 583k requests/month", "requests = step(583k requests/month, 1_166k requests/month, at = 2026-07)"
    )
    mean = sum((b - a) * (v + w) / 2 for (a, v), (b, w) in itertools.pairwise(POINTS))

    def cheapest(times: float) -> int:
        unit = 26_600 * mean / (times * 583e9 / (730 * 3600))
        return min(range(30), key=lambda n: n * 24 * 730 + times * 583e3 * 0.317 * spilled(n * unit))

    assert list(decided(grown).optima[0].values.values()) == [cheapest(1), cheapest(2)]


class Numbers:
    """Repeatable numbers: the linear congruential generator of Numerical Recipes."""

    def __init__(self, seed: int) -> None:
        self.state = seed * 7919 + 1

    def uniform(self, low: float, high: float) -> float:
        for _ in range(3):
            self.state = (1664525 * self.state + 1013904223) % 2**32
        return low + (high - low) * self.state / 2**32

    def randint(self, low: int, high: int) -> int:
        return int(self.uniform(low, high + 1))


def routed(seed: int, workloads: int, *, data_class: str = "internal", rent: float = 1.0) -> str:
    """A few workloads, two pools and two vendors, of random size and price."""
    r = Numbers(seed)
    lines = ["tco 1", "decision d {\n  currency = USD\n  start = 2026-01\n  horizon = 6 months\n}"]
    for p in range(2):
        lines.append(
            f"cloud_node node{p} {{\n  gpus = 8 GPU\n  price = {rent * r.uniform(2, 9):.2f} USD/hour\n"
            f"  custody = cloud_tenant\n}}\n"
            f"rented_pool pool{p} {{\n  node = node{p}\n  prefill = {r.randint(10, 60)}k tokens/second\n"
            f"  decode = {r.randint(2, 9)}k tokens/second\n  spare = {r.randint(0, 1)}\n}}"
        )
        lines.append(
            f'hosted_model api{p} {{\n  vendor = "v{p}"\n  input_price = {r.uniform(0.1, 2):.2f} USD per 1M tokens\n'
            f"  output_price = {r.uniform(2, 8):.2f} USD per 1M tokens\n}}"
        )
    for w in range(workloads):
        lines.append(
            f"workload w{w} {{\n  requests = {r.randint(10, 4000)}k requests/month\n"
            f"  input_tokens = {r.randint(200, 4000)} tokens/request\n"
            f"  output_tokens = {r.randint(50, 900)} tokens/request\n  data_class = {data_class}\n}}"
        )
    ways = "".join(f"    {d} = optimal()\n" for d in ("pool0", "pool1", "api0", "api1"))
    lines.append("option best {\n" + "".join(f"  serve w{w} {{\n{ways}  }}\n" for w in range(workloads)) + "}")
    for d in ("pool0", "pool1", "api0", "api1"):
        lines.append(
            f"option all_{d} {{\n" + "".join(f"  serve w{w} {{\n    {d} = 100%\n  }}\n" for w in range(workloads)) + "}"
        )
    return "\n\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(4))
def test_the_best_is_never_dearer_than_what_it_contains(seed: int) -> None:
    cost = costs(decided(routed(seed, 4)))
    assert cost["best"] <= min(cost.values()) * (1 + 1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_the_linear_program_finds_what_trying_all_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = decided(routed(seed, 4)).optima[0]
    monkeypatch.setattr(optimal, "EXHAUSTIVE", 1)
    solved = decided(routed(seed, 4)).optima[0]
    assert (tried.method, solved.method) == ("exhaustive", "linear program")
    assert (tried.tried, solved.proven) == (4**4, True)
    assert solved.cost == pytest.approx(tried.cost, rel=1e-4)
    assert solved.bound <= tried.cost * (1 + 1e-9)


def test_of_an_uncertain_model_every_size_is_compared_in_the_same_futures() -> None:
    """The best of all costs what it costs when it is stated, and so do those beside it, which cost more."""
    priced = base("SIZES").replace("price = 24 USD/hour", "price = 15 to 32 USD/hour")
    (best,) = decided(priced.replace("SIZES", "pool = optimal()")).optima
    size = best.values["split.pool.size@"]
    less, same, more = (costs(decided(priced.replace("SIZES", f"pool = {size + n:g}")))["split"] for n in (-1, 0, 1))
    assert (best.method, best.proven, best.futures) == ("exhaustive", True, 400)
    assert best.cost == pytest.approx(same, rel=1e-12)
    assert [near.cost for near in best.neighbours] == pytest.approx([less, more])
    assert same < min(less, more)


def test_too_many_futures_for_all_sizes_leave_a_few_for_the_last_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    priced = base("pool = optimal()").replace("price = 24 USD/hour", "price = 15 to 32 USD/hour")
    all_ = decided(priced).optima[0]
    monkeypatch.setattr(candidates, "WORK", 1)
    few = decided(priced).optima[0]
    assert (few.values, few.cost) == (all_.values, all_.cost)
    assert (few.futures, few.proven, few.bound) == (200, False, -math.inf)
    assert 0 < few.finalists < few.tried


def test_a_size_for_which_there_is_no_cost_is_a_finding() -> None:
    text = base("pool = optimal()", staff="cost shared as other = 100 USD/month / split.pool.size")
    file = SourceFile("spec.tco", text)
    program = check(world({"spec.tco": text}), file).value.program
    assert program is not None
    (found,) = decide_under(program, Settings(samples=20)).diagnostics
    assert (found.problem.code, "in one of the ways" in found.message) == ("TCO480", True)


def test_nothing_is_written_where_the_report_goes(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(optimal, "EXHAUSTIVE", 1)
    assert decided(routed(1, 3)).optima[0].method == "linear program"
    assert capfd.readouterr().out == ""


def test_a_rule_that_reads_costs_can_forbid_a_deployment() -> None:
    """Forbidden at the deployment where all of it would go, judged by what that costs."""
    rule = """
rule too_dear "Too dear" {
  for each option, workload
  when option.tco > 0 USD
  when option.farthest(workload) > cloud_tenant
  then veto option
  because "{option} costs {option.tco}."
}
"""
    free, bound = decided(routed(1, 3, rent=50)), decided(routed(1, 3, rent=50) + rule)
    assert any(".api" in key for key, value in free.optima[0].values.items() if value == 1)
    assert not any(".api" in key for key, value in bound.optima[0].values.items() if value == 1)


def test_what_a_veto_forbids_is_not_chosen() -> None:
    free, bound = decided(routed(1, 3, rent=50)), decided(routed(1, 3, rent=50, data_class="restricted"))
    chosen = [key for key, value in bound.optima[0].values.items() if value == 1]
    assert len(chosen) == 3
    assert all(".pool" in key for key in chosen)
    assert any(".api" in key for key, value in free.optima[0].values.items() if value == 1)
    assert bound.optima[0].cost > free.optima[0].cost
    vetoes = [b for b in bound.optima[0].bindings if b.sort == "veto"]
    assert [(b.deployment, b.name, b.workloads) for b in vetoes] == [
        (api, "self_host_or_api/privacy", ("w0", "w1", "w2")) for api in ("api0", "api1")
    ]
    everywhere = costs(free)
    assert [b.saved for b in vetoes] == pytest.approx(
        [bound.optima[0].cost - everywhere[f"all_{api}"] for api in ("api0", "api1")]
    )
    assert all(b.sort != "veto" for b in free.optima[0].bindings)


def loads(text: str) -> str:
    return text.replace("input_tokens = ", "peak_to_average = 2 to 4\n  input_tokens = ")


@pytest.mark.parametrize("seed", range(4))
def test_of_an_uncertain_model_the_bound_holds_and_the_gap_is_said(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replicas differ from future to future: no way costs less than the bound, by trying all of them."""
    tried = decided(loads(routed(seed, 3)), samples=60).optima[0]
    monkeypatch.setattr(optimal, "EXHAUSTIVE", 1)
    found = decided(loads(routed(seed, 3)), samples=60)
    (best,) = found.optima
    assert (best.method, best.futures) == ("linear program", 60)
    assert best.bound <= tried.cost * (1 + 1e-9)
    assert best.bound > 0.5 * tried.cost
    assert tried.cost * (1 - 1e-9) <= best.cost == pytest.approx(costs(found)["best"])
    assert best.proven == (best.cost - best.bound <= 1e-3 * best.cost)


def test_where_only_prices_are_uncertain_the_mean_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same replicas in all futures: the program is exact."""
    priced = routed(1, 3).replace("gpus = 8 GPU\n  price = ", "gpus = 8 GPU\n  price = (0.5 to 2) * ")
    tried = decided(priced, samples=60).optima[0]
    monkeypatch.setattr(optimal, "EXHAUSTIVE", 1)
    best = decided(priced, samples=60).optima[0]
    assert (best.method, best.proven, best.futures) == ("linear program", True, 60)
    assert best.cost == pytest.approx(tried.cost, rel=1e-3)
    assert best.bound <= tried.cost * (1 + 1e-9)


def test_workloads_of_other_shapes_are_looked_at_each_in_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """One grows, one states cached and reasoning tokens, one has fewer places to go."""
    text = routed(2, 4).replace("data_class = internal\n}", "data_class = internal\n  cached_share = 30%\n}", 1)
    text = text.replace("4000k", "4000k").replace(
        "output_tokens = ", "reasoning_tokens = 90 tokens/request\n  output_tokens = ", 1
    )
    text = text.replace("  serve w3 {\n    pool0 = optimal()\n", "  serve w3 {\n", 1)
    tried = decided(text).optima[0]
    monkeypatch.setattr(optimal, "EXHAUSTIVE", 1)
    solved = decided(text).optima[0]
    assert (tried.tried, solved.method, solved.proven) == (4**3 * 3, "linear program", True)
    assert solved.cost == pytest.approx(tried.cost, rel=1e-3)
    assert solved.bound <= tried.cost * (1 + 1e-9)


@pytest.mark.parametrize("samples", [1, 40])
def test_a_part_of_the_model_has_the_values_of_all_of_it(samples: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at with one workload at a time, by shapes and without them; and with what is served alone."""
    monkeypatch.setattr(optimal, "EXHAUSTIVE", 1)
    by_shape = decided(loads(routed(3, 4)), samples=samples).optima[0]
    monkeypatch.setattr(candidates, "MANY", 0)
    by_part = decided(loads(routed(3, 4)), samples=samples).optima[0]
    monkeypatch.setattr(alone, "MOST_SHAPES", 0)
    by_model = decided(loads(routed(3, 4)), samples=samples).optima[0]
    assert by_shape.values == by_part.values == by_model.values
    assert by_shape.bound == pytest.approx(by_model.bound, rel=1e-9)
    assert by_shape.cost == pytest.approx(by_part.cost, rel=1e-12)
    assert by_shape.tried < by_model.tried
