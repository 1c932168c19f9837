"""Distributions that a spec states by the name of their family."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tcolang.uncertain.distribution import Distribution, DistributionMistake, certain, support
from tcolang.uncertain.family import family

_LARGEST = 1e300  # as the largest literal: sums and spreads of it stay finite


def named(name: str, arguments: Sequence[tuple[str | None, float]]) -> Distribution | DistributionMistake:
    """`triangular(low = 1, mode = 2, high = 4)`, its arguments as `(name or None, number)`.

    Arguments without a name take the family's order. Not for `discrete` and `mixture`, which hold lists. Raises
    `KeyError` for an unknown family. What has no width is a certain value.
    """
    forms = family(name).parameters
    ordered = _ordered(forms, arguments)
    if ordered is None:
        spelled = " or ".join(f"`{name}({', '.join(f'{p} = …' for p in form)})`" for form in forms)
        return DistributionMistake(f"`{name}` does not have these parameters", f"write {spelled}")
    return _checked(Distribution(name, ordered))


def discrete(values: Sequence[float], weights: Sequence[float]) -> Distribution | DistributionMistake:
    """`discrete(values = […], weights = […])`: one of a few values, each with its probability."""
    if len(values) != len(weights) or not values:
        return _uneven("discrete", "values")
    pairs = sorted(zip(values, weights, strict=True))
    return _checked(Distribution("discrete", tuple(p for v, w in pairs for p in (("value", v), ("weight", w)))))


def mixture(components: Sequence[Distribution], weights: Sequence[float]) -> Distribution | DistributionMistake:
    """`mixture(components = […], weights = […])`: one of several distributions, each with its probability."""
    if len(components) != len(weights) or not components:
        return _uneven("mixture", "components")
    return _checked(Distribution("mixture", tuple(("weight", w) for w in weights), tuple(components)))


def _uneven(name: str, what: str) -> DistributionMistake:
    return DistributionMistake(
        f"`{name}` needs as many weights as {what}, and at least one", f"write `{name}({what} = […], weights = […])`"
    )


def _ordered(
    forms: Sequence[tuple[str, ...]], arguments: Sequence[tuple[str | None, float]]
) -> tuple[tuple[str, float], ...] | None:
    """The arguments under the names and in the order of the form they fit."""
    if len(arguments) > len(forms[0]):
        return None
    pairs = [(forms[0][i] if name is None else name, number) for i, (name, number) in enumerate(arguments)]
    for form in forms:
        if sorted(form) == sorted(name for name, _ in pairs):
            return tuple((name, dict(pairs)[name]) for name in form)
    return None


def _checked(distribution: Distribution) -> Distribution | DistributionMistake:
    if not all(math.isfinite(number) and abs(number) <= _LARGEST for number in distribution.numbers):
        return DistributionMistake(
            f"a parameter of `{distribution.family}` is too large to calculate with", "keep it below 1e300"
        )
    mistake = family(distribution.family).check(distribution)
    if mistake is not None:
        return mistake
    low, high = support(distribution)
    return certain(low) if low == high else distribution
