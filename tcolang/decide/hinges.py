"""What a decision hinges on: arguments that would turn it if they held, where it is not known whether they do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, combinations

from tcolang.base.record import replace
from tcolang.decide.arguments import SILENCE, balances
from tcolang.decide.decision import Hinge, OptionRecord, RuleRecord

_FULL = 1.0

# A rule and what it misses: the same for two options, it holds for both of them or for neither.
Open = tuple[str, tuple[str, ...]]


def hinges(
    best: OptionRecord,
    others: Sequence[OptionRecord],
    records: Sequence[RuleRecord],
    worths: Mapping[str, float],
    measured: Collection[tuple[str, str]],
) -> tuple[Hinge, ...]:
    """At most one for each of the `others` that are allowed, in their order. `worths` are by criterion, in money, and
    `measured` are the options and criteria that are measured, so that nothing argues there.

    An argument whose strength is not known counts as a full one here.
    """
    argued = [
        one
        for one in records
        if one.action in ("prefer", "avoid") and not one.stepped_back and (one.option, one.criterion) not in measured
    ]
    if not any(one.result == "unknown" for one in argued):
        return ()
    found = (_hinge(best, other, argued, worths) for other in others)
    return tuple(hinge for hinge in found if hinge is not None)


def _hinge(
    best: OptionRecord, other: OptionRecord, argued: Sequence[RuleRecord], worths: Mapping[str, float]
) -> Hinge | None:
    behind = best.score - other.score
    if behind <= 0.0:
        # Tied, and another question decided.
        return None
    pair = (best.name, other.name)
    held: dict[Open, float] = {}
    for criterion, worth in worths.items():
        of_it = [one for one in argued if one.criterion == criterion and one.option in pair]
        held |= _most(pair, of_it, worth)
    if sum(held.values()) <= behind:
        return None
    for place, gain in sorted(held.items(), key=lambda item: (item[1], item[0])):
        if sum(held.values()) - gain > behind:
            del held[place]
    return Hinge(
        other.name,
        tuple(dict.fromkeys(rule for rule, _ in held)),
        tuple(dict.fromkeys(fact for _, facts in held for fact in facts)),
    )


def _most(pair: tuple[str, str], records: Sequence[RuleRecord], worth: float) -> dict[Open, float]:
    """The arguments on one criterion that bring the second option nearest to the first when they hold, the fewest there
    are, each with what it adds beside those before it, in money."""
    helping = {("prefer", pair[1]), ("avoid", pair[0])}
    unknown = [one for one in records if one.result == "unknown" and (one.action, one.option) in helping]
    open_ = tuple(dict.fromkeys((one.rule, one.missing) for one in unknown))
    silent = _ahead(pair, records, ())
    most: tuple[Open, ...] = ()
    top = silent
    # The strongest argument for one and the strongest against the other: more of them add nothing.
    for tried in chain(combinations(open_, 1), combinations(open_, 2)):
        ahead = _ahead(pair, records, tried)
        if ahead > top:
            most, top = tried, ahead
    steps = [_ahead(pair, records, most[:count]) for count in range(len(most) + 1)]
    return {one: worth * (after - before) for one, before, after in zip(most, steps[:-1], steps[1:], strict=True)}


def _ahead(pair: tuple[str, str], records: Sequence[RuleRecord], holding: Collection[Open]) -> float:
    """How much better the second option stands than the first, if `holding` hold."""
    made = [
        one if one.result == "true" else replace(one, result="true", degree=_FULL if one.degree is None else one.degree)
        for one in records
        if one.result == "true" or (one.rule, one.missing) in holding
    ]
    criterion = records[0].criterion if records else ""
    found = balances(made)
    first, second = (found.get((name, criterion), SILENCE).standing for name in pair)
    return second - first
