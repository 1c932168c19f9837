"""Which values an evaluation has to keep for a decision to be made from it."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.decide.noise import statistic_of
from tcolang.decide.operands import operands_of
from tcolang.decide.picture import inner_values
from tcolang.model.costmodel import CostModel, ExpectCase, RuleCase

_RESULTS = ("tco", "tco_nominal", "monthly")


def needed_keys(model: CostModel) -> frozenset[str]:
    """Keys of nodes: totals and monthly path of the options, worths, measures, what rules and expectations read.

    For a threshold on the mean or a percentile of a value, that value as well: its standard error is read off it.
    For an expectation, what its formulas read as well: a failed one shows it.
    """
    return frozenset(key for key in _read(model) if key in model.index and key not in model.unknown)


def _read(model: CostModel) -> Iterator[str]:
    for option in model.options:
        yield from (option.results[name] for name in _RESULTS if name in option.results)
    for criterion in model.criteria:
        yield criterion.worth
        yield from (measure.key for measure in criterion.measures.values() if measure.key is not None)
    cases: tuple[RuleCase | ExpectCase, ...] = (*model.rules, *model.expectations)
    for case in cases:
        for operand in operands_of(case):
            if operand.key is not None:
                yield operand.key
                statistic = statistic_of(model, operand.key)
                if statistic is not None and statistic.key is not None:
                    yield statistic.key
    for expectation in model.expectations:
        yield from (value.key for value in inner_values(expectation, model))
