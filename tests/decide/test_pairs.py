from __future__ import annotations

import pytest

from tcolang.decide.decide import decide
from tcolang.decide.decision import Decision
from tcolang.decide.pairs import is_material
from tcolang.decide.thresholds import Thresholds
from tests.decide.made import Case, argue, rule


def made(case: Case) -> Decision:
    decision = decide(case.model, case.evaluation).value
    assert decision is not None
    return decision


@pytest.mark.parametrize(
    ("other", "chance", "material"),
    [
        (105.0001, 0.8, True),
        (105.0, 0.8, False),
        (104.9999, 1.0, False),
        (106.0, 0.8, True),
        (106.0, 0.79999, False),
        (106.0, 0.80001, True),
    ],
)
def test_above_a_share_of_the_cheaper_and_often_enough(other: float, chance: float, material: bool) -> None:
    assert is_material(100.0, other, chance, Thresholds()) is material
    # The other way round the first is the dearer one.
    assert is_material(other, 100.0, 1.0 - chance, Thresholds()) is material


def test_the_thresholds_can_be_set() -> None:
    assert is_material(100.0, 103.0, 0.7, Thresholds(material_share=0.02, material_chance=0.6))


def test_pairs_are_counted_over_the_same_futures() -> None:
    """a is dearer by 1 in one future of four, cheaper by 10 in the others: by 7.25 on average."""
    a, b = [100.0, 200.0, 50.0, 80.0], [110.0, 210.0, 49.0, 90.0]
    decision = made(Case({"a": ("api", a), "b": ("self_host", b)}, samples=4, batches=2))
    (pair,) = decision.pairs
    assert decision.recommended == "a"
    assert pair.other == "b"
    assert pair.difference.mean == pytest.approx(7.25)
    assert pair.chance_cheaper == 0.75
    # The batches have shares 1 and ½: standard deviation √0.125, over √2.
    assert pair.chance_error == pytest.approx(0.25)
    assert pair.material is False


def test_against_a_cheaper_one_the_difference_is_below_zero() -> None:
    case = Case(
        {"a": ("api", 100.0), "b": ("self_host", 120.0), "c": ("api", 50.0)},
        worths={"calm": 100.0},
        rules=[argue("r", "b", "prefer", "calm"), rule("v", "c")],
    )
    decision = made(case)
    assert decision.recommended == "b"
    assert [(pair.other, pair.difference.mean, pair.chance_cheaper, pair.material) for pair in decision.pairs] == [
        ("a", -20.0, 0.0, True),
        ("c", -70.0, 0.0, True),
    ]
