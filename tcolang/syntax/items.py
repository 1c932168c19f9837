"""The syntax tree of statements. As in `nodes`: frozen, tuples, spans outside equality.

`doc` is the text of the `##` lines above a statement, without the marks, lines joined by newlines.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from tcolang.base.record import field, record
from tcolang.base.source import SourceFile, Span
from tcolang.syntax.nodes import Date, Expression, Path, Text, UnitText


@record
class Name:
    """A name where it is declared."""

    text: str
    span: Span = field(compare=False, repr=False)


@record
class SourceClause:
    """`source vendor_quote`"""

    path: Path
    span: Span = field(compare=False, repr=False)


@record
class NoteClause:
    """`note "assumed"`"""

    text: str
    span: Span = field(compare=False, repr=False)


@record
class FlatClause:
    """`flat`: carrying the last value forward is meant."""

    span: Span = field(compare=False, repr=False)


Clause: TypeAlias = SourceClause | NoteClause | FlatClause


# How a name is typed: `: token/second`, `: a server`, `: one of a, b`, `: list of number`


@record
class UnitType:
    """A unit, a dimension (`money/hour`), a type word (`share`, `text`, `flag`, `date`, `growth`) or a choice."""

    unit: UnitText
    span: Span = field(compare=False, repr=False)


@record
class ReferenceType:
    kind: Name
    span: Span = field(compare=False, repr=False)


@record
class ChoiceTypeText:
    values: tuple[Name, ...]
    ordered: bool
    span: Span = field(compare=False, repr=False)


@record
class ListType:
    unit: UnitText
    span: Span = field(compare=False, repr=False)


Typing: TypeAlias = UnitType | ReferenceType | ChoiceTypeText | ListType


# Statements of a file


@record
class Import:
    path: Path
    alias: Name
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class UnitDeclaration:
    """`unit ticket = 6 requests`; `value` is None for a base unit of one's own."""

    name: Name
    value: Expression | None
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class ExchangeRate:
    """`fx USD from 2026-01-01 = 0.88 to 0.95 EUR`"""

    currency: UnitText
    since: Date
    value: Expression
    clauses: tuple[Clause, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Assume:
    name: Name
    typing: Typing | None
    since: Date | None
    value: Expression
    clauses: tuple[Clause, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Let:
    """At the top of a file, in a kind, or in a block."""

    name: Name
    typing: Typing | None
    value: Expression
    clauses: tuple[Clause, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Correlate:
    left: Path
    right: Path
    value: Expression
    clauses: tuple[Clause, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Choice:
    name: Name
    typing: Typing
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Pack:
    """`pack NAME extends OTHER from "1.1.0" version "1.0.0"`; `least`: the oldest version of the other that will do."""

    name: Name
    extends: Path | None
    least: Name | None
    version: str
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Use:
    """`use NAME from "1.1.0"`; `least` is the oldest version that will do."""

    path: Path
    least: Name | None
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Override:
    """`override PACK.NAME = expr because "…" by "…" until DATE`; `value` is None for `without PACK.RULE because …`."""

    path: Path
    value: Expression | None
    because: str
    by: str
    until: Date
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Allow:
    """`allow TCO302 "reason" until DATE`"""

    code: str
    reason: str
    until: Date
    doc: str
    span: Span = field(compare=False, repr=False)


# Kinds


@record
class AttributeDeclaration:
    """`name?: typing = default`"""

    name: Name
    optional: bool
    typing: Typing
    default: Expression | None
    clauses: tuple[Clause, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class CostLine:
    """`cost NAME as CATEGORY = expr`, in a kind or an option; `category` is None where it is left out."""

    name: Name
    category: Name | None
    value: Expression
    clauses: tuple[Clause, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Requirement:
    """`require life > 0 months because "…"`: what has to hold for each component of the kind; `should …` is not
    strict: what had better hold."""

    condition: Expression
    because: Text
    strict: bool
    doc: str
    span: Span = field(compare=False, repr=False)


KindMember: TypeAlias = AttributeDeclaration | Let | CostLine | Requirement


@record
class Kind:
    name: Name
    role: Name | None
    title: str
    members: tuple[KindMember, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


# Blocks: components, options, decision, scenarios, criteria, sources


@record
class Attribute:
    """`price from 2026-01-01 = 16.80 to 20.80 USD/hour`; `path` has dots in scenarios and routes."""

    path: Path
    since: Date | None
    value: Expression
    clauses: tuple[Clause, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Without:
    """`without onprem.hosting because "…"`"""

    path: Path
    because: Text
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Nested:
    """`serve chat { … }` (word `serve`, path `chat`), `staff { … }`, a route `onprem { … }`; `by` is `load`."""

    word: Name
    path: Path | None
    by: Name | None
    members: tuple[Member, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


Member: TypeAlias = Attribute | Let | Nested | Allow | CostLine | Without


@record
class Block:
    """`KIND NAME "title" extends BASE { … }`"""

    kind: Name
    name: Name
    title: str
    extends: Path | None
    members: tuple[Member, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


# Rules and tests


@record
class ForEach:
    variables: tuple[Name, ...]
    span: Span = field(compare=False, repr=False)


@record
class When:
    condition: Expression
    span: Span = field(compare=False, repr=False)


@record
class Unless:
    label: Name | None
    condition: Expression
    span: Span = field(compare=False, repr=False)


@record
class YieldsTo:
    path: Path
    span: Span = field(compare=False, repr=False)


@record
class Then:
    """`veto option`, `prefer option on speed by 60%`, `warn`, `advise`"""

    action: Literal["veto", "prefer", "avoid", "warn", "advise"]
    subject: Path | None
    criterion: Path | None
    degree: Expression | None
    span: Span = field(compare=False, repr=False)


@record
class Because:
    text: Text
    span: Span = field(compare=False, repr=False)


RuleLine: TypeAlias = ForEach | When | Unless | YieldsTo | Then | Because


@record
class Rule:
    name: Name
    title: str
    lines: tuple[RuleLine, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


@record
class Under:
    path: Path
    span: Span = field(compare=False, repr=False)


@record
class Given:
    path: Path
    since: Date | None
    value: Expression
    span: Span = field(compare=False, repr=False)


@record
class Expect:
    """At the top of a file or in a test."""

    condition: Expression
    because: Text | None
    doc: str
    span: Span = field(compare=False, repr=False)


TestLine: TypeAlias = Under | Given | Expect


@record
class Test:
    title: str
    lines: tuple[TestLine, ...]
    doc: str
    span: Span = field(compare=False, repr=False)


Item: TypeAlias = (
    Import
    | UnitDeclaration
    | ExchangeRate
    | Assume
    | Let
    | Correlate
    | Choice
    | Pack
    | Use
    | Override
    | Allow
    | Kind
    | Block
    | Rule
    | Expect
    | Test
)


@record
class Comment:
    """A `#` comment (not documentation), kept beside the tree."""

    text: str
    span: Span = field(compare=False, repr=False)


@record
class Module:
    """One parsed file. `edition` is 1; `doc` stands above the edition line."""

    edition: int
    doc: str
    items: tuple[Item, ...]
    file: SourceFile = field(compare=False, repr=False)
    comments: tuple[Comment, ...] = field(default=(), compare=False, repr=False)
