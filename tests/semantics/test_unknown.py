"""Choices, references and lists; and what is not stated: unknown, which is never zero, false or the least."""

from __future__ import annotations

import pytest

from tests.projects import added, changed, codes, model_of, number, only

KIND = """\
kind k {
  stage?: ordered one of early, middle, late
  colour?: one of red, blue
  amount?: EUR
  ready?: flag
  name?: text
  part?: a flat
  let double = amount * 2
  let safe = amount ?? 7 EUR
  let whole = double ?? amount ?? 9 EUR
  let both = if ready and amount > 1 EUR then 1 else 0
  let told = known(amount)
}
"""


def test_what_is_not_stated_is_unknown_and_so_is_all_that_rests_on_it() -> None:
    model = model_of(added(KIND, "k it {\n}"))
    for name in ("amount", "double", "both", "ready"):
        assert f"it.{name}" not in model.index
    assert model.unknown["it.double"] == ("it.amount",)
    assert set(model.unknown["it.both"]) == {"it.ready", "it.amount"}


def test_a_default_for_the_unknown() -> None:
    assert number("it.safe", added(KIND, "k it {\n}")) == 7
    assert number("it.whole", added(KIND, "k it {\n}")) == 9
    assert number("it.told", added(KIND, "k it {\n}")) == 0
    stated = added(KIND, "k it {\n  amount = 3 EUR\n}")
    assert number("it.safe", stated) == 3
    assert number("it.whole", stated) == 6
    assert number("it.told", stated) == 1


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        # Three-valued: what is known may decide.
        ("false and it.ready", 0),
        ("it.ready and false", 0),
        ("true or it.ready", 1),
        ("it.ready or true", 1),
        ("not (false and it.ready)", 1),
        ("known(it.ready) and it.ready", 0),
        ("not known(it.colour) or it.colour == red", 1),
        ("it.ready and true", None),
        ("it.ready or false", None),
        ("not it.ready", None),
        ("it.colour == red", None),
        ("it.colour in [red, blue]", None),
        ("it.stage >= early", None),
        ("it.amount > 0 EUR", None),
        ("known(it.part)", 0),
        ("it.part.price > 1 EUR/month", None),
        ("(it.ready ?? true) and true", 1),
        ("(it.colour ?? red) == red", 1),
        ("(it.part ?? box) == box", 1),
    ],
)
def test_conditions_with_an_unknown_in_them(condition: str, value: int | None) -> None:
    text = added(KIND, "k it {\n}", f"let x = {condition}")
    if value is None:
        assert "x" in model_of(text).unknown
    else:
        assert number("x", text) == value


def test_a_branch_that_is_not_taken_may_be_unknown() -> None:
    assert number("x", added(KIND, "k it {\n}", "let x = if true then 1 EUR else it.amount")) == 1
    assert "x" in model_of(added(KIND, "k it {\n}", "let x = if 1 > 2 then 1 EUR else it.amount")).unknown


def test_a_cost_that_rests_on_an_unknown_is_an_error_that_names_it() -> None:
    cost = "  cost extra as other = it.amount / 1 month\n}"
    text = changed(("    box = 100%\n  }\n}", f"    box = 100%\n  }}\n{cost}"), more=f"{KIND}\nk it {{\n}}")
    finding = only(text)
    assert finding.problem.code == "TCO420" and "`it.amount`" in finding.message and "??" in finding.help
    assert codes(text.replace("it.amount /", "(it.amount ?? 0 EUR) /")) == []


def test_a_required_attribute_has_to_be_stated() -> None:
    finding = only(changed(("  price = 100 EUR/month\n", "")))
    assert finding.problem.code == "TCO104" and "price" in finding.help


# Choices


def test_a_choice_has_its_values_and_no_others() -> None:
    finding = only(added(KIND, "k it {\n  colour = bleu\n}"))
    assert finding.problem.code == "TCO111" and "`blue`" in finding.help
    assert codes(added(KIND, "k it {\n  colour = 3\n}")) == ["TCO204"]
    assert codes(added(KIND, "k it {\n  stage = red\n}")) == ["TCO111"]


def test_ordered_choices_compare_as_written() -> None:
    text = added(KIND, "k it {\n  stage = middle\n}", "let x = if it.stage > early and it.stage < late then 1 else 0")
    assert number("x", text) == 1


def test_choices_of_two_kinds_compare_where_they_have_the_same_values() -> None:
    named = (
        "choice colour3: one of red, blue\n\nkind k3 {\n  c: colour3\n}\n\nk3 a {\n"
        "  c = blue\n}\n\nk3 b {\n  c = blue\n}\n"
    )
    assert number("x", added(named, "let x = if a.c == b.c then 1 else 0")) == 1
    assert (
        number("x", added(named, KIND, "k it {\n  colour = blue\n}", "let x = if a.c == it.colour then 1 else 0")) == 1
    )


def test_a_choice_may_depend_on_other_choices() -> None:
    kind = (
        "kind k4 {\n  a: one of x, y\n  let b: one of p, q = if a == x then p else q\n"
        "  let c = if b == q then 1 else 2\n}\n"
    )
    assert number("m.c", added(kind, "k4 m {\n  a = y\n}")) == 1
    assert number("m.c", added(kind, "k4 m {\n  a = x\n}")) == 2


@pytest.mark.parametrize("condition", ["chat.requests > 5 requests/month", "box.price > grow(1 EUR/month, 3%/month)"])
def test_a_choice_that_depends_on_an_amount_is_an_error(condition: str) -> None:
    choice = "choice colour5: one of red, blue\n"
    finding = only(added(choice, f"let c: colour5 = if {condition} then red else blue"))
    assert finding.problem.code == "TCO234"
    assert codes(added(choice, f"let c: flag = if {condition} then true else false")) == []


@pytest.mark.parametrize(
    "formula",
    [
        'if chat.requests > 5 requests/month then "a" else "b"',
        "if chat.requests > 5 requests/month then box else box",
        "if chat.requests > 5 requests/month then own else own",
    ],
)
def test_a_text_reference_or_option_that_depends_on_an_amount_is_an_error(formula: str) -> None:
    assert codes(added(f"let c = {formula}")) == ["TCO234"]
    assert codes(
        added(f"let c = if ({formula}) == ({formula.split('then ')[1].split(maxsplit=1)[0]}) then 1 else 2")
    ) == ["TCO234"]


def test_a_custody_that_depends_on_an_amount_is_an_error_and_not_a_guess() -> None:
    text = changed(
        (
            "  custody: custody = managed_endpoint\n",
            "  let custody: custody = if price > 1 EUR/month then own_site else marketplace\n",
        )
    )
    assert codes(text) == ["TCO234"]


def test_many_choices_that_depend_on_each_other_take_no_longer_than_they_are_long() -> None:
    lines = ["choice c9: one of a9, b9", "let w0: c9 = a9"]
    lines += [
        f"let w{i}: c9 = if w{i - 1} == a9 then w{i - 1} else (if w{i - 1} == b9 then a9 else b9)"
        for i in range(1, 400)
    ]
    assert number("x", added(*lines, "let x = if w399 == a9 then 1 else 2")) == 1


# References


REFERENCES = """\
kind city {
  power: EUR/kWh
}

kind hall {
  city: a city
  rent: EUR/month = 10 EUR/month
}

kind rack : deployment {
  hall: a hall
  spare?: a hall
  custody: custody = own_site
  let power = hall.city.power
  cost rent as hosting = hall.rent
}

city bonn {
  power = 0.30 EUR/kWh
}

hall one {
  city = bonn
}

rack r {
  hall = one
}
"""


def test_a_reference_leads_to_the_values_of_what_it_names() -> None:
    assert number("r.power", added(REFERENCES)) == 0.30
    assert number("x", added(REFERENCES, "let x = r.hall.city.power * 2")) == 0.60
    assert "x" in model_of(added(REFERENCES, "let x = r.spare.rent")).unknown


def test_a_reference_names_a_component_of_its_kind() -> None:
    assert codes(added(REFERENCES, "rack s {\n  hall = bonn\n}")) == ["TCO106"]
    assert codes(added(REFERENCES, "rack s {\n  hall = 3\n}")) == ["TCO106"]
    assert codes(added(REFERENCES, "rack s {\n  hall = own\n}")) == ["TCO106"]
    assert codes(added(REFERENCES, "let x = r.hall.town.power")) == ["TCO103"]
    assert codes(added(REFERENCES, "let x = r.power.city")) == ["TCO103"]


def test_a_reference_may_name_a_role() -> None:
    kind = "kind watch {\n  of: a deployment\n  who: a staffing\n  cost seen as monitoring = 5 EUR/month\n}\n"
    crew = "role ops {\n  salary = 12 EUR/year-FTE\n  overhead = 0%\n}\n"
    assert codes(added(kind, crew, "watch w {\n  of = box\n  who = ops\n}")) == []
    assert codes(added(kind, crew, "watch w {\n  of = chat\n  who = ops\n}")) == ["TCO106"]
    assert codes(added(kind, crew, "watch w {\n  of = box\n  who = box\n}")) == ["TCO106"]
    assert number("x", added(kind, crew, "watch w {\n  of = box\n  who = ops\n}", "let x = w.of.price")) == 100


def test_kinds_do_not_contain_themselves() -> None:
    assert codes(added("kind a {\n  b: a a\n}")) == ["TCO132"]
    finding = only(added("kind a {\n  b: a c\n}\n\nkind c {\n  b: a a\n}"))
    assert finding.problem.code == "TCO132" and len(finding.labels) == 1


def test_components_do_not_lead_back_to_themselves() -> None:
    kind = "kind relay : deployment {\n  next: a deployment\n  let custody = next.custody\n}\n"
    finding = only(added(kind, "relay a {\n  next = b\n}", "relay b {\n  next = a\n}"))
    assert finding.problem.code == "TCO140" and "a → b → a" in finding.message
    assert codes(added(kind, "relay a {\n  next = box\n}", "relay b {\n  next = a\n}")) == []


def test_references_lead_on_for_a_bounded_number_of_steps() -> None:
    kind = "kind relay : deployment {\n  next: a deployment\n  let custody = next.custody\n}\n"

    def chain(steps: int) -> str:
        relays = [f"relay r{i} {{\n  next = {'box' if i == 0 else f'r{i - 1}'}\n}}" for i in range(steps)]
        return added(kind, *relays)

    assert codes(chain(63)) == []
    assert codes(chain(64)) == ["TCO021"]


def test_a_path_has_a_bounded_number_of_names() -> None:
    kind = "kind relay : deployment {\n  next?: a deployment\n  custody: custody = own_site\n}\n\nrelay r {\n}\n"
    assert codes(added(kind, f"let x = r.{'next.' * 62}next")) == []
    assert codes(added(kind, f"let x = r.{'next.' * 63}next")) == ["TCO021"]


# Lists and profiles


def _week(value: str = "1") -> list[str]:
    return [value] * 168


def test_a_profile_has_168_numbers() -> None:
    def found(items: list[str]) -> list[str]:
        profile = f"  profile = [{', '.join(items)}]\n  requests ="
        return codes(changed(("  requests =", profile)))

    assert found(_week()) == []
    for count in (0, 1, 167, 169):
        assert found(["1"] * count) == ["TCO235"], count
    assert found([*_week()[:-1], "-1"]) == ["TCO235"]
    assert found(_week("0")) == ["TCO235"]
    assert found([*_week("0")[:-1], "1"]) == []
    assert found([*_week()[:-1], "1 to 2"]) == ["TCO235"]
    assert found([*_week()[:-1], "box.price / 1 EUR/month"]) == ["TCO235"]
    assert found([*_week()[:-1], "1 EUR"]) == ["TCO202"]


def test_a_profile_is_looked_at_wherever_it_is_stated() -> None:
    workload = (
        "workload idle {\n  requests = 1 request/month\n  input_tokens = 1 token/request\n"
        "  output_tokens = 1 token/request\n  profile = [1]\n}\n"
    )
    assert codes(added(workload)) == ["TCO235"], "also where nobody serves it"
    own = (
        "kind job : workload {\n  requests: request/month\n  peak_to_average: number = 2\n"
        "  profile: list of number = [1, 2]\n"
        "  let tokens = requests * 10 tokens/request\n}\n\njob nightly {\n  requests = 1 request/month\n}\n"
    )
    assert codes(added(own)) == ["TCO235"], "a default as well"
    assert codes(added("assume hours: number = 3\nscenario s {\n  chat.profile = [1]\n}")) == []


def test_a_role_says_how_a_profile_is_typed() -> None:
    kind = (
        "kind job : workload {\n  requests: request/month\n  peak_to_average: number = 2\n"
        "  profile: number = 3\n  let tokens = requests * 10 tokens/request\n}\n"
    )
    assert codes(added(kind)) == ["TCO113"]


def test_a_kind_with_a_role_meets_its_contract() -> None:
    assert codes(added("kind a : workload {\n  requests: request/month\n  peak_to_average: number\n}")) == ["TCO113"]
    assert codes(added("kind a : deployment {\n  custody: text\n}")) == ["TCO113"]
    assert codes(added("kind a : deployment {\n}")) == ["TCO113"]
    assert codes(added("kind a : staff {\n}")) == ["TCO112"]
    assert codes(added("kind a : deployment {\n  custody: custdy\n}")) == ["TCO201"], "one mistake, one error"


def test_an_unknown_custody_is_no_trusted_one() -> None:
    text = changed(("  custody: custody = managed_endpoint\n", "  custody?: custody\n"))
    model = model_of(text + "\nlet far = own.farthest(chat)\nlet trusted = own.farthest(chat) <= own_site\n")
    assert "chat" not in model.options[0].farthest
    assert "trusted" in model.unknown and model.unknown["trusted"] == ("box.custody",)


def test_months_and_values_of_an_unknown_workload_name() -> None:
    """A kind may speak of a name that only some workloads have; routing one that has it not is the mistake."""
    job = (
        "kind job : workload {\n  requests: request/month\n  peak_to_average: number = 2\n"
        "  let tokens = requests * 10 tokens/request\n}\n\njob nightly {\n  requests = 1 request/month\n"
        "}\n"
    )
    kind = (
        "kind pool : deployment {\n  custody: custody = own_site\n  let work = served.sum(requests * input_tokens)\n"
        "}\n\npool p {\n}\n"
    )
    option = "option both {\n  serve chat {\n    p = 100%\n  }\n  serve nightly {\n    p = 100%\n  }\n}\n"
    found = codes(added(job, kind, option))
    assert [code for code in found if code != "TCO421"] == ["TCO142"]


def test_what_is_asked_of_several_kinds_measures_the_same_in_all() -> None:
    kinds = (
        "kind other : deployment {\n  custody: custody = own_site\n  price: money\n"
        "}\n\nkind watch {\n  of: a deployment\n  let x = of.price\n}\n"
    )
    assert codes(added(kinds)) == ["TCO202"]
    assert codes(added(kinds.replace("price: money\n", "price: money/year\n"))) == []
