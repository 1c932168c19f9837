"""Rough values agree with those that an evaluation draws, and known prices are read in the units they are stated in."""

from __future__ import annotations

import pytest

from tcolang import pipeline
from tcolang.base.source import SourceFile
from tcolang.engine.evaluate import evaluate
from tcolang.engine.settings import Settings
from tcolang.lint.estimate import estimates, spread
from tcolang.lint.examples import COMPLETE
from tcolang.lint.known import known_price, known_prices, near
from tcolang.semantics.types import NUMBER_TYPE, QuantityType
from tcolang.uncertain.distribution import Distribution, interval
from tcolang.units.dimension import base
from tests.projects import world

MONEY = base("money")


def test_estimates_lie_where_an_evaluation_finds_the_values() -> None:
    outcome = pipeline.check(world({"spec.tco": COMPLETE}), SourceFile("spec.tco", COMPLETE))
    model = outcome.value.model
    assert model is not None
    found = estimates(model)
    inputs = [key for key in found if key in model.index and model.node(key).sort in ("input", "default", "assumption")]
    evaluated = evaluate(model, Settings(samples=400), inputs).value
    assert evaluated is not None and len(inputs) > 20
    for key in inputs:
        values = evaluated.values[key][0]
        estimate = found[key]
        # A twentieth of the values lies beyond each end.
        inside = ((values >= estimate.low * 0.999) & (values <= estimate.high * 1.001)).mean()
        assert inside >= 0.85, key
        assert values.min() <= estimate.middle * 1.001 and estimate.middle * 0.999 <= values.max(), key


def test_the_middle_of_a_range_above_zero_is_its_geometric_mean() -> None:
    distribution = interval(4.0, 9.0, "positive")
    assert isinstance(distribution, Distribution)
    estimate = spread(distribution)
    assert (estimate.low, estimate.high) == (4.0, 9.0)
    assert estimate.middle == pytest.approx(6.0)


@pytest.mark.parametrize(
    ("attribute", "dimension", "amount", "currency", "expected"),
    [
        # GPT-4o, 2.50 USD a million; the same figure per thousand.
        ("input_price", MONEY / base("token"), 2.5e-6, "USD", True),
        ("input_price", MONEY / base("token"), 2.5e-3, "USD", False),
        # o1-pro, the dearest on any list: 150 in, 600 out.
        ("input_price", MONEY / base("token"), 150e-6, "USD", True),
        ("output_price", MONEY / base("token"), 600e-6, "USD", True),
        ("output_price", MONEY / base("token"), 10e-3, "EUR", False),
        # 15 cents a kilowatt-hour; 15 EUR; 20 yen.
        ("power_price", MONEY / base("energy"), 0.15, "EUR", True),
        ("power_price", MONEY / base("energy"), 15.0, "EUR", False),
        ("power_price", MONEY / base("energy"), 20.0, "JPY", True),
        # 98.32 USD an hour for eight H100; the same as a price per month.
        ("price", MONEY / base("time"), 98.32 * 730, "USD", True),
        # 110k EUR a year is 9,167 a month; 110 EUR a year.
        ("salary", MONEY / base("time") / base("FTE"), 9_167.0, "EUR", True),
        ("salary", MONEY / base("time") / base("FTE"), 9.2, "EUR", False),
    ],
)
def test_known_prices(attribute: str, dimension: object, amount: float, currency: str, expected: bool) -> None:
    price = known_price(QuantityType(dimension), attribute)  # type: ignore[arg-type]
    assert price is not None
    assert near(price, amount, currency) is expected


def test_every_range_has_a_source_and_a_date_and_unknown_currencies_are_never_far() -> None:
    for price in known_prices():
        assert 0 < price.low < price.high and len(price.source) > 20 and price.checked.startswith("20")
        assert near(price, 1e30, "XAU")
    assert known_price(NUMBER_TYPE, "pue") is None
    assert known_price(QuantityType(MONEY / base("time")), "stipend") is None
