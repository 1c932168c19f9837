"""Questions that are answered by evaluating again: `break_even(api, own, over = chat.requests)`."""

from __future__ import annotations

from collections.abc import Callable

from tcolang.semantics.problems import curves as problems
from tcolang.semantics.scope import Scope, is_poison
from tcolang.semantics.targets import overridable
from tcolang.semantics.terms import Constant, OfOption, ResultOf, Symbol, Term
from tcolang.semantics.types import NUMBER_TYPE, FlagType, GrowthType, OptionType, QuantityType, TextType, Type
from tcolang.syntax import nodes

Check = Callable[[nodes.Expression, Scope, Type | None], Term]
SPAN = (1 / 64, 64.0)


def question_term(node: nodes.Call, scope: Scope, check: Check) -> Term:
    """In an expectation: the value of an input at the first crossing of the mean TCOs of two options, within `from`
    and `to` times its stated value. Without `over`, the factor of the volume."""
    if scope.place != "expect":
        return _wrong(node, scope, "a break-even is asked for in an `expect`")
    positional = [check(a.value, scope, OptionType()) for a in node.arguments if a.name is None]
    named = {a.name: a.value for a in node.arguments if a.name is not None}
    if any(is_poison(term) for term in positional):
        return positional[0] if is_poison(positional[0]) else positional[1]
    options = [t.value for t in positional if isinstance(t, Symbol) and isinstance(t.type, OptionType)]
    if len(options) != 2 or len(positional) != 2 or set(named) - {"over", "from", "to"}:
        return _wrong(node, scope, "a break-even lies between two options")
    span = (_factor(named.get("from"), SPAN[0], scope, check), _factor(named.get("to"), SPAN[1], scope, check))
    if span[0] is None or span[1] is None or not 0 < span[0] < span[1]:
        return _wrong(node, scope, "`from` and `to` are factors above zero, the smaller first")
    over = ""
    type_: Type = NUMBER_TYPE
    if "over" in named:
        target = overridable(named["over"], scope) if isinstance(named["over"], nodes.Path) else None
        if target is None or not isinstance(target[1], QuantityType | GrowthType):
            return _wrong(node, scope, "`over` names an input that is an amount")
        over, type_ = target[0], target[1]
    words = tuple(Symbol(w, TextType(), node.span) for w in (options[1], over, f"{span[0]!r}", f"{span[1]!r}"))
    return ResultOf(OfOption(options[0]), "break_even", words, type_, node.span)


def _factor(node: nodes.Expression | None, default: float, scope: Scope, check: Check) -> float | None:
    if node is None:
        return default
    term = check(node, scope, NUMBER_TYPE)
    return term.value if isinstance(term, Constant) and not isinstance(term.type, FlagType) else None


def _wrong(node: nodes.Call, scope: Scope, message: str) -> Term:
    return scope.wrong(
        problems.BAD_QUESTION,
        message,
        node.span,
        help="`expect break_even(api, own, over = chat.requests) > 1M requests/month`",
    )
