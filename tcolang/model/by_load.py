"""A workload split by load: replicas of a stated size carry what they can at each moment, the rest spills over."""

from __future__ import annotations

from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.model.costmodel import Choice
from tcolang.model.curves import Pieces, curve_pieces, scaled
from tcolang.model.drafts import Context, Draft, Drafts, Stream, one, value
from tcolang.model.instantiate import instantiate
from tcolang.model.keys import attribute_value, dated
from tcolang.model.profiles import profile_of
from tcolang.semantics.options import is_optimal
from tcolang.semantics.problems import options as problems
from tcolang.semantics.program import Option, Provenance, Route, Segment, Serve, Value
from tcolang.semantics.scope import natural_unit
from tcolang.semantics.terms import Apply, Constant, Curve, Symbol, Term
from tcolang.semantics.types import NUMBER_TYPE, SHARE_TYPE, Type


@record
class Routed:
    """A route with the key of its share in force and how that share is written."""

    workload: str
    deployment: str
    key: str
    text: str
    bridge: bool
    span: Span
    peak: str | None = None


def by_load(option: Option, serve: Serve, live: str | None, drafts: Drafts) -> list[Routed]:
    """Both routes; none after a finding."""
    own, rest = serve.routes
    pieces = _pieces(serve, drafts)
    if pieces is None or not _can_be_sized(option, serve, own, drafts) or own.size is None:
        return []
    name, workload, span = option.name, serve.workload, own.span
    size, load = f"{name}.{own.deployment}.size", f"{name}.load.{workload}.{own.deployment}"
    keys = _size(size, own.size, drafts)
    _load(load, option, workload, own, drafts)
    capacity = attribute_value(own.deployment, "capacity", name, drafts, instantiate)
    carried = f"{name}.carried.{workload}.{own.deployment}"
    arguments = (capacity, value(load, NUMBER_TYPE, span))
    flow(carried, _carried(arguments, pieces, "share", span), span, "what its capacity can carry, by load", drafts)
    share = value(carried, SHARE_TYPE, span)
    spilled = Apply("sum", (one(span), share), SHARE_TYPE, span, (("signs", (1, -1)),))
    found: list[Routed] = []
    for route, term, what, text in (
        (own, share, "peak", own.size.segments[-1].span.text),
        (rest, spilled, "spilled", "rest"),
    ):
        key, peak = f"{name}.serve.{workload}.{route.deployment}", f"{name}.peak.{workload}.{route.deployment}"
        flow(key, _while_live(term, live, span), route.span, text, drafts)
        _number(peak, _carried(arguments, pieces, what, span), route.span, "its peak over its mean", drafts)
        found.append(Routed(workload, route.deployment, key, f"by load: {text}", False, route.span, peak))
    if is_optimal(own.size):
        key = f"{name}.{own.deployment}.capacity"
        highest = max(max(a, b) for _, a, b in pieces)
        where = (custody(own.deployment, name, drafts),)
        drafts.choices.append(
            Choice(name, "size", workload, (own.deployment,), where, keys, load, key, highest, own.span)
        )
    return found


def chosen(key: str, type_: Type, span: Span, drafts: Drafts) -> None:
    """The node of something that `optimal()` finds: what was found, or a 1 until then."""
    term = Constant(drafts.chosen.get(key, 1.0), type_, span)
    drafts.made[key] = Draft(key, "input", term, type_, natural_unit(type_), key, Provenance(), "", "optimal()", span)


def flow(key: str, term: Term, span: Span, text: str, drafts: Drafts) -> None:
    """A share of a workload, as a node."""
    unit = natural_unit(SHARE_TYPE)
    drafts.made[key] = Draft(key, "flow", term, SHARE_TYPE, unit, key, Provenance(), "", text, span)


def custody(deployment: str, option: str, drafts: Drafts) -> str:
    """Where data goes on a deployment; '' where that is not known."""
    term = attribute_value(deployment, "custody", option, drafts, instantiate)
    return term.value if isinstance(term, Symbol) else ""


def _number(key: str, term: Term, span: Span, text: str, drafts: Drafts) -> None:
    drafts.made[key] = Draft(key, "flow", term, NUMBER_TYPE, None, key, Provenance(), "", text, span)


def _while_live(term: Term, live: str | None, span: Span) -> Term:
    if live is None:
        return term
    return Apply("product", (term, value(live, NUMBER_TYPE, span)), SHARE_TYPE, span, (("powers", (1, 1)),))


def _carried(arguments: tuple[Term, Term], pieces: Pieces, what: str, span: Span) -> Term:
    return Apply("carried", arguments, NUMBER_TYPE, span, (("curve", pieces), ("what", what)))


def _size(key: str, stated: Value, drafts: Drafts) -> tuple[str, ...]:
    """The node that replaces the kind's formula `size`; and the keys of what is to be found in it."""
    segments: list[Segment] = []
    found: list[str] = []
    for segment in stated.segments:
        term = segment.term
        if isinstance(term, Apply) and term.function == "optimal":
            asked = f"{key}@{'' if segment.since is None else f'{segment.since:g}'}"
            found.append(asked)
            chosen(asked, NUMBER_TYPE, segment.span, drafts)
            term = value(asked, NUMBER_TYPE, segment.span)
        segments.append(Segment(segment.since, term, segment.provenance, True, segment.span))
    inner = dated(key, segments, NUMBER_TYPE, drafts, instantiate, Context())
    text = "; ".join(segment.span.text for segment in stated.segments)
    first = stated.segments[0]
    drafts.made[key] = Draft(
        key, "input", inner, NUMBER_TYPE, None, key, first.provenance, "whole replicas", text, stated.span
    )
    return tuple(found)


def _load(key: str, option: Option, workload: str, own: Route, drafts: Drafts) -> None:
    """The mean load of the workload on the deployment, in the unit of its `busy`, if all of it went there."""
    component = drafts.program.components[own.deployment]
    busy = drafts.program.kinds[component.kind].formulas["busy"]
    stream = Stream(workload, f"{option.name}.serve.{workload}.{own.deployment}", own)
    term = instantiate(busy.term, Context(own.deployment, option.name, mean=stream), drafts)
    _number(key, term, own.span, "mean load, if all of it went here", drafts)


def _can_be_sized(option: Option, serve: Serve, own: Route, drafts: Drafts) -> bool:
    formulas = drafts.program.kinds[drafts.program.components[own.deployment].kind].formulas
    elsewhere = [s for s in option.serves if s is not serve and any(r.deployment == own.deployment for r in s.routes)]
    lacking = [name for name in ("busy", "size", "capacity") if name not in formulas]
    if not lacking and not elsewhere and option.bridge != own.deployment:
        return True
    why = f"its kind has no `{lacking[0]}`" if lacking else "it serves something else in this option as well"
    drafts.report(
        problems.NOT_SIZED,
        f"`{own.deployment}` cannot be sized here: {why}",
        own.span,
        help="size a pool by load, and give what else it serves a pool of its own",
    )
    return False


def _pieces(serve: Serve, drafts: Drafts) -> Pieces | None:
    """The workload's curve, scaled to a mean of 1: straight between percentiles, flat beyond them; or its hours."""
    kind = drafts.program.kinds[drafts.program.components[serve.workload].kind]
    stated = "load_curve" in kind.attributes
    curve = attribute_value(serve.workload, "load_curve", None, drafts, instantiate) if stated else None
    levels = profile_of(serve.workload, drafts)
    pieces: Pieces = ()
    if isinstance(curve, Curve):
        pieces = curve_pieces(curve)
    elif levels is not None:
        pieces = scaled(tuple((1 / len(levels), level, level) for level in levels))
    if not pieces:
        drafts.report(
            problems.NO_CURVE,
            f"`{serve.workload}` has no load curve, so nobody can say what spills over",
            serve.span,
            help="add `load_curve = percentiles(p0 = …, p50 = …, p99 = …)` or a `profile` of 168 hours to it",
        )
        return None
    return pieces
