"""Formats, what an evaluation has to keep for them, and where the chart is drawn."""

from __future__ import annotations

import pytest

from tcolang.base.record import replace
from tcolang.engine.breakeven import BreakEven, Crossing
from tcolang.report.document import document
from tcolang.report.keys import reported_keys
from tcolang.report.output import Style, output_formats
from tcolang.report.volume import POINTS, drawn_factors
from tests.report.sample import sample


def test_formats_are_found_by_looking() -> None:
    assert [(each.name, each.suffix, each.media_type) for each in output_formats()] == [
        ("json", ".json", "application/json"),
        ("markdown", ".md", "text/markdown"),
        ("terminal", ".txt", "text/plain"),
        ("trace", ".trace.json", "application/json"),
    ]


def test_a_report_needs_no_more_than_the_keys_it_asks_for() -> None:
    results = sample()
    keys = reported_keys(results.model)
    kept = {key: array for key, array in results.evaluation.values.items() if key in keys}
    assert "between" in results.evaluation.values and "between" not in kept
    lean = replace(results, evaluation=replace(results.evaluation, values=kept))
    for each in output_formats():
        assert each.render(lean, Style()) == each.render(results, Style())


def test_a_model_without_a_question_has_no_report() -> None:
    results = sample()
    with pytest.raises(ValueError, match="without a decision"):
        document(replace(results, model=replace(results.model, decision=None)))


def test_the_chart_covers_the_plan_and_every_crossing() -> None:
    factors = tuple(2.0 ** (index / 5) for index in range(-30, 31))
    plain = drawn_factors(factors, ())
    # Every second one of the grid: 21 of them lie within a quarter and four times.
    assert plain == factors[20:41:2]
    assert (plain[0], plain[-1]) == pytest.approx((0.25, 4.0))
    far = BreakEven("a", "b", (1 / 64, 64.0), (Crossing(20.0, "step", "a", "b"),), True, (), (), ())
    wide = drawn_factors(factors, (far,))
    assert wide[0] == pytest.approx(0.25)
    assert 20.0 < wide[-1] < 30.0
    assert len(wide) <= POINTS and wide == factors[20:55:3]
    assert drawn_factors((1.0, 2.0, 50.0), ()) == (1.0, 2.0)
