"""Values by their place in order of size, against numpy's own quantiles, bit by bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from tcolang.uncertain.order import between, reached

VALUES = arrays(np.float64, array_shapes(min_dims=1, max_dims=3, max_side=30), elements=st.floats(-1e6, 1e6))
SHARES = st.floats(0.0, 1.0) | st.sampled_from((0.0, 0.05, 0.25, 0.5, 0.8, 0.95, 1.0))


@given(VALUES, SHARES)
def test_what_a_share_does_not_exceed(values: np.ndarray, share: float) -> None:
    assert np.array_equal(reached(np, values, share), np.quantile(values, share, axis=-1, method="inverted_cdf"))


@given(VALUES, SHARES, SHARES)
def test_between_two_futures(values: np.ndarray, one: float, other: float) -> None:
    found = between(np, values, (one, other))
    assert np.array_equal(np.stack(found), np.quantile(values, (one, other), axis=-1, method="linear"))


@pytest.mark.parametrize("place", range(4))
def test_what_is_not_a_number_is_seen_wherever_it_stands(place: int) -> None:
    values = np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]])
    values[1, place] = np.nan
    assert reached(np, values, 0.5).tolist()[0] == 2.0 and np.isnan(reached(np, values, 0.5)[1])
    (middle,) = between(np, values, (0.5,))
    assert middle[0] == 2.5 and np.isnan(middle[1])
