"""One score, in money: − mean cost + what each criterion is worth over the horizon, as far as the option meets it.

No scale depends on another option, so adding one that does not win reverses nobody (unlike TOPSIS or min–max scales:
V. Belton and T. Gear, On a Short-coming of Saaty's Method, Omega 11 (1983), 228–230).
"""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.base.record import record
from tcolang.decide.arguments import SILENCE, Balance
from tcolang.decide.decision import ScoreTerm
from tcolang.decide.reading import Read
from tcolang.model.costmodel import CostModel, CriterionModel

_UNKNOWN_STANDING = 0.5


@record
class Scored:
    """The terms of an option's score beside its cost, and the facts for want of which a measure counts as ½."""

    terms: tuple[ScoreTerm, ...]
    missing: tuple[str, ...]

    @property
    def bonus(self) -> float:
        return sum(term.money for term in self.terms)


def scored(
    option: str,
    model: CostModel,
    worths: Mapping[str, float],
    arguments: Mapping[tuple[str, str], Balance],
    read: Read,
) -> Scored:
    """`worths` are present values over the horizon, by criterion, in the decision's currency."""
    terms: list[ScoreTerm] = []
    missing: list[str] = []
    for criterion in model.criteria:
        balance = arguments.get((option, criterion.name), SILENCE)
        term, unknown = _term(option, criterion, worths[criterion.name], balance, read)
        terms.append(term)
        missing.extend(unknown)
    return Scored(tuple(terms), tuple(dict.fromkeys(missing)))


def _term(
    option: str, criterion: CriterionModel, worth: float, balance: Balance, read: Read
) -> tuple[ScoreTerm, tuple[str, ...]]:
    """A criterion that is measured is not argued about; a measure beyond 0–1 counts as the nearer end."""
    measure = criterion.measures.get(option)
    if measure is None:
        standing = balance.standing
        return ScoreTerm(criterion.name, worth, standing, worth * standing, False, balance.rules), ()
    taken = read(measure)
    if not isinstance(taken.value, float):
        return ScoreTerm(criterion.name, worth, _UNKNOWN_STANDING, worth / 2, True, ()), taken.reading.missing
    standing = min(max(taken.value, 0.0), 1.0)
    return ScoreTerm(criterion.name, worth, standing, worth * standing, False, ()), ()
