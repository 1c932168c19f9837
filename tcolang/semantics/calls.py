"""Calls: builtins by their signatures, distributions, flows of what is served, and the functions of an option."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from tcolang.base.diagnostics import Label
from tcolang.base.record import replace
from tcolang.base.source import Span
from tcolang.base.suggest import did_you_mean
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.curves import curve_term
from tcolang.semantics.distributions import DISTRIBUTIONS, distribution_term
from tcolang.semantics.paths import find_owner
from tcolang.semantics.problems import names as problems
from tcolang.semantics.problems import options as option_problems
from tcolang.semantics.problems import units as unit_problems
from tcolang.semantics.questions import question_term
from tcolang.semantics.results import CATEGORY, OPTION_FUNCTIONS
from tcolang.semantics.scope import UPSTREAM, Scope, is_poison, poison
from tcolang.semantics.signature import Parameter, Signature, signature
from tcolang.semantics.terms import (
    Apply,
    AttributeOf,
    Flow,
    Identity,
    OfComponent,
    OfOption,
    Owner,
    ResultOf,
    Symbol,
    Term,
)
from tcolang.semantics.types import (
    SHARE_TYPE,
    DateType,
    FlagType,
    GrowthType,
    PercentileType,
    QuantityType,
    ReferenceType,
    Type,
)
from tcolang.semantics.words import fits, words
from tcolang.syntax import nodes
from tcolang.units.dimension import NUMBER, Dimension, base

Check = Callable[[nodes.Expression, Scope, Type | None], Term]
Bound = dict[str, nodes.Expression]

_WORD_TYPES: Mapping[str, Type] = {
    "share": SHARE_TYPE,
    "growth": GrowthType(),
    "date": DateType(),
    "flag": FlagType(),
    "percentile": PercentileType(),
}


def call_term(node: nodes.Call, scope: Scope, expected: Type | None, check: Check) -> Term:
    names = node.function.names
    if names[0] == "served" and scope.kind is not None and len(names) == 2:
        return _flow(node, scope, check)
    if len(names) > 1 and names[-1] in OPTION_FUNCTIONS:
        return _option_function(node, scope, check)
    name = node.function.text
    if name == "known":
        return _known(node, scope, check)
    if name == "charge":
        return _charge(node, scope, check)
    if name == "percentiles":
        return curve_term(node, scope)
    if name == "optimal":
        return _optimal(node, scope, expected)
    if name == "break_even":
        return question_term(node, scope, check)
    if name in DISTRIBUTIONS:
        return distribution_term(node, scope, expected, check)
    builtin = scope.tables.builtins.get(name)
    if builtin is None:
        candidates = [*scope.tables.builtins, *DISTRIBUTIONS, "known", "percentiles", "optimal", "break_even"]
        return scope.wrong(
            problems.UNKNOWN_FUNCTION,
            f"there is no function `{name}`",
            node.function.span,
            help=did_you_mean(name, candidates) or _functions(name, candidates),
        )
    return _builtin(builtin, node, scope, check)


def _functions(name: str, candidates: Iterable[str]) -> str:
    if name in ("sum", "peak"):
        return "`served.sum(…)` and `served.peak(…)` exist in kinds of deployments; for a few amounts write `a + b`"
    return f"there are: {', '.join(sorted(candidates))}"


def _builtin(builtin: Builtin, node: nodes.Call, scope: Scope, check: Check) -> Term:
    if builtin.only_in_costs and scope.place != "cost":
        return scope.wrong(
            unit_problems.ONLY_IN_COSTS,
            f"`{builtin.name}(…)` is a payment, and belongs in a cost line",
            node.span,
            help=f"`cost NAME as hardware = {node.span.text}` in a kind or an option",
        )
    if builtin.statistic:
        if builtin.name != "plan" and scope.place in UPSTREAM:
            return scope.wrong(
                problems.RESULT_IN_COST,
                f"`{builtin.name}(…)` looks at all futures, and every future pays its own cost",
                node.span,
                help="only `plan(…)` may stand upstream of a cost; use statistics in top-level `let`s, rules and tests",
            )
        if builtin.name != "plan":
            scope.reads_results.append(node.span)
    shape = signature(builtin.signature)
    bound = _bind(builtin, shape, node, scope)
    if bound is None:
        return poison(node.span)
    return _applied(builtin, shape, bound, node, scope, check)


def _applied(
    builtin: Builtin,
    shape: Signature,
    bound: list[tuple[Parameter, nodes.Expression]],
    node: nodes.Call,
    scope: Scope,
    check: Check,
) -> Term:
    dimensions: dict[str, Dimension] = {}
    arguments: list[Term] = []
    given: list[str] = []
    sound = True
    for parameter, expression in bound:
        term = check(expression, scope, _WORD_TYPES.get(parameter.type))
        sound = _accepts(parameter, term, dimensions, arguments, builtin, scope) and sound
        arguments.append(term)
        given.append(parameter.name)
    if not sound or any(is_poison(term) for term in arguments):
        return poison(node.span)
    type_ = _result_type(shape.result, dimensions)
    return Apply(builtin.name, tuple(arguments), type_, node.span, (("given", tuple(given)),))


def _bind(
    builtin: Builtin, shape: Signature, node: nodes.Call, scope: Scope
) -> list[tuple[Parameter, nodes.Expression]] | None:
    """Each argument with its parameter, in the order of the signature."""
    bound: list[tuple[Parameter, nodes.Expression]] = []
    taken: set[str] = set()
    positional = [a for a in node.arguments if a.name is None]
    parameters = list(shape.parameters)
    for i, argument in enumerate(positional):
        parameter = parameters[min(i, len(parameters) - 1)] if parameters else None
        if parameter is None or (i >= len(parameters) and not parameter.variadic):
            _misfit(builtin, argument.span, "takes fewer arguments", scope)
            return None
        bound.append((parameter, argument.value))
        taken.add(parameter.name)
    for argument in node.arguments:
        if argument.name is None:
            continue
        named = next((p for p in parameters if p.name == argument.name), None)
        if named is None:
            hint = did_you_mean(argument.name, [p.name for p in parameters])
            _misfit(builtin, argument.span, f"has no argument `{argument.name}`", scope, hint)
            return None
        if named.name in taken:
            _misfit(builtin, argument.span, f"is given `{argument.name}` twice", scope)
            return None
        bound.append((named, argument.value))
        taken.add(named.name)
    missing = [p.name for p in parameters if p.name not in taken and not p.optional and not p.variadic]
    if missing:
        _misfit(builtin, node.span, f"lacks `{'`, `'.join(missing)}`", scope)
        return None
    order = {p.name: i for i, p in enumerate(parameters)}
    return sorted(bound, key=lambda pair: order[pair[0].name])


def _misfit(builtin: Builtin, span: Span, what: str, scope: Scope, hint: str = "") -> None:
    scope.report(
        problems.BAD_ARGUMENTS, f"`{builtin.name}` {what}", span, help=hint or f"`{builtin.name}{builtin.signature}`"
    )


def _accepts(
    parameter: Parameter,
    term: Term,
    dimensions: dict[str, Dimension],
    earlier: list[Term],
    builtin: Builtin,
    scope: Scope,
) -> bool:
    if is_poison(term):
        return False
    wanted = _WORD_TYPES.get(parameter.type)
    if wanted is not None:
        if fits(term.type, wanted):
            return True
        return _wrong_argument(parameter, term, words(wanted), builtin, scope, ())
    if not isinstance(term.type, QuantityType):
        return _wrong_argument(parameter, term, "an amount", builtin, scope, ())
    dimension = term.type.dimension
    variable = re.fullmatch(r"[A-Z]", parameter.type)
    if variable and parameter.type not in dimensions:
        dimensions[parameter.type] = dimension
        return True
    needed = _dimension(parameter.type, dimensions)
    if dimension == needed:
        return True
    labels = tuple(Label(e.span, f"this is {words(e.type)}") for e in earlier[:1]) if variable else ()
    return _wrong_argument(parameter, term, words(QuantityType(needed)), builtin, scope, labels)


def _wrong_argument(
    parameter: Parameter, term: Term, wanted: str, builtin: Builtin, scope: Scope, labels: tuple[Label, ...]
) -> bool:
    scope.report(
        unit_problems.WRONG_ARGUMENT,
        f"`{parameter.name}` of `{builtin.name}` is {wanted}",
        term.span,
        note=f"this is {words(term.type)}",
        labels=labels,
        help=f"`{builtin.name}{builtin.signature}`: {builtin.summary}",
    )
    return False


def _result_type(text: str, dimensions: Mapping[str, Dimension]) -> Type:
    word = _WORD_TYPES.get(text)
    return word if word is not None else QuantityType(_dimension(text, dimensions))


def _dimension(text: str, dimensions: Mapping[str, Dimension]) -> Dimension:
    """`A*time` with what the capitals stand for."""
    result = NUMBER
    for sign, word in re.findall(r"([*/]?)(\w+)", text):
        known = {"number": NUMBER, "share": NUMBER, "1": NUMBER, **dimensions}
        one = known[word] if word in known else base(word)
        result = result / one if sign == "/" else result * one
    return result


def _charge(node: nodes.Call, scope: Scope, check: Check) -> Term:
    """`charge(owned.pool.hardware)`: a cost line of an option, spread over life."""
    term = check(node.arguments[0].value, scope, None) if len(node.arguments) == 1 else poison(node.span)
    if (
        isinstance(term, AttributeOf)
        and isinstance(term.owner, OfOption)
        and scope.place in ("global", "expect", "rule")
    ):
        scope.reads_results.append(node.span)
        return replace(term, name=f"{term.name}@charge")
    return scope.wrong(
        problems.BAD_ARGUMENTS,
        "`charge` is asked of one cost line of an option, in a formula over results or an expectation",
        node.span,
        help="`charge(own.pool.hardware)`",
    )


def _optimal(node: nodes.Call, scope: Scope, expected: Type | None) -> Term:
    if scope.place != "route" or node.arguments or expected is None:
        return scope.wrong(
            option_problems.OPTIMAL_HERE,
            "`optimal()` stands in place of a share or size of a route, without arguments",
            node.span,
            help="`serve chat by load { onprem = optimal()  api = rest }`",
        )
    return Apply("optimal", (), expected, node.span)


def _known(node: nodes.Call, scope: Scope, check: Check) -> Term:
    if len(node.arguments) != 1 or node.arguments[0].name is not None:
        return scope.wrong(
            problems.BAD_ARGUMENTS, "`known` takes one value", node.span, help="`known(option.lead_time)`"
        )
    value = check(node.arguments[0].value, scope, None)
    return value if is_poison(value) else Apply("known", (value,), FlagType(), node.span)


def _flow(node: nodes.Call, scope: Scope, check: Check) -> Term:
    how = node.function.names[1]
    assert scope.kind is not None
    if scope.kind.role != "deployment" or scope.stream:
        why = "inside another `served`" if scope.stream else f"in a {scope.kind.name}, which serves nothing"
        return scope.wrong(
            problems.NOT_SERVED,
            f"`served` cannot be asked for {why}",
            node.span,
            help="a kind receives work when it has the role `deployment`: `kind NAME : deployment { … }`",
        )
    if how not in ("sum", "peak") or len(node.arguments) != 1 or node.arguments[0].name is not None:
        return scope.wrong(
            problems.BAD_ARGUMENTS,
            "there are `served.sum(expr)` and `served.peak(expr)`, of one expression",
            node.span,
            help="`served.sum(requests * input_tokens)`",
        )
    inner = scope.within(stream=True)
    body = check(node.arguments[0].value, inner, None)
    if is_poison(body):
        return body
    if not isinstance(body.type, QuantityType):
        return scope.wrong(
            unit_problems.WRONG_TYPE,
            f"this is {words(body.type)}, which does not add up",
            body.span,
            help="add up an amount: `served.sum(requests * input_tokens)`",
        )
    return Flow("sum" if how == "sum" else "peak", body, QuantityType(body.type.dimension), node.span)


def _option_function(node: nodes.Call, scope: Scope, check: Check) -> Term:
    name = node.function.names[-1]
    path = nodes.Path(node.function.names[:-1], node.function.span)
    found = find_owner(path, scope)
    if found is None or not found.option:
        return scope.wrong(
            problems.UNKNOWN_FUNCTION,
            f"`{name}` is asked of an option, and `{path.text}` is none",
            node.function.span,
            help=f"`for each option` in a rule, then `option.{name}(…)`",
        )
    if len(node.arguments) != 1:
        return scope.wrong(
            problems.BAD_ARGUMENTS, f"`{name}` takes one argument", node.span, help=f"`{path.text}.{name}(…)`"
        )
    if scope.place in UPSTREAM:
        return scope.wrong(
            problems.RESULT_IN_COST,
            f"`{node.span.text}` is a result, and costs come before results",
            node.span,
            help="state what it rests on instead; results are read by rules, expectations and criteria",
        )
    scope.reads_results.append(node.span)
    if name == "covers":
        category = check(node.arguments[0].value, scope, CATEGORY)
        if is_poison(category):
            return category
        return ResultOf(found.owner, name, (category,), FlagType(), node.span)
    return _farthest(node, found.owner, scope, check)


def _farthest(node: nodes.Call, owner: Owner, scope: Scope, check: Check) -> Term:
    argument = check(node.arguments[0].value, scope, None)
    if is_poison(argument):
        return argument
    custody = scope.tables.choices.get("custody")
    subject: Owner | None = None
    if _is_workload(argument.type, scope):
        subject = argument.owner if isinstance(argument, Identity) else None
        subject = OfComponent(argument.value) if isinstance(argument, Symbol) else subject
    if subject is None or custody is None:
        return scope.wrong(
            problems.BAD_ARGUMENTS,
            "`farthest` is asked for a workload",
            node.arguments[0].span,
            help="`option.farthest(workload)` in a rule `for each option, workload`",
        )
    return ResultOf(owner, "farthest", (subject,), custody, node.span)


def _is_workload(type_: Type, scope: Scope) -> bool:
    if not isinstance(type_, ReferenceType):
        return False
    kind = scope.tables.kinds.get(type_.kind)
    return type_.kind == "workload" if type_.role else kind is not None and kind.role == "workload"
