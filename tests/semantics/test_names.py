"""What a name stands for, and what is said where it stands for nothing or for two things."""

from __future__ import annotations

import pytest

from tests.projects import BASE, added, changed, codes, findings, number, only

PRICES = (
    "prices.tco",
    "tco 1\n\nassume fee = 3 EUR\n\nlet double = fee * 2\n\nflat other {\n  price = 7 EUR/month\n}\n",
)
IMPORTING = BASE.replace("use quiet", "import prices as our\n\nuse quiet")


def test_a_name_of_the_file_itself_and_one_of_an_imported_file() -> None:
    text = f"{IMPORTING}\nassume fee = 5 EUR\nlet mine = fee\nlet theirs = our.fee\nlet chain = our.double + fee\n"
    assert number("mine", text, PRICES) == 5
    assert number("theirs", text, PRICES) == 3
    assert number("chain", text, PRICES) == 11


def test_an_imported_component_serves_by_its_qualified_name() -> None:
    text = IMPORTING.replace("box = 100%", "our.other = 100%")
    assert number("own.tco", text, PRICES) == 12 * 7


def test_a_value_of_a_component_is_read_through_its_name() -> None:
    assert number("rent", added("let rent = box.price * 2")) == 200


def test_names_of_another_file_are_never_bare() -> None:
    finding = only(f"{IMPORTING}\nlet x = double\n", PRICES)
    assert finding.problem.code == "TCO101"


def test_an_imported_file_does_not_see_the_spec() -> None:
    assert codes(f"{IMPORTING}\nassume rate = 2\n", ("prices.tco", "tco 1\n\nlet x = rate\n")) == ["TCO101"]


def test_a_misspelt_name_is_recognised_in_every_file() -> None:
    assert "`tickets`" in only(added("assume tickets = 3", "let x = tikets")).help
    assert "`double`" in only(f"{IMPORTING}\nlet x = our.duble\n", PRICES).help
    assert "`price`" in only(changed(("  price = 100", "  prise = 100"))).help
    assert "`price`" in only(added("let x = box.prise")).help


def test_a_misspelt_attribute_is_not_also_a_missing_one() -> None:
    assert codes(changed(("  price = 100", "  prise = 100"))) == ["TCO103"]
    assert sorted(codes(changed(("  price = 100", "  colour = 100")))) == ["TCO103", "TCO104"]


def test_a_unit_where_a_name_is_expected_is_told_apart_from_an_unknown_name() -> None:
    assert codes(added("let x = 5 EUR / hour")) == ["TCO214"]
    assert codes(added("let x = 5 EUR / desk")) == ["TCO101"]


def test_a_component_of_an_unknown_kind_is_one_error_however_often_it_is_named() -> None:
    text = changed(("flat box", "flatt box"), more="let x = box.price\nlet y = own.box.rent\n")
    finding = only(text)
    assert finding.problem.code == "TCO105" and "`flat`" in finding.help


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("let a = 1\nlet a = 2", "TCO102"),
        ("assume a = 1\nlet a = 2", "TCO102"),
        ("assume a = 1\nassume a = 2", "TCO102"),
        ("assume a from 2026-01 = 1\nassume a = 2", "TCO102"),
        ("assume a = 1\nassume a from 2026-02 = 2", "TCO107"),
        ("let box = 1", "TCO102"),
        ("let own = 1", "TCO102"),
        ("let d = 1", "TCO102"),
        ("choice a: one of x, y\nchoice a: one of x, z", "TCO102"),
        ("choice a: one of x, y, x", "TCO102"),
        ("kind a {\n  x: number\n  let x = 3\n}", "TCO102"),
        ("kind a {\n  x: number\n}\n\nkind a {\n  y: number\n}", "TCO102"),
        ('source s "S" {\n  grade = measured\n}\n\nsource s "T" {\n  grade = measured\n}', "TCO102"),
        ('source s "S" {\n  grade = measured\n  grade = assumed\n}', "TCO107"),
        ("scenario a {\n  box.price = 1 EUR/month\n}\n\nscenario a {\n  box.price = 2 EUR/month\n}", "TCO102"),
        ("criterion a {\n  worth = 1 EUR/year\n}\n\ncriterion a {\n  worth = 2 EUR/year\n}", "TCO102"),
        ("criterion a {\n  worth = 1 EUR/year\n  worth = 2 EUR/year\n}", "TCO107"),
    ],
)
def test_a_name_means_one_thing(text: str, code: str) -> None:
    assert codes(added(text)) == [code]


def test_two_imports_have_different_names() -> None:
    twice = BASE.replace("use quiet", "import prices as our\nimport more as our\n\nuse quiet")
    assert codes(twice, PRICES, ("more.tco", "tco 1\n\nlet x = 1\n")) == ["TCO102"]


def test_two_rules_of_one_file_have_different_names() -> None:
    rule = 'rule r "R" {\n  for each option\n  then warn\n  because "x"\n}\n'
    assert codes(added(rule, rule)) == ["TCO102"]


@pytest.mark.parametrize(
    "word", ["option", "workload", "decision", "served", "base", "rest", "none", "std", "fx", "staff", "assigned"]
)
def test_words_of_the_language_are_no_names(word: str) -> None:
    assert codes(added(f"let {word} = 1")) == ["TCO126"]


@pytest.mark.parametrize("name", ["scenario", "criterion", "source", "deployment", "staffing"])
def test_a_kind_is_not_called_like_a_block_or_a_role(name: str) -> None:
    assert codes(added(f"kind {name} {{\n  x: number\n}}")) == ["TCO126"]


@pytest.mark.parametrize("name", ["EUR", "share", "text", "growth", "hour"])
def test_a_choice_is_not_called_like_a_unit_or_a_type(name: str) -> None:
    assert codes(added(f"choice {name}: one of a, b")) == ["TCO126"]


def test_a_name_of_the_spec_is_not_that_of_a_file() -> None:
    assert codes(f"{IMPORTING}\nlet prices = 1\n", PRICES) == ["TCO102"]
    assert codes(added("let quiet = 1")) == ["TCO102"]
    option = "option prices {\n  serve chat {\n    box = 100%\n  }\n}\n"
    assert codes(IMPORTING + option, PRICES) == ["TCO102"]


@pytest.mark.parametrize("stem", ["std", "fx", "decision", "serve", "staff", "assigned", "bridge", "load"])
def test_a_file_is_not_called_like_a_word_that_begins_the_names_of_values(stem: str) -> None:
    text = BASE.replace("use quiet", f"import folder.{stem} as our\n\nuse quiet")
    assert codes(text, (f"folder/{stem}.tco", "tco 1\n\nlet USD = 1\n")) == ["TCO126"]


def test_a_pack_does_not_take_the_place_of_a_file_of_its_name() -> None:
    text = BASE.replace("use quiet", "import folder.quiet as our\n\nuse quiet")
    assert codes(text, ("folder/quiet.tco", "tco 1\n\nlet x = 1\n")) == ["TCO123"]


def test_an_import_has_a_name_that_is_no_word_of_the_language() -> None:
    assert codes(BASE.replace("use quiet", "import prices as decision\n\nuse quiet"), PRICES) == ["TCO126"]


def test_what_speaks_of_the_decision_stands_in_the_spec() -> None:
    for line in ("use quiet\n", 'without quiet.r because "x" by "y" until 2030-01-01\n'):
        assert codes(IMPORTING, ("prices.tco", f"tco 1\n\n{line}")) == ["TCO119"]


def test_only_scenarios_extend_something() -> None:
    text = 'flat other "O" extends box {\n  price = 2 EUR/month\n}\n'
    assert codes(added(text)) == ["TCO119"]


def test_an_option_of_an_imported_file_is_one_of_the_program() -> None:
    shared = (
        "workload job {\n  requests = 1 request/month\n  input_tokens = 1 token/request\n"
        "  output_tokens = 1 token/request\n}\n\nflat other {\n  price = 7 EUR/month\n}\n\n"
    )
    option = "option {} {{\n  serve job {{\n    other = 100%\n  }}\n}}\n"
    assert codes(IMPORTING, ("prices.tco", f"tco 1\n\n{shared}{option.format('own')}")) == ["TCO102"]
    assert codes(IMPORTING, ("prices.tco", f"tco 1\n\n{shared}{option.format('box')}")) == ["TCO102"]
    assert codes(IMPORTING, ("prices.tco", f"tco 1\n\n{shared}let own = 1\n")) == []
    found = findings(IMPORTING, ("prices.tco", f"tco 1\n\n{shared}{option.format('third')}"))
    assert {finding.problem.code for finding in found} == {"TCO421"}, "they serve different workloads"


def test_units_may_be_declared_in_any_order() -> None:
    for lines in (
        ["unit box9 = 4 crates", "unit crate = 6 requests"],
        ["unit crate = 6 requests", "unit box9 = 4 crates"],
    ):
        assert number("x", added(*lines, "let x = 2 box9 / 1 request")) == 48


def test_units_that_are_made_of_each_other_are_unknown() -> None:
    assert set(codes(added("unit aaa = 2 bbb", "unit bbb = 3 aaa"))) == {"TCO201"}


def test_a_choice_may_have_the_name_of_a_value_on_the_other_side_of_a_comparison() -> None:
    kind = "kind k {\n  stage: one of early, late\n}\n\nk it {\n  stage = early\n}\n"
    assert number("a", added(kind, "let a = if it.stage == early then 1 else 2")) == 1
    assert number("a", added(kind, "let a = if early == it.stage then 1 else 2")) == 1
    assert number("a", added(kind, "let a = if it.stage in [late] then 1 else 2")) == 2
    assert codes(added(kind, "let a = if it.stage == erly then 1 else 2")) == ["TCO111"]


# Circles


def test_a_circle_of_formulas_is_one_error_with_every_step() -> None:
    finding = only(added("let a = 1 + b", "let b = c * 2", "let c = max(a, 1)", "let d2 = a + b"))
    assert finding.problem.code == "TCO140"
    assert "a → b → c → a" in finding.message
    assert [label.span.text for label in finding.labels] == ["c", "a"]


def test_two_circles_are_two_errors() -> None:
    assert codes(added("let a = b", "let b = a", "let c = d2", "let d2 = c")) == ["TCO140", "TCO140"]


def test_a_formula_that_reads_itself() -> None:
    assert codes(added("let a = a + 1")) == ["TCO140"]


def test_a_circle_through_formulas_of_two_kinds() -> None:
    kinds = "kind inner {\n  x: number\n}\n\nkind outer {\n  part: an inner\n  let a = b + part.x\n  let b = a * 2\n}\n"
    finding = only(added(kinds))
    assert finding.problem.code == "TCO140" and "outer.a → outer.b → outer.a" in finding.message


def test_a_circle_through_a_component_is_found_in_the_model() -> None:
    text = changed(("price = 100 EUR/month", "price = twice"), more="let twice = box.price * 2")
    assert codes(text) == ["TCO140"]


def test_a_circle_as_long_as_a_file_is_no_stack_overflow() -> None:
    lines = [f"let x{i} = x{(i + 1) % 3000} + 1" for i in range(3000)]
    assert codes(added(*lines)) == ["TCO140"]


def test_a_word_that_is_a_choice_makes_no_circle() -> None:
    text = "choice stage2: one of early, late\nlet early: stage2 = late\nlet late: stage2 = early\n"
    assert codes(added(text)) == []


def test_a_name_that_could_be_a_choice_can_still_be_a_circle() -> None:
    kind = "kind k {\n  stage: one of early, late\n}\n"
    assert codes(added(kind, "let early = late + 1", "let late = early + 1")) == ["TCO140"]
