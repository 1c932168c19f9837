"""Types in the words of a reader, and whether one fits where another is wanted."""

from __future__ import annotations

from typing import assert_never

from tcolang.semantics.types import (
    AnyType,
    ChoiceType,
    CurveType,
    DateType,
    FlagType,
    GrowthType,
    ListType,
    OptionType,
    PercentileType,
    QuantityType,
    ReferenceType,
    TextType,
    Type,
)


def words(type_: Type) -> str:
    """`money per time`, `a date`, `one of public, internal`"""
    match type_:
        case QuantityType(dimension, share):
            return "a share" if share else _quantity(str(dimension))
        case GrowthType():
            return "a growth (a percentage per time that compounds)"
        case FlagType():
            return "true or false"
        case TextType():
            return "a text"
        case DateType():
            return "a date"
        case ChoiceType(_, values, _):
            return f"one of {', '.join(values)}"
        case ReferenceType(kind, role):
            return f"a component with the role {kind}" if role else f"a {kind}"
        case OptionType():
            return "an option"
        case PercentileType():
            return "a percentile such as P80"
        case CurveType():
            return "a load curve such as `percentiles(p0 = …, p50 = …, p99 = …)`"
        case ListType(item):
            return f"a list, each item {words(item)}"
        case AnyType():
            return "anything"
        case _:
            assert_never(type_)


def _quantity(dimension: str) -> str:
    if dimension == "number":
        return "a plain number"
    return dimension.replace("/", " per ").replace("-", " and ")


def fits(actual: Type, wanted: Type) -> bool:
    """Whether a value of one type can stand where the other is wanted."""
    match actual, wanted:
        case (AnyType(), _) | (_, AnyType()):
            return True
        case QuantityType(one, _), QuantityType(other, _):
            return one == other
        case GrowthType(), GrowthType():
            return True
        case ChoiceType(_, one_values, _), ChoiceType(_, other_values, _):
            return one_values == other_values
        case ListType(one_item), ListType(other_item):
            return fits(one_item, other_item)
        case _:
            return actual == wanted


def same(one: Type, other: Type) -> Type | None:
    """The type of a value that is one or the other (branches of `if`, sides of `??`); None where they do not fit."""
    if isinstance(one, AnyType):
        return other
    if isinstance(other, AnyType):
        return one
    if isinstance(one, QuantityType) and isinstance(other, QuantityType) and one.dimension == other.dimension:
        return QuantityType(one.dimension, one.share and other.share)
    if isinstance(one, GrowthType) and isinstance(other, GrowthType):
        return one if one.period == other.period else None
    return one if fits(one, other) else None
