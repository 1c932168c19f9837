"""What an option pays and publishes: its cost lines in each view, their totals, and the results rules can read."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.base.record import replace
from tcolang.base.source import Span
from tcolang.model.costmodel import LeftOut, Line, Resale
from tcolang.model.drafts import Context, Draft, Drafts, value, zero
from tcolang.model.instantiate import instantiate
from tcolang.model.keys import attribute_value, decision_value, option_value
from tcolang.model.lay_out import Layout
from tcolang.model.simplify import Unknown, simplify
from tcolang.semantics.program import CostLine, Exclusion, Provenance
from tcolang.semantics.results import OPTION_RESULTS
from tcolang.semantics.scope import natural_unit
from tcolang.semantics.terms import Apply, AttributeOf, Constant, NodeValue, OfDecision, OfOption, Symbol, Term
from tcolang.semantics.types import SHARE_TYPE, FlagType, GrowthType, QuantityType, Type
from tcolang.units.dimension import base

MONEY = QuantityType(base("money"))
MONEY_FLOW = QuantityType(base("money") / base("time"))
PAYMENTS = ("capex", "once", "every", "annuity")


def cost_lines(layout: Layout, drafts: Drafts) -> tuple[tuple[Line, ...], tuple[LeftOut, ...]]:
    """Every cost line of what is reached, once, in the order in which it is met; exclusions are worked out as well."""
    lines: list[Line] = []
    left_out: list[LeftOut] = []
    out = {(e.component, e.cost): e for e in layout.option.without}
    program = drafts.program
    places = [
        (
            key,
            program.components[key].stem,
            program.components[key].name,
            program.kinds[program.components[key].kind].costs,
        )
        for key in layout.reached
    ]
    own = (None, layout.option.stem, layout.option.name, layout.option.costs)
    for component, stem, block, costs in [*places, own]:
        for name, cost in costs.items():
            if _is_nothing(cost, Context(component, layout.option.name), drafts):
                continue
            line = _line(layout.option.name, component, f"{stem}.{block}.{name}", cost, drafts)
            exclusion: Exclusion | None = out.get((component, name))
            if exclusion is None:
                lines.append(line)
            else:
                left_out.append(LeftOut(component or "", name, exclusion.because, line.tco, exclusion.span))
    facts = drafts.facts[layout.option.name]
    categories = tuple(sorted({line.category for line in lines}))
    drafts.facts[layout.option.name] = replace(facts, categories=categories)
    return tuple(lines), tuple(left_out)


def _is_nothing(cost: CostLine, context: Context, drafts: Drafts) -> bool:
    """Whether all that the line depends on has been left unset, so that it is zero by its own words: no line then."""
    term = simplify(instantiate(cost.term, context, drafts), drafts.unknown, {})
    return not isinstance(term, Unknown) and _is_zero(term) and not isinstance(cost.term, Constant)


def _is_zero(term: Term) -> bool:
    """Whether it is zero whatever its other values are. Depth is bounded by the parser's limit on nesting."""
    if isinstance(term, Constant):
        return term.value == 0
    if not isinstance(term, Apply):
        return False
    zero_ = [_is_zero(argument) for argument in term.arguments]
    match term.function:
        case "product":
            powers = term.setting("powers")
            assert isinstance(powers, tuple)
            return any(z and power > 0 for z, power in zip(zero_, powers, strict=True))
        case "sum" | "negate" | "min" | "max":
            return all(zero_)
        case "if":
            return zero_[1] and zero_[2]
        case "once" | "every" | "annuity":
            return zero_[0]
        case "capex":
            return zero_[1] and all(zero_[3:])
    return False


def _line(option: str, component: str | None, draw: str, cost: CostLine, drafts: Drafts) -> Line:
    key = f"{option}.{component}.{cost.name}" if component else f"{option}.{cost.name}"
    context = Context(component, option)
    term = instantiate(cost.term, context, drafts)

    def draft(name: str, inner: Term, type_: Type, text: str) -> None:
        drafts.made[name] = Draft(
            name, "cost", inner, type_, natural_unit(type_), draw, cost.provenance, cost.doc, text, cost.span
        )

    draft(key, term, MONEY_FLOW, cost.text)
    cash, charge, at_horizon, at_end = key, key, None, None
    if _pays(term):
        charge, at_horizon = f"{key}@charge", f"{key}@horizon"
        draft(charge, _in_view(term, "charge"), MONEY_FLOW, f"{cost.text} (spread over life)")
        draft(at_horizon, _part(term, PAYMENTS, "at_horizon"), MONEY, f"{cost.text} (what comes back at the horizon)")
    if _pays(term, ("annuity",)):
        at_end = f"{key}@end"
        draft(at_end, _part(term, ("annuity",), "cash"), MONEY_FLOW, f"{cost.text} (what falls due at a month's end)")
    span = cost.span
    flow = value(cash, MONEY_FLOW, span)
    rate = decision_value("discount_rate", drafts, instantiate, _rate(span))
    back = (value(at_horizon, MONEY, span),) if at_horizon else ()
    late = (value(at_end, MONEY_FLOW, span),) if at_end else ()
    draft(f"{key}@tco", Apply("discounted", (flow, rate, *back, *late), MONEY, span), MONEY, f"{key}, discounted")
    resale = None
    if _resells(term):
        resale = Resale(f"{key}@resold", f"{key}@resale", f"{key}@before_resale")
        draft(resale.cash, _part(term, ("capex",), "resale"), MONEY_FLOW, f"{cost.text} (resale within the horizon)")
        credit = value(resale.cash, MONEY_FLOW, span)
        draft(
            resale.tco, Apply("discounted", (credit, rate, *back), MONEY, span), MONEY, f"resale of {key}, discounted"
        )
        gross = (value(f"{key}@tco", MONEY, span), value(resale.tco, MONEY, span))
        gross_text = f"{key} before resale, discounted"
        draft(resale.before, Apply("sum", gross, MONEY, span, (("signs", (1, -1)),)), MONEY, gross_text)
    total: Term = Apply("total", (flow,), MONEY, span, (("given", ("flow",)),))
    if back:
        total = Apply("sum", (total, *back), MONEY, span, (("signs", (1, 1)),))
    draft(f"{key}@nominal", total, MONEY, f"{key}, added up")
    return Line(
        key,
        component or "",
        cost.name,
        cost.category,
        cash,
        charge,
        at_horizon,
        f"{key}@tco",
        f"{key}@nominal",
        cost.span,
        at_end,
        resale,
    )


def _rate(span: Span) -> AttributeOf:
    return AttributeOf(OfDecision(), "discount_rate", GrowthType(), span)


def _pays(term: Term, functions: Sequence[str] = PAYMENTS) -> bool:
    return isinstance(term, Apply) and (term.function in functions or any(_pays(a, functions) for a in term.arguments))


def _resells(term: Term) -> bool:
    """Whether some purchase in it states a resale."""
    if not isinstance(term, Apply):
        return False
    named = dict(term.settings).get("given", ())
    own = term.function == "capex" and isinstance(named, tuple) and "resale" in named
    return own or any(_resells(a) for a in term.arguments)


def _in_view(term: Term, view: str) -> Term:
    if not isinstance(term, Apply):
        return term
    arguments = tuple(_in_view(a, view) for a in term.arguments)
    settings = (*term.settings, ("view", view)) if term.function in PAYMENTS else term.settings
    return replace(term, arguments=arguments, settings=settings)


def _part(term: Term, functions: Sequence[str], view: str) -> Term:
    """What the payments by some functions make of a line in a view; all that is no such payment makes nothing."""
    type_ = MONEY if view == "at_horizon" else term.type
    if not isinstance(term, Apply) or not _pays(term, functions):
        return zero(type_, term.span)
    if term.function in PAYMENTS:
        return replace(term, type=type_, settings=(*term.settings, ("view", view)))
    held = _at_end if view == "at_horizon" else _as_it_is
    if term.function == "product":
        arguments = tuple(_part(a, functions, view) if _pays(a, functions) else held(a) for a in term.arguments)
    elif term.function == "if":
        arguments = (held(term.arguments[0]), *(_part(a, functions, view) for a in term.arguments[1:]))
    else:
        arguments = tuple(_part(a, functions, view) for a in term.arguments)
    return replace(term, type=type_, arguments=arguments)


def _as_it_is(term: Term) -> Term:
    return term


def _at_end(term: Term) -> Term:
    """What multiplies a payment counts as in the last month."""
    return term if isinstance(term, Constant) else Apply("last_month", (term,), term.type, term.span)


def results(layout: Layout, lines: Sequence[Line], drafts: Drafts) -> dict[str, str]:
    """The published results that are amounts, by name; each is a node `OPTION.NAME`."""
    option, span = layout.option.name, layout.option.span
    found: dict[str, Term] = {
        "monthly": _sum([value(line.cash, MONEY_FLOW, span) for line in lines], MONEY_FLOW, span),
        "tco": _sum([value(line.tco, MONEY, span) for line in lines], MONEY, span),
        "tco_nominal": _sum([value(line.nominal, MONEY, span) for line in lines], MONEY, span),
        "charge": _total(_sum([value(line.charge, MONEY_FLOW, span) for line in lines], MONEY_FLOW, span), span),
        "tokens": _served(layout, "tokens", OPTION_RESULTS["tokens"], drafts),
        "tokens_asked": _asked(layout, "tokens", drafts),
        "requests": _served(layout, "requests", OPTION_RESULTS["requests"], drafts),
    }
    asked = _asked(layout, "requests", drafts)
    if layout.live is not None and layout.option.bridge is None:
        served = _total(value(f"{option}.requests", OPTION_RESULTS["requests"], span), span)
        ratio = Apply("product", (served, _total(asked, span)), SHARE_TYPE, span, (("powers", (1, -1)),))
        found["unserved"] = Apply(
            "sum", (Constant(1.0, SHARE_TYPE, span), ratio), SHARE_TYPE, span, (("signs", (1, -1)),)
        )
    else:
        found["unserved"] = zero(SHARE_TYPE, span)
    found["vendor_share"] = _vendor_share(layout, lines, drafts)
    found |= _utilisation(layout, drafts) | _availability(layout, drafts) | _on_call(layout, drafts)
    at_end = [value(line.at_end, MONEY_FLOW, span) for line in lines if line.at_end is not None]
    at_once = [value(line.cash, MONEY_FLOW, span) for line in lines if line.at_horizon is not None]
    signs = (1,) * len(at_once) + (-1,) * len(at_end)
    for key, text, total in (
        (once_key(option), "purchases and one-off payments", _signed((*at_once, *at_end), signs, span)),
        (end_key(option), "instalments at a month's end", _sum(at_end, MONEY_FLOW, span)),
    ):
        if not isinstance(total, Constant):
            unit = natural_unit(MONEY_FLOW)
            drafts.made[key] = Draft(key, "result", total, MONEY_FLOW, unit, key, Provenance(), "", text, span)
    for name, term in found.items():
        _publish(option, name, term, span, drafts)
    return {name: f"{option}.{name}" for name in found}


def _asked(layout: Layout, name: str, drafts: Drafts) -> Term:
    """What the workloads of an option ask for, served or not."""
    flows = [_of(serve.workload, name, drafts) for serve in layout.option.serves]
    return _sum(flows, OPTION_RESULTS[name], layout.option.span)


def once_key(option: str) -> str:
    """The key of what an option pays at the start of each month."""
    return f"{option}.(at once)"


def end_key(option: str) -> str:
    """The key of what an option pays at the end of each month."""
    return f"{option}.(at the end)"


def _publish(option: str, name: str, term: Term, span: Span, drafts: Drafts) -> None:
    key = f"{option}.{name}"
    drafts.unknown.pop(key, None)
    type_ = OPTION_RESULTS[name]
    text = _TEXTS.get(name, name)
    drafts.made[key] = Draft(key, "result", term, type_, natural_unit(type_), key, Provenance(), "", text, span)


_TEXTS = {
    "monthly": "the sum of all cost lines, month by month",
    "tco": "the sum of all cost lines, discounted to the start",
    "tco_nominal": "the sum of all cost lines, as paid",
    "charge": "the sum of all cost lines, purchases spread over their life",
    "tokens": "tokens served",
    "tokens_asked": "tokens asked for, served or not",
    "requests": "requests served",
    "unserved": "share of requests that nobody serves before go-live",
    "vendor_share": "largest vendor's part of the expected nominal cost",
    "relative_utilisation": "peak load over usable capacity, over the horizon",
    "availability": "lowest availability of the deployments that serve",
    "on_call": "people who share the pager",
}


def _sum(terms: Sequence[Term], type_: Type, span: Span) -> Term:
    if not terms:
        return zero(type_, span)
    return _signed(terms, (1,) * len(terms), span)


def _signed(terms: Sequence[Term], signs: tuple[int, ...], span: Span) -> Term:
    if len(terms) == 1:
        return terms[0]
    return Apply("sum", tuple(terms), terms[0].type, span, (("signs", signs),)) if terms else zero(MONEY_FLOW, span)


def _total(term: Term, span: Span) -> Term:
    type_ = QuantityType(term.type.dimension * base("time")) if isinstance(term.type, QuantityType) else term.type
    return Apply("total", (term,), type_, span, (("given", ("flow",)),))


def _of(workload: str, name: str, drafts: Drafts) -> Term:
    return attribute_value(workload, name, None, drafts, instantiate)


def _served(layout: Layout, name: str, type_: Type, drafts: Drafts) -> Term:
    """A flow of all workloads, in the months in which somebody serves them."""
    span = layout.option.span
    flows = [_of(serve.workload, name, drafts) for serve in layout.option.serves]
    total = _sum(flows, type_, span)
    if layout.live is None or layout.option.bridge is not None:
        return total
    live = value(layout.live, SHARE_TYPE, span)
    return Apply("product", (total, live), type_, span, (("powers", (1, 1)),))


def _deployments(layout: Layout) -> list[str]:
    return list(dict.fromkeys(r.deployment for r in layout.routed))


def _vendor_share(layout: Layout, lines: Sequence[Line], drafts: Drafts) -> Term:
    """Of those named by what the option serves with and by its contracts. Unknown where money goes to a vendor whom
    nobody names: it may be one of the others, or one more."""
    span, option = layout.option.span, layout.option.name
    by_vendor: dict[str, list[Term]] = {}
    unnamed: list[Term] = []
    for component in dict.fromkeys(line.component for line in lines if line.component):
        kind = drafts.program.kinds[drafts.program.components[component].kind]
        if "vendor" not in kind.attributes and "vendor" not in kind.formulas:
            continue
        vendor = attribute_value(component, "vendor", option, drafts, instantiate)
        if isinstance(vendor, Symbol):
            paid = [value(line.nominal, MONEY, span) for line in lines if line.component == component]
            by_vendor.setdefault(vendor.value, []).extend(paid)
        elif isinstance(vendor, NodeValue):
            unnamed.append(value(vendor.key, MONEY, span))
    if not by_vendor and not unnamed:
        return zero(SHARE_TYPE, span)
    totals = [_sum(terms, MONEY, span) for _, terms in sorted(by_vendor.items())]
    whole = value(f"{option}.tco_nominal", MONEY, span)
    return Apply("share_of_largest", (*totals, *unnamed, whole), SHARE_TYPE, span)


def _utilisation(layout: Layout, drafts: Drafts) -> dict[str, Term]:
    """Over the pools that say how busy they are and how much they can do; none says nothing."""
    span = layout.option.span
    busy: list[Term] = []
    capacity: list[Term] = []
    for deployment in _deployments(layout):
        formulas = drafts.program.kinds[drafts.program.components[deployment].kind].formulas
        if "busy" in formulas and "capacity" in formulas:
            busy.append(attribute_value(deployment, "busy", layout.option.name, drafts, instantiate))
            capacity.append(attribute_value(deployment, "capacity", layout.option.name, drafts, instantiate))
    if not busy:
        return {}
    type_ = OPTION_RESULTS["relative_utilisation"]
    parts = (_total(_sum(busy, type_, span), span), _total(_sum(capacity, type_, span), span))
    ratio = Apply("product", parts, type_, span, (("powers", (1, -1)),))
    any_ = Apply(">", (parts[1], zero(type_, span)), FlagType(), span)
    return {"relative_utilisation": Apply("if", (any_, ratio, zero(type_, span)), type_, span)}


def _availability(layout: Layout, drafts: Drafts) -> dict[str, Term]:
    span = layout.option.span
    stated: list[Term] = []
    for deployment in _deployments(layout):
        kind = drafts.program.kinds[drafts.program.components[deployment].kind]
        if "availability" not in kind.attributes and "availability" not in kind.formulas:
            return {}
        stated.append(attribute_value(deployment, "availability", layout.option.name, drafts, instantiate))
    given = ("first", *("more" for _ in stated[1:]))
    return {"availability": Apply("min", tuple(stated), SHARE_TYPE, span, (("given", given),))} if stated else {}


def _on_call(layout: Layout, drafts: Drafts) -> dict[str, Term]:
    """As the option states it, else the staff whose role carries the pager."""
    option, span = layout.option.name, layout.option.span
    type_ = OPTION_RESULTS["on_call"]
    key = f"{option}.on_call"
    kind = drafts.program.kinds.get("option")
    if kind is not None and "on_call" in kind.attributes:
        own = AttributeOf(OfOption(option), "on_call", type_, span)
        stated = option_value(option, "on_call", drafts, instantiate, own)
        if key not in drafts.unknown:
            drafts.settle()
            return {}
        assert isinstance(stated, NodeValue)
    carried: list[Term] = []
    for assignment in layout.option.staff:
        role = drafts.program.components[assignment.role]
        if "on_call" not in drafts.program.kinds[role.kind].attributes:
            continue
        flag = attribute_value(assignment.role, "on_call", option, drafts, instantiate)
        people = value(f"{option}.staff.{assignment.role}", type_, span)
        carried.append(Apply("if", (flag, people, zero(type_, span)), type_, span))
    return {"on_call": _sum(carried, type_, span)} if carried else {}
