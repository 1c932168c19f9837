"""What an output format of the report is. Each is one file in `formats/`."""

from __future__ import annotations

from collections.abc import Callable

from tcolang.base.record import record
from tcolang.base.registry import collect
from tcolang.report.results import Results


@record
class Style:
    """What a screen can show; files are written with the defaults."""

    colour: bool = False
    width: int = 80


@record
class OutputFormat:
    """`suffix` is that of its files, `.md`. `render` gives the text, which ends with a newline: the same for the same
    results and style."""

    name: str
    suffix: str
    media_type: str
    render: Callable[[Results, Style], str]


def output_formats() -> tuple[OutputFormat, ...]:
    """All there are, by name; others plug in by the entry point `tcolang.formats`."""
    return collect("tcolang.report.formats", OutputFormat, group="tcolang.formats")
