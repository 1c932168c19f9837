"""Charts as Mermaid diagrams, which Git hosts draw without extra files (checked against Mermaid 11)."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.report.blocks import Chart, Series
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


def from_the_top(chart: Chart) -> tuple[str, ...]:
    """The lines that are drawn as they stand at the right edge, highest first: that tells them apart without colours.
    Empty where there is one line, or none."""
    shown = chart.series[:MOST_SERIES]
    if chart.form != "lines" or len(shown) < 2 or not chart.labels:
        return ()
    return tuple(series.name for series in sorted(shown, key=lambda series: -series.values[-1]))


def _told(chart: Chart) -> Iterator[str]:
    """What a screen reader says instead of the picture: what is drawn, and where each line begins and ends."""
    yield f"    accTitle: {text(chart.title)}"
    if chart.form == "lines":
        ends = (f"{each.name} {_ends(each)}" for each in chart.series[:MOST_SERIES])
        first, last = chart.labels[0], chart.labels[-1]
        said = f"{chart.y_title}, {chart.x_title} from {first} to {last}. " + ", ".join(ends)
        yield f"    accDescr: {text(said)}"
        return
    parts = zip(chart.labels, chart.series[0].values, strict=True)
    yield f"    accDescr: {text(', '.join(f'{label} {_number(value)}' for label, value in parts))}"


def _ends(series: Series) -> str:
    return f"from {_number(series.values[0])} to {_number(series.values[-1])}"


def _lines(chart: Chart) -> Iterator[str]:
    shown = chart.series[:MOST_SERIES]
    palette = ", ".join(colour for _, colour in _COLOURS)
    yield (
        '%%{init: {"xyChart": {"width": 860, "height": 400}, '
        f'"themeVariables": {{"xyChart": {{"plotColorPalette": "{palette}"}}}}}}}}%%'
    )
    yield "xychart-beta"
    yield f'    title "{text(chart.title)}"'
    yield from _told(chart)
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
    yield from _told(chart)
    for label, value in zip(chart.labels, chart.series[0].values, strict=True):
        yield f'    "{text(label)}" : {_number(value)}'


def _number(value: float) -> str:
    """Without an exponent, which the diagrams do not read."""
    shown = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown
