"""Values that rise and fall together: which can, and under which names."""

from __future__ import annotations

import numpy as np
import pytest

from tcolang.engine.settings import Settings
from tests.projects import added, changed, codes, model_of, values_of

PRICES = (
    "prices.tco",
    "tco 1\n\nassume fall = 1 to 2\n\nassume fixed = 3\n\nflat theirs {\n  price = 90 to 120 EUR/month\n}\n",
)
IMPORTING = ("use quiet", "import prices as our\n\nuse quiet")
OWN = "assume a = 1 to 2\nassume b = 1 to 2\n"


def _ranks(values: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(values[0]))


@pytest.mark.parametrize(
    ("left", "right", "keys"),
    [
        ("a", "b", ("a", "b")),
        ("a", "our.fall", ("a", "prices.fall")),
        ("our.fall", "our.theirs.price", ("prices.fall", "prices.theirs.price")),
        ("box.price", "our.theirs.price", ("box.price", "prices.theirs.price")),
    ],
)
def test_assumptions_and_attributes_of_any_file_can_be_correlated(left: str, right: str, keys: tuple[str, str]) -> None:
    text = changed(IMPORTING, ("100 EUR/month", "80 to 110 EUR/month"), more=f"{OWN}correlate {left}, {right} = 0.8\n")
    values = values_of(list(keys), text, PRICES, settings=Settings(samples=2_000))
    one, other = (_ranks(values[key]) for key in keys)
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("correlate a, a = 0.5", "TCO221"),
        ("correlate a, b = 1.5", "TCO221"),
        ("correlate a, b = a", "TCO221"),
        ("correlate a, nothing = 0.5", "TCO101"),
        ("correlate a, own.tco = 0.5", "TCO101"),
        ("correlate a, our.nothing = 0.5", "TCO101"),
        ("correlate a, our.fixed = 0.5", "TCO224"),
        ("correlate a, box.price = 0.5", "TCO224"),
    ],
)
def test_what_cannot_be_correlated(line: str, code: str) -> None:
    assert codes(changed(IMPORTING, more=f"{OWN}{line}\n"), PRICES) == [code]


def test_correlations_are_possible_together() -> None:
    three = f"{OWN}assume c = 1 to 2\ncorrelate a, b = 0.9\ncorrelate b, c = 0.9\n"
    assert codes(added(three, "correlate a, c = -0.9")) == ["TCO223"]
    assert codes(added(three, "correlate a, c = 0.8")) == []
    assert len(model_of(added(three, "correlate a, c = 0.8")).correlations) == 3
