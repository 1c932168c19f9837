"""Figures that cannot be, or had better not: what a standard kind requires or advises finds them, and says why."""

from __future__ import annotations

from functools import cache

import pytest

from tcolang import pipeline
from tcolang.base.diagnostics import Diagnostic
from tcolang.base.frame import listing
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.engine.settings import Settings
from tcolang.model.problems import PREFERENCE_FAILED, REQUIREMENT_FAILED
from tcolang.semantics.program import Program
from tests.std.reading import HERE, standard_kinds

IMPOSSIBLE = {
    "hosted": (
        "large.rate_limit = 200k tokens/minute",
        "large.latency = 2 seconds; chat.latency_target = 1 second",
        "open_weights.rate_limit = 200k tokens/minute",
        "open_weights.latency = 2 seconds; bulk.latency_target = 1 second",
        "chat.requests = -1 requests/month",
        "chat.input_tokens = -1 tokens/request",
        "chat.output_tokens = -1 tokens/request",
        "chat.reasoning_tokens = -1 tokens/request",
        "chat.cache_write_share = 60%",
        "chat.peak_to_average = 0",
        "chat.retry_share = 0% - 10%",
        "chat.failure_cost = -1 USD/request",
        "large.input_price = -1 USD per 1M tokens",
        "large.output_price = -1 USD per 1M tokens",
        "large.request_price = -0.01 USD/request",
        "large.cached_price = -1 USD per 1M tokens",
        "large.cache_write_price = -1 USD per 1M tokens",
        "open_weights.input_price = -1 USD per 1M tokens",
        "open_weights.output_price = -1 USD per 1M tokens",
        "open_weights.request_price = -0.01 USD/request",
        "open_weights.cached_price = -1 USD per 1M tokens",
        "open_weights.cache_write_price = -1 USD per 1M tokens",
    ),
    "endpoint_units": (
        "units_of_70b.latency = 2 seconds; chat.latency_target = 1 second",
        "units_of_70b.unit_price = -1 USD/hour",
        "units_of_70b.prefill = 0 tokens/second",
        "units_of_70b.decode = 0 tokens/second",
        "units_of_70b.target_load = 0%",
        "units_of_70b.term = 36 months",
    ),
    "rented": (
        "without_prefill.input_tokens = 4k tokens/request; without_prefill.output_tokens = 100 tokens/request",
        "pool.fleet = 3",
        "pool.latency = 2 seconds; chat.latency_target = 1 second",
        "box.gpus = 0 GPU",
        "box.price = -1 USD/hour",
        "box.hours_per_month = 0 hours/month",
        "box.hours_per_month = 800 hours/month",
        "year.nodes = -1",
        "year.price = -1 USD/hour",
        "year.term = 0 months",
        "year.term = 36 months",
        "measured.gpus = 0 GPU",
        "measured.prefill = 0 tokens/second",
        "measured.decode = 0 tokens/second",
        "pool.interruption_loss = 100%",
        "pool.prefill = 0 tokens/second",
        "pool.decode = 0 tokens/second",
        "pool.target_load = 0%",
        "pool.spare = -1",
        "pool.zones = 0",
        "pool.active_hours = 0 hours/month",
        "measured.weights = 700 GB",
        "pool.zones = 3; pool.lost_zones = 3",
    ),
    "owned": (
        "one_rate.input_tokens = 4k tokens/request; one_rate.output_tokens = 100 tokens/request",
        "pool.fleet = 3",
        "pool.latency = 2 seconds; chat.latency_target = 1 second",
        "box.gpus = 0 GPU",
        "box.price = -1 USD",
        "box.life = 0 months",
        "box.resale = 300k USD",
        "box.resale = -1 USD",
        "box.power = -1 kW",
        "box.idle_power = 7 kW",
        "box.support = -1%/year",
        "hall.pue = 0.9",
        "hall.power_price = -1 USD/kWh",
        "hall.rack_price = -1 USD/month",
        "pool.prefill = 0 tokens/second",
        "pool.decode = 0 tokens/second",
        "pool.target_load = 0%",
        "pool.spare = -1",
        "pool.zones = 0",
        "pool.active_hours = 0 hours/month",
        "pool.other_use = -1 USD/month",
        "lab.count = -1",
        "lab.hours = -1 hours/month",
        "pool.zones = 2; pool.lost_zones = 2",
        "measured.weights = 700 GB",
    ),
    "people": (
        "engineer.salary = -1 USD/year-FTE",
        "engineer.hiring_time = 6 months",
        "engineer.step = 0 FTE",
        "engineer.shrinkage = 100%",
        "consultant.hours = -1 hours/month",
        "consultant.rate = -1 USD/hour",
    ),
    "operations": (
        "weights.size = -1 GB",
        "weights.copies = 0",
        "weights.price = -1 USD/GB-month",
        "traces.per_request = -1 kB/request",
        "traces.kept_for = 0 months",
        "between_regions.volume = -1 GB/month",
        "between_regions.price = -1 USD/GB",
        "answers.per_request = -1 kB/request",
        "answers.price = -1 USD/GB",
        "entry.count = -1",
        "entry.price = -1 USD/hour",
        "serving.monitoring = -1 USD/month",
        "serving.evaluation = -1 USD/month",
        "serving.security = -1 USD/month",
        "serving.support = -1 USD/month",
        "serving.upgrade = -1 USD",
        "serving.upgrade_every = 0 months",
        "readers.time = -1 minutes/request",
        "readers.rate = -1 USD/hour",
        "refresh.examples = -1",
        "refresh.label_price = -1 USD",
        "refresh.gpu_price = -1 USD/GPU-hour",
        "refresh.refresh_every = 0 months",
        "pager.price = -1 USD/month",
        "pager.seats = -1",
        "soc_2.price = -1 USD",
        "soc_2.audit_every = 0 months",
        "patches.price = -1 USD",
        "patches.update_every = 0 months",
        "experiments.count = -1",
        "experiments.hours = -1 hours/month",
    ),
    "projects": (
        "integration.amount = -1 USD",
        "moving_in.amount = -1 USD",
        "first_model.gpu_hours = -1 GPU-hours",
        "first_model.gpu_price = -1 USD/GPU-hour",
        "first_model.runs = 0",
        "overlap.old_cost = -1 USD/month",
        "overlap.length = -1 months",
        "product_waits.value = -1 USD/month",
        "product_waits.by = -1 months",
        "promised.penalty = -1 USD/month",
        "promised.lead_time = -1 months",
        "engineers.value = -1 USD/month-FTE",
        "engineers.people = -1 FTE",
        "leaving.data = -1 GB",
        "leaving.egress_price = -1 USD/GB",
        "leaving.reimplementation = -1 USD",
    ),
    "contracts": (
        "frame.committed_spend = -1 USD/month",
        "frame.credits = -1 USD",
        "frame.starts = 2026-09-01",
        "frame.ends = 2050-01-01",
        "racks.payment = -1 USD",
        "racks.period = 0 months",
        "mortgage.amount = -1 USD",
        "mortgage.term = 0 months",
        "bus.balloon = -1 USD",
        "bus.term = 180 months",
    ),
    "tax": (
        "shield.basis = -1 USD",
        "shield.life = 0 months",
    ),
    "capacity": (
        "b200.active_parameters = 0",
        "desk.arrivals = -1 requests/hour",
        "desk.places = 0",
        "desk.shrinkage = 100%",
    ),
}
"""By spec: what is set to what, where it stands in `kinds/`."""

ROWS = [(spec, row) for spec, rows in IMPOSSIBLE.items() for row in rows]


@pytest.mark.parametrize(("spec", "row"), ROWS, ids=[f"{spec}: {row}" for spec, row in ROWS])
def test_it_is_found_with_a_reason(spec: str, row: str) -> None:
    found = _failed(spec, row)
    assert found and all(finding.message.partition("`: ")[2] for finding in found), listing(found)


def test_everything_required_or_advised_finds_something() -> None:
    stated = {(kind.name, requirement.text) for kind in standard_kinds().values() for requirement in kind.requirements}
    tried = {
        (_program(spec).components[component].kind, condition)
        for spec, row in ROWS
        for component, condition in map(_parts, _failed(spec, row))
    }
    assert tried == stated


def _parts(finding: Diagnostic) -> tuple[str, str]:
    """Of a message "`box`, as `own` runs it, does not meet `life > 0 months`: …"."""
    before, _, after = finding.message.partition(" does not meet ")
    return before.split("`")[1], after.split("`")[1]


@cache
def _failed(spec: str, row: str) -> tuple[Diagnostic, ...]:
    program, name = _program(spec), _name(IMPOSSIBLE[spec].index(row))
    overrides = pipeline.scenario_overrides(program, name)
    decided = pipeline.decide_under(program, Settings(samples=200), overrides, (), name)
    return tuple(
        finding for finding in decided.diagnostics if finding.problem in (REQUIREMENT_FAILED, PREFERENCE_FAILED)
    )


@cache
def _program(spec: str) -> Program:
    """The spec with a scenario for each of its rows."""
    text = (HERE / "kinds" / f"{spec}.tco").read_text(encoding="utf-8")
    scenarios = [_scenario(_name(i), row) for i, row in enumerate(IMPOSSIBLE[spec])]
    checked = pipeline.check(World(HERE / "kinds"), SourceFile(f"{spec}.tco", "\n".join((text, *scenarios))))
    assert checked.value.program is not None and not checked.failed, listing(checked.diagnostics)
    return checked.value.program


def _scenario(name: str, row: str) -> str:
    lines = "".join(f"  {setting}\n" for setting in row.split("; "))
    return f"scenario {name} {{\n{lines}}}\n"


def _name(number: int) -> str:
    return f"impossible_{number}"


def test_what_fails_says_what_it_rests_on() -> None:
    rows = IMPOSSIBLE["owned"]
    spec = {row: index for index, row in enumerate(rows)}
    (resale,) = _failed("owned", rows[spec["box.resale = 300k USD"]])
    assert resale.help.startswith("it rests on `box.price = ") and "`box.resale = 300k USD`" in resale.help
    assert resale.help.endswith("change one of them so that it holds")
    assert all(finding.help for row in rows for finding in _failed("owned", row))
    # What no one can state, the factor on all volumes, is not asked to change.
    assert not [row for row in rows for finding in _failed("owned", row) if "(volume)" in finding.help]
