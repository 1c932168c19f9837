"""Whether the degree of a rule rises the way in which the rule is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tcolang.base.diagnostics import Diagnostic
from tcolang.decide.packs import checks
from tcolang.decide.packs.look import RuleRead, finding, inside_of, name_of
from tcolang.decide.packs.space import COMPARATORS, Space, bare
from tcolang.semantics.program import Rule
from tcolang.semantics.terms import Apply, Constant, Term

_UP, _DOWN = 1, -1


def scales(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    """Scales that fall while the condition on the same figure is met ever more, and those that stay at nothing. Where
    the ends rest on facts that nobody has stated yet, it is said that this is not decided."""
    for one in read:
        for term in inside_of(one.rule.degree) if one.rule.degree is not None else ():
            if isinstance(term, Apply) and term.function == "scale":
                yield from _scale(one, term, space)


def _scale(one: RuleRead, term: Apply, space: Space) -> Iterator[Diagnostic]:
    value, start, end = term.arguments
    sense, rises = _sense(one.rule, bare(value)), _rises(start, end, space)
    name = name_of(one.rule)
    if rises == 0:
        yield finding(checks.SCALE_BACKWARDS, term.span, f"the scale of `{name}` begins where it ends")
    elif rises is None and sense is not None:
        text = f"whether the scale of `{name}` runs backwards is not decided: its ends rest on facts"
        yield finding(checks.NOT_DECIDED, term.span, text)
    elif sense is not None and rises == -sense:
        way = "greater" if sense == _UP else "smaller"
        text = f"`{name}` holds the more, the {way} `{bare(value).span.text}` is, and its scale runs the other way"
        yield finding(checks.SCALE_BACKWARDS, term.span, text, one.where.true, space)
    elif sense is None and rises is not None and _nothing(one, bare(value), start, rises, space):
        text = f"wherever `{name}` holds, its scale gives nothing"
        yield finding(checks.SCALE_BACKWARDS, term.span, text, one.where.true, space)


def _sense(rule: Rule, value: Term) -> int | None:
    """Whether the rule begins to hold as a figure rises or as it falls; None where neither or both."""
    senses = set()
    for condition in rule.conditions:
        for leaf in _conjuncts(condition):
            left, right = (bare(part) for part in leaf.arguments[:2])
            if leaf.function in COMPARATORS[2:] and value in (left, right):
                upwards = (leaf.function in (">", ">=")) == (left == value)
                senses.add(_UP if upwards else _DOWN)
    return senses.pop() if len(senses) == 1 else None


def _conjuncts(condition: Term) -> Iterator[Apply]:
    todo = [condition]
    while todo:
        term = todo.pop()
        if isinstance(term, Apply) and term.function == "and":
            todo.extend(term.arguments)
        elif isinstance(term, Apply) and len(term.arguments) > 1:
            yield term


def _rises(start: Term, end: Term, space: Space) -> int | None:
    """Which way a scale goes; None where that cannot be told. Ends that are multiples of one and the same fact are told
    by their factors: a scale from a figure to its double rises where the figure is above nothing."""
    (low, one), (high, other) = _factored(start, space), _factored(end, space)
    if set(one) != set(other):
        return None
    return 0 if low == high else _UP if high > low else _DOWN


def _factored(term: Term, space: Space) -> tuple[float, tuple[Term, ...]]:
    """A number and the facts it is multiplied by."""
    number = space.number(term)
    if number is not None:
        return number, ()
    if isinstance(term, Apply) and term.function == "product":
        factor, facts = 1.0, []
        powers = term.setting("powers")
        for part, power in zip(term.arguments, powers, strict=True):  # type: ignore[call-overload]
            number = space.number(part)
            if number is not None and (number or power > 0):
                factor *= number**power
            else:
                facts.append(part)
        return factor, tuple(facts)
    return 1.0, (term,)


def _nothing(one: RuleRead, value: Term, start: Term, rises: int, space: Space) -> bool:
    """Whether the figure stays on the near side of where its scale begins, wherever the rule holds."""
    begins, place = space.number(start), space.places.get(value)
    if begins is None or place is None or space.fields[place].sort != "number" or isinstance(value, Constant):
        return False
    field = space.fields[place]
    cuts = [float(cut) for cut in field.values]
    taken = 0
    for box in one.where.true:
        taken |= box.cells.get(place, field.full) & field.full & ~1
    first, last = (taken & -taken).bit_length() - 2, taken.bit_length() - 2
    # Cells: below the first cut, the first, between it and the second, … An open end reaches to the next cut.
    least = cuts[(first - 1) // 2] if first > 0 else float("-inf")
    most = cuts[last // 2] if last < 2 * len(cuts) else float("inf")
    return most <= begins if rises == _UP else least >= begins
