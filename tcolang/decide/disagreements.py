"""*Thumb disagrees*: rules of thumb that stepped back before a computed cost which says the opposite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tcolang.decide.decision import Disagreement, OptionRecord, RuleRecord
from tcolang.decide.pairs import is_material
from tcolang.decide.thresholds import Thresholds
from tcolang.engine.chances import difference
from tcolang.engine.evaluation import Evaluation


def disagreements(
    records: Sequence[RuleRecord],
    options: Sequence[OptionRecord],
    costs: Mapping[str, str],
    evaluation: Evaluation,
    thresholds: Thresholds,
) -> tuple[Disagreement, ...]:
    """One per rule. A rule argues for a side, the option's family or the others, and each side stands for its cheapest
    option; a difference that is not material contradicts nobody."""
    found: dict[str, Disagreement] = {}
    for record in records:
        if not record.stepped_back or record.result != "true" or not record.degree or record.rule in found:
            continue
        thumb, other = _sides(record, options)
        if thumb is None or other is None:
            continue
        gap = difference(evaluation, costs[thumb.name], costs[other.name])
        material = is_material(thumb.cost.mean, other.cost.mean, gap.chance, thresholds)
        if other.cost.mean < thumb.cost.mean and material:
            found[record.rule] = Disagreement(record.rule, thumb.name, other.name, thumb.cost.mean, other.cost.mean)
    return tuple(found.values())


def _sides(record: RuleRecord, options: Sequence[OptionRecord]) -> tuple[OptionRecord | None, OptionRecord | None]:
    """The side that the rule speaks for, and the other; None where there is no option on it, as far as is known."""
    family = next(option.family for option in options if option.name == record.option)
    if family is None:
        return None, None
    own = _cheapest(option for option in options if option.family == family)
    beside = _cheapest(option for option in options if option.family not in (family, None))
    return (own, beside) if record.action == "prefer" else (beside, own)


def _cheapest(options: Iterable[OptionRecord]) -> OptionRecord | None:
    return min(options, key=lambda option: option.cost.mean, default=None)
