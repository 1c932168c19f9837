from __future__ import annotations

import numpy as np
import pytest

from tcolang.engine.within import NotReachableError, within
from tcolang.semantics.types import NUMBER_TYPE, DateType, GrowthType, QuantityType

SPAN = (1 / 64, 64.0)
SHARE = QuantityType(NUMBER_TYPE.dimension, True)
GROWTH = GrowthType(12.0)


def test_an_amount_has_no_end() -> None:
    reach = within("price", NUMBER_TYPE, np.array([[-3.0, 5.0]]), SPAN)
    assert (reach.span, reach.end) == (SPAN, "")


def test_a_share_ends_where_its_highest_future_is_all() -> None:
    reach = within("share", SHARE, np.array([[0.2, 0.4]]), SPAN)
    assert reach.span == pytest.approx((1 / 64, 2.5))
    assert reach.end == "ends where share reaches 100% in some month or future"


def test_a_span_that_stays_below_is_as_asked() -> None:
    reach = within("share", SHARE, np.array([[0.2]]), (0.5, 5.0))
    assert (reach.span, reach.end) == ((0.5, 5.0), "")


def test_a_growth_shrinks_to_nothing_at_most() -> None:
    assert within("growth", GROWTH, np.array([[-0.05]]), SPAN).span == pytest.approx((1 / 64, 20.0))
    assert within("growth", GROWTH, np.array([[0.05]]), SPAN).span == SPAN


def test_what_has_no_multiples_is_refused() -> None:
    with pytest.raises(NotReachableError, match="no amount"):
        within("day", DateType(), np.array([[24_000.0]]), SPAN)
    with pytest.raises(NotReachableError, match="zero"):
        within("price", NUMBER_TYPE, np.array([[0.0]]), SPAN)
    with pytest.raises(NotReachableError, match="beyond 100%"):
        within("share", SHARE, np.array([[0.4]]), (5.0, 64.0))
