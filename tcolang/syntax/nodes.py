"""The syntax tree of expressions.

Nodes are frozen and hold tuples; spans do not count for equality, so equal texts in different places are equal
trees. Sums, products, `and` and `or` are n-ary: their length has no bearing on the depth of the tree.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from tcolang.base.record import field, record
from tcolang.base.source import Span


@record
class UnitText:
    """A unit as it is written, `EUR/GPU-hour`; its meaning is looked up later."""

    text: str
    span: Span = field(compare=False, repr=False)


@record
class Quantity:
    """`1.3M tickets/month`; `0.40 USD per 1M tokens` has `per = (1000000, tokens)`. `number` has its magnitude in."""

    number: Decimal
    unit: UnitText | None
    per: tuple[Decimal, UnitText] | None
    span: Span = field(compare=False, repr=False)


@record
class Path:
    """`our.acme_large.input_price`"""

    names: tuple[str, ...]
    span: Span = field(compare=False, repr=False)

    @property
    def text(self) -> str:
        return ".".join(self.names)


@record
class Argument:
    """`name` is None where it is given by position."""

    name: str | None
    value: Expression
    span: Span = field(compare=False, repr=False)


@record
class Call:
    """`capex(2, 18k EUR, life = 60 months)`, `served.sum(requests)`, `option.farthest(workload)`"""

    function: Path
    arguments: tuple[Argument, ...]
    span: Span = field(compare=False, repr=False)


@record
class ListOf:
    items: tuple[Expression, ...]
    span: Span = field(compare=False, repr=False)


@record
class Date:
    """`2026-01` has no day."""

    year: int
    month: int
    day: int | None
    span: Span = field(compare=False, repr=False)

    @property
    def text(self) -> str:
        """As written."""
        return f"{self.year:04}-{self.month:02}" + ("" if self.day is None else f"-{self.day:02}")


@record
class Truth:
    value: bool
    span: Span = field(compare=False, repr=False)


@record
class Text:
    """A text with the expressions in its `{…}` parsed: `parts` alternates freely."""

    parts: tuple[str | Expression, ...]
    span: Span = field(compare=False, repr=False)

    @property
    def plain(self) -> str | None:
        """The text, if nothing is interpolated."""
        if all(isinstance(part, str) for part in self.parts):
            return "".join(part for part in self.parts if isinstance(part, str))
        return None


@record
class Sum:
    """`a - b + c`: terms with their signs (the first is +1, or -1 never: that is a Negation)."""

    terms: tuple[tuple[Literal[1, -1], Expression], ...]
    span: Span = field(compare=False, repr=False)


@record
class Product:
    """`a * b / c`: factors with the power they enter by, 1 or -1; the first is 1."""

    factors: tuple[tuple[Literal[1, -1], Expression], ...]
    span: Span = field(compare=False, repr=False)


@record
class Negation:
    value: Expression
    span: Span = field(compare=False, repr=False)


@record
class Power:
    base: Expression
    exponent: int
    span: Span = field(compare=False, repr=False)


@record
class Interval:
    """`low to high`: P5 and P95 of one value. The ends are literals, maybe with a sign."""

    low: Quantity
    high: Quantity
    span: Span = field(compare=False, repr=False)


@record
class Conversion:
    """`x as tokens/day`"""

    value: Expression
    unit: UnitText
    span: Span = field(compare=False, repr=False)


@record
class Coalesce:
    """`x ?? y ?? z`: the first that is known."""

    choices: tuple[Expression, ...]
    span: Span = field(compare=False, repr=False)


Comparator: TypeAlias = Literal["==", "!=", "<=", ">=", "<", ">"]


@record
class Comparison:
    operator: Comparator
    left: Expression
    right: Expression
    span: Span = field(compare=False, repr=False)


@record
class Approximation:
    """`x ~= 4_140 USD within 1 USD` (or within a share of the right side)"""

    left: Expression
    right: Expression
    within: Expression
    span: Span = field(compare=False, repr=False)


@record
class Membership:
    """`x in [a, b]`"""

    value: Expression
    items: ListOf
    span: Span = field(compare=False, repr=False)


@record
class And:
    items: tuple[Expression, ...]
    span: Span = field(compare=False, repr=False)


@record
class Or:
    items: tuple[Expression, ...]
    span: Span = field(compare=False, repr=False)


@record
class Not:
    value: Expression
    span: Span = field(compare=False, repr=False)


@record
class Conditional:
    condition: Expression
    then: Expression
    otherwise: Expression
    span: Span = field(compare=False, repr=False)


Expression: TypeAlias = (
    Quantity
    | Path
    | Call
    | ListOf
    | Date
    | Truth
    | Text
    | Sum
    | Product
    | Negation
    | Power
    | Interval
    | Conversion
    | Coalesce
    | Comparison
    | Approximation
    | Membership
    | And
    | Or
    | Not
    | Conditional
)
