"""What costs more makes nothing cheaper: every amount of money that a component of a standard kind states."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcolang import pipeline
from tcolang.engine.breakeven import curve
from tcolang.engine.settings import Settings
from tcolang.model.build import build
from tcolang.model.costmodel import CostModel
from tcolang.semantics.types import QuantityType
from tests.std.reading import SPECS, program_of

CREDITED = ("resale", "credits", "basis", "success_value")
"""What is paid to us, or is worth something to us: more of it does not cost more."""

SOME = Settings(samples=20)
STATED = ("input", "assumption", "default")


@pytest.mark.parametrize("path", SPECS, ids=[path.stem for path in SPECS])
@given(factors=st.lists(st.floats(0.05, 20.0), min_size=4, max_size=6, unique=True).map(sorted))
@settings(max_examples=3, deadline=None)
def test_a_higher_price_never_costs_less(path: Path, factors: list[float]) -> None:
    name = str(path)
    prices = [key for key in _prices(name) if key.rpartition(".")[2] not in CREDITED]
    for key in prices:
        model = _model(name, key)
        options = [option.name for option in model.options if "tco" in option.results]
        for option, costs in zip(options, curve(model, options, factors, SOME), strict=True):
            for lower, higher in pairwise(costs):
                assert higher >= lower - 1e-9 * abs(lower), (key, option, factors, costs)


def test_prices_of_most_kinds_are_tried() -> None:
    kinds = {
        program.components[key.rpartition(".")[0]].kind
        for path in SPECS
        for program in [program_of(path)]
        for key in _prices(str(path))
        if key.rpartition(".")[0] in program.components
    }
    assert len(kinds) > 30


@cache
def _prices(name: str) -> tuple[str, ...]:
    return tuple(
        node.key
        for node in _model(name, "").nodes
        if node.sort in STATED
        and isinstance(node.type, QuantityType)
        and node.type.dimension.exponent("money") == 1
        and not node.key.startswith("(")
    )


def _model(name: str, over: str) -> CostModel:
    program = program_of(next(path for path in SPECS if str(path) == name))
    model = build(program, pipeline._builtins(), (), (), over=over).value
    assert model is not None
    return model
