"""Words and figures that several pages use."""

from __future__ import annotations

from tcolang.diff.difference import Difference
from tcolang.report.amounts import money
from tcolang.report.blocks import Code, Piece, Prose, prose, quoted

_LONGEST = 240


def signed(value: float, currency: str) -> str:
    """`+18,400 EUR`, `−300 EUR`"""
    shown = money(abs(value), currency)
    return shown if value == 0 else f"{'+' if value > 0 else '−'}{shown}"


def signed_whole(value: int) -> str:
    return "0" if value == 0 else f"{'+' if value > 0 else '−'}{abs(value):,}"


def share(increase: float, before: float) -> str:
    """` (+6.2%)`; nothing where there was nothing before."""
    if not before:
        return ""
    per_cent = 100 * increase / abs(before)
    return f" ({'+' if per_cent > 0 else '−' if per_cent < 0 else '±'}{abs(per_cent):.3g}%)"


def option(name: str | None) -> Prose:
    return Code(name) if name is not None else "none"


def of(difference: Difference, several: bool, title: str) -> str:
    """A title, with the decision where there are several."""
    return f"{title}: {difference.side.decision.name}" if several else title


def clipped(text: str) -> tuple[Piece, ...]:
    """A sentence of a spec, in which names stand in backticks; at most a paragraph of it."""
    line = " ".join(text.split())
    return quoted(line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip('`')}…")


def placed(text: Prose, where: str) -> Prose:
    return prose(text, " (", Code(where), ")")
