"""Which values an evaluation has to keep for a report to be written from it."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.model.costmodel import CostModel, OptionModel
from tcolang.semantics.types import DateType, FlagType, GrowthType, QuantityType

_NUMBERS = (QuantityType, GrowthType, FlagType, DateType)
_SHOWN = frozenset(("assumption", "input", "default", "rate"))
# What leaving takes, by month: values of standard kinds.
OWED, LEAVING = "commitment_left", "cost_to_leave"


def reported_keys(model: CostModel) -> frozenset[str]:
    """Keys of nodes: what the options publish, their lines, what is left out, inputs, rates, named figures, and
    what it takes to leave."""
    return frozenset(key for key in _read(model) if key in model.index and has_numbers(model, key))


def has_numbers(model: CostModel, key: str) -> bool:
    """Words and references are shown as they stand."""
    return key not in model.unknown and isinstance(model.node(key).type, _NUMBERS)


def _read(model: CostModel) -> Iterator[str]:
    yield from model.published
    yield from (node.key for node in model.nodes if node.sort in _SHOWN)
    yield from (node.key for node in model.nodes if node.key.rpartition(".")[2] in (OWED, LEAVING))
    for option in model.options:
        yield f"{option.name}.lead_time"
        yield from option.results.values()
        yield from _lines(option)


def _lines(option: OptionModel) -> Iterator[str]:
    for line in option.lines:
        yield from (line.cash, line.charge, line.tco, line.nominal)
        if line.at_horizon is not None:
            yield line.at_horizon
        if line.resale is not None:
            yield from (line.resale.cash, line.resale.tco, line.resale.before)
    yield from (left.tco for left in option.left_out)
