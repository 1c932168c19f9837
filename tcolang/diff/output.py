"""What a format of a difference is. Each is one file in `formats/`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tcolang.base.record import record
from tcolang.base.registry import collect
from tcolang.diff.difference import Difference
from tcolang.diff.guardrails import Breach


@record
class DiffFormat:
    """`render` gives the text, which ends with a newline: the same for the same differences. Its last argument names
    the comment that the text is for, so that several can stand beside each other."""

    name: str
    render: Callable[[Sequence[Difference], Sequence[Breach], str], str]


def diff_formats() -> tuple[DiffFormat, ...]:
    """All there are, by name."""
    return collect("tcolang.diff.formats", DiffFormat)
