"""What each operator asks of its operands, what it gives, and the signatures of the builtins."""

from __future__ import annotations

import pytest

from tcolang.base.registry import collect
from tcolang.engine.settings import Settings
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.signature import signature
from tests.projects import added, codes, findings, number, only, values_of

KIND = """\
kind k {
  stage: ordered one of early, middle, late
  colour: one of red, blue
  since: date
  ready: flag
  name: text
  rate: growth
}

k it {
  stage = middle
  colour = red
  since = 2026-03
  ready = true
  name = "it"
  rate = 12%/year
}
"""


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # In canonical units: months, the currency itself, tokens, requests, GPUs, FTE, GB, kWh.
        ("2 EUR + 3 EUR - 1 EUR", 4),
        ("-(2 EUR)", -2),
        ("6 EUR/month * 2 months", 12),
        ("10 EUR / 4", 2.5),
        ("8 / 2 / 2", 2),
        ("2 ^ 10", 1024),
        ("(2 tokens) ^ 3 / 1 token^1 / 1 token / 1 token", None),
        ("1 year", 12),
        ("1 month - 730 hours", 0),
        ("365 days / 1 year", 1),
        ("1 kW * 1 month / 1 kWh", 730),
        ("1.2k tokens/request * 1M requests", 1.2e9),
        ("0.40 USD per 1M tokens / (1 USD / 1 token)", 0.4e-6),
        ("35%", 0.35),
        ("1 - 35%", 0.65),
        ("2 + 50%", 2.5),
        ("if 2 > 1 then 3 else 4", 3),
        ("if 2 EUR == 2 EUR and not (1 > 2) then 1 else 0", 1),
        ("if 1 > 2 or 2 > 1 then 1 else 0", 1),
        ("if it.stage >= middle then 1 else 0", 1),
        ("if it.stage < middle then 1 else 0", 0),
        ("if it.colour == red then 1 else 0", 1),
        ("if it.colour != red then 1 else 0", 0),
        ("if it.stage in [early, late] then 1 else 0", 0),
        ("if it.ready then 5 else 6", 5),
        ('if it.name == "it" then 5 else 6', 5),
        ("if it.since > 2026-02 then 1 else 0", 1),
        ("it.since - 2026-01", 2),
        ("if it.since + 3 months == 2026-06 then 1 else 0", 1),
        ("if 3 EUR ~= 3.1 EUR within 5% then 1 else 0", 1),
        ("if 3 EUR ~= 3.1 EUR within 5 EUR then 1 else 0", 1),
        ("if 3 ~= 3.1 within 0.05 then 1 else 0", 0),
        ("if known(box.price) then 1 else 0", 1),
        ("2_000 EUR/year as EUR/month", 2000 / 12),
    ],
)
def test_the_value_of_a_formula(formula: str, expected: float | None) -> None:
    text = added(KIND, f"fx USD from 2025-01-01 = 0.5 EUR flat\nlet x = {formula}")
    if expected is None:
        assert codes(text) == ["TCO008"], "a power is no part of a unit"
    else:
        assert number("x", text) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("2 EUR + 3 hours", "TCO202"),
        ("2 EUR - 3 EUR/month", "TCO202"),
        ("2 EUR + 10%", "TCO202"),
        ("2 EUR < 3 hours", "TCO202"),
        ("it.stage == red", "TCO111"),
        ("it.stage == it.colour", "TCO202"),
        ("it.colour < red", "TCO212"),
        ("it.ready < true", "TCO212"),
        ('it.name < "x"', "TCO212"),
        ("it.ready + 1", "TCO204"),
        ("it.stage * 2", "TCO204"),
        ("-it.name", "TCO204"),
        ("it.since * 2", "TCO204"),
        ("it.since + it.since", "TCO202"),
        ("it.since + 3 EUR", "TCO202"),
        ("it.since + 3 EUR - it.since", "TCO202"),
        ("it.ready ^ 2", "TCO204"),
        ("if 3 then 1 else 2", "TCO213"),
        ("if it.stage then 1 else 2", "TCO213"),
        ("3 and it.ready", "TCO213"),
        ("not 3", "TCO213"),
        ("if it.ready then 1 else 2 EUR", "TCO202"),
        ("box.price ?? 3", "TCO202"),
        ("1 EUR in [2 EUR, 3 hours]", "TCO202"),
        ("1 EUR in [2 hours]", "TCO202"),
        ("1 EUR ~= 2 hours within 1", "TCO202"),
        ("1 EUR ~= 2 EUR within 1 hour", "TCO202"),
        ("it.ready ~= true within 1", "TCO202"),
        ("2 EUR as hours", "TCO211"),
        ("2 EUR as pounds", "TCO201"),
        ("it.ready as hours", "TCO211"),
        ("it.rate + 1%/year", "TCO210"),
        ("it.rate * it.rate", "TCO210"),
        ("1 / it.rate", "TCO210"),
        ("it.rate * 2 EUR", "TCO210"),
        ("it.rate < 3%/year", "TCO210"),
        ("(1 EUR) ^ 17", "TCO228"),
        ("box.price * box.price * box.price * box.price * (1 EUR) ^ 13", "TCO228"),
        ("chat", "TCO204"),
        ("cieling(2)", "TCO109"),
        ("served.sum(requests)", "TCO109"),
        ("own.covers(compute, power)", "TCO110"),
        ("own.covers(computing)", "TCO111"),
        ("own.farthest(box)", "TCO110"),
        ("own.farthest(own)", "TCO110"),
        ("box.farthest(chat)", "TCO109"),
        ("known(box.price, 3)", "TCO110"),
        ("known(value = box.price)", "TCO110"),
    ],
)
def test_a_formula_that_makes_no_sense_is_one_error(formula: str, code: str) -> None:
    assert codes(added(KIND, f"let x: number = {formula}")) == [code] or codes(added(KIND, f"let x = {formula}")) == [
        code
    ]


def test_a_mistake_in_a_part_is_not_reported_again_for_the_whole() -> None:
    text = added(KIND, "let x = 1 + max(2 EUR + nothing, 3 hours) * 2\nlet y: EUR = x + 1\nlet z = if x then 1 else 2")
    assert codes(text) == ["TCO101"]


def test_what_differs_is_named_factor_by_factor() -> None:
    finding = only(added("let x = 2 EUR/month + 3 EUR"))
    assert "month" in finding.help or "time" in finding.help
    assert finding.span is not None and finding.span.text == "3 EUR"
    assert [label.span.text for label in finding.labels] == ["2 EUR/month"]
    assert "multiply by `(1 + 10%)`" in only(added("let x = 2 EUR + 10%")).help


def test_an_attribute_of_another_dimension_is_told_what_it_lacks() -> None:
    finding = only(added("flat other {\n  price = 5 EUR\n}"))
    assert finding.problem.code == "TCO204" and "per time" in finding.help


def test_a_list_holds_values_of_one_type() -> None:
    kind = "kind k2 {\n  levels: list of EUR\n}\n\nk2 a {\n  levels = [%s]\n}\n"
    assert codes(added(kind % "1 EUR, 2 EUR")) == []
    assert codes(added(kind % "")) == []
    assert codes(added(kind % "1 EUR, 2 hours")) == ["TCO202"]
    assert codes(added(kind % "1 hour, 2 hours")) == ["TCO204"]
    assert codes(added(kind % "1 EUR, nothing")) == ["TCO101"]


# Shares


@pytest.mark.parametrize("value", ["0%", "100%", "35%", "0.35", "1", "0"])
def test_a_share_lies_between_nothing_and_everything(value: str) -> None:
    assert codes(added(f"assume s: share = {value}")) == []


@pytest.mark.parametrize("value", ["101%", "1.01", "-1%", "-0.1", "35"])
def test_a_share_outside_is_an_error(value: str) -> None:
    assert codes(added(f"assume s: share = {value}")) == ["TCO220"]


def test_a_share_of_a_share_and_what_is_left_are_shares() -> None:
    text = added("assume s: share = 20% to 40%", "let left = 1 - s", "let part = s * s")
    values = values_of(["s", "left", "part"], text)
    assert all(v.min() > 0 and v.max() < 1 for v in values.values())
    assert (values["left"] + values["s"] == 1).all()


# Builtins

BUILTINS = collect("tcolang.semantics.builtins", Builtin)
ARGUMENTS = {
    "growth": "3%/month",
    "date": "2026-03",
    "time": "3 months",
    "flag": "true",
    "percentile": "P80",
    "share": "20%",
    "number": "2",
    "money": "5 EUR",
}
WRONG = {
    "growth": "3",
    "date": "3 months",
    "time": "3 EUR",
    "flag": "3",
    "percentile": "3",
    "share": "3 EUR",
    "number": "3 EUR",
    "money": "3 months",
}


def _right(type_: str) -> str:
    if type_ in ARGUMENTS:
        return ARGUMENTS[type_]
    return {"A": "5 EUR", "A*time": "5 EUR", "A/time": "5 EUR/month"}.get(type_, "5 EUR")


def _call(builtin: Builtin, wrong: int | None = None) -> str:
    parameters = signature(builtin.signature).parameters
    values = [WRONG.get(p.type, "true") if i == wrong else _right(p.type) for i, p in enumerate(parameters)]
    return f"{builtin.name}({', '.join(values)})"


@pytest.mark.parametrize("builtin", BUILTINS, ids=[b.name for b in BUILTINS])
def test_a_builtin_takes_what_its_signature_says_and_nothing_else(builtin: Builtin) -> None:
    """Each argument of the right type is taken; one of a wrong type is one error at that argument."""
    parameters = signature(builtin.signature).parameters

    def found(call: str) -> list[str]:
        if builtin.only_in_costs:
            option = (
                "option more {{\n  serve chat {{\n    box = 100%\n  }}\n  cost it as other = {} * 0 + 1 EUR/month\n}}"
            )
            text = added(option.format(call))
        else:
            text = added(f"let x = {call}")
        return [f.problem.code for f in findings(text) if f.severity.word == "error" and f.problem.code != "TCO202"]

    assert found(_call(builtin)) == []
    for place, parameter in enumerate(parameters):
        code = "TCO209" if parameter.type == "growth" else "TCO217"
        assert found(_call(builtin, wrong=place)) == [code], (builtin.name, place)
    assert found(f"{builtin.name}()") == (["TCO110"] if not parameters[0].optional else [])
    assert found(f"{builtin.name}(nonsense = 1)") == ["TCO110"]
    if not parameters[-1].variadic:
        values = ", ".join([_right(p.type) for p in parameters] + ["1"])
        assert found(f"{builtin.name}({values})") == ["TCO110"]


def test_arguments_by_name_come_in_any_order() -> None:
    text = added("let x = in_month(at = 2026-03, flow = grow(rate = 10%/month, amount = 100))")
    assert number("x", text) == pytest.approx(121)
    assert codes(added("let x = grow(1, 2%/month, amount = 3)")) == ["TCO110"]
    assert codes(added("let x = max(1, first = 2)")) == ["TCO110"]


def test_dimensions_of_arguments_that_belong_together_agree() -> None:
    finding = only(added("let x = max(1 EUR, 2 EUR, 3 hours)"))
    assert finding.problem.code == "TCO217"
    assert finding.span is not None and finding.span.text == "3 hours"


def test_a_payment_stands_in_a_cost_line_and_adds_up() -> None:
    line = "option more {{\n  serve chat {{\n    box = 100%\n  }}\n  cost it as other = {}\n}}"
    once = "once(5 EUR, at = 2026-02)"
    for formula in (
        once,
        f"2 * {once} + 3 EUR/month",
        f"-{once}",
        f"{once} / 2",
        f"if 2 > 1 then {once} else 0 EUR/month",
    ):
        assert codes(added(line.format(formula))) == [], formula
    for formula in (
        f"max({once}, 1 EUR/month)",
        f"1 EUR-EUR/month-month / {once}",
        f"if {once} > 1 EUR/month then 1 EUR/month else 2 EUR/month",
        f"{once} * {once} / 1 EUR/month",
    ):
        assert set(codes(added(line.format(formula)))) == {"TCO216"}, formula
    assert codes(added(f"let x = {once}")) == ["TCO215"]
    assert codes(added(line.format("5 EUR"))) == ["TCO203"]
    assert codes(added(line.format("5 EUR/month").replace("as other", "as others"))) == ["TCO114"]


# Distributions


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("uniform(1 EUR, 3 EUR)", None),
        ("uniform(1, 3 EUR)", None),
        ("uniform(-1 EUR, 3 EUR)", None),
        ("triangular(1 EUR, 2 EUR, 4 EUR)", None),
        ("pert(1 EUR, 2 EUR, 4 EUR)", None),
        ("normal(p5 = 1 EUR, p95 = 3 EUR)", None),
        ("lognormal(p5 = 1 EUR, p95 = 3 EUR)", None),
        ("discrete(values = [1 EUR, 2 EUR], weights = [30%, 70%])", None),
        ("discrete([1 EUR, 2 EUR], [0.3, 0.7])", None),
        ("mixture(components = [1 EUR to 2 EUR, 5 EUR], weights = [20%, 80%])", None),
        ("discrete([1 EUR, 2 EUR], [3, 7])", "TCO208"),
        ("uniform(1 EUR, 3 hours)", "TCO207"),
        ("uniform(1 EUR, 3 USD)", "TCO207"),
        ("uniform(3 EUR, 1 EUR)", "TCO208"),
        ("uniform(1 EUR, box.price)", "TCO218"),
        ("uniform(1 EUR + 1 EUR, 3 EUR)", "TCO218"),
        ("uniform(1 EUR, [3 EUR])", "TCO218"),
        ("uniform(1 EUR, 2 EUR to 3 EUR)", "TCO218"),
        ("discrete(values = [1 EUR, 2 EUR], weights = [1])", "TCO208"),
        ("discrete(values = [1 EUR, 2 EUR], weights = [box, 1])", "TCO208"),
        ("mixture(components = [3 EUR to 2 EUR], weights = [1])", "TCO208"),
        ("3 EUR to 2 EUR", "TCO208"),
        ("0 EUR to 2 EUR", "TCO208"),
        ("1 EUR to 2 hours", "TCO207"),
        ("2 EUR to 2 EUR", None),
    ],
)
def test_a_distribution_is_stated_in_numbers_of_one_unit(formula: str, code: str | None) -> None:
    assert codes(added(f"assume x: EUR = {formula}")) == ([code] if code else [])


def test_a_weight_in_percent_is_a_share() -> None:
    text = added("assume x = discrete(values = [1, 2], weights = [25%, 75%])")
    draws = values_of(["x"], text, settings=Settings(samples=2_000))["x"]
    assert abs((draws == 1).mean() - 0.25) < 0.03
