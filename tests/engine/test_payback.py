from __future__ import annotations

import pytest

from tcolang.engine.payback import Paid, payback


def evenly(*months: float) -> Paid:
    return Paid((0.0,) * len(months), months)


@pytest.mark.parametrize(
    ("option", "baseline", "expected"),
    [
        # 4,000 at once saves 185 a month: 4000 / 185.
        (Paid((4000.0, *(0.0,) * 23), (0.0,) * 24), evenly(*(185.0,) * 24), 4000 / 185),
        # 100 at once and 10 a month against 30 a month: 100 / 20.
        (Paid((100.0, *(0.0,) * 5), (10.0,) * 6), evenly(*(30.0,) * 6), 5.0),
        (Paid((100.0, 0.0, 0.0), (10.0,) * 3), evenly(30.0, 30.0, 30.0), None),
        (evenly(10.0, 10.0), evenly(30.0, 30.0), 0.0),
        (evenly(30.0, 30.0), evenly(30.0, 30.0), 0.0),
        # Bought again after three months, when 20 are saved: 30 more to save at 30 a month.
        (Paid((70.0, 0.0, 0.0, 50.0, 0.0, 0.0), (0.0,) * 6), evenly(*(30.0,) * 6), 4.0),
        # Cheaper at first, dearer in the end.
        (evenly(10.0, 10.0, 90.0), evenly(30.0, 30.0, 30.0), None),
        (evenly(0.1, 0.2), evenly(0.0, 0.3), 2.0),
        (evenly(), evenly(), 0.0),
    ],
)
def test_payback(option: Paid, baseline: Paid, expected: float | None) -> None:
    found = payback(option, baseline)
    assert found == (None if expected is None else pytest.approx(expected, rel=1e-12))
