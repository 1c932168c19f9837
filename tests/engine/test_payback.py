from __future__ import annotations

import pytest

from tcolang.engine.payback import payback


@pytest.mark.parametrize(
    ("cash", "baseline", "expected"),
    [
        # 100 at once and 10 a month against 30 a month: 140 − 150 at the end of month 4, 130 − 120 before.
        ([110.0, 10.0, 10.0, 10.0, 10.0, 10.0], [30.0] * 6, 4),
        ([110.0, 10.0, 10.0], [30.0] * 3, None),
        ([10.0, 10.0], [30.0, 30.0], 0),
        ([30.0, 30.0], [30.0, 30.0], 0),
        # Bought again in month 3: it pays for good only after that.
        ([50.0, 0.0, 0.0, 50.0, 0.0, 0.0], [30.0] * 6, 1),
        ([70.0, 0.0, 0.0, 70.0, 0.0, 0.0], [30.0] * 6, 4),
        # Cheaper at first, dearer in the end.
        ([10.0, 10.0, 90.0], [30.0, 30.0, 30.0], None),
        ([0.1, 0.2], [0.0, 0.3], 1),
        ([], [], 0),
    ],
)
def test_payback(cash: list[float], baseline: list[float], expected: int | None) -> None:
    assert payback(cash, baseline) == expected
