"""Criteria and rules: how a recommendation is argued."""

from __future__ import annotations

from collections.abc import Iterable

from tcolang.base.diagnostics import Label
from tcolang.base.source import Span
from tcolang.base.suggest import did_you_mean
from tcolang.semantics.check import check, sentence
from tcolang.semantics.components import stated_once
from tcolang.semantics.operators import needs_flag
from tcolang.semantics.problems import names as name_problems
from tcolang.semantics.problems import rules as problems
from tcolang.semantics.problems import units as unit_problems
from tcolang.semantics.program import Criterion, Rule, Unless
from tcolang.semantics.scope import FileScope, Scope, Tables, is_poison
from tcolang.semantics.terms import Constant, Term
from tcolang.semantics.types import NUMBER_TYPE, QuantityType
from tcolang.semantics.values import accepted, value_of
from tcolang.semantics.words import words
from tcolang.syntax import items, nodes
from tcolang.syntax.walk import children
from tcolang.units.dimension import base

VARIABLES = ("option", "workload")
_WORTH = QuantityType(base("money") / base("time"))


def criterion(block: items.Block, file: FileScope, tables: Tables) -> Criterion | None:
    """What one cares about beside money. Its worth is an amount per time, or it could not be weighed against cost."""
    scope = Scope(tables, file, "value")
    worth, measure = None, None
    for name in ("worth", "measure"):
        stated_once([m for m in block.members if isinstance(m, items.Attribute) and m.path.text == name], scope)
    for member in block.members:
        if not isinstance(member, items.Attribute) or member.path.text not in ("worth", "measure"):
            if not isinstance(member, items.Allow):
                scope.report(
                    name_problems.NOT_HERE,
                    "a criterion has a `worth` and perhaps a `measure`",
                    member.span,
                    help="`worth = 50k EUR/year`",
                )
        elif member.path.text == "worth":
            worth = value_of([member], scope, _WORTH, None, "worth")
        else:
            inner = Scope(tables, file, "rule", variables=frozenset({"option"}))
            measure = accepted(check(member.value, inner, NUMBER_TYPE), NUMBER_TYPE, None, inner, "measure")
    if worth is None:
        scope.report(
            problems.NO_WORTH,
            f"criterion `{block.name.text}` has no worth",
            block.name.span,
            help="what would you pay a year to have all of it? `worth = 50k EUR/year`",
        )
        return None
    return Criterion(block.name.text, block.title, worth, measure, block.doc, block.name.span)


def rule(item: items.Rule, file: FileScope, pack: str, criteria: Iterable[str], tables: Tables) -> Rule | None:
    """None where it says nothing that could be evaluated."""
    over = tuple(v.text for line in item.lines if isinstance(line, items.ForEach) for v in line.variables)
    scope = Scope(tables, file, "rule", variables=frozenset(VARIABLES))
    _variables(item, over, scope)
    then = _only(item, items.Then, "then", "then warn", scope)
    because = _only(item, items.Because, "because", 'because "{option} …"', scope)
    conditions = tuple(_condition(line.condition, scope) for line in item.lines if isinstance(line, items.When))
    unless = tuple(
        Unless(line.label.text if line.label else "", _condition(line.condition, scope), line.span)
        for line in item.lines
        if isinstance(line, items.Unless)
    )
    if then is None or because is None:
        return None
    degree, on = _argument(then, item, list(criteria), scope)
    text = sentence(because.text, scope)
    yields = [line for line in item.lines if isinstance(line, items.YieldsTo)]
    _yields(yields, scope)
    return Rule(
        f"{pack}/{item.name.text}",
        item.title,
        over,
        conditions,
        unless,
        bool(yields),
        then.action,
        on,
        degree,
        text,
        item.doc,
        item.name.span,
    )


def _variables(item: items.Rule, over: tuple[str, ...], scope: Scope) -> None:
    """Findings on what a rule cannot range over, and on the first mention of what it does not range over."""
    for name, span in _mentioned(item).items():
        if name not in over:
            scope.report(
                problems.NOT_AN_OPTION,
                f"`{name}` stands for nothing in this rule",
                span,
                help=f"begin it with `for each {', '.join(v for v in VARIABLES if v in (*over, name))}`",
            )
    for line in item.lines:
        for variable in line.variables if isinstance(line, items.ForEach) else ():
            if variable.text not in VARIABLES:
                scope.report(
                    problems.NOT_ITERABLE,
                    f"a rule ranges over options and workloads, not over `{variable.text}`",
                    variable.span,
                    help=did_you_mean(variable.text, VARIABLES) or "`for each option, workload`",
                )


def _mentioned(item: items.Rule) -> dict[str, Span]:
    """The variables that a rule speaks of, each with the first place where it does."""
    found: dict[str, Span] = {}
    for line in item.lines:
        match line:
            case items.When(condition) | items.Unless(_, condition):
                stack: list[nodes.Expression] = [condition]
            case items.Because(text):
                stack = [text]
            case items.Then(_, subject, _, degree):
                said = subject is not None and subject.text == "option"
                stack = [part for part in (subject if said else None, degree) if part is not None]
            case _:
                stack = []
        while stack:
            node = stack.pop()
            path = node if isinstance(node, nodes.Path) else node.function if isinstance(node, nodes.Call) else None
            if path is not None and path.names[0] in VARIABLES:
                found.setdefault(path.names[0], path.span)
            stack += reversed(children(node))
    return found


def _only(item: items.Rule, sort: type[items.Then] | type[items.Because], word: str, example: str, scope: Scope):  # type: ignore[no-untyped-def]
    found = [line for line in item.lines if isinstance(line, sort)]
    if not found:
        scope.report(
            problems.RULE_INCOMPLETE,
            f"rule `{item.name.text}` has no `{word}`",
            item.name.span,
            help=f"add `{example}`",
        )
        return None
    if len(found) > 1:
        scope.report(
            problems.RULE_INCOMPLETE,
            f"rule `{item.name.text}` has `{word}` twice",
            found[1].span,
            labels=(Label(found[0].span, "first here"),),
            help="one rule says one thing: make two of it",
        )
    return found[0]


def _condition(node: nodes.Expression, scope: Scope) -> Term:
    term = check(node, scope)
    needs_flag(term, scope)
    return term


def _argument(then: items.Then, item: items.Rule, criteria: list[str], scope: Scope) -> tuple[Term | None, str | None]:
    """The degree and the criterion of `prefer` and `avoid`."""
    subject = then.subject
    concerns = then.action in ("veto", "prefer", "avoid")
    if (subject is None and concerns) or (subject is not None and subject.text != "option"):
        scope.report(
            problems.NOT_AN_OPTION,
            f"`{then.action}` speaks of `option`, in a rule `for each option`",
            subject.span if subject is not None else then.span,
            help="`for each option`, then `then veto option`",
        )
    if then.action not in ("prefer", "avoid"):
        return None, None
    on = then.criterion
    if on is None or on.names[-1] not in criteria:
        span = on.span if on else then.span
        name = on.text if on else ""
        scope.report(
            problems.UNKNOWN_CRITERION,
            f"there is no criterion `{name}`",
            span,
            help=did_you_mean(name, criteria) or f"declare it: `criterion {name} {{ worth = 50k EUR/year }}`",
        )
        return None, None
    degree: Term = Constant(1.0, NUMBER_TYPE, then.span)
    if then.degree is not None:
        degree = check(then.degree, scope, NUMBER_TYPE)
        if not is_poison(degree) and not _is_share(degree):
            scope.report(
                unit_problems.WRONG_TYPE,
                f"a degree is a share from 0 to 1, and this is {words(degree.type)}",
                then.degree.span,
                help="`by 60%`, or a ramp: `by scale(p95(option.lead_time), 6 months, 12 months)`",
            )
    return degree, on.names[-1]


def _is_share(term: Term) -> bool:
    if not isinstance(term.type, QuantityType) or not term.type.dimension.is_number:
        return False
    return not isinstance(term, Constant) or 0 <= term.value <= 1


def _yields(lines: list[items.YieldsTo], scope: Scope) -> None:
    for line in lines:
        if line.path.text != "cost":
            scope.report(
                problems.YIELDS_TO_COST,
                f"rules yield to `cost`, not to `{line.path.text}`",
                line.path.span,
                help="`yields to cost`",
            )
