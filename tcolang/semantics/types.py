"""The types of expressions. Quantities carry a dimension; whether a value varies by month or by future is no type:
it is read off the graph, where each value has its place."""

from __future__ import annotations

from typing import TypeAlias

from tcolang.base.record import record
from tcolang.units.dimension import NUMBER, Dimension


@record
class QuantityType:
    """A number with a dimension. A `share` is dimensionless and lies in 0–1."""

    dimension: Dimension
    share: bool = False


@record
class GrowthType:
    """A percentage per time that keeps its period and compounds. Its value is the rate per `period` (in months); the
    period is None where a kind declares the attribute and each component states its own."""

    period: float | None = None


@record
class FlagType:
    """True or false."""


@record
class TextType:
    """Words for a reader."""


@record
class DateType:
    """A day. Its value is the number of months since the year 0, days as a fraction of their month."""


@record
class ChoiceType:
    """One of `values`; where `ordered`, they compare as written, first is least."""

    name: str
    values: tuple[str, ...]
    ordered: bool


@record
class ReferenceType:
    """A component of a kind, or of any kind with a role (`role` is then its name)."""

    kind: str
    role: bool = False


@record
class OptionType:
    """One of the options of the decision."""


@record
class PercentileType:
    """`P80`"""


@record
class CurveType:
    """The shape of a load-duration curve."""


@record
class ListType:
    item: Type


@record
class AnyType:
    """The type of an expression that was found wrong: it fits everywhere, so that one mistake gives one finding."""


Type: TypeAlias = (
    QuantityType
    | GrowthType
    | FlagType
    | TextType
    | DateType
    | ChoiceType
    | ReferenceType
    | OptionType
    | PercentileType
    | CurveType
    | ListType
    | AnyType
)

NUMBER_TYPE = QuantityType(NUMBER)
SHARE_TYPE = QuantityType(NUMBER, share=True)

WORDS = (ChoiceType, TextType, ReferenceType, OptionType, ListType, CurveType)
"""What is no number: certain, the same in every month, and known before anything is evaluated."""
