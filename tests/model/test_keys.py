"""Names of values: what a user calls his own never takes the place of what the model calls its own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.projects import BASE, added, changed, codes, findings, model_of, number, values_of


@pytest.mark.parametrize(
    "name", ["volume", "tco", "charge", "live", "serve", "share", "monthly", "operand", "criterion", "bridge"]
)
def test_a_value_may_be_called_like_something_of_the_model(name: str) -> None:
    text = added(f"assume {name} = 7", f"let twice = {name} * 2")
    assert number(name, text) == 7
    assert number("twice", text) == 14
    assert number("own.tco", text) == 1200


@pytest.mark.parametrize("name", ["volume", "tco", "rent", "serve", "bridge", "live", "price", "monthly"])
def test_a_component_may_be_called_like_something_of_the_model(name: str) -> None:
    text = BASE.replace("flat box", f"flat {name}").replace("    box = 100%", f"    {name} = 100%")
    assert number("own.tco", text) == 1200
    assert number(f"{name}.price", text) == 100
    assert number(f"own.{name}.rent@nominal", text) == 1200


@pytest.mark.parametrize("name", ["volume", "rent", "serve", "bridge", "live", "box2"])
def test_an_option_may_be_called_like_something_of_the_model(name: str) -> None:
    text = BASE.replace("option own", f"option {name}")
    assert number(f"{name}.tco", text) == 1200
    assert number(f"{name}.box.rent@nominal", text) == 1200


RESULTS = (
    "tco tco_nominal charge monthly tokens requests family unserved vendor_share availability on_call payback vetoed "
    "live uses bridge lead_time farthest covers"
)


@pytest.mark.parametrize("name", RESULTS.split())
def test_a_cost_line_of_an_option_is_not_called_like_a_result(name: str) -> None:
    line = f"    box = 100%\n  }}\n  cost {name} as other = 1 EUR/month\n"
    assert codes(changed(("    box = 100%\n  }\n", line))) == ["TCO102"]


def test_a_cost_line_of_an_option_may_be_called_like_a_component_or_its_line() -> None:
    for name in ("box", "rent", "price", "serve", "staff", "chat"):
        line = f"    box = 100%\n  }}\n  cost {name} as other = 1 EUR/month\n"
        text = changed(("    box = 100%\n  }\n", line))
        assert number("own.tco_nominal", text) == 12 * 101, name
        assert number(f"own.{name}@nominal", text) == 12, name
        assert number("own.box.rent@nominal", text) == 1200, name


def test_a_cost_line_of_a_kind_may_be_called_like_a_result() -> None:
    text = BASE.replace("cost rent as compute", "cost tco as compute")
    assert number("own.tco", text) == 1200
    assert number("own.box.tco@nominal", text) == 1200


def test_attributes_and_formulas_of_a_kind_may_be_called_like_results() -> None:
    kind = (
        "kind odd : deployment {\n  custody: custody = own_site\n  tco: EUR/month\n  live: number = 3\n"
        "  let monthly = tco * live\n  let charge = served.sum(requests) * 1 EUR/request\n"
        "  cost all as other = monthly + charge\n}\n\n"
        "odd it {\n  tco = 2 EUR/month\n}\n\noption odd_one {\n  serve chat {\n    it = 100%\n  }\n}\n"
    )
    assert number("odd_one.tco", added(kind)) == 12 * (6 + 1000)


def test_files_and_names_in_them_do_not_meet_those_of_the_spec() -> None:
    prices = ("prices.tco", "tco 1\n\nassume own = 3\n\nflat box {\n  price = 5 EUR/month\n}\n\nlet tco = own * 2\n")
    text = changed(("use quiet", "import prices as p\n\nuse quiet"), more="let x = p.tco + p.own\n")
    assert number("x", text, prices) == 9
    assert number("own.tco", text, prices) == 1200
    assert number("prices.box.price", text, prices) == 5


def test_two_roles_of_one_name_from_two_files_have_draws_of_their_own() -> None:
    file = "tco 1\n\nrole ml {\n  salary = 12 EUR/year-FTE\n}\n"
    text = changed(
        ("use quiet", "import eu as eu\nimport us as us\n\nuse quiet"),
        (
            "    box = 100%\n  }\n",
            "    box = 100%\n  }\n  staff {\n    eu.ml = 1 to 2 FTE\n    us.ml = 1 to 2 FTE\n  }\n",
        ),
    )
    values = values_of(["own.staff.eu.ml", "own.staff.us.ml"], text, ("eu.tco", file), ("us.tco", file))
    first, second = values.values()
    assert (first != second).all()


def test_a_pack_and_its_parameters_do_not_meet_those_of_the_spec() -> None:
    pack = ("house.tco", 'tco 1\n\npack house version "1"\n\nassume limit = 3\n')
    text = BASE.replace("use quiet", "use house") + "assume limit = 4\nlet x = limit\n"
    assert number("x", text, pack) == 4
    assert number("house.limit", text, pack) == 3


# Order and aliases

PRICES = (
    "prices.tco",
    "tco 1\n\nassume fall: growth = 5 to 30%/year\n\nfx USD from 2025-01-01 = 0.8 to 0.9 EUR flat\n\n"
    "flat theirs {\n  custody = marketplace\n  price = decline(90 to 120 USD/month, fall)\n}\n",
)

ITEMS = """\
unit crate = 4 boxes9

unit boxes9 = 6 requests

assume load: crate/month = 30 to 60 crates/month

assume growth_rate: growth = 1 to 5%/month

correlate load, box.price = 0.5

correlate load, our.fall = -0.3

let per_request = own.tco / total(chat.requests)

let cheaper = chance(own.tco < rented.tco)

criterion calm "Calm" {
  worth = 100 to 200 EUR/year
}

rule near "Near" {
  for each option
  when option.family == api
  then prefer option on calm by 50%
  because "{option} is run by others."
}

scenario more {
  load = base * 2
}

scenario most extends more {
  load = base + 10 crates/month
}

option rented {
  serve chat {
    box = 20% to 40%
    our.theirs = rest
  }
  cost setup as one_off = once(50 to 90 EUR, at = 2026-02)
}

kind thing {
  size: number = 2 to 3
  part: a piece
  let whole = double + part.more
  let double = size * 2
}

kind piece {
  more: number
}

thing t {
  part = p
}

piece p {
  more = 5
}

expect cheaper >= 0%
"""


def _spec(order: list[int], alias: str = "our") -> str:
    head = BASE.replace("100 EUR/month", "80 to 110 EUR/month").replace(
        "requests = 1_000 requests/month", "requests = grow(load, growth_rate)"
    )
    blocks = re.split(r"\n\n(?=\S)", head.split("use quiet\n\n")[1].strip() + "\n\n" + ITEMS.strip())
    shuffled = [blocks[i] for i in order] if order else blocks
    text = f"tco 1\n\nimport prices as {alias}\n\nuse quiet\n\n" + "\n\n".join(shuffled) + "\n"
    return re.sub(r"\bour\.", f"{alias}.", text)


COUNT = 23


def _numbers(text: str, scenario: str = "") -> dict[str, bytes]:
    model = model_of(text, PRICES, scenario=scenario)
    keys = sorted(key for key in model.index if not key.startswith("(operand"))
    return {key: v.tobytes() for key, v in values_of(keys, text, PRICES, scenario=scenario).items()}


def _found(text: str) -> list[tuple[str, str]]:
    return sorted((f.problem.code, f.message) for f in findings(text, PRICES))


def test_the_statements_are_as_many_as_are_shuffled() -> None:
    assert len(re.split(r"\n\n(?=\S)", _spec([]).split("use quiet\n\n")[1].strip())) == COUNT


@settings(max_examples=12)
@given(st.permutations(range(COUNT)))
def test_the_order_of_statements_changes_no_number_and_no_finding(order: list[int]) -> None:
    stated, shuffled = _spec([]), _spec(order)
    assert _found(shuffled) == _found(stated) == []
    for scenario in ("", "most"):
        before, after = _numbers(stated, scenario), _numbers(shuffled, scenario)
        assert before.keys() == after.keys()
        assert [key for key in before if before[key] != after[key]] == []


@settings(max_examples=12)
@given(st.permutations(range(COUNT)))
def test_the_order_of_statements_changes_no_mistake(order: list[int]) -> None:
    def broken(order: list[int]) -> str:
        text = _spec(order)
        for old, new in (
            ("4 boxes9", "4 boxes8"),
            ("by 50%", "by 5 EUR"),
            ("part = p", "part = t"),
            ("size * 2\n}", "size * whole\n}"),
        ):
            text = text.replace(old, new, 1)
        return text

    assert _found(broken(order)) == _found(broken([]))
    assert len(_found(broken([]))) >= 4


def test_the_name_of_an_import_changes_no_number() -> None:
    assert _numbers(_spec([], alias="somebody_elses")) == _numbers(_spec([]))
