"""What is written behind a colon: the type of an attribute, assumption or formula, and the unit to show it in."""

from __future__ import annotations

import re

from tcolang.base.suggest import did_you_mean
from tcolang.semantics.problems import names as name_problems
from tcolang.semantics.problems import units as problems
from tcolang.semantics.scope import Scope
from tcolang.semantics.types import (
    AnyType,
    ChoiceType,
    CurveType,
    DateType,
    FlagType,
    GrowthType,
    ListType,
    QuantityType,
    ReferenceType,
    TextType,
    Type,
)
from tcolang.syntax import items
from tcolang.syntax.nodes import UnitText
from tcolang.units.table import UnitMistake
from tcolang.units.unit import Unit

ROLES = ("workload", "deployment", "staffing")
WORDS: dict[str, Type] = {
    "text": TextType(),
    "flag": FlagType(),
    "date": DateType(),
    "growth": GrowthType(),
    "curve": CurveType(),
}


def typed(typing: items.Typing, scope: Scope, name: str) -> tuple[Type, Unit | None]:
    """The type and, for a quantity, its unit; `name` is what a choice of its own is called."""
    match typing:
        case items.UnitType(unit, _):
            return _unit_or_word(unit.text, unit, scope)
        case items.ReferenceType(kind, _):
            return _reference(kind, scope), None
        case items.ChoiceTypeText(values, ordered, _):
            _once(values, scope)
            return ChoiceType(name, tuple(v.text for v in values), ordered), None
        case items.ListType(unit, _):
            item, shown = _unit_or_word(unit.text, unit, scope)
            return ListType(item), shown


def _once(values: tuple[items.Name, ...], scope: Scope) -> None:
    seen: set[str] = set()
    for value in values:
        if value.text in seen:
            scope.report(
                name_problems.DECLARED_TWICE,
                f"the choice has `{value.text}` twice",
                value.span,
                help="keep one of them",
            )
        seen.add(value.text)


def _unit_or_word(text: str, node: UnitText, scope: Scope) -> tuple[Type, Unit | None]:
    if text in WORDS:
        return WORDS[text], None
    if text in scope.tables.choices:
        return scope.tables.choices[text], None
    found = scope.tables.units.parse(text)
    if isinstance(found, UnitMistake):
        names = [*WORDS, *scope.tables.choices, "share", "number", "money"]
        scope.report(
            problems.UNKNOWN_UNIT,
            f"`{text}` is no unit, dimension or choice"
            if found.message.startswith("there is no unit")
            else found.message,
            node.span,
            help=did_you_mean(text, names) or found.help,
        )
        return AnyType(), None
    return QuantityType(found.dimension, text == "share"), _at_home(found, scope)


def _at_home(unit: Unit, scope: Scope) -> Unit:
    """In the currency of the decision: foreign amounts are exchanged, so `USD/hour` is shown as `EUR/hour`."""
    home = scope.tables.currency
    if unit.currency is None or home is None or unit.currency == home:
        return unit
    found = scope.tables.units.parse(re.sub(rf"(?<![A-Za-z]){unit.currency}(?![A-Za-z])", home, unit.text))
    return found if isinstance(found, Unit) else unit


def _reference(kind: items.Name, scope: Scope) -> Type:
    if kind.text in scope.tables.kinds:
        return ReferenceType(kind.text)
    if kind.text in ROLES:
        return ReferenceType(kind.text, role=True)
    scope.report(
        name_problems.UNKNOWN_KIND,
        f"there is no kind `{kind.text}`",
        kind.span,
        help=did_you_mean(kind.text, [*scope.tables.kinds, *ROLES]),
    )
    return AnyType()
