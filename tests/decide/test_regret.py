from __future__ import annotations

from tcolang.decide.regret import Case, regrets


def test_savage_s_table() -> None:
    """Payoffs of three acts in three states, and the regrets a reader works out from them column by column."""
    cases = (
        Case("low", "", {"a": 50.0, "b": 40.0, "c": -20.0}),
        Case("middle", "", {"a": 70.0, "b": 80.0, "c": 60.0}),
        Case("high", "", {"a": 90.0, "b": 110.0, "c": 150.0}),
    )
    a, b, c = regrets(["a", "b", "c"], cases)
    assert (a.losses, a.largest) == ((0.0, 10.0, 60.0), 60.0)
    assert (b.losses, b.largest) == ((10.0, 0.0, 40.0), 40.0)
    assert (c.losses, c.largest) == ((70.0, 20.0, 0.0), 70.0)


def test_what_is_ruled_out_in_a_case_has_no_largest_regret() -> None:
    cases = (Case("open", "", {"a": -5.0, "b": -3.0}), Case("strict", "", {"b": -4.0}))
    a, b = regrets(["a", "b"], cases)
    assert (a.losses, a.largest) == ((2.0, None), None)
    assert (b.losses, b.largest) == ((0.0, 0.0), 0.0)
