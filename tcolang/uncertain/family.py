"""What a family of distributions is. Each is one file in `families/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from tcolang.base.record import record
from tcolang.base.registry import collect
from tcolang.uncertain.blocks import Floats

if TYPE_CHECKING:
    from tcolang.uncertain.distribution import Distribution, DistributionMistake


@record
class Family:
    """`parameters` are the sets of parameters that it can be stated by, each in its order; the first is that of
    arguments without names. `check` tells what is wrong with the parameters; the rest may rely on it.

    `quantile(xp, u, …)` and `cumulative(xp, x, …)` get numpy as `xp` and arrays of any shape, u strictly inside 0–1;
    a quantile rises with u and is the same to 9 digits on every machine. The functions of the same names in
    `distribution.py` tell what each gives.
    """

    name: str
    parameters: tuple[tuple[str, ...], ...]
    check: Callable[[Distribution], DistributionMistake | None]
    quantile: Callable[[Any, Floats, Distribution], Floats]
    cumulative: Callable[[Any, Floats, Distribution], Floats]
    support: Callable[[Distribution], tuple[float, float]]
    mean: Callable[[Distribution], float]
    describe: Callable[[Distribution], str]


@cache
def families() -> Mapping[str, Family]:
    """All families by name, sorted."""
    return {family.name: family for family in collect("tcolang.uncertain.families", Family)}


def family(name: str) -> Family:
    """The family of this name. Raises `KeyError` where there is none."""
    return families()[name]
