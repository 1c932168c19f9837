"""Terms made concrete: every owner becomes a component or option, every value read becomes the key of a node."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from tcolang.base.record import record, replace
from tcolang.base.source import Span
from tcolang.model import problems
from tcolang.model.curves import curve_pieces
from tcolang.model.drafts import Context, Draft, Drafts, Stream, truth, value, zero
from tcolang.model.keys import attribute_value, decision_value, global_value, option_value, word_value
from tcolang.model.needs import needs_option
from tcolang.model.rates import rate_value
from tcolang.semantics.program import Formula
from tcolang.semantics.terms import (
    Apply,
    Assigned,
    AttributeOf,
    Constant,
    Curve,
    Dated,
    Draw,
    ExchangeTo,
    Flow,
    Global,
    Identity,
    Listing,
    NodeValue,
    OfComponent,
    OfDecision,
    OfOption,
    OfVariable,
    Own,
    Owner,
    ResultOf,
    Sentence,
    Symbol,
    Term,
    Through,
)
from tcolang.semantics.types import WORDS, QuantityType, TextType
from tcolang.units.dimension import NUMBER


@record
class Subject:
    """An owner made concrete: a component (as an option runs it, if one is known), an option, or the decision (both
    empty). `missing` names a reference that is not set."""

    component: str | None = None
    option: str | None = None
    missing: str = ""


Concrete: TypeAlias = Term


def instantiate(term: Term, context: Context, drafts: Drafts) -> Concrete:
    """Depth is bounded by the parser's limit on nesting."""
    match term:
        case AttributeOf(owner, name):
            return _attribute(term, subject(owner, context, drafts), name, context, drafts)
        case Apply():
            return _apply(term, context, drafts)
        case Constant() | Symbol() | Draw() | Curve():
            return term
        case NodeValue():
            return replace(term, key=context.base) if term.key == "base" and context.base else term
        case ExchangeTo():
            return rate_value(term, drafts, instantiate)
        case Global():
            return global_value(term, drafts, instantiate)
        case ResultOf():
            return _result(term, context, drafts)
        case Flow():
            return _flow(term, context, drafts)
        case Assigned():
            key = f"{context.option}.assigned.{context.component}"
            return _in_option(context, term.span, drafts) or value(key, term.type, term.span)
        case Identity():
            return _name(term, context, drafts)
        case Listing(items):
            return replace(term, items=tuple(instantiate(item, context, drafts) for item in items))
        case Dated(segments):
            parts = tuple((since, instantiate(part, context, drafts)) for since, part in segments)
            return replace(term, segments=parts)
        case Sentence(parts):
            told = tuple(p if isinstance(p, str) else instantiate(p, context, drafts) for p in parts)
            return replace(term, parts=told)
        case _:
            assert_never(term)


def subject(owner: Owner, context: Context, drafts: Drafts) -> Subject:
    """What an owner stands for here."""
    match owner:
        case Own():
            return Subject(context.component, context.option)
        case OfComponent(key):
            return Subject(key, context.option)
        case OfOption(option, component):
            return Subject(component, option)
        case OfDecision():
            return Subject()
        case OfVariable("stream"):
            assert context.stream is not None
            return Subject(context.stream.workload, context.option)
        case OfVariable("workload"):
            return Subject(context.workload, context.option)
        case OfVariable():
            return Subject(None, context.option)
        case Through(inner, attribute):
            return _through(subject(inner, context, drafts), attribute, context, drafts)
        case _:
            assert_never(owner)


def _through(start: Subject, attribute: str, context: Context, drafts: Drafts) -> Subject:
    if start.component is None or start.missing:
        return start
    target = attribute_value(start.component, attribute, None, drafts, instantiate)
    if isinstance(target, Symbol):
        return Subject(target.value, start.option)
    return Subject(start.component, start.option, missing=f"{start.component}.{attribute}")


def _attribute(term: AttributeOf, who: Subject, name: str, context: Context, drafts: Drafts) -> Term:
    if who.missing:
        drafts.unknown.setdefault(who.missing, (who.missing,))
        return value(who.missing, term.type, term.span)
    if who.component is not None:
        stream = context.stream
        if stream is not None and isinstance(term.owner, Own) and stream.route and name in stream.route.values:
            key, stated = f"{stream.share}.{name}", stream.route.values[name]
            if isinstance(stated.type, WORDS):
                layers = drafts.overrides.get(key, [])
                return word_value(key, stated, layers, stated.type, drafts, instantiate, term.span)
            return value(key, term.type, term.span)
        if context.mean is not None and isinstance(term.owner, Own):
            kind = drafts.program.kinds[drafts.program.components[who.component].kind]
            if name in kind.formulas and needs_option(drafts.program, kind.name, name):
                # What it reads is asked of the one stream as well, not of all that the option routes there.
                return _of_one_stream(kind.formulas[name], context.mean.share, context, drafts)
        return attribute_value(who.component, name, who.option, drafts, instantiate, term)
    if who.option is not None:
        return option_value(who.option, name, drafts, instantiate, term)
    return decision_value(name, drafts, instantiate, term)


def _of_one_stream(formula: Formula, share: str, context: Context, drafts: Drafts) -> Term:
    key = f"{share}@mean.{formula.name}"

    def make() -> Draft:
        term = instantiate(formula.term, context, drafts)
        return Draft(
            key,
            "flow",
            term,
            formula.type,
            formula.unit,
            key,
            formula.provenance,
            formula.doc,
            formula.text,
            formula.span,
        )

    drafts.ask(key, make)
    return value(key, formula.type, formula.span)


def _in_option(context: Context, span: Span, drafts: Drafts) -> Term | None:
    """None where the option is known; otherwise a finding and a zero."""
    if context.option is not None:
        return None
    drafts.report(
        problems.NOT_IN_OPTION,
        "how much is served depends on the option, and none is named here",
        span,
        help="ask the option: `self_host.onprem.servers`",
    )
    return zero(QuantityType(NUMBER), span)


def _flow(term: Flow, context: Context, drafts: Drafts) -> Term:
    problem = _in_option(context, term.span, drafts)
    if problem is not None:
        return replace(problem, type=term.type)
    if context.mean is not None:
        return instantiate(term.body, context.having(stream=context.mean), drafts)
    streams = drafts.streams.get((context.option or "", context.component or ""), [])
    if not streams:
        return zero(term.type, term.span)
    bodies = [_routed(term, stream, context, drafts) for stream in streams]
    if term.how == "sum":
        signs = (("signs", (1,) * len(bodies)),)
        return Apply("sum", tuple(bodies), term.type, term.span, signs) if len(bodies) > 1 else bodies[0]
    return _peak(term, streams, bodies, context, drafts)


def _routed(term: Flow, stream: Stream, context: Context, drafts: Drafts) -> Term:
    inner = context.having(stream=stream)
    body = instantiate(term.body, inner, drafts)
    share = value(stream.share, QuantityType(NUMBER, share=True), term.span)
    return Apply("product", (share, body), term.type, term.span, (("powers", (1, 1)),))


def _peak(term: Flow, streams: list[Stream], bodies: list[Term], context: Context, drafts: Drafts) -> Term:
    arguments: list[Term] = []
    profiles: list[tuple[float, ...] | None] = []
    for stream, body in zip(streams, bodies, strict=True):
        peak = attribute_value(stream.workload, "peak_to_average", None, drafts, instantiate)
        curve = _highest(stream.workload, drafts)
        if curve is not None:
            peak = Constant(curve, QuantityType(NUMBER), term.span)
        if stream.peak is not None:
            peak = value(stream.peak, QuantityType(NUMBER), term.span)
        arguments += [body, peak]
        profiles.append(_profile(stream, drafts))
    return Apply("peak_flow", tuple(arguments), term.type, term.span, (("profiles", tuple(profiles)),))


def _highest(workload: str, drafts: Drafts) -> float | None:
    """The highest level of a load curve over its mean, which takes the place of a stated peak."""
    kind = drafts.program.kinds[drafts.program.components[workload].kind]
    if "load_curve" not in kind.attributes:
        return None
    curve = attribute_value(workload, "load_curve", None, drafts, instantiate)
    return max(max(low, high) for _, low, high in curve_pieces(curve)) if isinstance(curve, Curve) else None


def _profile(stream: Stream, drafts: Drafts) -> tuple[float, ...] | None:
    """A split by load has a peak of its own."""
    from tcolang.model.profiles import profile_of

    return profile_of(stream.workload, drafts) if stream.peak is None else None


def _result(term: ResultOf, context: Context, drafts: Drafts) -> Term:
    """Certain facts of an option, worked out when its options were laid out."""
    if term.name == "break_even":
        return term
    who = subject(term.owner, context, drafts)
    argument = term.arguments[0]
    facts = drafts.facts.get(who.option or "")
    if facts is None:
        missing = f"{who.option}.{term.name}"
        drafts.unknown.setdefault(missing, (f"{who.option} is not among the options of the decision",))
        return value(missing, term.type, term.span)
    if term.name == "covers":
        assert isinstance(argument, Symbol)
        return truth(argument.value in facts.categories, term.span)
    assert isinstance(argument, OfComponent | OfVariable | OfOption | Own | Through | OfDecision)
    workload = subject(argument, context, drafts).component or ""
    if workload not in facts.farthest:
        missing = f"{who.option}.farthest({workload})"
        why = facts.unplaced.get(workload, (f"{who.option} does not serve {workload}",))
        drafts.unknown.setdefault(missing, why)
        return value(missing, term.type, term.span)
    return Symbol(facts.farthest[workload], term.type, term.span)


def _name(term: Identity, context: Context, drafts: Drafts) -> Term:
    who = subject(term.owner, context, drafts)
    return Symbol(who.component or who.option or "decision", TextType(), term.span)


def _apply(term: Apply, context: Context, drafts: Drafts) -> Term:
    arguments = tuple(instantiate(argument, context, drafts) for argument in term.arguments)
    settings = term.settings
    if term.function in ("grow", "decline") and context.origin is not None:
        settings = (*settings, ("origin", context.origin))
    return Apply(term.function, arguments, term.type, term.span, settings)
