"""How time and memory grow, as an SVG: one field for each axis, both scales logarithmic. Readable in light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10

from tests.benchmarks.rows import Line

WIDTH, HEIGHT = 264, 190
LEFT, TOP, RIGHT, BOTTOM = 44, 34, 26, 34
ACROSS = 3

_STYLE = """\
<style>
  text { font: 11px system-ui, sans-serif; fill: #444; }
  .title { font-weight: 600; font-size: 13px; fill: #222; }
  .grid { stroke: #ddd; stroke-width: 1; }
  .even { stroke: #888; stroke-width: 1.5; stroke-dasharray: 2 4; fill: none; }
  .time { stroke: #0072b2; fill: none; stroke-width: 2; } circle.time, text.time { fill: #0072b2; stroke: none; }
  .memory { stroke: #b8470a; fill: none; stroke-width: 2; stroke-dasharray: 7 3; }
  rect.memory, text.memory { fill: #b8470a; stroke: none; }
  @media (prefers-color-scheme: dark) {
    text { fill: #bbb; } .title { fill: #eee; } .grid { stroke: #444; } .even { stroke: #999; }
    .time { stroke: #56b4e9; } circle.time, text.time { fill: #56b4e9; }
    .memory { stroke: #f0904a; } rect.memory, text.memory { fill: #f0904a; }
  }
</style>"""


def drawing(lines: Sequence[Line]) -> str:
    """Each field shows time and memory as multiples of what they are at the least size; the dotted line is growth in
    proportion to the size."""
    down = ceil((len(lines) + 1) / ACROSS)
    size = f'width="{ACROSS * WIDTH}" height="{down * HEIGHT}" viewBox="0 0 {ACROSS * WIDTH} {down * HEIGHT}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title">',
        '<title id="title">Growth of time and memory with size, as multiples of those at the least size</title>',
        _STYLE,
    ]
    for number, line in enumerate(lines):
        parts += _field(line, number % ACROSS * WIDTH, number // ACROSS * HEIGHT)
    parts += _legend(len(lines) % ACROSS * WIDTH, len(lines) // ACROSS * HEIGHT)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _field(line: Line, x: int, y: int) -> Iterator[str]:
    across = log10(line.sizes[-1] / line.sizes[0])
    time, memory = _multiples(line.seconds), _multiples(line.memory)
    top = max(1, ceil(max(log10(max(*time, *memory)), across) - 0.05))
    low = floor(min(0.0, log10(min(*time, *memory))))
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def at(size: float, value: float) -> tuple[float, float]:
        right = log10(size / line.sizes[0]) / across * wide
        up = (log10(value) - low) / (top - low) * high
        return round(LEFT + right, 1), round(TOP + high - up, 1)

    yield f'<g transform="translate({x} {y})">'
    yield f'<text class="title" x="{LEFT}" y="{TOP - 12}">{line.axis}</text>'
    for power in range(low, top + 1):
        _, up = at(line.sizes[0], 10.0**power)
        yield f'<path class="grid" d="M{LEFT} {up}H{LEFT + wide}"/>'
        yield f'<text x="{LEFT - 6}" y="{up + 4}" text-anchor="end">{_power(power)}</text>'
    for place, size in enumerate(line.sizes):
        if place in (0, len(line.sizes) // 2, len(line.sizes) - 1):
            right, _ = at(size, 1.0)
            yield f'<text x="{right}" y="{TOP + high + 18}" text-anchor="middle">{size:,}</text>'
    yield f'<path class="even" d="{_path([at(line.sizes[0], 1.0), at(line.sizes[-1], 10.0**across)])}"/>'
    for name, values in (("memory", memory), ("time", time)):
        points = [at(size, value) for size, value in zip(line.sizes, values, strict=True)]
        yield f'<path class="{name}" d="{_path(points)}"/>'
        yield from (_mark(name, *point) for point in points)
    yield "</g>"


def _multiples(values: Sequence[float]) -> list[float]:
    """Of the first that is above a hundredth of the last: what is too small to be seen says nothing."""
    floor_ = max(values[-1] / 1e3, 1e-9)
    first = max(values[0], floor_)
    return [max(value, floor_) / first for value in values]


def _mark(name: str, x: float, y: float) -> str:
    if name == "time":
        return f'<circle class="time" cx="{x}" cy="{y}" r="3.5"/>'
    return f'<rect class="memory" x="{round(x - 3, 1)}" y="{round(y - 3, 1)}" width="6" height="6"/>'


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _power(power: int) -> str:
    return f"{10**power:,}×" if power >= 0 else f"{10.0**power:g}×"


def _legend(x: int, y: int) -> Iterator[str]:
    yield f'<g transform="translate({x} {y})">'
    for place, (name, text) in enumerate(_WORDS):
        up = TOP + 16 + place * 24
        yield f'<path class="{name}" d="M{LEFT} {up}H{LEFT + 40}"/>'
        if name != "even":
            yield _mark(name, LEFT + 20.0, float(up))
        yield f'<text x="{LEFT + 50}" y="{up + 4}">{text}</text>'
    yield f'<text x="{LEFT}" y="{TOP + 16 + 3 * 24 + 8}">as multiples of the least size</text>'
    yield "</g>"


_WORDS = (("time", "processor time"), ("memory", "memory"), ("even", "in proportion"))
