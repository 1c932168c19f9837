"""How often an option has the highest score, over the futures and over what the criteria may be worth.

Stochastic multicriteria acceptability analysis: R. Lahdelma, J. Hokkanen and P. Salminen, SMAA, European Journal of
Operational Research 106 (1998), 137–143.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tcolang.decide.decision import Confidence, Hinge, OptionRecord
from tcolang.decide.thresholds import Thresholds
from tcolang.engine.chances import shares_highest
from tcolang.engine.evaluation import Evaluation

POINTS = 64
_SPREAD = 2.0
# Counted shares are sums of fractions: a share of exactly 0.9 may come out one rounding below.
_ROUNDING = 1e-12


def acceptabilities(
    options: Sequence[OptionRecord], costs: Mapping[str, str], evaluation: Evaluation
) -> Mapping[str, float]:
    """By name, of the options given (those that are not vetoed); they add up to one. `costs` are keys of nodes.

    Worths are multiplied, each by its own coordinate, at the points of `multipliers`.
    """
    if not options:
        return {}
    bonuses = [
        [sum(term.money * factor for term, factor in zip(option.terms, factors, strict=True)) for option in options]
        for factors in multipliers(len(options[0].terms))
    ]
    shares = shares_highest(evaluation, [costs[option.name] for option in options], bonuses)
    return {option.name: share for option, share in zip(options, shares, strict=True)}


def multipliers(criteria: int) -> tuple[tuple[float, ...], ...]:
    """64 points from ½ to 2, uniform in the logarithm; a single one where there are no criteria.

    A Kronecker sequence: multiples of the powers of 1/φ, modulo 1, where φ is the root above 1 of x^(d+1) = x + 1.
    M. Roberts, The Unreasonable Effectiveness of Quasirandom Sequences (2018).
    """
    if criteria == 0:
        return ((),)
    root = 2.0
    for _ in range(64):
        root = (1.0 + root) ** (1.0 / (criteria + 1))
    steps = [root ** -(place + 1) for place in range(criteria)]
    points = [[(0.5 + number * step) % 1.0 for step in steps] for number in range(POINTS)]
    return tuple(tuple(_SPREAD ** (2.0 * place - 1.0) for place in point) for point in points)


def confidence(recommended: OptionRecord, thresholds: Thresholds, hinges: Sequence[Hinge] = ()) -> Confidence:
    """In a word. Where it is not known whether a veto holds, or arguments that would turn the decision, it is
    conditional, whatever the figures say."""
    if recommended.conditional_on or hinges:
        return "conditional"
    share = recommended.acceptability + _ROUNDING
    if share >= thresholds.clear:
        return "clear"
    return "leaning" if share >= thresholds.leaning else "no_clear_winner"
