"""What can be found in a rule pack without any decision: rules that say nothing, the same twice, or leave a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from tcolang.base.diagnostics import Diagnostic
from tcolang.decide.packs import checks
from tcolang.decide.packs.assumed import assumed_vetoes
from tcolang.decide.packs.beside_cost import beside_cost
from tcolang.decide.packs.boxes import (
    EVERYTHING,
    Box,
    Region,
    TooManyError,
    both,
    either,
    forget,
    one_question,
    without,
)
from tcolang.decide.packs.degrees import scales
from tcolang.decide.packs.look import RuleRead, finding, inside_of, name_of, terms_of
from tcolang.decide.packs.reasons import unread_reasons
from tcolang.decide.packs.space import COMPARATORS, Space, holds, space_of
from tcolang.semantics.program import Program, Rule
from tcolang.semantics.terms import Apply, Constant, Global, Term

_CENTRAL = ("p50", "mean")


def pack_findings(program: Program) -> tuple[Diagnostic, ...]:
    """Of the rules of the main file of a program, by position. What could not be decided is a finding as well."""
    path = program.main.path
    rules = [rule for rule in program.rules if rule.span.file.path == path]
    space = space_of(rules, program)
    found: list[Diagnostic] = []
    read: list[RuleRead] = []
    for rule in rules:
        try:
            with one_question():
                read.append(RuleRead(rule, holds(rule, space)))
        except TooManyError:
            found.append(
                finding(checks.NOT_DECIDED, rule.span, f"rule `{name_of(rule)}` is not decided: too many cases")
            )
    looks: tuple[Callable[[Sequence[RuleRead], Space], Iterator[Diagnostic]], ...] = (
        _constant,
        _inside,
        _together,
        _vetoes,
        _partitions,
        _twice,
        _exceptions,
        _hard,
        scales,
        unread_reasons,
        beside_cost,
        assumed_vetoes,
    )
    for look in looks:
        try:
            with one_question():
                found += look(read, space)
        except TooManyError:
            found.append(
                finding(checks.NOT_DECIDED, rules[0].span, f"{_WHAT[look.__name__]} not decided: too many cases")
            )
    if program.pack is not None:
        found += _parameters(program, rules)
    return tuple(sorted(found, key=lambda one: (one.span.start if one.span else 0, one.problem.code)))


_WHAT = {
    "_constant": "whether a rule can hold is",
    "_inside": "whether a rule lies inside another is",
    "_together": "whether a rule is covered by others together is",
    "_vetoes": "whether vetoes leave an option is",
    "_partitions": "whether rules leave a gap is",
    "_twice": "whether a point is argued twice is",
    "_exceptions": "whether exceptions apply is",
    "_hard": "whether thresholds are hard is",
    "scales": "whether scales run backwards is",
    "unread_reasons": "whether reasons name what rules read is",
    "beside_cost": "whether costs are argued once more is",
    "assumed_vetoes": "whether vetoes rest on assumptions is",
}


def _constant(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    for one in read:
        if not one.where.true:
            text = f"rule `{name_of(one.rule)}` can never hold"
            yield finding(checks.NEVER, one.rule.span, text)
        elif one.rule.conditions and not _outside(EVERYTHING, one.where.true, space):
            text = f"rule `{name_of(one.rule)}` always holds"
            yield finding(checks.ALWAYS, one.rule.span, text, one.where.true, space)


def _inside(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    for one in read:
        for other in read:
            if one is other or not _argues(one) or one.effect != other.effect or not one.where.true:
                continue
            if _outside(one.where.true, other.where.true, space):
                continue
            if one.rule.span.start < other.rule.span.start and not _outside(other.where.true, one.where.true, space):
                continue
            text = f"rule `{name_of(one.rule)}` holds only where `{name_of(other.rule)}` does, to the same effect"
            yield finding(checks.INSIDE, one.rule.span, text, one.where.true, space, other.rule)


def _together(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    """Rules that no other covers alone, but several do."""
    for one in read:
        others = [o for o in read if o is not one and _argues(o) and o.effect == one.effect]
        if len(others) < 2 or not one.where.true:
            continue
        if any(not _outside(one.where.true, other.where.true, space) for other in others):
            continue
        union: Region = ()
        for other in others:
            union = either(union, other.where.true)
        if not _outside(one.where.true, union, space):
            names = ", ".join(f"`{name_of(o.rule)}`" for o in others if both(o.where.true, one.where.true))
            text = f"wherever rule `{name_of(one.rule)}` holds, one of {names} does, to the same effect"
            yield finding(checks.COVERED, one.rule.span, text, one.where.true, space)


def _vetoes(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    """Two vetoes that between them leave no option, whatever it is like."""
    own = [place for place, field in enumerate(space.fields) if field.of_option]
    vetoes = [one for one in read if one.rule.action == "veto" and one.where.true]
    alone = [_none_left((one,), own, space) for one in vetoes]
    for (i, one), (j, other) in combinations(enumerate(vetoes), 2):
        left = _none_left((one, other), own, space)
        if left and not alone[i] and not alone[j]:
            text = f"`{name_of(one.rule)}` and `{name_of(other.rule)}` rule out every option between them"
            yield finding(checks.CONTRADICTION, other.rule.span, text, left, space, one.rule)


def _none_left(vetoes: Sequence[RuleRead], own: Iterable[int], space: Space) -> Region:
    """Facts, not of an option, under which no option escapes."""
    free = _inner(EVERYTHING, space)
    for one in vetoes:
        free = without(free, one.where.true)
    return without(_inner(EVERYTHING, space, set(own)), forget(free, own))


def _partitions(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    """Rules that differ in one number only divide its values between them: gaps and overlaps in that."""
    groups: dict[tuple[object, ...], list[tuple[RuleRead, int]]] = {}
    for one in read:
        for box in one.where.true if len(one.where.true) == 1 else ():
            for place, mask in box.cells.items():
                field = space.fields[place]
                if field.sort != "number" or not field.values or mask == field.full & ~1:
                    continue
                rest = tuple(sorted((p, m) for p, m in box.cells.items() if p != place))
                groups.setdefault((place, rest, one.rule.over), []).append((one, mask))
    for key, members in groups.items():
        place = int(str(key[0]))
        full = space.fields[place].full & ~1
        union, low, high = 0, 2, 1 << (full.bit_length() - 1)
        for _, mask in members:
            union |= mask
        if len(members) > 1 and union & low and union & high and full & ~union:
            hole: Region = (Box({**members[0][0].where.true[0].cells, place: full & ~union}),)
            names = ", ".join(f"`{name_of(one.rule)}`" for one, _ in members)
            yield finding(checks.GAP, members[0][0].rule.span, f"between {names} no rule speaks", hole, space)
        for (one, mask), (other, more) in combinations(members, 2):
            shared = mask & more
            if shared and shared not in (mask, more) and one.effect != other.effect:
                text = f"`{name_of(one.rule)}` and `{name_of(other.rule)}` divide one number between them, and overlap"
                meet = both(one.where.true, other.where.true)
                yield finding(checks.OVERLAP, other.rule.span, text, meet, space, one.rule)


def _twice(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    for one, other in combinations([r for r in read if r.rule.criterion and r.where.true], 2):
        if one.rule.action != other.rule.action or one.rule.criterion == other.rule.criterion:
            continue
        if not _outside(one.where.true, other.where.true, space) and not _outside(
            other.where.true, one.where.true, space
        ):
            text = (
                f"the same facts count for `{one.rule.criterion}` in `{name_of(one.rule)}`"
                f" and for `{other.rule.criterion}` in `{name_of(other.rule)}`"
            )
            yield finding(checks.TWICE, other.rule.span, text, one.where.true, space, one.rule)


def _exceptions(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    for one in read:
        conditions = EVERYTHING
        for condition in one.rule.conditions:
            conditions = both(conditions, space.where(condition).true)
        applied = [(e, both(conditions, space.where(e.condition).true)) for e in one.rule.exceptions]
        for exception, region in applied:
            if not region and conditions:
                text = f"the exception `{exception.label}` never applies where `{name_of(one.rule)}` would hold"
                yield finding(checks.EXCEPTION_OUTSIDE, exception.span, text, conditions, space)
        for (first, region), (second, other) in combinations(applied, 2):
            shared = both(region, other)
            if not shared:
                continue
            if not _outside(region, other, space) or not _outside(other, region, space):
                text = f"where one of the exceptions `{first.label}` and `{second.label}` applies, so does the other"
                yield finding(checks.EXCEPTIONS_TOGETHER, second.span, text, shared, space)
            else:
                text = f"the exceptions `{first.label}` and `{second.label}` of `{name_of(one.rule)}` can both apply"
                yield finding(checks.EXCEPTIONS_OVERLAP, second.span, text, shared, space)


def _hard(read: Sequence[RuleRead], space: Space) -> Iterator[Diagnostic]:
    """Vetoes that turn on the middle of an estimate: half of the futures lie on the other side."""
    for one in read:
        if one.rule.action != "veto":
            continue
        for term in (t for c in one.rule.conditions for t in inside_of(c)):
            if isinstance(term, Apply) and term.function in COMPARATORS and any(map(_central, term.arguments)):
                text = f"the veto `{name_of(one.rule)}` turns on the middle of an estimate, `{term.span.text}`"
                yield finding(checks.HARD_THRESHOLD, term.span, text, one.where.true, space)


def _parameters(program: Program, rules: Sequence[Rule]) -> Iterator[Diagnostic]:
    """Parameters of the file that nobody reads or vouches for."""
    path = program.main.path
    terms = [term for rule in rules for whole in terms_of(rule) for term in inside_of(whole)]
    terms += [t for a in program.assumptions.values() for s in a.value.segments for t in inside_of(s.term)]
    terms += [t for c in program.criteria.values() for s in c.worth.segments for t in inside_of(s.term)]
    used = {term.key for term in terms if isinstance(term, Global)}
    for key, assumption in program.assumptions.items():
        if assumption.span.file.path != path:
            continue
        if key not in used:
            yield finding(checks.UNREAD, assumption.span, f"no rule reads `{key}`")
        if not all(s.provenance.source or s.provenance.note for s in assumption.value.segments):
            yield finding(checks.UNSOURCED, assumption.span, f"nobody says where `{key}` comes from")
        elif any(s.provenance.source and s.provenance.source.checked is None for s in assumption.value.segments):
            yield finding(checks.UNSOURCED, assumption.span, f"nobody says when the source of `{key}` was checked")


def _central(term: Term) -> bool:
    return isinstance(term, Apply) and term.function in _CENTRAL and not isinstance(term.arguments[0], Constant)


def _argues(one: RuleRead) -> bool:
    """Remarks say each their own; of arguments only the strongest counts, and a veto is a veto."""
    return one.rule.action in ("veto", "prefer", "avoid")


def _outside(region: Region, other: Region, space: Space) -> Region:
    return without(_inner(region, space), other)


def _inner(region: Region, space: Space, but: set[int] | None = None) -> Region:
    """A region with every field named, so that cells beyond the last are not counted as left."""
    made = []
    for box in region:
        cells = {p: box.cells.get(p, -1) & f.full for p, f in enumerate(space.fields) if p not in (but or ())}
        made.append(Box(cells))
    return tuple(made)
