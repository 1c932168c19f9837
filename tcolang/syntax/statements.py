"""The node of each rule of a statement or a member: one function a rule, of the same name as in grammar.lark."""

from __future__ import annotations

from typing import Any, TypeVar

from tcolang.base.record import record, replace
from tcolang.base.source import Span
from tcolang.syntax import items
from tcolang.syntax.grown import Grown
from tcolang.syntax.items import Clause, KindMember, Member, Name, RuleLine, TestLine, Typing
from tcolang.syntax.literals import date
from tcolang.syntax.nodes import Date, Expression, Path, Text, UnitText
from tcolang.syntax.place import Place, Token
from tcolang.syntax.texts import plain

Documented = TypeVar("Documented", bound=Any)


@record
class EditionLine:
    """`tco 1`, with the documentation of the whole file."""

    text: str
    doc: str
    span: Span


def statement(_: Place, doc: str | None, item: Documented) -> Documented:
    return replace(item, doc=doc) if doc else item


def doc(_: Place, *lines: Token) -> str:
    return "\n".join(line.text.removeprefix("##").removeprefix(" ").rstrip() for line in lines)


def edition(place: Place, number: Token) -> EditionLine:
    return EditionLine(number.text, "", place.span)


def import_file(place: Place, path: Path, alias: Token) -> items.Import:
    return items.Import(path, _name(place, alias), "", place.span)


def unit(place: Place, name: Token, value: Expression | None) -> items.UnitDeclaration:
    return items.UnitDeclaration(_name(place, name), value, "", place.span)


def fx(place: Place, currency: Token, since: Date, value: Expression, *clauses: Clause) -> items.ExchangeRate:
    name = UnitText(currency.text, place.span_of(currency))
    return items.ExchangeRate(name, since, value, clauses, "", place.span)


def assume(
    place: Place, name: Token, typing: Typing | None, since: Date | None, value: Expression, *clauses: Clause
) -> items.Assume:
    return items.Assume(_name(place, name), typing, since, value, clauses, "", place.span)


def let(place: Place, name: Token, typing: Typing | None, value: Expression, *clauses: Clause) -> items.Let:
    return items.Let(_name(place, name), typing, value, clauses, "", place.span)


def correlate(place: Place, left: Path, right: Path, value: Expression, *clauses: Clause) -> items.Correlate:
    return items.Correlate(left, right, value, clauses, "", place.span)


def choice(place: Place, name: Token, typing: Typing) -> items.Choice:
    return items.Choice(_name(place, name), typing, "", place.span)


def pack(place: Place, name: Token, extends: Path | None, least: Name | None, version: Token) -> items.Pack:
    return items.Pack(_name(place, name), extends, least, plain(place, version), "", place.span)


def use(place: Place, path: Path, least: Name | None) -> items.Use:
    return items.Use(path, least, "", place.span)


def override(
    place: Place, path: Path, value: Expression | None, because: Token, by: Token, until: Token
) -> items.Override:
    reasons = plain(place, because), plain(place, by)
    return items.Override(path, value, *reasons, date(place, until), "", place.span)


def switch_off(place: Place, path: Path, because: Token, by: Token, until: Token) -> items.Override:
    return override(place, path, None, because, by, until)


def allow(place: Place, code: Token, reason: Token, until: Token) -> items.Allow:
    return items.Allow(code.text, plain(place, reason), date(place, until), "", place.span)


def expect(place: Place, condition: Expression, because: Grown | None) -> items.Expect:
    return items.Expect(condition, _text(because) if because else None, "", place.span)


def unit_type(place: Place, unit: Token) -> items.UnitType:
    return items.UnitType(UnitText(unit.text, place.span_of(unit)), place.span)


def reference_type(place: Place, kind: Token) -> items.ReferenceType:
    return items.ReferenceType(_name(place, kind), place.span)


def choice_type(place: Place, *values: Token) -> items.ChoiceTypeText:
    return items.ChoiceTypeText(_names(place, values), False, place.span)


def ordered_choice_type(place: Place, *values: Token) -> items.ChoiceTypeText:
    return items.ChoiceTypeText(_names(place, values), True, place.span)


def list_type(place: Place, unit: Token) -> items.ListType:
    return items.ListType(UnitText(unit.text, place.span_of(unit)), place.span)


def since(place: Place, first: Token) -> Date:
    return date(place, first)


def extends(_: Place, path: Path) -> Path:
    return path


def least(place: Place, *parts: Token) -> Name:
    return Name(plain(place, parts[-1]), place.span_of(parts[-1]))


def source_clause(place: Place, path: Path) -> items.SourceClause:
    return items.SourceClause(path, place.span)


def note_clause(place: Place, content: Token) -> items.NoteClause:
    return items.NoteClause(plain(place, content), place.span)


def flat_clause(place: Place, *_: Token) -> items.FlatClause:
    return items.FlatClause(place.span)


def kind(place: Place, name: Token, role: Token | None, title: Token | None, *members: KindMember) -> items.Kind:
    of = _name(place, role) if role else None
    return items.Kind(_name(place, name), of, _title(place, title), members, "", place.span)


def attribute_declaration(
    place: Place, name: Token, typing: Typing, default: Expression | None, *clauses: Clause
) -> items.AttributeDeclaration:
    return items.AttributeDeclaration(_name(place, name), False, typing, default, clauses, "", place.span)


def optional_declaration(
    place: Place, name: Token, typing: Typing, default: Expression | None, *clauses: Clause
) -> items.AttributeDeclaration:
    return items.AttributeDeclaration(_name(place, name), True, typing, default, clauses, "", place.span)


def cost_line(place: Place, name: Token, category: Token | None, value: Expression, *clauses: Clause) -> items.CostLine:
    of = _name(place, category) if category else None
    return items.CostLine(_name(place, name), of, value, clauses, "", place.span)


def requirement(place: Place, condition: Expression, because: Grown) -> items.Requirement:
    return items.Requirement(condition, _text(because), True, "", place.span)


def preference(place: Place, condition: Expression, because: Grown) -> items.Requirement:
    return items.Requirement(condition, _text(because), False, "", place.span)


def block(
    place: Place, kind: Token, name: Token, title: Token | None, extends: Path | None, *members: Member
) -> items.Block:
    words = _name(place, kind), _name(place, name)
    return items.Block(*words, _title(place, title), extends, members, "", place.span)


def attribute(place: Place, path: Path, since: Date | None, value: Expression, *clauses: Clause) -> items.Attribute:
    return items.Attribute(path, since, value, clauses, "", place.span)


def nested(place: Place, word: Path, path: Path | None, by: Token | None, *members: Member) -> items.Nested:
    name = Name(word.text, word.span)
    return items.Nested(name, path, _name(place, by) if by else None, members, "", place.span)


def without(place: Place, path: Path, because: Grown) -> items.Without:
    return items.Without(path, _text(because), "", place.span)


def rule(place: Place, name: Token, title: Token | None, *lines: RuleLine) -> items.Rule:
    return items.Rule(_name(place, name), _title(place, title), lines, "", place.span)


def for_each(place: Place, *variables: Token) -> items.ForEach:
    return items.ForEach(_names(place, variables), place.span)


def when(place: Place, condition: Expression) -> items.When:
    return items.When(condition, place.span)


def unless(place: Place, label: Token | None, condition: Expression) -> items.Unless:
    return items.Unless(_name(place, label) if label else None, condition, place.span)


def yields_to(place: Place, path: Path) -> items.YieldsTo:
    return items.YieldsTo(path, place.span)


def veto(place: Place, subject: Path) -> items.Then:
    return items.Then("veto", subject, None, None, place.span)


def prefer(place: Place, subject: Path, criterion: Path, degree: Expression | None) -> items.Then:
    return items.Then("prefer", subject, criterion, degree, place.span)


def avoid(place: Place, subject: Path, criterion: Path, degree: Expression | None) -> items.Then:
    return items.Then("avoid", subject, criterion, degree, place.span)


def warn(place: Place) -> items.Then:
    return items.Then("warn", None, None, None, place.span)


def advise(place: Place) -> items.Then:
    return items.Then("advise", None, None, None, place.span)


def because(place: Place, content: Grown) -> items.Because:
    return items.Because(_text(content), place.span)


def test(place: Place, title: Token, *lines: TestLine) -> items.Test:
    return items.Test(plain(place, title), lines, "", place.span)


def under(place: Place, path: Path) -> items.Under:
    return items.Under(path, place.span)


def given(place: Place, path: Path, since: Date | None, value: Expression) -> items.Given:
    return items.Given(path, since, value, place.span)


def _name(place: Place, token: Token) -> Name:
    return Name(token.text, place.span_of(token))


def _names(place: Place, tokens: tuple[Token, ...]) -> tuple[Name, ...]:
    return tuple(_name(place, token) for token in tokens)


def _title(place: Place, token: Token | None) -> str:
    return plain(place, token) if token else ""


def _text(content: Grown) -> Text:
    assert isinstance(content.node, Text)
    return content.node


RULES = (
    statement,
    doc,
    edition,
    import_file,
    unit,
    fx,
    assume,
    let,
    correlate,
    choice,
    pack,
    use,
    override,
    switch_off,
    allow,
    expect,
    unit_type,
    reference_type,
    choice_type,
    ordered_choice_type,
    list_type,
    since,
    extends,
    least,
    source_clause,
    note_clause,
    flat_clause,
    kind,
    attribute_declaration,
    optional_declaration,
    cost_line,
    requirement,
    preference,
    block,
    attribute,
    nested,
    without,
    rule,
    for_each,
    when,
    unless,
    yields_to,
    veto,
    prefer,
    avoid,
    warn,
    advise,
    because,
    test,
    under,
    given,
)
