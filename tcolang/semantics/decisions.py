"""The decision: the question that is asked, over which months, in which currency, between which options."""

from __future__ import annotations

from tcolang.base.diagnostics import Label
from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.base.suggest import did_you_mean
from tcolang.semantics.check import check, months_of
from tcolang.semantics.components import attribute_values, stated, stated_once
from tcolang.semantics.discounting import is_discount_rate
from tcolang.semantics.literals import number_of
from tcolang.semantics.problems import names as name_problems
from tcolang.semantics.problems import options as problems
from tcolang.semantics.program import Decision, Segment, Value
from tcolang.semantics.scope import FileScope, Scope, Tables, is_poison
from tcolang.semantics.terms import Symbol, Term
from tcolang.semantics.types import DateType, GrowthType, OptionType, QuantityType
from tcolang.semantics.values import provenance, value_of
from tcolang.semantics.words import words
from tcolang.syntax import items, nodes
from tcolang.units.dimension import base
from tcolang.units.money import MINOR_DIGITS

STRUCTURAL = ("currency", "start", "horizon", "discount_rate", "options", "baseline", "as_of")
_EXAMPLES = {"currency": "currency = USD", "start": "start = 2026-01", "horizon": "horizon = 36 months"}


def currency_of(block: items.Block | None) -> str | None:
    """The decision's currency, needed before any amount is checked."""
    for member in block.members if block else ():
        if isinstance(member, items.Attribute) and member.path.names == ("currency",):
            value = member.value
            if isinstance(value, nodes.Path) and value.text in MINOR_DIGITS:
                return value.text
    return None


def decision(block: items.Block, file: FileScope, tables: Tables) -> Decision | None:
    """None where something that it cannot do without is missing or wrong."""
    scope = Scope(tables, file, "value")
    lines = stated(block.members, scope, "a decision")
    for name in STRUCTURAL:
        if name != "discount_rate":
            stated_once(lines.get(name, ()), scope)
    read = _Reader(block, lines, scope)
    currency = read.currency()
    start = read.date("start")
    horizon = read.horizon()
    as_of = read.date("as_of", needed=False)
    options, baseline = read.options()
    rate = read.discount_rate()
    kind = tables.kinds.get("decision")
    facts = {name: group for name, group in lines.items() if name not in STRUCTURAL}
    known = [*(kind.attributes if kind else ()), *STRUCTURAL]
    values = attribute_values(facts, kind.attributes if kind else {}, scope, "a decision", known)
    if rate is not None:
        values["discount_rate"] = rate
    if currency is None or start is None or horizon is None:
        return None
    return Decision(
        block.name.text,
        file.stem,
        block.title,
        currency,
        int(start),
        horizon,
        start if as_of is None else as_of,
        options,
        baseline,
        values,
        block.doc,
        block.name.span,
    )


@record
class _Reader:
    """Reads the attributes that every decision has."""

    block: items.Block
    lines: dict[str, list[items.Attribute]]
    scope: Scope

    def _value(self, name: str, *, needed: bool = True) -> nodes.Expression | None:
        group = self.lines.get(name)
        if group:
            return group[0].value
        if needed:
            self.scope.report(
                name_problems.MISSING_ATTRIBUTE,
                f"decision `{self.block.name.text}` lacks `{name}`",
                self.block.name.span,
                help=f"add `{_EXAMPLES[name]}`",
            )
        return None

    def currency(self) -> str | None:
        node = self._value("currency")
        if node is None or (isinstance(node, nodes.Path) and node.text in MINOR_DIGITS):
            return node.text if isinstance(node, nodes.Path) else None
        text = node.span.text
        self.scope.report(
            problems.NO_CURRENCY,
            f"`{text}` is not the code of a currency",
            node.span,
            help=did_you_mean(text, MINOR_DIGITS) or "codes have three capitals: `currency = EUR`",
        )
        return None

    def date(self, name: str, *, needed: bool = True) -> float | None:
        node = self._value(name, needed=needed)
        if node is None:
            return None
        if not isinstance(node, nodes.Date):
            self._wrong(name, node, words(DateType()), "`2026-01`")
            return None
        if name == "start" and node.day not in (None, 1):
            self.scope.report(
                problems.BAD_START,
                "a decision starts with a month, since costs are worked out month by month",
                node.span,
                help=f"`start = {node.year}-{node.month:02}`, or the month after it",
            )
        return months_of(node)

    def horizon(self) -> int | None:
        node = self._value("horizon")
        if node is None:
            return None
        term = check(node, self.scope)
        if is_poison(term):
            return None
        months = number_of(term)
        if months is None or term.type != QuantityType(base("time")):
            self._wrong("horizon", node, "a positive whole number of months", "`36 months`")
            return None
        return round(months) if is_horizon(months, node.span, self.scope) else None

    def discount_rate(self) -> Value | None:
        group = self.lines.get("discount_rate")
        if not group:
            return None
        value = value_of(group, self.scope, GrowthType(), None, "discount_rate")
        if not is_discount_rate(value, self.scope):
            return None
        term = value.segments[0].term
        segment = Segment(None, term, provenance(group[0].clauses, self.scope), True, group[0].value.span)
        return Value((segment,), value.type, None, value.span)

    def options(self) -> tuple[tuple[str, ...], str | None]:
        declared = list(self.scope.tables.options)
        node = self._value("options", needed=False)
        listed = declared if node is None else self._listed(node)
        if not declared or (isinstance(node, nodes.ListOf) and not node.items):
            self.scope.report(
                problems.NO_OPTIONS,
                f"decision `{self.block.name.text}` has no options to choose from",
                self.block.name.span,
                help="declare at least one: `option api { serve chat { small = 100% } }`",
            )
        base_node = self._value("baseline", needed=False)
        baseline = self._listed(base_node) if base_node is not None else []
        if base_node is not None and baseline and (len(baseline) > 1 or baseline[0] not in listed):
            self.scope.report(
                name_problems.WRONG_KIND,
                "the baseline is one of the options that are compared",
                base_node.span,
                help=f"options: {', '.join(dict.fromkeys(listed))}",
            )
        return tuple(dict.fromkeys(listed)), baseline[0] if baseline else None

    def _listed(self, node: nodes.Expression) -> list[str]:
        items_ = node.items if isinstance(node, nodes.ListOf) else (node,)
        terms = [check(item, self.scope, OptionType()) for item in items_]
        for term in terms:
            if not is_poison(term) and not _is_option(term):
                self.scope.report(
                    name_problems.WRONG_KIND,
                    f"options are listed here, and this is {words(term.type)}",
                    term.span,
                    help=f"options: {', '.join(self.scope.tables.options)}",
                )
        named = [term for term in terms if isinstance(term, Symbol) and _is_option(term)]
        for i, term in enumerate(named):
            first = next(t for t in named if t.value == term.value)
            if first is not named[i]:
                self.scope.report(
                    name_problems.SET_TWICE,
                    f"`{term.value}` is listed twice",
                    term.span,
                    labels=(Label(first.span, "listed here first"),),
                    help="keep one of them",
                )
        return [term.value for term in terms if isinstance(term, Symbol) and _is_option(term)]

    def _wrong(self, name: str, node: nodes.Expression, what: str, example: str) -> None:
        from tcolang.semantics.problems import units

        self.scope.report(units.WRONG_TYPE, f"`{name}` is {what}", node.span, help=f"written like {example}")


def is_horizon(value: float, span: Span, scope: Scope) -> bool:
    """Whether it is a number of months that can be worked with; a finding otherwise."""
    limit = scope.tables.limits.horizon_months
    if abs(round(value) - value) <= 1e-9 and 1 <= round(value) <= limit:
        return True
    scope.report(
        problems.BAD_HORIZON,
        f"the horizon is a whole number of months from 1 to {limit}",
        span,
        note=f"this is {value:.10g} months",
        help="`horizon = 36 months`",
    )
    return False


def _is_option(term: Term) -> bool:
    return isinstance(term.type, OptionType)
