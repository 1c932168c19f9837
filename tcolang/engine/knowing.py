"""What it would be worth to know more before deciding, and which inputs the difference in cost rests on.

H. Raiffa and R. Schlaifer, Applied Statistical Decision Theory (1961), for the value of information. Of one input: M.
Strong, J. Oakley and A. Brennan, Estimating Multiparameter Partial Expected Value of Perfect Information from a
Probabilistic Sensitivity Analysis Sample, Medical Decision Making 34 (2014), 311–326: the conditional mean is fitted to
the futures that are there, so that no further ones are needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from tcolang.base.record import record
from tcolang.engine.evaluation import Evaluation, Values
from tcolang.engine.inputs import draw_inputs
from tcolang.engine.plan import make_plan
from tcolang.engine.settings import Settings
from tcolang.engine.steps import Drawn
from tcolang.model.costmodel import CostModel
from tcolang.uncertain.standard_normal import inverse_normal

DEGREE = 4
"""Of the polynomial in the normal score; the rank and its square are fitted beside it, for inputs that are even."""

_ROUNDING = 1e-12


@record
class Knowing:
    """`draw` names the random stream of an input. `worth` is what knowing it exactly is worth, in money; `share` its
    part of the variance of the difference in cost between the two options asked about (0 to 1)."""

    draw: str
    worth: float
    share: float


def worth_of_knowing_all(costs: Sequence[Values], bonuses: Sequence[float]) -> float:
    """The mean of the best score in each future, above that of the option that is best on average.

    `costs` has an array of shape (samples,) for each option.
    """
    scores = _scores(costs, bonuses)
    return max(0.0, float(scores.max(axis=0).mean() - scores.mean(axis=1).max()))


def worth_of_knowing(
    inputs: Mapping[str, Values], costs: Sequence[Values], bonuses: Sequence[float], pair: tuple[int, int] | None
) -> tuple[Knowing, ...]:
    """One input at a time, in the order given. `pair` are the places of the options whose difference is explained."""
    scores = _scores(costs, bonuses)
    gap = scores[pair[0]] - scores[pair[1]] if pair is not None else np.zeros(scores.shape[1])
    spread = _variance(gap, scores)
    basis = _basis(scores.shape[1])
    return tuple(_knowing(draw, values, scores, gap, spread, basis) for draw, values in inputs.items())


def drawn_inputs(model: CostModel, keys: Sequence[str], settings: Settings) -> dict[str, Values]:
    """The futures of everything uncertain that the nodes rest on, by random stream, shape (samples,): those that an
    evaluation with these settings has seen."""
    plan = make_plan(model, keys)
    if not plan.uncertain:
        return {}
    drawn = draw_inputs(plan, model.correlations, settings.samples, settings.seed)
    found: dict[str, Values] = {}
    for number, step in enumerate(plan.steps):
        if isinstance(step.operation, Drawn):
            found.setdefault(step.operation.key, drawn[number][0])
    return found


def futures(evaluation: Evaluation, keys: Sequence[str]) -> list[Values]:
    return [evaluation.futures(key) for key in keys]


def _scores(costs: Sequence[Values], bonuses: Sequence[float]) -> Values:
    return np.array(bonuses, dtype=np.float64)[:, None] - np.stack(costs)


def _variance(gap: Values, scores: Values) -> float:
    """0 where the options differ by the same in all futures, but for rounding."""
    found = float(gap.var())
    return found if found > (_ROUNDING * float(np.abs(scores).max())) ** 2 else 0.0


def _knowing(draw: str, values: Values, scores: Values, gap: Values, spread: float, basis: Values) -> Knowing:
    order = np.argsort(values, kind="stable")
    fitted = np.stack([_fitted(row[order], basis)[0] for row in scores])
    worth = float(fitted.max(axis=0).mean() - fitted.mean(axis=1).max())
    explained = _fitted(gap[order], basis)[1]
    return Knowing(draw, max(0.0, worth), min(1.0, explained / spread) if spread > 0.0 else 0.0)


def _fitted(sorted_: Values, basis: Values) -> tuple[Values, float]:
    """The polynomial in the input's normal score, at each future, and its variance."""
    mean = sorted_.mean()
    # Sums of products: the last bits of a matrix product depend on the machine.
    weights = [float((row * sorted_).mean()) for row in basis]
    fit = mean + sum((weight * row for weight, row in zip(weights, basis, strict=True)), np.zeros_like(sorted_))
    return fit, sum(weight * weight for weight in weights)


@cache
def _basis(samples: int) -> Values:
    """Polynomials in the normal score of the rank and in the rank, each of mean 0 and variance 1, and none correlated
    with another; shape (rows, samples). A function of a normal or lognormal input is a short sum of the first (Hermite)
    and one of an even input of the second."""
    rank = (np.arange(samples) + 0.5) / samples
    score = inverse_normal(np, rank)
    rows: list[Values] = []
    for power in (*(score**power for power in range(1, DEGREE + 1)), rank, rank * rank)[: samples - 1]:
        row = power - power.mean()
        for earlier in rows:
            row = row - (row * earlier).mean() * earlier
        length = float(np.sqrt((row * row).mean()))
        if length > 0.0:
            rows.append(row / length)
    return np.stack(rows) if rows else np.zeros((0, samples))
