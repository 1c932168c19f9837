"""`--format gitlab-comment`: the body of a note on a merge request."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.diff.difference import Difference
from tcolang.diff.guardrails import Breach
from tcolang.diff.markup import comment, gitlab
from tcolang.diff.output import DiffFormat
from tcolang.diff.told import told


def render(differences: Sequence[Difference], breaches: Sequence[Breach], name: str) -> str:
    """At most 60,000 bytes."""
    return comment(told(differences, breaches), name, gitlab)


GITLAB_COMMENT = DiffFormat("gitlab-comment", render)
