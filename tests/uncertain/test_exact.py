"""Sums rounded once, against the standard library's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tcolang.uncertain.draw import uniforms
from tcolang.uncertain.exact import exact_sums
from tcolang.uncertain.summary import batch_slices

NUMBERS = st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), min_size=1, max_size=80)


@given(NUMBERS, st.integers(1, 20))
@example([1e300, 1.0, -1e300], 1)
@example([5e-324, 1.0, -1.0, 5e-324], 1)
@example([2.0**53, 1.0, 2.0**-60], 1)
@example([-0.0, 0.0], 2)
@example([1.7976931348623157e308, 1.7976931348623157e308], 1)
def test_as_the_standard_library_has_it(numbers: list[float], batches: int) -> None:
    pieces = batch_slices(len(numbers), batches)
    try:
        expected = [math.fsum(numbers[piece]) for piece in pieces]
    except OverflowError:
        with pytest.raises(OverflowError):
            exact_sums(np.array(numbers), pieces)
        return
    assert exact_sums(np.array(numbers), pieces) == expected


@pytest.mark.parametrize("size", [1_000, 9_999])
def test_numbers_of_every_size_together(size: int) -> None:
    u = uniforms(["a", "sign"], size, seed=1, edition=1)
    values = np.exp(200.0 * (u["a"] - 0.5)) * np.sign(u["sign"] - 0.5)
    pieces = batch_slices(size, 20)
    assert exact_sums(values, pieces) == [math.fsum(values[piece].tolist()) for piece in pieces]
