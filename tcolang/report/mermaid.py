"""Charts as Mermaid diagrams, which Git hosts draw without extra files (checked against Mermaid 11)."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.report.blocks import Chart
from tcolang.report.escape import Encoded
from tcolang.report.escape import mermaid as text

# Lines have no legend there, so the caption under a chart repeats the colours as squares. Each colour stands out from
# a white as well as from a black background.
_COLOURS = (
    ("🟦", "#2f81f7"),
    ("🟧", "#e8590c"),
    ("🟩", "#2ea043"),
    ("🟥", "#da3633"),
    ("🟪", "#8957e5"),
    ("🟫", "#8b5a2b"),
)
_SLICES = ("#e0a800", "#0f8b8d", "#c2559d")
MOST_SERIES = len(_COLOURS)


def diagram(chart: Chart) -> Encoded:
    """A fenced block. Of more than `MOST_SERIES` lines, the first ones are drawn."""
    lines = _pie(chart) if chart.form == "pie" else _lines(chart)
    return Encoded("\n".join(("```mermaid", *lines, "```")))


def legend(chart: Chart) -> tuple[tuple[str, str], ...]:
    """`(square, name of the series)` for each line that is drawn; a pie brings its own."""
    if chart.form == "pie":
        return ()
    return tuple((square, series.name) for (square, _), series in zip(_COLOURS, chart.series, strict=False))


def left_out(chart: Chart) -> tuple[str, ...]:
    """The names of the series that are not drawn."""
    return tuple(series.name for series in chart.series[MOST_SERIES:]) if chart.form != "pie" else ()


def _lines(chart: Chart) -> Iterator[str]:
    shown = chart.series[:MOST_SERIES]
    palette = ", ".join(colour for _, colour in _COLOURS)
    yield (
        '%%{init: {"xyChart": {"width": 860, "height": 400}, '
        f'"themeVariables": {{"xyChart": {{"plotColorPalette": "{palette}"}}}}}}}}%%'
    )
    yield "xychart-beta"
    yield f'    title "{text(chart.title)}"'
    if chart.counted:
        yield f'    x-axis "{text(chart.x_title)}" 1 --> {len(chart.labels)}'
    else:
        labels = ", ".join(f'"{text(label)}"' for label in chart.labels)
        yield f'    x-axis "{text(chart.x_title)}" [{labels}]'
    values = [value for series in shown for value in series.values]
    yield f'    y-axis "{text(chart.y_title)}" {_number(min(0.0, *values))} --> {_number(max(0.0, *values) or 1.0)}'
    for series in shown:
        yield f"    {'bar' if chart.form == 'bars' else 'line'} [{', '.join(map(_number, series.values))}]"


def _pie(chart: Chart) -> Iterator[str]:
    colours = (*(colour for _, colour in _COLOURS), *_SLICES)
    theme = ", ".join(f'"pie{index}": "{colour}"' for index, colour in enumerate(colours, start=1))
    yield f'%%{{init: {{"theme": "base", "themeVariables": {{{theme}, "pieOpacity": "1"}}}}}}%%'
    yield "pie showData"
    yield f"    title {text(chart.title)}"
    for label, value in zip(chart.labels, chart.series[0].values, strict=True):
        yield f'    "{text(label)}" : {_number(value)}'


def _number(value: float) -> str:
    """Without an exponent, which the diagrams do not read."""
    shown = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown
