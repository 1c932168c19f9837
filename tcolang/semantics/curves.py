"""Load-duration curves: `percentiles(p0 = 110k tokens/second, p50 = …, p99 = …)`."""

from __future__ import annotations

import re
from itertools import pairwise

from tcolang.semantics.literals import canonical, unit_of
from tcolang.semantics.problems import curves as problems
from tcolang.semantics.scope import Scope, poison
from tcolang.semantics.terms import Curve, Term
from tcolang.semantics.types import CurveType
from tcolang.syntax import nodes


def curve_term(node: nodes.Call, scope: Scope) -> Term:
    """Two points at least, of one unit, above zero somewhere, and not falling. Only their shape counts: the curve is
    rescaled to the volume."""
    points: list[tuple[float, float]] = []
    dimensions: set[str] = set()
    for argument in node.arguments:
        named = re.fullmatch(r"p([0-9]{1,2}|100)", argument.name or "")
        if named is None or not isinstance(argument.value, nodes.Quantity):
            return scope.wrong(
                problems.BAD_CURVE, "a load curve is a list of percentiles", argument.span, help=_EXAMPLE
            )
        unit = unit_of(argument.value, scope)
        if unit is None:
            return poison(node.span)
        dimensions.add(str(unit.dimension))
        points.append((int(named.group(1)) / 100, canonical(argument.value, unit)))
    points.sort()
    if len(points) < 2 or len(dimensions) > 1 or len({share for share, _ in points}) < len(points):
        return scope.wrong(
            problems.BAD_CURVE, "a load curve has two percentiles or more, all in one unit", node.span, help=_EXAMPLE
        )
    for (low, before), (high, after) in pairwise(points):
        if after < before:
            return scope.wrong(
                problems.CURVE_FALLS,
                f"P{high * 100:.0f} lies below P{low * 100:.0f}, and percentiles never fall",
                node.span,
                help="a percentile is the level that is not exceeded in that share of the time",
            )
    if points[0][1] < 0 or points[-1][1] <= 0:
        return scope.wrong(
            problems.BAD_CURVE, "a load is not below zero, and not always zero", node.span, help=_EXAMPLE
        )
    return Curve(tuple(points), CurveType(), node.span)


_EXAMPLE = "`percentiles(p0 = 110k tokens/second, p50 = 222k tokens/second, p99 = 327k tokens/second)`"
