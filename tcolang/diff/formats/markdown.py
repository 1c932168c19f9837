"""`--format markdown`: for a step summary or a file."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.diff.difference import Difference
from tcolang.diff.guardrails import Breach
from tcolang.diff.markup import page
from tcolang.diff.output import DiffFormat
from tcolang.diff.told import told


def render(differences: Sequence[Difference], breaches: Sequence[Breach], name: str) -> str:
    """The name makes no difference."""
    return page(told(differences, breaches))


MARKDOWN = DiffFormat("markdown", render)
