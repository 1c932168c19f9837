"""Vetoes: which options they take out, what each of them costs, and what to give up where nothing is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tcolang.base.record import record, replace
from tcolang.decide.decision import OptionRecord, RuleRecord, VetoPrice
from tcolang.decide.ties import Apart, choose


@record
class Vetoes:
    """Of one option: the rules that veto it, those of which it is not known whether they do, and for want of what."""

    held: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def vetoes_on(option: str, records: Iterable[RuleRecord]) -> Vetoes:
    """In the order of the rules. A rule that holds for one workload and is unknown for another holds."""
    cases = [record for record in records if record.action == "veto" and record.option == option]
    held = dict.fromkeys(record.rule for record in cases if record.result == "true")
    unknown = [record for record in cases if record.result == "unknown" and record.rule not in held]
    return Vetoes(
        tuple(held),
        tuple(dict.fromkeys(record.rule for record in unknown)),
        tuple(dict.fromkeys(fact for record in unknown for fact in record.missing)),
    )


def conflict_sets(options: Sequence[OptionRecord]) -> tuple[tuple[str, ...], ...]:
    """Where all options are vetoed: the smallest sets of rules without which one would be left, shortest first.

    An option is left when all the rules that veto it are gone, so each option's rules are such a set, and those that
    contain no other are the smallest.
    """
    if any(not option.vetoes for option in options):
        return ()
    sets = {frozenset(option.vetoes): option.vetoes for option in reversed(options)}
    smallest = [rules for rules in sets.values() if not any(other < frozenset(rules) for other in sets)]
    return tuple(sorted(smallest, key=lambda rules: (len(rules), rules)))


def veto_prices(
    options: Sequence[OptionRecord], recommended: OptionRecord | None, years: float, apart: Apart
) -> tuple[VetoPrice, ...]:
    """What the vetoes cost: mean present cost of the recommended option minus that of what would be chosen without
    them, divided by the years of the horizon (below zero where that one costs more and is worth it).

    An option comes back only when every rule that vetoes it is gone, so rules are priced together where they take out
    the same option: each alone would cost nothing. None where nothing is recommended: there is nothing to compare with.
    """
    if recommended is None:
        return ()
    sets = dict.fromkeys(option.vetoes for option in options if option.vetoes)
    return tuple(_price(rules, options, recommended, years, apart) for rules in sets)


def _price(
    rules: tuple[str, ...], options: Sequence[OptionRecord], recommended: OptionRecord, years: float, apart: Apart
) -> VetoPrice:
    free = [replace(option, vetoes=()) for option in options if set(option.vetoes) <= set(rules)]
    choice = choose(free, apart)
    instead = choice.option if choice else recommended
    return VetoPrice(rules, instead.name, (recommended.cost.mean - instead.cost.mean) / years)
