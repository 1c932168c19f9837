"""The cases against which regret is counted: the plan, less and more volume, and the scenarios of the spec."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.decide.regret import Case, Regret, regrets
from tcolang.report.results import Results

VOLUMES = ((0.5, "half the volume"), (2.0, "twice the volume"))


def regret_cases(results: Results) -> tuple[Case, ...]:
    """The plan first. Less and more volume keep vetoes and arguments as they are, scenarios judge them again."""
    scores = {option.name: option.score for option in results.decision.options if not option.vetoes}
    told = (Case(each.name, each.title, each.scores) for each in results.scenarios if each.scores)
    return (Case("as stated", "", scores), *_volumes(results), *told)


def regretted(results: Results) -> tuple[tuple[Case, ...], tuple[Regret, ...]]:
    """For the options that are allowed as it stands, in the order of the ranking."""
    cases = regret_cases(results)
    names = [record.name for record in results.ranked() if not record.vetoes]
    return cases, regrets(names, cases)


def _volumes(results: Results) -> Iterator[Case]:
    allowed = [option for option in results.decision.options if not option.vetoes]
    for factor, name in VOLUMES:
        costs = {option.name: dict(results.curves.get(option.name, ())).get(factor) for option in allowed}
        scores = {o.name: o.score + o.cost.mean - cost for o in allowed if (cost := costs[o.name]) is not None}
        if len(scores) == len(allowed) and scores:
            yield Case(name, "", scores)
