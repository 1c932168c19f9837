"""`optimal()` under vetoes: the same as making every decision and taking the cheapest option that is not vetoed."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest

from tcolang.base.source import SourceFile
from tcolang.engine import optimal
from tcolang.engine.settings import Settings
from tcolang.pipeline import Decided, check, decide_under
from tests.projects import world

DEPLOYMENTS = ("pool", "good", "poor")
WORKLOADS = {"chat": (900, "internal"), "mail": (40, "confidential")}

HEAD = """tco 1

decision d {
  currency = USD
  start = 2026-01
  horizon = 6 months
}

cloud_node node {
  gpus = 8 GPU
  price = 6 USD/hour
  custody = cloud_tenant
}

rented_pool pool {
  node = node
  prefill = 40k tokens/second
  decode = 4k tokens/second
  spare = 0
  availability = 99%
}

hosted_model good {
  vendor = "A"
  input_price = 1.1 USD per 1M tokens
  output_price = 6 USD per 1M tokens
  availability = 99.9%
}

hosted_model poor {
  vendor = "B"
  input_price = 0.6 USD per 1M tokens
  output_price = 3 USD per 1M tokens
  availability = 99.5%
}
"""


def serving(how: dict[str, str]) -> str:
    return spec({"best": how})


def spec(options: dict[str, dict[str, str]]) -> str:
    parts = [HEAD]
    for name, (requests, data_class) in WORKLOADS.items():
        parts.append(
            f"workload {name} {{\n  requests = {requests}k requests/month\n  input_tokens = 1k tokens/request\n"
            f"  output_tokens = 300 tokens/request\n  data_class = {data_class}\n}}\n"
        )
    for option, how in options.items():
        serves = "".join(f"  serve {w} {{\n{routes}  }}\n" for w, routes in how.items())
        parts.append(f"option {option} {{\n{serves}}}\n")
    return "\n".join(parts)


ASKING = serving({w: "".join(f"    {d} = optimal()\n" for d in DEPLOYMENTS) for w in WORKLOADS})


def rule(*conditions: str, over: str = "option") -> str:
    when = "".join(f"  when {condition}\n" for condition in conditions)
    return f'\nrule no "No" {{\n  for each {over}\n{when}  then veto option\n  because "It may not be."\n}}\n'


RULES = {
    "family": rule("option.family == hybrid"),
    "own": rule("option.family != api"),
    "availability": rule("option.availability < 99.9%"),
    "two conditions": rule("option.family == hybrid", "option.availability < 99.2%"),
    "cost": rule("option.tco < 20_000 USD"),
    "vendor": rule("option.vendor_share > 60%"),
    "one workload": rule("option.farthest(mail) > cloud_tenant"),
    "each workload": rule("workload.data_class >= confidential", "option.farthest(workload) > cloud_tenant",
                          over="option, workload"),
    "both": rule("workload.data_class >= confidential", "option.family == api", over="option, workload"),
}  # fmt: skip


def findings(text: str) -> tuple[Decided | None, list[str]]:
    file = SourceFile("spec.tco", text)
    checked = check(world({"spec.tco": text}), file)
    assert not checked.failed, [d.message for d in checked.diagnostics]
    assert checked.value.program is not None
    found = decide_under(checked.value.program, Settings(samples=40))
    return found.value, [f"{d.problem.code} {d.message}" for d in found.diagnostics]


def decided(text: str) -> Decided:
    found, said = findings(text)
    assert found is not None, said
    return found


@cache
def every_way(name: str) -> dict[tuple[str, ...], tuple[float, bool]]:
    """Each as an option of its own: what it costs, and whether it is vetoed."""
    ways = list(product(DEPLOYMENTS, repeat=len(WORKLOADS)))
    stated = [{w: f"    {d} = 100%\n" for w, d in zip(WORKLOADS, way, strict=True)} for way in ways]
    found = decided(spec({f"way_{i}": how for i, how in enumerate(stated)}) + RULES[name]).decision.options
    return {way: (option.cost.mean, bool(option.vetoes)) for way, option in zip(ways, found, strict=True)}


def routes(found: Decided) -> tuple[str, ...]:
    (best,) = found.optima
    return tuple(next(d for d in DEPLOYMENTS if best.values[f"best.serve.{w}.{d}.share"] == 1) for w in WORKLOADS)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("most", [optimal.EXHAUSTIVE, 1])
def test_the_cheapest_that_no_rule_vetoes(name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All are tried, or (`most` is 1) a linear program and a search find it."""
    monkeypatch.setattr(optimal, "EXHAUSTIVE", most)
    ways = every_way(name)
    allowed = {way: cost for way, (cost, vetoed) in ways.items() if not vetoed}
    assert 0 < len(allowed) < len(ways)
    found = decided(ASKING + RULES[name])
    (best,) = found.optima
    assert found.decision.options[0].vetoes == ()
    assert allowed[routes(found)] == pytest.approx(best.cost, rel=1e-9)
    assert best.bound <= min(allowed.values()) * (1 + 1e-9)
    assert best.proven or (most == 1 and name in ("cost", "vendor", "one workload"))
    if best.proven:
        assert best.cost == pytest.approx(min(allowed.values()), rel=1e-9)
    cheaper = [cost for cost, vetoed in ways.values() if vetoed and cost < best.cost * (1 - 1e-9)]
    if most > 1 and name != "each workload":
        assert sum(each.ways for each in best.excluded) == len(cheaper)
        saved = best.cost - min(cheaper) if cheaper else 0.0
        assert max((each.saved for each in best.excluded), default=0.0) == pytest.approx(saved, abs=1e-6)


def test_a_size_may_be_vetoed() -> None:
    """The cheapest of the sizes that a rule leaves, and how many cheaper ones it takes out."""
    text = serving({"chat": "    pool = optimal()\n    good = rest\n"}).replace("serve chat {", "serve chat by load {")
    curve = "  load_curve = percentiles(p0 = 1, p50 = 2, p99 = 4)\n"
    text = text.replace("900k", "90000k").replace("data_class = internal\n", "data_class = internal\n" + curve, 1)
    (free,) = decided(text).optima
    size = int(free.values["best.pool.size@"])
    sizes = [text.replace("pool = optimal()", f"pool = {n}") for n in range(free.tried)]
    costs = [decided(each).decision.options[0].cost.mean for each in sizes]
    assert costs.index(min(costs)) == size > 3
    (held,) = decided(text + rule(f"best.pool.nodes > {size - 3}")).optima
    assert held.values["best.pool.size@"] == size - 3
    assert held.proven
    (excluded,) = held.excluded
    assert (excluded.rules, excluded.ways) == (("spec/no",), sum(c < held.cost for c in costs[size - 2 :]))
    assert excluded.saved == pytest.approx(held.cost - costs[size])


def test_a_rule_that_nothing_chosen_moves_vetoes_the_option_and_bars_no_way() -> None:
    found = decided(
        ASKING.replace("option best {", "option best {\n  leaving_cost = 9 USD") + rule("option.leaving_cost > 1 USD")
    )
    assert found.decision.options[0].vetoes == ("spec/no",)
    assert found.optima[0].cost == decided(ASKING).optima[0].cost
    assert found.optima[0].excluded == ()


def test_where_every_way_is_vetoed_it_is_said() -> None:
    found, said = findings(ASKING + rule("option.tco > 0 USD"))
    assert found is None
    assert said == ["TCO507 no way to fill in `best` is allowed: all 9 are vetoed, by `spec/no`"]


def test_what_is_not_known_forbids_nothing() -> None:
    """The option stays, and the decision says what it is conditional on."""
    text = ASKING.replace("  availability = 99.5%\n", "")
    found = decided(text + rule("option.availability < 99.2%", "option.family == api"))
    assert found.decision.options[0].vetoes == ()
    assert found.optima[0].cost == pytest.approx(decided(text).optima[0].cost)
