"""What is recommended, and for what scores: a decision without its account, for the scenarios of a report."""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.base.record import record, replace
from tcolang.decide.decide import apart, option_records
from tcolang.decide.keys import needed_keys
from tcolang.decide.plan import plan_of
from tcolang.decide.reading import reader
from tcolang.decide.rules import judge_rules
from tcolang.decide.thresholds import DEFAULT_THRESHOLDS, Thresholds
from tcolang.decide.ties import choose
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel

_COUNT = ("veto", "prefer", "avoid")
"""Actions of rules that have a say in it."""


@record
class Recommended:
    """`option` is None where all are vetoed; `costs` are means of the present value, `scores` of options that are
    allowed."""

    option: str | None
    costs: Mapping[str, float]
    scores: Mapping[str, float]


def recommended_keys(model: CostModel) -> frozenset[str]:
    """The nodes whose values `recommended` reads."""
    return needed_keys(_counting(model))


def recommended(
    model: CostModel, evaluation: Evaluation, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> Recommended | None:
    """As `decide` has it; None where there is no decision or no option whose cost is known."""
    costs = {option.name: option.results["tco"] for option in model.options if "tco" in option.results}
    if model.decision is None or not costs:
        return None
    read = reader(model, evaluation)
    rules = judge_rules(plan_of(_counting(model)), evaluation).records
    worths = {criterion.name: evaluation.estimate(criterion.worth).mean for criterion in model.criteria}
    options = tuple(option_records(model, evaluation, costs, rules, worths, read))
    allowed = [option for option in options if not option.vetoes]
    choice = choose(allowed, apart(evaluation, costs, thresholds))
    return Recommended(
        choice.option.name if choice else None,
        {option.name: option.cost.mean for option in options},
        {option.name: option.score for option in allowed},
    )


def _counting(model: CostModel) -> CostModel:
    """With no rule but those that have a say."""
    return replace(model, rules=tuple(rule for rule in model.rules if rule.action in _COUNT), expectations=())
