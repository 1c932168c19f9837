"""Arguments about what the cost contains already: said on a criterion as well, it counts twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tcolang.base.diagnostics import Diagnostic
from tcolang.decide.packs import checks
from tcolang.decide.packs.look import RuleRead, finding, inside_of, name_of
from tcolang.decide.packs.space import Space, comparisons
from tcolang.semantics.program import Formula, Kind, Program, Rule
from tcolang.semantics.terms import (
    Apply,
    AttributeOf,
    Flow,
    Global,
    OfDecision,
    OfOption,
    OfVariable,
    Own,
    ResultOf,
    Term,
)

_RESULTS = ("tco", "tco_nominal", "charge", "monthly", "tokens", "tokens_asked", "requests")
"""What an option costs, and the volume that its bill and its machines are priced by."""
_VOLUME = ("requests", "tokens")


def beside_cost(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    """Rules that argue from such facts alone and do not yield to cost. A cost beside another fact is a yardstick, as
    in months of bill."""
    for one in read:
        if one.rule.action not in ("prefer", "avoid") or one.rule.yields_to_cost or not one.where.true:
            continue
        for term in _argued(one.rule):
            facts = _facts(term, space.program)
            if facts and all(_contained(fact, space.program) for fact in facts):
                what = f"argues `{term.span.text}` on `{one.rule.criterion}`"
                text = f"`{name_of(one.rule)}` {what}, and the cost contains it"
                yield finding(checks.BESIDE_COST, term.span, text, one.where.true, space)
                break


def _argued(rule: Rule) -> Iterator[Term]:
    """Comparisons of its conditions, and what its degree is a scale of."""
    for condition in rule.conditions:
        yield from comparisons(condition)
    if isinstance(rule.degree, Apply) and rule.degree.function == "scale":
        yield rule.degree.arguments[0]


def _facts(whole: Term, program: Program) -> list[AttributeOf | ResultOf]:
    """Of formulas at the top of a file those that they are made of."""
    found: list[AttributeOf | ResultOf] = []
    seen: set[str] = set()
    todo = list(inside_of(whole))
    while todo:
        term = todo.pop()
        if isinstance(term, AttributeOf | ResultOf):
            found.append(term)
        elif isinstance(term, Global) and term.key in program.formulas and term.key not in seen:
            seen.add(term.key)
            todo.extend(inside_of(program.formulas[term.key].formula.term))
    return found


def _contained(fact: AttributeOf | ResultOf, program: Program) -> bool:
    match fact:
        case AttributeOf(OfVariable("option") | OfOption(_, None), name):
            return name in _RESULTS or ("option", name) in _read_by_costs(program)
        case AttributeOf(OfVariable("workload"), name):
            return name in _VOLUME or ("workload", name) in _read_by_costs(program)
        case AttributeOf(OfDecision(), name):
            return ("decision", name) in _read_by_costs(program)
        case _:
            return False


def _read_by_costs(program: Program) -> set[tuple[str, str]]:
    """Facts by name that cost lines read, those of options and those of the kinds of components that there are."""
    facts = {"decision": program.kinds["decision"].attributes} if "decision" in program.kinds else {}
    found: set[tuple[str, str]] = set()
    lines = [(None, line.term) for option in program.options.values() for line in option.costs.values()]
    kinds = {component.kind for component in program.components.values()}
    todo: list[tuple[Kind | None, Term]] = [*lines]
    todo += [(program.kinds[k], line.term) for k in sorted(kinds) for line in program.kinds[k].costs.values()]
    seen: set[tuple[str, str]] = set()
    while todo:
        kind, whole = todo.pop()
        for term in inside_of(whole):
            match term:
                case Flow(_, body):
                    todo.append((kind, body))
                case AttributeOf(Own(), name) if kind is not None and (kind.name, name) not in seen:
                    seen.add((kind.name, name))
                    formula: Formula | None = kind.formulas.get(name)
                    if formula is not None:
                        todo.append((kind, formula.term))
                case AttributeOf(OfOption(_, None), name):
                    found.add(("option", name))
                case AttributeOf(OfVariable("stream"), name):
                    found.add(("workload", name))
                case AttributeOf(OfDecision(), name) if name in facts.get("decision", {}):
                    found.add(("decision", name))
                case _:
                    pass
    return found
