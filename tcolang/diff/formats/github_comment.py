"""`--format github-comment`: the body of a comment on a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.diff.difference import Difference
from tcolang.diff.guardrails import Breach
from tcolang.diff.markup import comment
from tcolang.diff.output import DiffFormat
from tcolang.diff.told import told


def render(differences: Sequence[Difference], breaches: Sequence[Breach], name: str) -> str:
    """At most 60,000 bytes."""
    return comment(told(differences, breaches), name)


GITHUB_COMMENT = DiffFormat("github-comment", render)
