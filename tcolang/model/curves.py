"""Load-duration curves scaled to a mean of one."""

from __future__ import annotations

from itertools import pairwise

from tcolang.semantics.terms import Curve

Pieces = tuple[tuple[float, float, float], ...]
"""A share of the time, and the levels at its begin and end, between which the curve is straight."""


def curve_pieces(curve: Curve) -> Pieces:
    """Straight between the percentiles that are stated, flat beyond them."""
    points = [(0.0, curve.points[0][1]), *curve.points, (1.0, curve.points[-1][1])]
    return scaled(tuple((b - a, v, w) for (a, v), (b, w) in pairwise(points) if b > a))


def scaled(pieces: Pieces) -> Pieces:
    """With a mean of one; none where the mean is not above zero."""
    mean = sum(share * (v + w) / 2 for share, v, w in pieces)
    return tuple((share, v / mean, w / mean) for share, v, w in pieces) if mean > 0 else ()
