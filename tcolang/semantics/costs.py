"""Cost lines: money per time, in one of the closed list of categories, with payments only where they add up."""

from __future__ import annotations

from tcolang.base.suggest import did_you_mean
from tcolang.semantics.check import check
from tcolang.semantics.problems import names as name_problems
from tcolang.semantics.problems import units as problems
from tcolang.semantics.program import CostLine
from tcolang.semantics.results import CATEGORIES
from tcolang.semantics.scope import Scope, is_poison
from tcolang.semantics.terms import Apply, Flow, Term
from tcolang.semantics.types import QuantityType
from tcolang.semantics.values import provenance
from tcolang.semantics.words import words
from tcolang.syntax import items
from tcolang.units.dimension import base

_MONEY_PER_TIME = base("money") / base("time")


def cost_line(item: items.CostLine, scope: Scope) -> CostLine:
    """Checked; a line that is not money per time is a finding at its formula."""
    term = check(item.value, scope)
    if not is_poison(term) and not _is_flow(term):
        term = scope.wrong(
            problems.NOT_A_COST,
            f"cost line `{item.name.text}` must be money per time",
            item.value.span,
            note=f"this is {words(term.type)}",
            help="`once(…, at = 2026-01)` for a one-off payment, `capex(…, life = 48 months)` for an investment",
        )
    _linear(term, scope, inside=False)
    return CostLine(
        item.name.text,
        _category(item, scope),
        term,
        provenance(item.clauses, scope),
        item.doc,
        item.value.span.text,
        item.name.span,
    )


def _is_flow(term: Term) -> bool:
    return isinstance(term.type, QuantityType) and term.type.dimension == _MONEY_PER_TIME


def _category(item: items.CostLine, scope: Scope) -> str:
    if item.category is None:
        return "other"
    if item.category.text not in CATEGORIES:
        scope.report(
            name_problems.UNKNOWN_CATEGORY,
            f"there is no cost category `{item.category.text}`",
            item.category.span,
            help=did_you_mean(item.category.text, CATEGORIES) or f"categories are {', '.join(CATEGORIES)}",
        )
        return "other"
    return item.category.text


def _linear(term: Term, scope: Scope, *, inside: bool) -> None:
    """A payment may be added, negated, multiplied and chosen by `if`; inside anything else, cash and charge would not
    be two views of one thing. Recursion is bounded by the parser's limit on nesting."""
    if isinstance(term, Flow):
        _linear(term.body, scope, inside=True)
    if not isinstance(term, Apply):
        return
    payment = term.function in scope.tables.builtins and scope.tables.builtins[term.function].only_in_costs
    if payment and inside:
        scope.report(
            problems.NOT_LINEAR,
            f"`{term.function}(…)` stands inside of something that is not a sum",
            term.span,
            help="give the payment a cost line of its own; it can be added to others and multiplied by a number",
        )
        return
    for argument, keeps in zip(term.arguments, _keep_linear(term), strict=True):
        _linear(argument, scope, inside=inside or payment or not keeps)


def _keep_linear(term: Apply) -> list[bool]:
    """For each argument, whether the result is so many times a payment that it holds."""
    count = len(term.arguments)
    if term.function in ("sum", "negate", "coalesce"):
        return [True] * count
    if term.function == "if":
        return [False, True, True]
    if term.function == "product":
        powers = term.setting("powers")
        assert isinstance(powers, tuple)
        paying = [_pays(argument) for argument in term.arguments]
        return [power == 1 and sum(paying) == pays for power, pays in zip(powers, paying, strict=True)]
    return [False] * count


def _pays(term: Term) -> bool:
    if not isinstance(term, Apply):
        return False
    return term.function in ("capex", "once", "every", "annuity") or any(_pays(a) for a in term.arguments)
