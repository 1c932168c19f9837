"""Options that do not do the same: how far they are apart, and what it would cost to make them equal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import replace
from tcolang.decide.problems import UNEQUAL
from tcolang.decide.showing import shown_value
from tcolang.engine.evaluation import Evaluation
from tcolang.model import problems as found_before
from tcolang.model.costmodel import CostModel, OptionModel
from tcolang.semantics.types import QuantityType
from tcolang.units.dimension import base
from tcolang.units.quantity import percentage, readable

AVAILABILITY_GAP = 0.001
"""A tenth of a percentage point: nine hours a year."""

QUALITY_GAP = 0.01
"""A percentage point of all requests."""

_MONEY = QuantityType(base("money"))


def compared_keys(model: CostModel) -> Iterator[str]:
    """The keys that `unequal` and `priced` read from an evaluation."""
    for option in model.options:
        yield from (line.tco for line in option.left_out if line.tco in model.index)
        if "availability" in option.results:
            yield option.results["availability"]
        yield from (key for key in _successes(option) if key in model.index)
        yield option.results["requests"]
    for workload in _workloads(model):
        yield from (k for k in (f"{workload}.requests", f"{workload}.failure_cost") if k in model.index)


def unequal(model: CostModel, evaluation: Evaluation) -> tuple[Diagnostic, ...]:
    """A finding for each option that answers less often than another, with what the requests that go unanswered cost,
    and for each that fails more often where a failure has no price, with the price at which that counts. That lines are
    left out unequally is found before (TCO422), and `priced` here."""
    return (*_availability(model, evaluation), *_quality(model, evaluation))


def priced(findings: Iterable[Diagnostic], model: CostModel, evaluation: Evaluation) -> Iterator[Diagnostic]:
    """The same findings; those of a line that is left out unequally tell what it would cost."""
    lines = {line.span: line for option in model.options for line in option.left_out if line.tco in evaluation.values}
    for finding in findings:
        line = lines.get(finding.span) if finding.problem is found_before.UNEQUAL_EXCLUSIONS and finding.span else None
        if line is None:
            yield finding
            continue
        price = _money(evaluation.estimate(line.tco).mean, model)
        yield replace(finding, note=f"with it, it would cost {price} more in present value")


def _availability(model: CostModel, evaluation: Evaluation) -> Iterator[Diagnostic]:
    stated = {
        option.name: evaluation.estimate(option.results["availability"]).mean
        for option in model.options
        if option.results.get("availability") in evaluation.values
    }
    best = max(stated, key=lambda name: stated[name], default="")
    for option in model.options:
        gap = stated[best] - stated[option.name] if option.name in stated else 0.0
        if gap <= AVAILABILITY_GAP:
            continue
        yield Diagnostic(
            UNEQUAL,
            f"`{option.name}` answers {percentage(stated[option.name])} of the time, and `{best}` "
            f"{percentage(stated[best])}",
            option.span,
            note=_price_of(gap, option, model, evaluation),
            help="compare it at the same availability: add a spare, a second vendor or a fallback, and its cost",
        )


def _quality(model: CostModel, evaluation: Evaluation) -> Iterator[Diagnostic]:
    """Where each workload has its `failure_cost`, failures are in the totals already."""
    silent = [f"`{w}.failure_cost`" for w in _workloads(model) if f"{w}.failure_cost" not in evaluation.values]
    if not silent:
        return
    failed = {option.name: f for option in model.options if (f := _failures(option, evaluation)) is not None}
    best = min(failed, key=lambda name: failed[name][0] / failed[name][1], default="")
    for option in model.options:
        if option.name not in failed:
            continue
        (failures, requests), (fewest, of) = failed[option.name], failed[best]
        share, least = failures / requests, fewest / of
        if share - least <= QUALITY_GAP:
            continue
        more = (share - least) * requests
        saved = evaluation.estimate(f"{best}.tco").mean - evaluation.estimate(f"{option.name}.tco").mean
        equal = f"; at {_money(saved / more, model)} a failure it costs as much as `{best}`" if saved > 0 else ""
        yield Diagnostic(
            UNEQUAL,
            f"`{option.name}` answers {percentage(1 - share)} of its requests well, and `{best}` "
            f"{percentage(1 - least)}",
            option.span,
            note=f"over the horizon {readable(more)} requests more fail{equal}",
            help=f"state {' and '.join(silent)}: what an unsuccessful request costs",
        )


def _failures(option: OptionModel, evaluation: Evaluation) -> tuple[float, float] | None:
    """Requests that fail, and all of them, over the horizon. None where that is not known."""
    keys = _successes(option)
    if not keys or any(key not in evaluation.values for key in keys):
        return None
    requests = math.fsum(evaluation.by_month(option.results["requests"]))
    successes = math.fsum(month for key in keys for month in evaluation.by_month(key))
    return (requests - successes, requests) if requests > 0 else None


def _successes(option: OptionModel) -> list[str]:
    return [f"{option.name}.{d}.successes" for d in dict.fromkeys(route.deployment for route in option.routes)]


def _price_of(gap: float, option: OptionModel, model: CostModel, evaluation: Evaluation) -> str:
    """What the requests cost that are not answered in the time between."""
    cost, silent = 0.0, []
    for workload in dict.fromkeys(route.workload for route in option.routes):
        failure = f"{workload}.failure_cost"
        if failure not in evaluation.values:
            silent.append(f"`{failure}`")
            continue
        requests = math.fsum(evaluation.by_month(f"{workload}.requests"))
        cost += gap * requests * evaluation.estimate(failure).mean
    if silent:
        return f"what that costs is not known: nothing says what {' and '.join(silent)} is"
    return f"the requests that go unanswered cost {_money(cost, model)} over the horizon"


def _money(amount: float, model: CostModel) -> str:
    currency = model.decision.currency if model.decision else "money"
    return shown_value(amount, _MONEY, None, currency)


def _workloads(model: CostModel) -> list[str]:
    return list(dict.fromkeys(route.workload for option in model.options for route in option.routes))
