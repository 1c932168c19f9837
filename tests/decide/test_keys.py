from __future__ import annotations

from tcolang.base.record import replace
from tcolang.decide.keys import needed_keys
from tcolang.model.costmodel import AllOf, AnyOf, Condition, CostModel, Near, Negated, OneOf, Told
from tcolang.semantics.terms import Apply, NodeValue
from tcolang.semantics.types import NUMBER_TYPE
from tests.decide.made import SPAN, Case, compare, expect, flag, node, number, rule


def model() -> CostModel:
    statistic = node("stat", Apply("p80", (NodeValue("behind", NUMBER_TYPE, SPAN),), NUMBER_TYPE, SPAN))
    conditions: list[Condition] = [
        AllOf((flag("k1"), Negated(AnyOf((flag("k2"), Near(number("k3"), number("k4"), number("k5"), False)))))),
        OneOf(number("k6"), (number("k7"),)),
        compare("<", number("stat"), number("k8")),
    ]
    wanted = {f"k{place}": 0.0 for place in range(1, 14)}
    case = Case(
        {"a": ("api", 1.0)},
        worths={"speed": 1.0},
        measures={"speed": {"a": number("k9")}},
        rules=[
            rule(
                "r",
                "a",
                "prefer",
                conditions,
                degree=number("k10"),
                unless=[("but", flag("k11"))],
                because=Told(("so ", number("k12"))),
            )
        ],
        expectations=[expect(flag("k13")), expect(flag("gone"), because=Told((number("other"),)))],
        figures={**wanted, "behind": 0.0, "nobody": 0.0, "other": 0.0, "a.nominal": 0.0},
        nodes=[statistic, node("gone")],
        unknown={"gone": ("fact",)},
    )
    made = case.model
    option = replace(made.options[0], results={"tco": "a.tco", "tco_nominal": "a.nominal", "tokens": "nobody"})
    return replace(made, options=(option,))


def test_all_that_is_read_and_nothing_else() -> None:
    wanted = {f"k{place}" for place in range(1, 14)}
    assert needed_keys(model()) == wanted | {"a.tco", "a.nominal", "worth.speed", "stat", "behind", "other"}
