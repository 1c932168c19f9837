"""The facts that the rules of a pack read, each cut into cells by the values that it is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tcolang.base.record import field as field_of
from tcolang.base.record import record, state
from tcolang.decide.packs.boxes import EVERYTHING, NOTHING, Box, Region, both, either
from tcolang.semantics.program import Program, Rule
from tcolang.semantics.terms import Apply, AttributeOf, Constant, Global, OfOption, OfVariable, ResultOf, Symbol, Term
from tcolang.semantics.types import ChoiceType, FlagType

COMPARATORS = ("==", "!=", "<", "<=", ">", ">=")
UNKNOWN = 1
"""The first cell of each field: the fact is not known."""


@record
class Where:
    """The facts under which something is true, and those under which it is false; elsewhere it is unknown."""

    true: Region
    false: Region


@record
class Field:
    """A fact, or the relation of two. `values` are a choice's words or the sorted numbers it is compared with;
    `sort` says which. The cells of numbers are: below the first, the first, between it and the second, …"""

    term: Term
    sort: str
    values: tuple[str | float, ...]
    of_option: bool

    @property
    def full(self) -> int:
        """All cells."""
        count = 2 * len(self.values) + 1 if self.sort == "number" else len(self.values)
        return (2 << count) - 1 if self.can_be_unknown else (2 << count) - 2

    @property
    def can_be_unknown(self) -> bool:
        return not (isinstance(self.term, AttributeOf) and self.term.name == "family") and not _covers(self.term)


@state
class Space:
    """Fields by term, and the program whose parameters are thresholds. For cases that can be pasted: what `option` and
    `workload` are called in a spec, and what can be stated of them and the decision."""

    program: Program
    names: Mapping[str, str]
    stated: frozenset[tuple[str, str]]
    fields: list[Field] = field_of(default_factory=list)
    places: dict[Term, int] = field_of(default_factory=dict)

    def number(self, term: Term) -> float | None:
        """What a term comes to where it is made of numbers and parameters only."""
        term = self._settled(term)
        if isinstance(term, Constant):
            return term.value
        if not isinstance(term, Apply):
            return None
        parts = [self.number(part) for part in term.arguments]
        numbers = [part for part in parts if part is not None]
        if len(numbers) < len(parts):
            return None
        if term.function == "product":
            made = 1.0
            for value, power in zip(numbers, term.setting("powers"), strict=True):  # type: ignore[call-overload]
                made *= value**power if value or power > 0 else 0.0
            return made
        if term.function == "sum":
            signs = term.setting("signs")
            return sum(value * sign for value, sign in zip(numbers, signs, strict=True))  # type: ignore[call-overload]
        return -numbers[0] if term.function == "negate" else None

    def word(self, term: Term) -> str | None:
        term = self._settled(term)
        return term.value if isinstance(term, Symbol) else None

    def _settled(self, term: Term) -> Term:
        while isinstance(term, Global) and term.key in self.program.assumptions:
            segments = self.program.assumptions[term.key].value.segments
            if len(segments) != 1:
                break
            term = segments[0].term
        return term

    def where(self, condition: Term) -> Where:
        """Kleene's strong logic over regions."""
        if isinstance(condition, Apply):
            parts = condition.arguments
            match condition.function:
                case "and":
                    return _all([self.where(part) for part in parts])
                case "or":
                    return _negated(_all([_negated(self.where(part)) for part in parts]))
                case "not":
                    return _negated(self.where(parts[0]))
                case "known":
                    place = self.places[bare(parts[0])]
                    full = self.fields[place].full
                    return Where(_cells(place, full & ~UNKNOWN), _cells(place, full & UNKNOWN))
                case "in" if isinstance(parts[0].type, ChoiceType):
                    words = [word for part in parts[1:] if (word := self.word(part)) is not None]
                    return self._among(bare(parts[0]), words)
                case name if name in COMPARATORS:
                    return self._compared(name, parts[0], parts[1])
        return self._among(bare(condition), ["true"])

    def _among(self, term: Term, words: Iterable[str]) -> Where:
        place = self.places[term]
        taken = sum(2 << self.fields[place].values.index(word) for word in words)
        known = self.fields[place].full & ~UNKNOWN
        return Where(_cells(place, taken), _cells(place, known & ~taken))

    def _compared(self, operator: str, left: Term, right: Term) -> Where:
        term, operator, against = sides(operator, left, right, self)
        place = self.places[term]
        one = self.fields[place]
        known = one.full & ~UNKNOWN
        at = one.values.index(against) if one.sort != "number" else 2 * one.values.index(against) + 1
        equal = 2 << at
        below = (equal - 1) & known
        taken = {"==": equal, "<": below, "<=": below | equal, ">": known & ~below & ~equal, ">=": known & ~below}
        mask = taken["=="] ^ known if operator == "!=" else taken[operator]
        return Where(_cells(place, mask), _cells(place, known & ~mask))


def space_of(rules: Iterable[Rule], program: Program) -> Space:
    """Every field that a rule reads, with all cuts that any rule makes in it."""
    workloads = [c.key for c in program.components.values() if program.kinds[c.kind].role == "workload"]
    names = {
        "decision": "decision",
        "money": program.decision.currency if program.decision else "EUR",
        "option": next(iter(program.options), "OPTION"),
        "workload": next(iter(workloads), "WORKLOAD"),
    }
    facts = frozenset(
        (kind, fact) for kind in names if kind in program.kinds for fact in program.kinds[kind].attributes
    )
    space = Space(program, names, facts)
    numbers: dict[Term, set[float]] = {}
    words: dict[Term, tuple[str | float, ...]] = {}
    for rule in rules:
        for condition in (*rule.conditions, *(each.condition for each in rule.exceptions)):
            for leaf in comparisons(condition):
                _note(leaf, space, numbers, words)
    for term in {**numbers, **words}:
        sort = "words" if term in words else "number"
        values = words.get(term) or tuple(sorted(numbers[term]))
        space.places[term] = len(space.fields)
        space.fields.append(Field(term, sort, values, _of_option(term)))
    return space


def holds(rule: Rule, space: Space) -> Where:
    """Where all conditions of a rule are true and no exception is."""
    exceptions = [_negated(space.where(each.condition)) for each in rule.exceptions]
    return _all([*(space.where(condition) for condition in rule.conditions), *exceptions])


def bare(term: Term) -> Term:
    """A fact without the `p50` that makes one number of it."""
    while isinstance(term, Apply) and term.function in ("p50", "mean"):
        term = term.arguments[0]
    return term


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def sides(operator: str, left: Term, right: Term, space: Space) -> tuple[Term, str, float | str]:
    """A fact, an operator and what it is compared with. Two facts are one fact: how they relate, compared with 0."""
    for fact, how, value in ((left, operator, right), (right, _MIRRORED[operator], left)):
        known = space.word(value) if isinstance(value.type, ChoiceType) else space.number(value)
        if known is not None:
            return bare(fact), how, known
    first, second = sorted((bare(left), bare(right)), key=repr)
    swapped = first != bare(left)
    pair = Apply("relation", (first, second), left.type, left.span)
    return pair, _MIRRORED[operator] if swapped else operator, 0.0


def _note(
    leaf: Term, space: Space, numbers: dict[Term, set[float]], words: dict[Term, tuple[str | float, ...]]
) -> None:
    if isinstance(leaf, Apply) and leaf.function in COMPARATORS:
        fact, _, value = sides(leaf.function, leaf.arguments[0], leaf.arguments[1], space)
        if isinstance(value, str) and isinstance(fact.type, ChoiceType):
            words[fact] = fact.type.values
        else:
            numbers.setdefault(fact, set()).add(float(value))
    elif isinstance(leaf, Apply) and leaf.function == "in" and isinstance(leaf.arguments[0].type, ChoiceType):
        words[bare(leaf.arguments[0])] = leaf.arguments[0].type.values
    elif isinstance(leaf, Apply) and leaf.function == "known":
        fact = bare(leaf.arguments[0])
        if isinstance(fact.type, ChoiceType):
            words[fact] = fact.type.values
        elif isinstance(fact.type, FlagType):
            words[fact] = ("false", "true")
        else:
            numbers.setdefault(fact, set())
    else:
        words[bare(leaf)] = ("false", "true")


def comparisons(condition: Term) -> Iterator[Term]:
    """What a condition is made of by `and`, `or` and `not`, in order of writing."""
    todo = [condition]
    while todo:
        term = todo.pop()
        if isinstance(term, Apply) and term.function in ("and", "or", "not"):
            todo.extend(reversed(term.arguments))
        else:
            yield term


def _of_option(term: Term) -> bool:
    if isinstance(term, AttributeOf | ResultOf):
        return isinstance(term.owner, OfOption) or term.owner == OfVariable("option")
    return isinstance(term, Apply) and any(_of_option(part) for part in term.arguments)


def _covers(term: Term) -> bool:
    return isinstance(term, ResultOf) and term.name == "covers"


def _cells(place: int, mask: int) -> Region:
    return (Box({place: mask}),) if mask else NOTHING


def _negated(where: Where) -> Where:
    return Where(where.false, where.true)


def _all(parts: Iterable[Where]) -> Where:
    true, false = EVERYTHING, NOTHING
    for part in parts:
        true, false = both(true, part.true), either(false, part.false)
    return Where(true, false)
