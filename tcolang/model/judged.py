"""Rules of which it is known beforehand that nothing is found in them, so that their cases need not be made.

A rule of a pack stands for every option and workload of every spec, and what is found in a case depends on no more than
whether each value that it reads is known, monthly or uncertain, and on the words among them. The cases of a combination
of these are made once; where nothing is found, nothing is found in the next spec that has it either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from tcolang.base.record import record
from tcolang.model.cases import contexts
from tcolang.model.costmodel import Node
from tcolang.model.drafts import Context, Drafts
from tcolang.model.instantiate import instantiate
from tcolang.model.lay_out import Layout
from tcolang.semantics.program import Rule
from tcolang.semantics.terms import (
    Apply,
    AttributeOf,
    Constant,
    Draw,
    Global,
    Identity,
    Listing,
    NodeValue,
    OfDecision,
    OfVariable,
    Owner,
    ResultOf,
    Sentence,
    Symbol,
    Term,
    Through,
)
from tcolang.semantics.types import FlagType

MOST = 32
"""Sets of rules of which anything is kept, those used last."""

Case: TypeAlias = tuple[Rule, Context]
Over: TypeAlias = tuple[str, ...]
Known: TypeAlias = tuple[object, ...]
"""For each of several values what a finding can depend on; None where that is something else."""


@record
class Read:
    """A value that rules read, and whether it can differ from option to option and from workload to workload."""

    term: Term
    by_option: bool
    by_workload: bool


@record
class Judged:
    """Rules and, by number, what they read: `asked` is all that those over the same variables read, `deciding` what a
    finding in each rule can depend on, and `rows` that of all over the same. `sound` and `sound_rows` have what was
    known where nothing was found. `size` is how many nodes a case of each rule has at most."""

    rules: tuple[Rule, ...]
    values: tuple[Read, ...]
    asked: Mapping[Over, tuple[int, ...]]
    deciding: tuple[tuple[int, ...], ...]
    rows: Mapping[Over, tuple[int, ...]]
    size: tuple[int, ...]
    sound: tuple[set[Known], ...]
    sound_rows: Mapping[Over, set[Known]]


@record
class Pending:
    """The rules in a spec: where they stand, and by value, option and workload what they read there."""

    judged: Judged
    contexts: Mapping[Over, Sequence[Context]]
    read: Mapping[tuple[int, str, str], Term]


_KEPT: dict[tuple[int, ...], Judged] = {}


def judged(rules: Sequence[Rule]) -> Judged:
    """What is known of rules, which are told by their identity."""
    key = tuple(map(id, rules))
    found = _KEPT.pop(key, None) or _judged(tuple(rules))
    _KEPT[key] = found
    while len(_KEPT) > MOST:
        del _KEPT[next(iter(_KEPT))]
    return found


def pending(known: Judged, layouts: Sequence[Layout], drafts: Drafts) -> Pending | None:
    """Has all nodes made that the rules read. None where a finding comes of that alone: then cases are to be made."""
    stand = {over: contexts(over, layouts, drafts) for over in known.asked}
    read: dict[tuple[int, str, str], Term] = {}

    def ask() -> None:
        for over, asked in known.asked.items():
            for context in stand[over]:
                for number in asked:
                    place = _place(number, known.values[number], context)
                    if place not in read:
                        read[place] = instantiate(known.values[number].term, context, drafts)
        drafts.settle()

    return Pending(known, stand, read) if drafts.silent(ask) else None


def most_nodes(found: Pending) -> int:
    """How many nodes the cases may have."""
    rules = found.judged
    return sum(n * len(found.contexts[rule.over]) for rule, n in zip(rules.rules, rules.size, strict=True))


def to_be_made(found: Pending, drafts: Drafts, nodes: Mapping[str, Node], words: Mapping[str, Symbol]) -> list[Case]:
    """The cases of which nothing is known beforehand."""
    return [case for case, _ in _open(found, _Knowing(found, drafts, nodes, words))]


def are_sound(found: Pending, drafts: Drafts, nodes: Mapping[str, Node], words: Mapping[str, Symbol]) -> None:
    """Remembers that nothing was found in any case."""
    known, knowing = found.judged, _Knowing(found, drafts, nodes, words)
    for (_, context), number in list(_open(found, knowing)):
        what = knowing.of(known.deciding[number], context)
        if None not in what:
            known.sound[number].add(what)
    for over, where in found.contexts.items():
        for context in where:
            row = knowing.of(known.rows[over], context)
            if None not in row:
                known.sound_rows[over].add(row)


def _open(found: Pending, knowing: _Knowing) -> Iterator[tuple[Case, int]]:
    known = found.judged
    for over, where in found.contexts.items():
        for context in where:
            if knowing.of(known.rows[over], context) in known.sound_rows[over]:
                continue
            for number, rule in enumerate(known.rules):
                if rule.over == over and knowing.of(known.deciding[number], context) not in known.sound[number]:
                    yield (rule, context), number


class _Knowing:
    """What is known of values, when the nodes are in order."""

    def __init__(self, found: Pending, drafts: Drafts, nodes: Mapping[str, Node], words: Mapping[str, Symbol]) -> None:
        self.found, self.drafts, self.nodes, self.words = found, drafts, nodes, words
        self.told: dict[tuple[int, str, str], object] = {}

    def of(self, numbers: Iterable[int], context: Context) -> Known:
        return tuple([self._value(_place(n, self.found.judged.values[n], context)) for n in numbers])

    def _value(self, place: tuple[int, str, str]) -> object:
        if place not in self.told:
            self.told[place] = self._term(self.found.read[place])
        return self.told[place]

    def _term(self, term: Term) -> object:
        match term:
            case NodeValue(key):
                return self._node(key)
            case Constant(value):
                return value if isinstance(term.type, FlagType) else "constant"
            case Symbol(value):
                return "word", value
            case AttributeOf() | ResultOf():
                return "late"
            case _:
                return None

    def _node(self, key: str) -> object:
        if key in self.drafts.unknown:
            return "unknown"
        if key in self.words:
            return "word", self.words[key].value
        node = self.nodes.get(key)
        return None if node is None else (node.monthly, node.uncertain)


def _place(number: int, value: Read, context: Context) -> tuple[int, str, str]:
    option = context.option or "" if value.by_option else ""
    return number, option, context.workload or "" if value.by_workload else ""


def _judged(rules: tuple[Rule, ...]) -> Judged:
    numbers: dict[Term, int] = {}
    asked: dict[Over, dict[int, None]] = {}
    rows: dict[Over, dict[int, None]] = {}
    deciding: list[tuple[int, ...]] = []
    sizes: list[int] = []
    for rule in rules:
        decides, told, size = _reads(rule)
        places = [numbers.setdefault(term, len(numbers)) for term in (*decides, *told)]
        asked.setdefault(rule.over, {}).update(dict.fromkeys(places))
        deciding.append(tuple(dict.fromkeys(places[: len(decides)])))
        rows.setdefault(rule.over, {}).update(dict.fromkeys(deciding[-1]))
        sizes.append(size)
    return Judged(
        rules,
        tuple(_read(term) for term in numbers),
        {over: tuple(places) for over, places in asked.items()},
        tuple(deciding),
        {over: tuple(places) for over, places in rows.items()},
        tuple(sizes),
        tuple(set() for _ in rules),
        {over: set() for over in rows},
    )


def _reads(rule: Rule) -> tuple[list[Term], list[Term], int]:
    """What a finding can depend on; what is only named in a reason; and how many nodes there may be."""
    decides: list[Term] = []
    told: list[Term] = []
    size = 0
    stack: list[Term] = [*rule.conditions, *(e.condition for e in rule.exceptions)]
    stack += [rule.degree] if rule.degree is not None else []
    for part in rule.because.parts:
        if isinstance(part, Apply | Listing):
            stack.append(part)
        elif not isinstance(part, str):
            told.append(part)
    while stack:
        term = stack.pop()
        size += 1
        match term:
            case Apply():
                stack += reversed(term.arguments)
            case Listing(items):
                stack += reversed(items)
            case Sentence(parts):
                stack += [part for part in parts if not isinstance(part, str)]
            case Constant() | Symbol() | Draw():
                pass
            case _:
                decides.append(term)
    return decides, told, size


def _read(term: Term) -> Read:
    match term:
        case Global():
            return Read(term, False, False)
        case AttributeOf(owner) | Identity(owner):
            return Read(term, *_depends(owner))
        case _:
            return Read(term, True, True)


def _depends(owner: Owner) -> tuple[bool, bool]:
    """What is routed to a component, and so what it comes to, is a matter of the option."""
    match owner:
        case OfDecision():
            return False, False
        case OfVariable("option"):
            return True, False
        case Through(inner):
            return _depends(inner)
        case _:
            return True, True
