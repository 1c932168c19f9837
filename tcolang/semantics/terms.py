"""Checked expressions: names resolved, types known, every amount in canonical units.

Canonical units: months, the decision's currency, tokens, requests, GPUs, FTE, gigabytes, kilowatt-hours. A term as it
leaves `check` names what it reads by owner and attribute; `model.build` puts the key of a node in each such place.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from tcolang.base.record import field, record
from tcolang.base.source import Span
from tcolang.semantics.types import Type
from tcolang.uncertain.distribution import Distribution

# Who owns an attribute


@record
class Own:
    """The component in whose kind the formula stands."""


@record
class OfComponent:
    """A component by its key: its name, with the file's in front where it is imported."""

    key: str


@record
class OfOption:
    """An option by name; with `component`, that component as this option runs it."""

    option: str
    component: str | None = None


@record
class OfVariable:
    """What a rule ranges over: `option` or `workload`; or `stream`, the workload inside `served.sum(…)`."""

    name: Literal["option", "workload", "stream"]


@record
class OfDecision:
    """The one decision."""


@record
class Through:
    """What a reference points to: `server.site` of an owner."""

    owner: Owner
    attribute: str


Owner: TypeAlias = Own | OfComponent | OfOption | OfVariable | OfDecision | Through


@record
class Constant:
    """A quantity, growth (per its period), date (months) or flag (0 or 1)."""

    value: float
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class Symbol:
    """A choice's value, a text, a percentile, the key of a component or option, or `none`."""

    value: str
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class Curve:
    """A load-duration curve: `(share of the time, level that is not exceeded)`, both rising."""

    points: tuple[tuple[float, float], ...]
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class Listing:
    items: tuple[Term, ...]
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class Draw:
    """An uncertain constant. `ordinal` counts the intervals of one attribute, so that each has a stream of its own."""

    distribution: Distribution
    ordinal: int
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class ExchangeTo:
    """What one unit of `currency` is worth in the decision's currency, month by month."""

    currency: str
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class Global:
    """An `assume` or `let` at the top of a file, by its key."""

    key: str
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class AttributeOf:
    """An attribute, formula or cost line of a component; an attribute or published result of an option or decision."""

    owner: Owner
    name: str
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class ResultOf:
    """A published result with arguments: `option.farthest(workload)`, `option.covers(monitoring)`."""

    owner: Owner
    name: str
    arguments: tuple[Term | Owner, ...]
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class Flow:
    """`served.sum(body)` or `served.peak(body)`"""

    how: Literal["sum", "peak"]
    body: Term
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class Assigned:
    """`assigned.fte`"""

    type: Type
    span: Span = field(compare=False, repr=False)


@record
class Identity:
    """The option or workload itself, in a text: its name."""

    owner: Owner
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class Apply:
    """A function of terms.

    `sum` (settings `signs`: tuple of 1/-1), `product` (settings `powers`: tuple of 1/-1), `negate`, `power` (setting
    `exponent`), comparisons `== != < <= > >=`, `and`, `or`, `not`, `if` (condition, then, else), `coalesce`,
    `known`, `approx` (left, right, within; setting `relative`), `in` (value, items…), or a builtin by name.
    """

    function: str
    arguments: tuple[Term, ...]
    type: Type
    span: Span = field(compare=False, repr=False)
    settings: tuple[tuple[str, object], ...] = ()

    def setting(self, name: str) -> object:
        return dict(self.settings)[name]


@record
class Dated:
    """A history: `(from month, value)`, oldest first. Months are counted as in `DateType`, already moved to the first
    of the month from which the value applies. Before the first there is no value."""

    segments: tuple[tuple[int, Term], ...]
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class Sentence:
    """A text with terms in it; `units` gives the unit in which each term is to be shown, as written, or ''."""

    parts: tuple[str | Term, ...]
    units: tuple[str, ...]
    type: Type
    span: Span = field(compare=False, repr=False)


@record
class NodeValue:
    """The value of another node of the model, by key. Only `model.build` makes these."""

    key: str
    type: Type
    span: Span = field(compare=False, repr=False)


Term: TypeAlias = (
    Constant
    | Symbol
    | Curve
    | Listing
    | Draw
    | ExchangeTo
    | Global
    | AttributeOf
    | ResultOf
    | Flow
    | Assigned
    | Identity
    | Apply
    | Dated
    | Sentence
    | NodeValue
)
