"""How good a value is: no better than the worst of what it is worked out from."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.model.costmodel import Node
from tcolang.model.drafts import VOLUME, Draft
from tcolang.semantics.program import Grade

ORDER: tuple[Grade, ...] = ("measured", "contracted", "estimated", "assumed")


def grade(draft: Draft, parents: Sequence[Node]) -> Grade | None:
    """None for a value that rests on no figure at all."""
    grades = [p.grade for p in parents if p.grade is not None]
    if draft.sort in ("input", "assumption", "default", "rate") and draft.key != VOLUME:
        grades.append(draft.provenance.grade)
    return max(grades, key=ORDER.index) if grades else None
