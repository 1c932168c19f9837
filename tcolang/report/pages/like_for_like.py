"""What is compared, side by side: options that promise different things are not the same purchase."""

from __future__ import annotations

from tcolang.model.costmodel import OptionModel
from tcolang.report.amounts import NONE, value
from tcolang.report.blocks import Code, Paragraph, Prose, Section, Table, listed, prose
from tcolang.report.results import Results
from tcolang.report.words import family, spoken

UNKNOWN = "unknown"

_RESULTS = {
    "availability": "Availability",
    "on_call": "People who share the pager",
    "unserved": "Requests that nobody serves before go-live",
    "vendor_share": "Share of cost at the largest vendor",
    "relative_utilisation": "Use of what the load allows",
}


def like_for_like(results: Results) -> Section:
    """One column per option; what nobody has stated is unknown, not zero."""
    chosen = tuple(results.option(record.name) for record in results.ranked())
    rows: list[tuple[Prose, ...]] = [
        ("Kind", *(_kind(option) for option in chosen)),
        ("Who serves", *(_routes(option) for option in chosen)),
        (
            "Go-live after",
            *(_value(results, f"{option.name}.lead_time", "not stated: from the start") for option in chosen),
        ),
        ("Until go-live", *(_bridge(option) for option in chosen)),
    ]
    for name, title in _RESULTS.items():
        rows.append((title, *(_value(results, option.results.get(name, ""), UNKNOWN) for option in chosen)))
    rows.append(("Farthest that data goes", *(_farthest(option) for option in chosen)))
    rows.append(("Left out of its cost", *(_left_out(option) for option in chosen)))
    headers: tuple[Prose, ...] = ("", *(Code(option.name) for option in chosen))
    note = (
        "Farthest: the least trusted place that any request can reach, on its worst hour, the time before go-live "
        "included."
    )
    return Section("Like for like", (Table(headers, tuple(rows)), Paragraph(note)), folded=True)


def _kind(option: OptionModel) -> Prose:
    if not option.familyless:
        return family(option.family)
    return prose("unknown: nobody states ", listed(tuple(Code(key) for key in option.familyless), last=" and "))


def _routes(option: OptionModel) -> Prose:
    routes = tuple(prose(Code(route.deployment), f" {route.text} of ", Code(route.workload)) for route in option.routes)
    return listed(routes, last=", ") if routes else NONE


def _value(results: Results, key: str, absent: str) -> str:
    if key not in results.model.index:
        return UNKNOWN if key in results.model.unknown else absent
    if key not in results.evaluation.values:
        return UNKNOWN
    return value(results.model.node(key), results.evaluation.estimate(key), results.currency)


def _bridge(option: OptionModel) -> Prose:
    return prose(Code(option.bridge), " serves") if option.bridge is not None else NONE


def _farthest(option: OptionModel) -> Prose:
    places = tuple(prose(Code(workload), f": {spoken(where)}") for workload, where in option.farthest.items())
    return listed(places, last=", ") if places else UNKNOWN


def _left_out(option: OptionModel) -> Prose:
    names = tuple(Code(f"{left.component}.{left.name}" if left.component else left.name) for left in option.left_out)
    return listed(names, last=", ") if names else "nothing"
