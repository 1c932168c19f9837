"""What speaks for and against each option: sentences that a rule or the cost model says, each with its place."""

from __future__ import annotations

from collections.abc import Iterable

from tcolang.base.record import record
from tcolang.decide.decision import Pairwise, RuleRecord
from tcolang.report.amounts import chance, money
from tcolang.report.results import Results
from tcolang.uncertain.summary import Estimate
from tcolang.units.quantity import readable

COST = "cost"


@record
class Argument:
    """`rule` is its id, or `cost` for what the cost model says; `where` is `file:line`; `workload` is that which the
    sentence names, if any."""

    rule: str
    text: str
    where: str
    workload: str = ""


def reasons(results: Results) -> tuple[Argument, ...]:
    """Why the recommended option: its cost, and the rules that hold and speak for it. None without one."""
    chosen = results.decision.recommended
    if chosen is None:
        return ()
    preferred = (r for r in holding(results) if r.action == "prefer" and r.option == chosen)
    return _once((_own_cost(results, chosen), *(_said(record) for record in preferred)))


def objections(results: Results, option: str) -> tuple[Argument, ...]:
    """The rules that hold and speak against an option: vetoes first."""
    against = [r for r in holding(results) if r.option == option and r.action in ("veto", "avoid")]
    return _once(_said(record) for record in sorted(against, key=lambda record: record.action != "veto"))


def why_not(results: Results, option: str) -> tuple[Argument, ...]:
    """Why not another option than the recommended one: what its rules say, then what it costs beside it."""
    pair = next((pair for pair in results.decision.pairs if pair.other == option), None)
    where = results.option(option).span.where
    cost = () if pair is None else (Argument(COST, _compared(results, pair), where),)
    return (*objections(results, option), *cost)


def holding(results: Results) -> tuple[RuleRecord, ...]:
    """The rules that hold and have not stepped back, in order."""
    return tuple(record for record in results.decision.rules if record.result == "true" and not record.stepped_back)


def missing_for_vetoes(results: Results, option: str) -> tuple[str, ...]:
    """The facts for want of which it is not known whether an option is ruled out."""
    open_vetoes = (r for r in results.decision.rules if r.option == option and r.action == "veto")
    return tuple(dict.fromkeys(fact for r in open_vetoes if r.result == "unknown" for fact in r.missing))


def said_by(results: Results, action: str) -> tuple[Argument, ...]:
    """What the rules with this action say, each sentence once."""
    return _once(_said(record) for record in holding(results) if record.action == action)


def _said(record: RuleRecord) -> Argument:
    text = record.text or record.title
    return Argument(record.rule, text, record.span.where, record.workload if record.workload in text else "")


def _once(arguments: Iterable[Argument]) -> tuple[Argument, ...]:
    return tuple(dict.fromkeys(arguments))


def _own_cost(results: Results, chosen: str) -> Argument:
    decision = results.decision
    cost = decision.option(chosen).cost
    said = f"It costs {money(cost.mean, results.currency)} in present value"
    if chosen == decision.cheapest:
        said += ", the least of all options" if len(decision.options) > 1 else ""
    elif decision.cheapest_allowed in (None, chosen):
        said += ", the least of the options that are allowed"
    else:
        least = decision.option(decision.cheapest_allowed or chosen).cost.mean
        more = money(cost.mean - least, results.currency)
        said += f", {more} more than {decision.cheapest_allowed}, the cheapest option that is allowed"
    return Argument(COST, f"{said}.", results.option(chosen).span.where)


def _compared(results: Results, pair: Pairwise) -> str:
    """In money, whether that is material, and how sure."""
    gap, currency = pair.difference, results.currency
    more = "more" if gap.mean >= 0 else "less"
    said = f"It costs {money(abs(gap.mean), currency)} {more} over the horizon"
    if gap.p5 != gap.p95:
        said += f" (nine futures in ten: {_more_or_less(gap, currency)})"
        error = f" ± {chance(pair.chance_error)}" if pair.chance_error else ""
        said += f" and is the cheaper of the two with a chance of {chance(1 - pair.chance_cheaper)}{error}"
    return f"{said}; {'a material difference' if pair.material else 'no material difference in cost'}."


def _more_or_less(gap: Estimate, currency: str) -> str:
    """`497,000 to 1.42M EUR more`, `1.49M EUR less to 135,000 EUR more`"""
    if gap.p5 >= 0:
        return f"{readable(gap.p5)} to {money(gap.p95, currency)} more"
    if gap.p95 <= 0:
        return f"{readable(-gap.p95)} to {money(-gap.p5, currency)} less"
    return f"{money(-gap.p5, currency)} less to {money(gap.p95, currency)} more"
