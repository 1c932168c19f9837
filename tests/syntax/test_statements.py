"""The trees of statements."""

from __future__ import annotations

from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.syntax import items as tree
from tcolang.syntax.nodes import Date, Text
from tcolang.syntax.parse import parse_statements, statement_index
from tests.syntax.reading import ANYWHERE, amount, items, name, read, unit


def _name(text: str) -> tree.Name:
    return tree.Name(text, ANYWHERE)


def _text(content: str) -> Text:
    return Text((content,), ANYWHERE)


def test_lines() -> None:
    assert items("import std.nodes as nodes") == (tree.Import(name("std.nodes"), _name("nodes"), "", ANYWHERE),)
    assert items("unit ticket = 6 requests") == (
        tree.UnitDeclaration(_name("ticket"), amount("6", "requests"), "", ANYWHERE),
    )
    assert items("unit seat") == (tree.UnitDeclaration(_name("seat"), None, "", ANYWHERE),)
    note = tree.NoteClause("treasury", ANYWHERE)
    assert items('fx USD from 2026-01-01 = 0.9 EUR note "treasury"') == (
        tree.ExchangeRate(unit("USD"), Date(2026, 1, 1, ANYWHERE), amount("0.9", "EUR"), (note,), "", ANYWHERE),
    )
    growth = tree.UnitType(unit("growth"), ANYWHERE)
    clauses = (tree.SourceClause(name("our.plan"), ANYWHERE), tree.FlatClause(ANYWHERE))
    assert items("assume g: growth from 2026-01 = 5%/year source our.plan flat") == (
        tree.Assume(_name("g"), growth, Date(2026, 1, None, ANYWHERE), amount("5", "%/year"), clauses, "", ANYWHERE),
    )
    assert items("let x: EUR = y") == (
        tree.Let(_name("x"), tree.UnitType(unit("EUR"), ANYWHERE), name("y"), (), "", ANYWHERE),
    )
    assert items("correlate a.b, c = 0.6") == (tree.Correlate(name("a.b"), name("c"), amount("0.6"), (), "", ANYWHERE),)
    assert items('pack p extends std.q version "1.0"') == (
        tree.Pack(_name("p"), name("std.q"), None, "1.0", "", ANYWHERE),
    )
    assert items('pack p extends q from "2.1" version "1.0"') == (
        tree.Pack(_name("p"), name("q"), _name("2.1"), "1.0", "", ANYWHERE),
    )
    assert items("use regulated") == (tree.Use(name("regulated"), None, "", ANYWHERE),)
    assert items('use regulated from "1.1.0"') == (tree.Use(name("regulated"), _name("1.1.0"), "", ANYWHERE),)


def test_departures() -> None:
    until = Date(2026, 12, 31, ANYWHERE)
    assert items('override p.x = 5 because "a" by "b" until 2026-12-31') == (
        tree.Override(name("p.x"), amount("5"), "a", "b", until, "", ANYWHERE),
    )
    assert items('without p.r because "a" by "b" until 2026-12-31') == (
        tree.Override(name("p.r"), None, "a", "b", until, "", ANYWHERE),
    )
    assert items('allow TCO302 "quote pending" until 2026-12-31') == (
        tree.Allow("TCO302", "quote pending", until, "", ANYWHERE),
    )


def test_types() -> None:
    values = (_name("a"), _name("b"))
    (kind,) = items("kind k : deployment {\n p: a server\n q?: one of a, b\n r: ordered one of a, b\n s: list of x\n}")
    assert isinstance(kind, tree.Kind)
    assert kind.role == _name("deployment")
    assert [m.typing for m in kind.members if isinstance(m, tree.AttributeDeclaration)] == [
        tree.ReferenceType(_name("server"), ANYWHERE),
        tree.ChoiceTypeText(values, False, ANYWHERE),
        tree.ChoiceTypeText(values, True, ANYWHERE),
        tree.ListType(unit("x"), ANYWHERE),
    ]
    assert [m.optional for m in kind.members if isinstance(m, tree.AttributeDeclaration)] == [False, True, False, False]


def test_a_kind_has_attributes_formulas_and_cost_lines() -> None:
    (kind,) = items('kind k "K" {\n ## Doc.\n x: share = 5% note "n"\n let y = x\n cost z as power = y\n cost w = y\n}')
    share, note = tree.UnitType(unit("share"), ANYWHERE), tree.NoteClause("n", ANYWHERE)
    assert kind == tree.Kind(
        _name("k"),
        None,
        "K",
        (
            tree.AttributeDeclaration(_name("x"), False, share, amount("5", "%"), (note,), "Doc.", ANYWHERE),
            tree.Let(_name("y"), None, name("x"), (), "", ANYWHERE),
            tree.CostLine(_name("z"), _name("power"), name("y"), (), "", ANYWHERE),
            tree.CostLine(_name("w"), None, name("y"), (), "", ANYWHERE),
        ),
        "",
        ANYWHERE,
    )


def test_a_block_has_members_and_blocks() -> None:
    (block,) = items(
        'option hybrid "Both" extends base {\n serve chat by load {\n  own = 6\n  our.api {\n   share = rest\n  }\n }\n'
        ' staff {\n }\n without own.hosting because "paid"\n price from 2026-01 = 5 EUR\n}'
    )
    share = tree.Attribute(name("share"), None, name("rest"), (), "", ANYWHERE)
    route = tree.Nested(_name("our.api"), None, None, (share,), "", ANYWHERE)
    own = tree.Attribute(name("own"), None, amount("6"), (), "", ANYWHERE)
    assert block == tree.Block(
        _name("option"),
        _name("hybrid"),
        "Both",
        name("base"),
        (
            tree.Nested(_name("serve"), name("chat"), _name("load"), (own, route), "", ANYWHERE),
            tree.Nested(_name("staff"), None, None, (), "", ANYWHERE),
            tree.Without(name("own.hosting"), _text("paid"), "", ANYWHERE),
            tree.Attribute(name("price"), Date(2026, 1, None, ANYWHERE), amount("5", "EUR"), (), "", ANYWHERE),
        ),
        "",
        ANYWHERE,
    )


def test_a_rule_has_lines() -> None:
    (rule,) = items(
        'rule r "R" {\n for each option, workload\n when a\n unless poor: b\n unless c\n yields to cost\n'
        " then prefer option on speed by 60%\n then veto option\n then avoid option on speed\n then warn\n"
        ' then advise\n because "d"\n}'
    )
    assert isinstance(rule, tree.Rule)
    option, speed = name("option"), name("speed")
    assert rule.lines == (
        tree.ForEach((_name("option"), _name("workload")), ANYWHERE),
        tree.When(name("a"), ANYWHERE),
        tree.Unless(_name("poor"), name("b"), ANYWHERE),
        tree.Unless(None, name("c"), ANYWHERE),
        tree.YieldsTo(name("cost"), ANYWHERE),
        tree.Then("prefer", option, speed, amount("60", "%"), ANYWHERE),
        tree.Then("veto", option, None, None, ANYWHERE),
        tree.Then("avoid", option, speed, None, ANYWHERE),
        tree.Then("warn", None, None, None, ANYWHERE),
        tree.Then("advise", None, None, None, ANYWHERE),
        tree.Because(_text("d"), ANYWHERE),
    )


def test_a_test_has_lines() -> None:
    (test,) = items(
        'test "t" {\n under s\n given a.b = 5\n given c from 2026-01 = 6\n ## Why.\n expect d because "e"\n}'
    )
    assert test == tree.Test(
        "t",
        (
            tree.Under(name("s"), ANYWHERE),
            tree.Given(name("a.b"), None, amount("5"), ANYWHERE),
            tree.Given(name("c"), Date(2026, 1, None, ANYWHERE), amount("6"), ANYWHERE),
            tree.Expect(name("d"), _text("e"), "Why.", ANYWHERE),
        ),
        "",
        ANYWHERE,
    )


def test_documentation_belongs_to_what_follows_and_comments_lie_beside() -> None:
    text = "## The file.\ntco 1\n# one\n\n## First line.\n##\n##   Third.\n# two\nlet x = 5 # three\n\n# four"
    module = read(text).value
    assert module.doc == "The file."
    assert [item.doc for item in module.items if not isinstance(item, tree.Test)] == ["First line.\n\n  Third."]
    assert [comment.text for comment in module.comments] == ["one", "two", "three", "four"]
    assert [comment.span.text for comment in module.comments] == ["# one", "# two", "# three", "# four"]


def test_statements_span_their_words_without_documentation_or_the_end_of_the_line() -> None:
    module = read("tco 1\n\n## Doc.\nlet x = 5 EUR   # c\n\noption o {\n  x = 5\n}  \n").value
    assert [item.span.text for item in module.items] == ["let x = 5 EUR", "option o {\n  x = 5\n}"]


def test_line_ends_and_tabs_do_not_count() -> None:
    text = '## Doc.\ntco 1\n\nlet x = 5 # c\n\noption o {\n\t## Doc.\n\tx = "a"\n\ty = """a\nb"""\n}\n'
    plain, windows = read(text), read(text.replace("\n", "\r\n"))
    assert not plain.diagnostics
    assert not windows.diagnostics
    assert plain.value.items == windows.value.items
    assert plain.value.doc == windows.value.doc


def test_a_loader_finds_statements_and_parses_some() -> None:
    kind_text = '## Doc {.\nkind pool : deployment {\n  x: text = "(" # {\n}\n'
    text = f"tco 1\n\n{kind_text}\nchoice c: one of a, b\nfx USD from 2026-01 = 1\n"
    file = SourceFile("spec.tco", text)
    index = statement_index(file)
    assert [(statement.word, statement.name) for statement in index] == [
        ("tco", ""),
        ("kind", "pool"),
        ("choice", "c"),
        ("fx", "USD"),
    ]
    assert text[index[1].start : index[1].end] == kind_text.rstrip("\n")
    outcome = parse_statements(file, index[1:2], Limits())
    assert not outcome.diagnostics
    (kind,) = outcome.value.items
    assert isinstance(kind, tree.Kind)
    assert (kind.name.text, kind.doc, kind.span.line) == ("pool", "Doc {.", 4)
