"""Whether the options can be compared: do they do the same work, and leave out the same costs?"""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.model import problems
from tcolang.model.costmodel import OptionModel
from tcolang.model.drafts import Drafts


def comparable(drafts: Drafts, options: Sequence[OptionModel]) -> None:
    """Findings where they do not. Nothing is made equal silently."""
    everything = dict.fromkeys(route.workload for option in options for route in option.routes)
    for option in options:
        served = {route.workload for route in option.routes}
        lacking = [workload for workload in everything if workload not in served]
        if lacking and served:
            drafts.report(
                problems.UNEQUAL_SERVICE,
                f"option `{option.name}` does not serve {_listed(lacking)}, which other options do",
                option.span,
                help=f"add `serve {lacking[0]} {{ … }}`, so that all options do the same work",
            )
        _exclusions(option, options, drafts)
        _unserved(option, drafts)


def _exclusions(option: OptionModel, options: Sequence[OptionModel], drafts: Drafts) -> None:
    """A line left out here counts as unequal where another option pays it."""
    for first in option.left_out:
        others = [o for o in options if any((x.component, x.name) == (first.component, first.name) for x in o.lines)]
        if not others:
            continue
        verb = "pays" if len(others) == 1 else "pay"
        name = f"{first.component}.{first.name}" if first.component else first.name
        drafts.report(
            problems.UNEQUAL_EXCLUSIONS,
            f"option `{option.name}` leaves out `{name}`, and {_listed([o.name for o in others])} {verb} it",
            first.span,
            help="leave it out everywhere or nowhere; the report shows what it would have cost",
        )


def _unserved(option: OptionModel, drafts: Drafts) -> None:
    stated = drafts.program.options[option.name]
    if "lead_time" in stated.values and not stated.bridge_stated:
        drafts.report(
            problems.UNSERVED,
            f"until option `{option.name}` is live, nobody serves its workloads",
            stated.values["lead_time"].span,
            help="name a deployment that serves until then, or write `bridge = none`; the report shows the gap",
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
