"""Charts as diagrams. That they are drawn was checked by looking at them."""

from __future__ import annotations

from tcolang.report.blocks import Chart, Series
from tcolang.report.mermaid import MOST_SERIES, diagram, from_the_top, left_out, legend


def lines(*series: Series, labels: tuple[str, ...] = ("1k", "2k"), counted: bool = False) -> Chart:
    return Chart("lines", "Cost", "tokens a day", "EUR", labels, series, counted)


def test_lines_over_labels() -> None:
    text = diagram(lines(Series("a", (1.0, 2.5)), Series("b", (-3.0, 1e7))))
    assert text.startswith("```mermaid\n%%{init: {") and text.endswith("\n```")
    assert 'x-axis "tokens a day" ["1k", "2k"]' in text
    assert 'y-axis "EUR" -3 --> 10000000' in text
    assert "    line [1, 2.5]\n    line [-3, 10000000]" in text


def test_months_are_counted() -> None:
    assert 'x-axis "tokens a day" 1 --> 2' in diagram(lines(Series("a", (1.0, 2.0)), counted=True))


def test_a_chart_of_nothing_has_a_height() -> None:
    assert 'y-axis "EUR" 0 --> 1' in diagram(lines(Series("a", (0.0, -0.0))))


def test_the_legend_follows_the_colours() -> None:
    chart = lines(*(Series(f"o{index}", (1.0, 2.0)) for index in range(MOST_SERIES + 2)))
    assert legend(chart)[:2] == (("🟦", "o0"), ("🟧", "o1"))
    assert len(legend(chart)) == diagram(chart).count("    line [") == MOST_SERIES
    assert left_out(chart) == (f"o{MOST_SERIES}", f"o{MOST_SERIES + 1}")
    assert left_out(lines(Series("a", (1.0, 2.0)))) == ()


def test_a_pie_brings_its_own_legend() -> None:
    chart = Chart("pie", "Cost of a", "category", "EUR", ("people", 'x" : 1'), (Series("a", (2.0, 0.5)),))
    assert legend(chart) == ()
    assert '    "people" : 2\n    "x#34; : 1" : 0.5' in diagram(chart)


def test_lines_are_told_apart_without_colours() -> None:
    chart = lines(Series("low", (5.0, 1.0)), Series("high", (1.0, 9.0)), Series("middle", (9.0, 4.0)))
    assert from_the_top(chart) == ("high", "middle", "low")
    assert from_the_top(lines(Series("a", (1.0, 2.0)))) == ()
    assert from_the_top(Chart("bars", "Most", "chosen", "EUR", ("a", "b"), (Series("most", (1.0, 2.0)),))) == ()


def test_a_chart_has_a_text_for_those_who_do_not_see_it() -> None:
    chart = lines(Series("a", (1.0, 2.5)), Series("b", (-3.0, 1e7)))
    assert "    accTitle: Cost\n" in diagram(chart)
    assert "    accDescr: EUR, tokens a day from 1k to 2k. a from 1 to 2.5, b from -3 to 10000000\n" in diagram(chart)
    pie = Chart("pie", "Cost of a", "category", "EUR", ("people", 'x" : 1'), (Series("a", (2.0, 0.5)),))
    assert "    accDescr: people 2, x#34; : 1 0.5\n" in diagram(pie)
