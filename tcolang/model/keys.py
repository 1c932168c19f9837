"""Values by the name of their owner: which node holds them, and what that node is made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from tcolang.base.record import replace
from tcolang.base.source import Span
from tcolang.model import problems
from tcolang.model.drafts import Context, Draft, Drafts, value
from tcolang.model.needs import needs_option
from tcolang.model.words import settled
from tcolang.semantics.problems.units import GROWTH_ARITHMETIC
from tcolang.semantics.program import Attribute, Component, CostLine, Formula, Override, Provenance, Segment, Value
from tcolang.semantics.scope import natural_unit
from tcolang.semantics.terms import Apply, AttributeOf, Constant, Dated, Global, NodeValue, Symbol, Term
from tcolang.semantics.types import WORDS, DateType, GrowthType, QuantityType, Type
from tcolang.units.dimension import base
from tcolang.units.unit import Unit

Instantiate = Callable[[Term, Context, Drafts], Term]


def attribute_value(
    key: str, name: str, option: str | None, drafts: Drafts, instantiate: Instantiate, term: Term | None = None
) -> Term:
    """An attribute, formula or cost line of a component, as an option runs it where that matters."""
    component = drafts.program.components[key]
    kind = drafts.program.kinds[component.kind]
    if name.endswith("@charge") and term is not None:
        return _spread(f"{option}.{key}.{name}", drafts, term)
    span = term.span if term else component.span
    if name in kind.attributes:
        return _stated(f"{key}.{name}", component, kind.attributes[name], drafts, instantiate, span)
    if name in kind.formulas:
        return _formula(component, kind.formulas[name], option, drafts, instantiate, span)
    if name in kind.costs:
        return _cost(component, kind.costs[name], option, drafts, instantiate, span)
    drafts.report(
        problems.WORKLOAD_LACKS,
        f"`{key}` is a {kind.name}, and a {kind.name} has no `{name}`",
        span,
        help=f"route workloads of a kind that has `{name}`, or declare it in `kind {kind.name}`",
    )
    return Constant(0.0, term.type if term else QuantityType(base("time")), span)


def _stated(
    key: str, component: Component, attribute: Attribute, drafts: Drafts, instantiate: Instantiate, span: Span
) -> Term:
    stated = component.values.get(attribute.name) or attribute.default
    draw = f"{component.stem}.{component.name}.{attribute.name}"
    sort = "input" if attribute.name in component.values else "default"
    return stated_value(key, stated, attribute, draw, sort, drafts, instantiate, span, component.doc)


def stated_value(
    key: str,
    stated: Value | None,
    attribute: Attribute,
    draw: str,
    sort: str,
    drafts: Drafts,
    instantiate: Instantiate,
    span: Span,
    doc: str = "",
) -> Term:
    """A word as it is; an amount through a node; unknown where nothing is stated and no scenario says otherwise."""
    layers = drafts.overrides.get(key, [])
    if isinstance(attribute.type, WORDS):
        return word_value(key, stated, layers, attribute.type, drafts, instantiate, span)
    type_ = stated.type if stated is not None else attribute.type
    if layers and isinstance(type_, GrowthType):
        type_ = layers[-1].segments[0].term.type
    drafts.types[key] = type_
    if stated is None and not layers:
        drafts.unknown.setdefault(key, (key,))
        return value(key, type_, span)

    def make() -> Draft | None:
        segments = stated.segments if stated is not None else ()
        if drafts.quiet and segments and not layers and _begins_later(segments, drafts):
            return None
        shown = attribute.unit or natural_unit(type_)
        text = attribute.doc or doc
        return layered(key, segments, layers, type_, shown, draw, sort, drafts, instantiate, text, attribute.span)

    drafts.ask(key, make)
    return value(key, type_, span)


def _begins_later(segments: Sequence[Segment], drafts: Drafts) -> bool:
    since = segments[0].since
    return since is not None and drafts.start is not None and math.ceil(since - 1e-9) > drafts.start


def word_value(
    key: str,
    stated: Value | None,
    layers: Sequence[Override],
    type_: Type,
    drafts: Drafts,
    instantiate: Instantiate,
    span: Span,
) -> Term:
    """What a choice, text, reference or list is set to, by the last of its overrides; unknown where it is not set."""
    found: Term | None = None
    for number, term in enumerate([s.term for holder in (stated, *layers) if holder for s in holder.segments]):
        below = found if found is not None else value(f"{key}@unset", type_, span)
        drafts.unknown.setdefault(f"{key}@unset", (key,))

        def make(term: Term = term, below: Term = below) -> Term:
            return instantiate(_over(term, below), Context(), drafts)

        found = settled(f"{key}@{number}", key, type_, make, drafts, span)
    if found is None:
        drafts.unknown.setdefault(key, (key,))
        return value(key, type_, span)
    if not isinstance(found, NodeValue):
        drafts.unknown.pop(key, None)
    return found


def _over(term: Term, below: Term) -> Term:
    """With `below` for `base`. Depth is bounded by the parser's limit on nesting."""
    if isinstance(term, NodeValue) and term.key == "base":
        return below
    if isinstance(term, Apply):
        return replace(term, arguments=tuple(_over(argument, below) for argument in term.arguments))
    return term


def layered(
    key: str,
    segments: Sequence[Segment],
    layers: Sequence[Override],
    type_: Type,
    unit: Unit | None,
    draw: str,
    sort: str,
    drafts: Drafts,
    instantiate: Instantiate,
    doc: str,
    span: Span,
    option: str | None = None,
) -> Draft | None:
    """A node for the value, over nodes for what each override calls `base`."""
    within = Context(option=option)
    below: str | None = None
    draft = _draft(key, segments, type_, unit, draw, sort, drafts, instantiate, doc, span, within) if segments else None
    _one_period(segments, layers, type_, drafts)
    for number, layer in enumerate(layers):
        if draft is not None:
            below = f"{key}@base{number}"
            drafts.made[below] = replace(draft, key=below)
        else:
            below = f"{key}@base{number}"
            drafts.unknown.setdefault(below, (key,))
        changed = layer.segments if layer.replaces else (_kept(below, type_, layer), *layer.segments)
        above = within.having(base=below)
        draft = _draft(key, changed, type_, unit, draw, "input", drafts, instantiate, doc, layer.span, above)
    return draft


def _one_period(segments: Sequence[Segment], layers: Sequence[Override], type_: Type, drafts: Drafts) -> None:
    """A finding where an override changes the period of a growth from a date on."""
    known = [s.term.type.period for s in segments if isinstance(s.term.type, GrowthType)]
    for layer in layers if isinstance(type_, GrowthType) else ():
        stated = [s.term.type.period for s in layer.segments if isinstance(s.term.type, GrowthType)]
        periods = {period for period in (*known, *stated) if period is not None}
        if not layer.replaces and len(periods) > 1:
            drafts.report(
                GROWTH_ARITHMETIC,
                "the segments of a growth are stated over different periods",
                layer.span,
                help="state all of them per month, or all per year",
            )
        known = stated if layer.replaces else [*known, *stated]


def _kept(below: str, type_: Type, layer: Override) -> Segment:
    """What was in force before the first date of a `from` override."""
    return Segment(None, value(below, type_, layer.span), Provenance(), True, layer.span)


def _draft(
    key: str,
    segments: Sequence[Segment],
    type_: Type,
    unit: Unit | None,
    draw: str,
    sort: str,
    drafts: Drafts,
    instantiate: Instantiate,
    doc: str,
    span: Span,
    context: Context,
) -> Draft:
    term = dated(key, segments, type_, drafts, instantiate, context)
    last = segments[-1]
    first = _in_force(segments, drafts)
    text = "; ".join(dict.fromkeys(_written(s) for s in segments))
    return Draft(key, sort, term, type_, unit, draw, first.provenance, doc, text, last.span)  # type: ignore[arg-type]


def _written(segment: Segment) -> str:
    if segment.since is None:
        return segment.span.text
    whole = math.floor(segment.since)
    return f"{segment.span.text} from {whole // 12}-{whole % 12 + 1:02}"


def _in_force(segments: Sequence[Segment], drafts: Drafts) -> Segment:
    """The segment whose source the report names: the last one that the horizon meets."""
    decision = drafts.program.decision
    end = decision.start + decision.horizon if decision else math.inf
    met = [s for s in segments if s.since is None or s.since < end]
    return met[-1] if met else segments[0]


def dated(
    key: str, segments: Sequence[Segment], type_: Type, drafts: Drafts, instantiate: Instantiate, context: Context
) -> Term:
    """One term, or a history of those that the horizon meets; with findings where it has no value, or an old one."""
    if len(segments) == 1 and segments[0].since is None:
        return instantiate(segments[0].term, context, drafts)
    decision = drafts.program.decision
    parts: list[tuple[int, Term]] = []
    for segment in segments:
        since = math.ceil(segment.since - 1e-9) if segment.since is not None else -(10**6)
        inner = context.having(origin=since) if segment.since is not None else context
        parts.append((since, instantiate(segment.term, inner, drafts)))
    if decision is None:
        return Dated(tuple(parts), type_, segments[0].span)
    _covered(key, parts, segments, drafts)
    met = [(since, part) for since, part in parts if since < decision.start + decision.horizon]
    first = max((i for i, (since, _) in enumerate(met) if since <= decision.start), default=0)
    met = met[first:]
    return met[0][1] if len(met) == 1 else Dated(tuple(met), type_, segments[0].span)


def _covered(key: str, parts: Sequence[tuple[int, Term]], segments: Sequence[Segment], drafts: Drafts) -> None:
    decision = drafts.program.decision
    assert decision is not None
    first, last = parts[0][0], parts[-1][0]
    if first > decision.start:
        drafts.report(
            problems.BEFORE_FIRST,
            f"`{key}` has no value in {_month(decision.start)}, where the decision starts",
            segments[0].span,
            note=f"in force from {_month(first)}",
            help="add a line with an earlier date, or start the decision later",
        )
    end = decision.start + decision.horizon - 1
    carried = end - last > 12 and segments[-1].since is not None and not segments[-1].flat
    if carried and not drafts.quiet and not _moves(parts[-1][1]):
        drafts.report(
            problems.CARRIED_FORWARD,
            f"`{key}` is carried forward from {_month(last)} to {_month(end)}, {end - last} months",
            segments[-1].span,
            help="add a later line, use `decline(…)` or `grow(…)`, or write `flat` behind it if that is meant",
        )


def _moves(term: Term) -> bool:
    """Whether it says itself how it changes over time."""
    if not isinstance(term, Apply):
        return False
    return term.function in ("grow", "decline", "phase_in", "step") or any(_moves(a) for a in term.arguments)


def _month(months: int) -> str:
    return f"{months // 12}-{months % 12 + 1:02}"


def _formula(
    component: Component, formula: Formula, option: str | None, drafts: Drafts, instantiate: Instantiate, span: Span
) -> Term:
    depends = needs_option(drafts.program, component.kind, formula.name)
    if depends and option is None:
        drafts.report(
            problems.NOT_IN_OPTION,
            f"`{component.key}.{formula.name}` depends on what an option routes there, and no option is named",
            span,
            help=f"ask the option: `OPTION.{component.key}.{formula.name}`",
        )
        return Constant(0.0, formula.type, span)
    where = option if depends else None
    if isinstance(formula.type, WORDS):
        return _word_formula(component, formula.name, option, drafts, instantiate, span)
    key = f"{where}.{component.key}.{formula.name}" if where else f"{component.key}.{formula.name}"

    def make() -> Draft:
        term = instantiate(formula.term, Context(component.key, where), drafts)
        draw = f"{component.stem}.{component.name}.{formula.name}"
        return Draft(
            key,
            "formula",
            term,
            formula.type,
            formula.unit,
            draw,
            formula.provenance,
            formula.doc,
            formula.text,
            formula.span,
        )

    drafts.ask(key, make)
    return value(key, formula.type, span)


def _word_formula(
    component: Component, name: str, option: str | None, drafts: Drafts, instantiate: Instantiate, span: Span
) -> Term:
    """After those that stand before it in the kind, in order of need: so a long chain of them needs no recursion."""
    owner = f"{option} {component.key}"
    formulas = drafts.program.kinds[component.kind].formulas
    context = Context(component.key, option)
    if owner not in drafts.words_to_settle:
        drafts.words_to_settle[owner] = [n for n in reversed(list(formulas)) if isinstance(formulas[n].type, WORDS)]
    waiting = drafts.words_to_settle[owner]
    while f"{owner}.{name}" not in drafts.words and waiting:
        each = waiting.pop()

        def make(term: Term = formulas[each].term) -> Term:
            return instantiate(term, context, drafts)

        settled(f"{owner}.{each}", f"{component.key}.{each}", formulas[each].type, make, drafts, span)
    formula = formulas[name]
    return settled(
        f"{owner}.{name}",
        f"{component.key}.{name}",
        formula.type,
        lambda: instantiate(formula.term, context, drafts),
        drafts,
        span,
    )


def _cost(
    component: Component, cost: CostLine, option: str | None, drafts: Drafts, instantiate: Instantiate, span: Span
) -> Term:
    type_ = QuantityType(base("money") / base("time"))
    key = f"{option}.{component.key}.{cost.name}" if option else f"{component.key}.{cost.name}"
    if option is not None and key in drafts.made:
        return value(key, type_, span)

    def make() -> Draft:
        term = instantiate(cost.term, Context(component.key, option), drafts)
        draw = f"{component.stem}.{component.name}.{cost.name}"
        return Draft(
            key, "cost", term, type_, natural_unit(type_), draw, cost.provenance, cost.doc, cost.text, cost.span
        )

    drafts.ask(key, make)
    return value(key, type_, span)


def _spread(key: str, drafts: Drafts, term: Term) -> Term:
    """A line's charge, which is its cash where it pays for nothing that lives on."""
    made = key if key in drafts.made else key.removesuffix("@charge")
    return value(made, term.type, term.span)


def global_value(term: Global, drafts: Drafts, instantiate: Instantiate) -> Term:
    """An `assume` or `let` at the top of a file."""
    key = term.key
    assumption = drafts.program.assumptions.get(key)
    if assumption is not None:
        stated = assumption.value
        attribute = Attribute(key, stated.type, stated.unit, False, None, assumption.doc, assumption.span)
        draw = key if "." in key else f"{_stem(drafts)}.{key}"
        return stated_value(key, stated, attribute, draw, "assumption", drafts, instantiate, term.span)
    formula = drafts.program.formulas[key].formula
    if isinstance(formula.type, WORDS):
        return settled(key, key, formula.type, lambda: instantiate(formula.term, Context(), drafts), drafts, term.span)

    def make() -> Draft:
        inner = instantiate(formula.term, Context(), drafts)
        draw = key if "." in key else f"{_stem(drafts)}.{key}"
        return Draft(
            key,
            "formula",
            inner,
            formula.type,
            formula.unit,
            draw,
            formula.provenance,
            formula.doc,
            formula.text,
            formula.span,
        )

    drafts.ask(key, make)
    return value(key, formula.type, term.span)


def _stem(drafts: Drafts) -> str:
    return drafts.program.main.path.rsplit("/", 1)[-1].removesuffix(".tco")


def option_value(option: str, name: str, drafts: Drafts, instantiate: Instantiate, term: AttributeOf) -> Term:
    """An attribute, formula, cost line or published result of an option."""
    stated = drafts.program.options[option]
    kind = drafts.program.kinds.get("option")
    result = f"{option}.{name}"
    if name.endswith("@charge"):
        return _spread(result, drafts, term)
    if result in drafts.made or result in drafts.waiting or result in drafts.unknown:
        return value(result, drafts.types.get(result, term.type), term.span)
    if name == "family" and option in drafts.facts:
        facts = drafts.facts[option]
        if facts.family is not None:
            return Symbol(facts.family, term.type, term.span)
        drafts.unknown[result] = facts.familyless
        return value(result, term.type, term.span)
    if kind is not None and name in kind.attributes:
        attribute = kind.attributes[name]
        set_ = stated.values.get(name) or attribute.default
        draw = f"{stated.stem}.{option}.{name}"
        return stated_value(result, set_, attribute, draw, "input", drafts, instantiate, term.span)
    if name in ("payback", "payback_discounted", "vetoed"):
        return AttributeOf(term.owner, name, term.type, term.span)
    drafts.unknown.setdefault(result, (result,))
    return value(result, term.type, term.span)


def decision_value(name: str, drafts: Drafts, instantiate: Instantiate, term: AttributeOf) -> Term:
    """A fact of the decision, or what every decision has."""
    decision = drafts.program.decision
    key = f"decision.{name}"
    if decision is None:
        drafts.unknown.setdefault(key, (key,))
        return value(key, term.type, term.span)
    if name in ("start", "as_of", "horizon"):
        numbers = {"start": decision.start, "as_of": decision.as_of, "horizon": decision.horizon}
        type_: Type = QuantityType(base("time")) if name == "horizon" else DateType()
        return Constant(float(numbers[name]), type_, term.span)
    if name in ("recommendation", "confidence", "vetoed"):
        return AttributeOf(term.owner, name, term.type, term.span)
    kind = drafts.program.kinds.get("decision")
    stated = decision.values.get(name)
    if name == "discount_rate" and stated is None and key not in drafts.overrides:
        return Constant(0.0, GrowthType(12.0), term.span)
    attribute = kind.attributes.get(name) if kind else None
    if attribute is None:
        type_ = stated.type if stated else term.type
        attribute = Attribute(name, type_, None, True, None, "", decision.span)
    draw = f"{decision.stem}.{decision.name}.{name}"
    return stated_value(key, stated or attribute.default, attribute, draw, "input", drafts, instantiate, term.span)
