"""What is wrong with a model although every expression in it is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tcolang.base.diagnostics import Diagnostic, Label
from tcolang.model import problems
from tcolang.model.certain import certain_value
from tcolang.model.costmodel import CostModel, Node, OptionModel, RequirementCase
from tcolang.model.drafts import Drafts
from tcolang.semantics.terms import Apply, Constant, Draw, NodeValue, Term
from tcolang.uncertain.distribution import support


def inspect(drafts: Drafts, nodes: Mapping[str, Node], options: Sequence[OptionModel]) -> None:
    """Costs that rest on an unknown, divisors that can be zero, payments that fall outside of the horizon."""
    for option in options:
        for line in option.lines:
            if line.cash not in nodes:
                _unknown_cost(line.cash, drafts)
    for node in nodes.values():
        for term in _parts(node.term):
            if isinstance(term, Apply) and term.function == "product":
                _divisors(term, nodes, drafts)
            elif isinstance(term, Apply) and term.function == "once":
                _payment(term, drafts)


def failed_requirements(drafts: Drafts, model: CostModel) -> None:
    """Those that certainly fail; the others are looked at when the model is evaluated."""
    nodes = {node.key: node for node in model.nodes}
    for case in model.requirements:
        if certain_value(nodes[case.key].term, nodes) == 0:
            drafts.findings.append(requirement_finding(case, ""))


def requirement_finding(case: RequirementCase, note: str) -> Diagnostic:
    """`note` tells in how many futures it fails, where that differs."""
    words = "".join(part if isinstance(part, str) else part.text for part in case.because.parts)
    return Diagnostic(
        problems.REQUIREMENT_FAILED,
        f"`{case.component}` does not meet `{case.text}`: {words}",
        case.component_span,
        note,
        (Label(case.span, "required here"),),
    )


def _unknown_cost(key: str, drafts: Drafts) -> None:
    missing = drafts.unknown.get(key, ())
    draft = drafts.made[key]
    names = " and ".join(f"`{name}`" for name in missing)
    drafts.report(
        problems.UNKNOWN_IN_COST,
        f"the cost line `{key}` rests on {names}, which nobody has stated",
        draft.span,
        help=f"state {names}, or say what holds without it: `({missing[0].rsplit('.', 1)[-1]} ?? …)`"
        if missing
        else "",
    )


def _parts(term: Term) -> list[Term]:
    found: list[Term] = []
    stack = [term]
    while stack:
        part = stack.pop()
        found.append(part)
        if isinstance(part, Apply):
            stack += part.arguments
    return found


def _divisors(term: Apply, nodes: Mapping[str, Node], drafts: Drafts) -> None:
    powers = term.setting("powers")
    assert isinstance(powers, tuple)
    for power, factor in zip(powers, term.arguments, strict=True):
        if power < 0 and _can_be_zero(factor, nodes):
            drafts.report(
                problems.DIVIDES_BY_ZERO,
                f"`{factor.span.text}` can be zero, and something is divided by it",
                factor.span,
                help="narrow the interval to one side of zero, or turn the quotient around",
            )


def _can_be_zero(term: Term, nodes: Mapping[str, Node]) -> bool:
    if isinstance(term, NodeValue) and term.key in nodes:
        return _can_be_zero(nodes[term.key].term, nodes)
    if isinstance(term, Constant):
        return term.value == 0
    if isinstance(term, Draw):
        low, high = support(term.distribution)
        return low <= 0 <= high
    if isinstance(term, Apply) and term.function == "product":
        return any(_can_be_zero(a, nodes) for a in term.arguments if isinstance(a, NodeValue | Draw | Constant))
    return False


def _payment(term: Apply, drafts: Drafts) -> None:
    decision = drafts.program.decision
    given = dict(term.settings).get("given", ())
    assert isinstance(given, tuple)
    at = term.arguments[given.index("at")] if "at" in given else None
    if decision is None or not isinstance(at, Constant):
        return
    if not decision.start <= at.value < decision.start + decision.horizon:
        when = f"{int(at.value) // 12}-{int(at.value) % 12 + 1:02}"
        drafts.report(
            problems.OUTSIDE_HORIZON,
            f"a payment in {when} lies outside of the horizon, and is in no total",
            at.span,
            help="move it inside, or change `start` or `horizon` of the decision",
        )
