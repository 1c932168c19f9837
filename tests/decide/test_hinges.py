"""What a decision hinges on, against deciding anew with every way in which the unknown arguments may come out."""

from __future__ import annotations

from itertools import product
from typing import TypeAlias

import numpy as np
import pytest

from tcolang.base.record import replace
from tcolang.decide.decide import decide
from tcolang.decide.decision import Decision, Hinge
from tcolang.model.costmodel import Holds, RuleCase
from tests.decide.made import Action, Case, Family, Figures, argue, flag, missing, number, rule

Options: TypeAlias = dict[str, tuple[Family, Figures]]

OPTIONS = ("a", "b", "c")
CRITERIA = ("speed", "calm")
ARGUED: tuple[Action, ...] = ("prefer", "avoid")


def made(case: Case) -> Decision:
    decision = decide(case.model, case.evaluation).value
    assert decision is not None
    return decision


def unknown(name: str, option: str, action: Action, fact: str, criterion: str = "speed") -> RuleCase:
    return rule(name, option, action, [Holds(missing(fact))], criterion=criterion)


def test_an_argument_that_would_turn_it_makes_it_conditional() -> None:
    """b is dearer by 20 and would gain half of 50."""
    options: Options = {"a": ("api", 100.0), "b": ("self_host", 120.0)}
    case = Case(options, {"speed": 50.0}, rules=[unknown("r", "b", "prefer", "b.quality")])
    decision = made(case)
    assert decision.hinges == (Hinge("b", ("pack/r",), ("b.quality",)),)
    assert (decision.recommended, decision.confidence, decision.acceptability) == ("a", "conditional", 1.0)
    assert decision.unknown == ("b.quality",)


@pytest.mark.parametrize(("worth", "hinges"), [(39.9, 0), (40.1, 1)])
def test_one_that_could_not_leaves_it_clear(worth: float, hinges: int) -> None:
    options: Options = {"a": ("api", 100.0), "b": ("self_host", 120.0)}
    case = Case(options, {"speed": worth}, rules=[unknown("r", "a", "avoid", "a.quality")])
    decision = made(case)
    assert (len(decision.hinges), decision.confidence) == (hinges, "conditional" if hinges else "clear")


def test_what_the_same_fact_says_of_both_turns_nothing() -> None:
    options: Options = {"a": ("api", 100.0), "b": ("api", 101.0)}
    both = [unknown("r", name, "prefer", "decision.stage") for name in options]
    assert made(Case(options, {"speed": 50.0}, rules=both)).hinges == ()
    each = [unknown("r", name, "prefer", f"{name}.quality") for name in options]
    assert [h.missing for h in made(Case(options, {"speed": 50.0}, rules=each)).hinges] == [("b.quality",)]


def test_an_unknown_strength_counts_in_full() -> None:
    options: Options = {"a": ("api", 100.0), "b": ("api", 120.0)}
    argued = rule("r", "b", "prefer", criterion="speed", degree=missing("b.quality"))
    assert len(made(Case(options, {"speed": 41.0}, rules=[argued])).hinges) == 1
    assert made(Case(options, {"speed": 39.0}, rules=[argued])).hinges == ()


def test_nothing_hinges_on_what_is_measured_steps_back_or_is_ruled_out() -> None:
    options: Options = {"a": ("api", 100.0), "b": ("self_host", 101.0)}
    open_ = unknown("r", "b", "prefer", "b.quality")
    measures = {"speed": {name: number("half") for name in options}}
    measured = Case(options, {"speed": 50.0}, measures, [open_], figures={"half": 0.5})
    assert made(measured).hinges == ()
    thumb = rule("r", "b", "prefer", [Holds(missing("b.quality"))], criterion="speed", yields=True)
    assert made(Case(options, {"speed": 50.0}, rules=[thumb])).hinges == ()
    vetoed = [open_, rule("v", "b", when=[flag("yes")])]
    assert made(Case(options, {"speed": 50.0}, rules=vetoed, figures={"yes": 1.0})).hinges == ()


@pytest.mark.parametrize("seed", range(40))
def test_as_deciding_anew_in_every_way_it_may_come_out(seed: int) -> None:
    random = np.random.default_rng(seed)
    options: Options = {name: ("api", float(random.uniform(0.0, 60.0))) for name in OPTIONS}
    worths = {name: float(random.uniform(0.0, 80.0)) for name in CRITERIA}
    figures = {f"d{n}": float(random.uniform(0.1, 1.0)) for n in range(6)}
    drawn = [
        (
            f"r{n}",
            str(random.choice(OPTIONS)),
            ARGUED[int(random.integers(2))],
            str(random.choice(CRITERIA)),
            f"d{n}",
        )
        for n in range(6)
    ]
    open_ = {name for name, *_ in drawn[:4]}

    def stated(holding: frozenset[str] | None) -> Decision:
        """With the first four unknown, or those that hold."""
        rules = []
        for name, option, action, criterion, degree in drawn:
            argued = argue(name, option, action, criterion, degree)
            if holding is None and name in open_:
                argued = replace(argued, conditions=(Holds(missing(name)),))
            if holding is None or name not in open_ or name in holding:
                rules.append(argued)
        return made(Case(options, worths, rules=rules, figures=figures))

    decision = stated(None)
    assert decision.recommended is not None
    ways = [
        stated(frozenset(n for n, holds in zip(sorted(open_), way, strict=True) if holds))
        for way in product((False, True), repeat=4)
    ]
    ahead = {
        name
        for way in ways
        for name in OPTIONS
        if way.option(name).score > way.option(decision.recommended).score + 1e-9
    }
    assert {hinge.instead for hinge in decision.hinges} == ahead
    for hinge in decision.hinges:
        holding = {each.removeprefix("pack/") for each in hinge.rules}
        assert set(hinge.missing) == holding
        turned = stated(frozenset(holding))
        assert turned.option(hinge.instead).score > turned.option(decision.recommended).score
        for one in holding:
            fewer = stated(frozenset(holding - {one}))
            assert fewer.option(hinge.instead).score <= fewer.option(decision.recommended).score + 1e-9
