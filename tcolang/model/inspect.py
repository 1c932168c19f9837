"""What is wrong with a model although every expression in it is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from tcolang.base.diagnostics import Diagnostic, Label
from tcolang.model import problems
from tcolang.model.certain import certain_values, with_ancestors
from tcolang.model.costmodel import CostModel, Node, OptionModel, RequirementCase
from tcolang.model.drafts import VOLUME, Drafts
from tcolang.model.volume import read
from tcolang.semantics.terms import Apply, Constant, Dated, Draw, NodeValue, Term
from tcolang.uncertain.distribution import support

_STATED = ("input", "assumption", "default")
_SHOWN = 4


def inspect(drafts: Drafts, nodes: Mapping[str, Node], options: Sequence[OptionModel]) -> None:
    """Costs that rest on an unknown, and payments that fall outside of the horizon."""
    for option in options:
        for line in option.lines:
            if line.cash not in nodes:
                _unknown_cost(line.cash, drafts)
    for node in nodes.values():
        for term, _ in _parts(node.term):
            if isinstance(term, Apply) and term.function == "once":
                _payment(term, drafts)


def zero_divisors(drafts: Drafts, nodes: Mapping[str, Node], blamed: Set[str]) -> None:
    """Divisors that can be zero, but for those that rest on what is `blamed` before."""
    zero: set[str] = set()
    for node in nodes.values():
        if _can_be_zero(node.term, zero):
            zero.add(node.key)
        for term, guarded in _parts(node.term):
            if isinstance(term, Apply) and term.function == "product":
                _divisors(term, zero, drafts, guarded, nodes, blamed)


def failed_requirements(drafts: Drafts, model: CostModel) -> frozenset[str]:
    """Findings for those that certainly fail; the others are looked at when the model is evaluated. The result is the
    nodes that what is strictly required and fails rests on."""
    nodes = {node.key: node for node in model.nodes}
    blamed: list[str] = []
    values = certain_values([case.key for case in model.requirements], nodes)
    for case in model.requirements:
        if values.get(case.key) == 0:
            drafts.findings.append(requirement_finding(case, nodes, ""))
            blamed += [case.key] if case.strict else []
    return frozenset(with_ancestors(blamed, nodes))


def requirement_finding(case: RequirementCase, nodes: Mapping[str, Node], note: str) -> Diagnostic:
    """`nodes` are those of the model, by key; `note` tells in how many futures it fails, where that differs."""
    words = "".join(part if isinstance(part, str) else part.text for part in case.because.parts)
    problem = problems.REQUIREMENT_FAILED if case.strict else problems.PREFERENCE_FAILED
    message = f"`{case.component}`, as `{case.option}` runs it, does not meet `{case.text}`: {words}"
    label = Label(case.span, "required here" if case.strict else "advised here")
    return Diagnostic(problem, message, case.component_span, note, (label,), _remedy(case, nodes))


def _remedy(case: RequirementCase, nodes: Mapping[str, Node]) -> str:
    """What is stated now of what it rests on: those that its text names, where it names any."""
    rests_on = with_ancestors([case.key], nodes)
    found = (node for node in nodes.values() if node.key in rests_on and node.sort in _STATED)
    stated = [node for node in found if node.key != VOLUME]
    words = "".join(c if c.isalnum() or c == "_" else " " for c in case.text).split()
    named = [node for node in stated if node.key.rpartition(".")[2] in words] or stated
    if not named:
        return f"what it is told to be in `{case.component}` has to change"
    shown = ", ".join(f"`{node.key} = {node.text}`" for node in named[:_SHOWN])
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    meant = "" if case.strict else "; what is meant can be allowed, with a reason"
    return f"it rests on {shown}{more}: change {'it' if len(named) == 1 else 'one of them'} so that it holds{meant}"


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


def _parts(term: Term) -> list[tuple[Term, frozenset[str]]]:
    """Every term within, with the values that a condition around it has looked at: `if c > 0 then x / c else 0`."""
    found: list[tuple[Term, frozenset[str]]] = []
    stack: list[tuple[Term, frozenset[str]]] = [(term, frozenset())]
    while stack:
        part, guarded = stack.pop()
        found.append((part, guarded))
        if isinstance(part, Apply):
            seen = _keys(part.arguments[0]) | guarded if part.function == "if" else guarded
            stack += [(argument, seen) for argument in part.arguments]
        elif isinstance(part, Dated):
            stack += [(inner, guarded) for _, inner in part.segments]
    return found


def _keys(term: Term) -> frozenset[str]:
    return frozenset(read(term))


def _divisors(
    term: Apply,
    zero: set[str],
    drafts: Drafts,
    guarded: frozenset[str],
    nodes: Mapping[str, Node],
    blamed: Set[str],
) -> None:
    powers = term.setting("powers")
    assert isinstance(powers, tuple)
    for power, factor in zip(powers, term.arguments, strict=True):
        if power < 0 and _can_be_zero(factor, zero) and not _keys(factor) & guarded:
            rests_on = with_ancestors(_keys(factor) & zero, nodes)
            roots = [key for key in nodes if key in rests_on and key in zero]
            if blamed.isdisjoint(roots):
                _divides(factor, [nodes[key] for key in roots if nodes[key].sort == "input"], drafts)


def _divides(divisor: Term, inputs: Sequence[Node], drafts: Drafts) -> None:
    """With the places at which what makes it zero is stated, where these are not the divisor itself."""
    labels = tuple(Label(node.span, f"`{node.key}` can be zero") for node in inputs if node.span != divisor.span)
    drafts.findings.append(
        Diagnostic(
            problems.DIVIDES_BY_ZERO,
            f"`{divisor.span.text}` can be zero, and something is divided by it",
            divisor.span,
            labels=labels[:4],
            help="narrow the interval to one side of zero, or turn the quotient around",
        )
    )


def _can_be_zero(term: Term, zero: set[str]) -> bool:
    """`zero` has the nodes before this one that can be. Depth is bounded by the parser's limit on nesting."""
    match term:
        case NodeValue(key):
            return key in zero
        case Constant(value):
            return value == 0
        case Draw(distribution):
            low, high = support(distribution)
            return low <= 0 <= high
        case Dated(segments):
            return any(_can_be_zero(part, zero) for _, part in segments)
        case Apply("product", arguments):
            powers = term.setting("powers")
            assert isinstance(powers, tuple)
            return any(power > 0 and _can_be_zero(a, zero) for power, a in zip(powers, arguments, strict=True))
        case Apply("negate", (inner,)):
            return _can_be_zero(inner, zero)
        case _:
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
