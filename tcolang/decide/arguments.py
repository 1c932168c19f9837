"""The arguments of rules. Within a criterion the strongest counts and the others add nothing: saying a point twice does
not make it weigh more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tcolang.base.record import record
from tcolang.decide.decision import RuleRecord


@record
class Balance:
    """The strongest degree for and against (0 where there is none), and the rules that argue as strongly."""

    favour: float = 0.0
    against: float = 0.0
    rules: tuple[str, ...] = ()

    @property
    def standing(self) -> float:
        """½ where nothing is said, or as much on either side."""
        return 0.5 + (self.favour - self.against) / 2


SILENCE = Balance()


def balances(records: Iterable[RuleRecord]) -> Mapping[tuple[str, str], Balance]:
    """By option and criterion, of the arguments that hold and did not step back."""
    made: dict[tuple[str, str], list[RuleRecord]] = {}
    for one in records:
        if one.result == "true" and one.degree and not one.stepped_back:
            made.setdefault((one.option, one.criterion), []).append(one)
    return {place: _balance(arguments) for place, arguments in made.items()}


def _balance(arguments: list[RuleRecord]) -> Balance:
    favour, for_it = _strongest(arguments, "prefer")
    against, against_it = _strongest(arguments, "avoid")
    return Balance(favour, against, (*for_it, *(rule for rule in against_it if rule not in for_it)))


def _strongest(arguments: list[RuleRecord], action: str) -> tuple[float, tuple[str, ...]]:
    degrees = [(record.degree or 0.0, record.rule) for record in arguments if record.action == action]
    top = max((degree for degree, _ in degrees), default=0.0)
    return top, tuple(dict.fromkeys(rule for degree, rule in degrees if degree == top))
