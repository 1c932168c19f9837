"""Options laid out: which streams reach which deployment, which components are paid, and what is certain about it."""

from __future__ import annotations

from tcolang.base.record import record
from tcolang.model.by_load import Routed, by_load, chosen, custody, flow
from tcolang.model.costmodel import Choice
from tcolang.model.drafts import Draft, Drafts, Facts, Stream, one, value, zero
from tcolang.model.instantiate import instantiate
from tcolang.model.keys import attribute_value, layered, option_value
from tcolang.semantics.options import is_optimal
from tcolang.semantics.problems import options as problems
from tcolang.semantics.program import Option, Provenance, Route, Serve, Value
from tcolang.semantics.terms import Apply, AttributeOf, Constant, OfOption, Symbol, Term
from tcolang.semantics.types import NUMBER_TYPE, SHARE_TYPE, QuantityType, ReferenceType
from tcolang.units.dimension import base

SELF_HOSTED = ("own_site", "colocation", "vendor_on_premises", "cloud_tenant")
"""Custodies under which an option runs its own models; beyond, somebody else does."""

FTE = QuantityType(base("FTE"))


@record
class Layout:
    """`reached` lists the components that are paid, in the order in which they are met. `live` is the key of whether
    the option serves in a month, if it states when it goes live."""

    option: Option
    routed: tuple[Routed, ...]
    reached: tuple[str, ...]
    live: str | None


def lay_out(option: Option, drafts: Drafts) -> Layout:
    """Enters the option's streams and facts into the drafts, for all that is worked out from them."""
    live = _live(option, drafts)
    routed: list[Routed] = []
    for serve in option.serves:
        if serve.by_load:
            routed += by_load(option, serve, live, drafts)
        else:
            _choices(option, serve, drafts)
            for route in serve.routes:
                routed += _route(option, serve.workload, route, serve.routes, live, drafts)
        if option.bridge is not None and live is not None:
            routed.append(_bridge(option, serve.workload, live, drafts))
    for stream in routed:
        carried = Stream(stream.workload, stream.key, _route_of(option, stream), stream.peak)
        drafts.streams.setdefault((option.name, stream.deployment), []).append(carried)
    reached = _reached(option, routed, drafts)
    _assign(option, reached, drafts)
    _left_out(option, reached, drafts)
    drafts.facts[option.name] = _facts(option, routed, reached, drafts)
    return Layout(option, tuple(routed), reached, live)


def _live(option: Option, drafts: Drafts) -> str | None:
    key = f"{option.name}.lead_time"
    owner = AttributeOf(OfOption(option.name), "lead_time", QuantityType(base("time")), option.span)
    kind = drafts.program.kinds.get("option")
    if kind is None or "lead_time" not in kind.attributes:
        return None
    lead = option_value(option.name, "lead_time", drafts, instantiate, owner)
    if key in drafts.unknown:
        return None
    live = f"{option.name}.live"
    term = Apply("live", (lead,), NUMBER_TYPE, option.span)
    flow(live, term, option.span, "1 from go-live on, 0 before", drafts)
    return live


def _choices(option: Option, serve: Serve, drafts: Drafts) -> None:
    """Which deployments `optimal()` has to choose between: those that ask for it, and the rest."""
    asking = [route for route in serve.routes if route.share is not None and is_optimal(route.share)]
    if not asking:
        return
    candidates = [route for route in serve.routes if route in asking or route.share is None]
    if len(candidates) < 2 or len(candidates) < len(serve.routes):
        drafts.report(
            problems.NOTHING_TO_CHOOSE,
            "`optimal()` has nothing to choose from here",
            asking[0].span,
            help="let all routes of the workload be `optimal()`, or one of them `rest`",
        )
        return
    keys = tuple(f"{option.name}.serve.{serve.workload}.{route.deployment}.share" for route in candidates)
    deployments = tuple(route.deployment for route in candidates)
    custodies = tuple(custody(d, option.name, drafts) for d in deployments)
    choice = Choice(
        option.name, "assignment", serve.workload, deployments, custodies, keys, "", "", 0.0, asking[0].span
    )
    drafts.choices.append(choice)
    for key in keys:
        chosen(key, SHARE_TYPE, serve.span, drafts)


def _route(
    option: Option, workload: str, route: Route, routes: tuple[Route, ...], live: str | None, drafts: Drafts
) -> list[Routed]:
    key = f"{option.name}.serve.{workload}.{route.deployment}"
    if f"{key}.share" in drafts.made:
        if drafts.chosen.get(f"{key}.share") == 0:
            return []
        share: Term = value(f"{key}.share", SHARE_TYPE, route.span)
    else:
        share = (
            _stated(f"{key}.share", route.share, drafts)
            if route.share
            else _rest(option, workload, routes, drafts, key)
        )
    if isinstance(share, Constant) and share.value == 0:
        return []
    for name, stated in route.values.items():
        _own(f"{key}.{name}", stated, drafts)
    term = share
    if live is not None:
        term = Apply(
            "product", (share, value(live, NUMBER_TYPE, route.span)), SHARE_TYPE, route.span, (("powers", (1, 1)),)
        )
    text = route.share.segments[0].span.text if route.share else "rest"
    flow(key, term, route.span, text, drafts)
    return [Routed(workload, route.deployment, key, text, False, route.span)]


def _stated(key: str, share: Value, drafts: Drafts) -> Term:
    """A literal as it is; anything else through a node of its own."""
    if len(share.segments) == 1 and isinstance(share.segments[0].term, Constant) and key not in drafts.overrides:
        return share.segments[0].term
    _own(key, share, drafts)
    return value(key, SHARE_TYPE, share.span)


def _own(key: str, stated: Value, drafts: Drafts) -> None:
    def make() -> Draft | None:
        layers = drafts.overrides.get(key, [])
        return layered(
            key, stated.segments, layers, stated.type, stated.unit, key, "input", drafts, instantiate, "", stated.span
        )

    drafts.ask(key, make)


def _rest(option: Option, workload: str, routes: tuple[Route, ...], drafts: Drafts, key: str) -> Term:
    """What the stated shares leave."""
    span = routes[0].span
    others = [
        _stated(f"{option.name}.serve.{workload}.{r.deployment}.share", r.share, drafts) for r in routes if r.share
    ]
    if all(isinstance(o, Constant) for o in others):
        left = 1 - sum(o.value for o in others if isinstance(o, Constant))
        return Constant(max(0.0, round(left, 12)), SHARE_TYPE, span)
    terms = (one(span), *others)
    return Apply("sum", terms, SHARE_TYPE, span, (("signs", (1, *(-1 for _ in others))),))


def _bridge(option: Option, workload: str, live: str, drafts: Drafts) -> Routed:
    assert option.bridge is not None
    key = f"{option.name}.bridge.{workload}.{option.bridge}"
    term = Apply(
        "sum", (one(option.span), value(live, NUMBER_TYPE, option.span)), SHARE_TYPE, option.span, (("signs", (1, -1)),)
    )
    flow(key, term, option.span, "until go-live", drafts)
    return Routed(workload, option.bridge, key, "until go-live", True, option.span)


def _route_of(option: Option, routed: Routed) -> Route | None:
    if routed.bridge:
        return None
    return next(
        r for s in option.serves if s.workload == routed.workload for r in s.routes if r.deployment == routed.deployment
    )


def _left_out(option: Option, reached: tuple[str, ...], drafts: Drafts) -> None:
    """A finding for each line that is left out although the option does not reach it."""
    for exclusion in option.without:
        if exclusion.component is not None and exclusion.component not in reached:
            drafts.report(
                problems.NO_SUCH_COST,
                f"option `{option.name}` does not reach `{exclusion.component}`, so it pays nothing for it",
                exclusion.span,
                help=f"it reaches {', '.join(f'`{key}`' for key in reached[:12]) or 'nothing'}",
            )


def _assign(option: Option, reached: tuple[str, ...], drafts: Drafts) -> None:
    """People by role, and none for roles that are reached some other way."""
    assigned = {assignment.role for assignment in option.staff}
    for key in reached:
        component = drafts.program.components[key]
        if key not in assigned and drafts.program.kinds[component.kind].role == "staffing":
            total = f"{option.name}.assigned.{key}"
            drafts.made[total] = Draft(
                total, "flow", zero(FTE, option.span), FTE, None, total, Provenance(), "", "nobody", option.span
            )
    for assignment in option.staff:
        key = f"{option.name}.staff.{assignment.role}"
        stated = assignment.fte
        draw = f"{option.stem}.{option.name}.staff.{assignment.role}"
        layers = drafts.overrides.get(key, [])
        drafts.ask(
            key,
            lambda key=key, stated=stated, draw=draw, layers=layers: layered(  # type: ignore[misc]
                key,
                stated.segments,
                layers,
                FTE,
                stated.unit,
                draw,
                "input",
                drafts,
                instantiate,
                "",
                stated.span,
                option.name,
            ),
        )
        total = f"{option.name}.assigned.{assignment.role}"
        term = value(key, FTE, assignment.span)
        drafts.made[total] = Draft(
            total, "flow", term, FTE, stated.unit, total, Provenance(), "", "people assigned", assignment.span
        )


def _reached(option: Option, routed: list[Routed], drafts: Drafts) -> tuple[str, ...]:
    """By routing, bridge, staff and uses, then by reference; each once. A workload is reached where it is served."""
    queue = [r.deployment for r in routed] + [a.role for a in option.staff] + list(option.uses)
    queue += [r.workload for r in routed]
    seen: dict[str, None] = {}
    for key in queue:
        if key in seen:
            continue
        seen[key] = None
        component = drafts.program.components[key]
        for name, attribute in drafts.program.kinds[component.kind].attributes.items():
            if isinstance(attribute.type, ReferenceType):
                target = attribute_value(key, name, None, drafts, instantiate)
                queue += [target.value] if isinstance(target, Symbol) else []
    return tuple(seen)


def _facts(option: Option, routed: list[Routed], reached: tuple[str, ...], drafts: Drafts) -> Facts:
    choice = drafts.program.choices.get("custody")
    order = choice.values if choice else ()
    farthest: dict[str, str] = {}
    hosted, api = False, False
    unplaced: dict[str, tuple[str, ...]] = {}
    familyless: dict[str, None] = {}
    for stream in routed:
        where = custody(stream.deployment, option.name, drafts)
        if where not in order:
            missing = f"{stream.deployment}.custody"
            unplaced[stream.workload] = drafts.unknown.get(missing, (missing,))
            if not stream.bridge:
                familyless |= dict.fromkeys(unplaced[stream.workload])
            continue
        known = farthest.get(stream.workload, where)
        farthest[stream.workload] = max(known, where, key=order.index)
        if not stream.bridge:
            hosted, api = hosted or where in SELF_HOSTED, api or where not in SELF_HOSTED
    for workload in unplaced:
        # The least trusted place is not known as long as one of them is not.
        farthest.pop(workload, None)
    # Which categories are covered is seen when the cost lines are laid out.
    if hosted and api:
        return Facts("hybrid", farthest, (), unplaced, ())
    if familyless:
        return Facts(None, farthest, (), unplaced, tuple(familyless))
    return Facts("api" if api else "self_host", farthest, (), unplaced, ())
