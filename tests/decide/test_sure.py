"""How sure a decision is: figures worked out by hand, and by running the whole decision again at another value."""

from __future__ import annotations

from math import sqrt

import pytest

from tcolang import pipeline
from tcolang.base.source import SourceFile
from tcolang.decide.portfolio import Portfolio, portfolio
from tcolang.decide.sure import how_sure
from tcolang.decide.sureness import Sureness
from tcolang.engine.moving import evaluations, means, movable
from tcolang.engine.settings import Settings
from tests.projects import builtins, model_of, program_of, world

FEW = Settings(samples=400)

# The API costs 20 EUR a month: a million requests of 20 tokens at 1 EUR per million. The flat rate is 30 EUR a month.
SPEC = """\
tco 1

decision case "A case" {
  currency = EUR
  start = 2026-01
  horizon = 24 months
}

source bill "The bill" {
  checked = 2026-01-01
  grade = measured
}

workload chat "Some work" {
  requests = 1M requests/month source bill
  input_tokens = 10 tokens/request source bill
  output_tokens = 10 tokens/request source bill
  data_class = internal
}

hosted_model small "A model" {
  vendor = "Vendor"
  input_price = 1 EUR per 1M tokens
  output_price = 1 EUR per 1M tokens
}

hosted_model free "A model at a flat rate" {
  vendor = "Vendor"
  input_price = 0 EUR per 1M tokens
  output_price = 0 EUR per 1M tokens
}

assume rate: EUR/month = 30 EUR/month

option api "All of it on the API" {
  serve chat {
    small = 100%
  }
}

option flat_rate "A flat rate" {
  serve chat {
    free = 100%
  }
  cost subscription as inference = rate
}
"""

WITH_VETO = (
    SPEC.replace(
        'option api "All of it on the API" {', 'option api "All of it on the API" {\n  quality = best'
    ).replace('option flat_rate "A flat rate" {', 'option flat_rate "A flat rate" {\n  quality = good')
    + """
rule long_answers "Answers are too long for the API" {
  for each option
  when chat.output_tokens > 12 tokens/request
  when option.quality == best
  then veto option
  because "{chat.output_tokens} are too many for {option}."
}
"""
)


def sure_of(text: str, settings: Settings = FEW, thorough: bool = False) -> tuple[str, Sureness]:
    found = pipeline.decide_under(program_of(text), settings, (), ())
    assert found.value is not None, found.diagnostics
    decided = found.value
    sure = how_sure(decided.model, decided.evaluation, decided.decision, settings, thorough)
    assert sure is not None and decided.decision.recommended is not None
    return decided.decision.recommended, sure


def recommended_with(text: str, *settings: str) -> str | None:
    """The decision made anew, with inputs set as `--set` does."""
    file = SourceFile("spec.tco", text)
    program = pipeline.check(world({"spec.tco": text}), file, settings).value.program
    assert program is not None
    found = pipeline.decide_under(program, FEW, pipeline.scenario_overrides(program, pipeline.SET), ())
    return found.value.decision.recommended if found.value is not None else None


def test_flip_points_in_closed_form() -> None:
    recommended, sure = sure_of(SPEC, thorough=True)
    assert recommended == "api" and not sure.close
    ratios = {flip.keys[0]: flip.factors[0] for flip in sure.flips}
    # The flat rate falls to 20 EUR, the requests rise to 1.5 million; a price or a length alone doubles.
    assert ratios["rate"] == pytest.approx(2 / 3, rel=2e-3)
    assert ratios["chat.requests"] == pytest.approx(1.5, rel=2e-3)
    for half in ("small.input_price", "small.output_price", "chat.input_tokens", "chat.output_tokens"):
        assert ratios[half] == pytest.approx(2.0, rel=2e-3)
    assert all(flip.instead == flip.judged == "flat_rate" for flip in sure.flips)
    assert [flip.ratio for flip in sure.flips] == sorted(flip.ratio for flip in sure.flips)


def test_the_smallest_pair_in_closed_form() -> None:
    _, sure = sure_of(SPEC)
    assert sure.pair is not None
    # 20·r = 30 ÷ r where the rate falls and the requests rise.
    assert set(sure.pair.keys) == {"rate", "chat.requests"}
    assert sure.pair.ratio == pytest.approx(sqrt(1.5), rel=2e-3)


def test_a_flip_is_where_the_whole_decision_flips() -> None:
    assert recommended_with(SPEC, "chat.requests = 1.49M requests/month") == "api"
    assert recommended_with(SPEC, "chat.requests = 1.51M requests/month") == "flat_rate"
    assert recommended_with(SPEC, "rate = 20.1 EUR/month") == "api"
    assert recommended_with(SPEC, "rate = 19.9 EUR/month") == "flat_rate"


def test_a_veto_that_reads_the_figure_flips_before_the_cost_does() -> None:
    recommended, sure = sure_of(WITH_VETO, thorough=True)
    assert recommended == "api"
    flips = {flip.keys[0]: flip for flip in sure.flips}
    # Above 12 tokens the API is ruled out; its cost would have been reached at 20.
    assert flips["chat.output_tokens"].factors[0] == pytest.approx(1.2, rel=2e-3)
    assert flips["chat.output_tokens"].judged == "flat_rate"
    assert flips["chat.requests"].factors[0] == pytest.approx(1.5, rel=2e-3)


def test_what_moves_nothing_far_enough_is_said_so() -> None:
    _, sure = sure_of(SPEC.replace("rate: EUR/month = 30", "rate: EUR/month = 3_000"), thorough=True)
    # 150 times is beyond twenty; down to a twentieth the flat rate still costs 150 EUR.
    assert sure.flips == ()
    assert {"rate", "chat.requests"} <= {each.key for each in sure.unflipped}
    assert sure.pair is not None and sure.pair.ratio == pytest.approx(sqrt(150), rel=2e-3)


def test_costs_of_many_cases_are_those_of_the_spec_with_other_figures() -> None:
    model = model_of(SPEC)
    moved = ["chat.requests", "rate", "small.input_price"]
    able = movable(model, ["api.tco", "flat_rate.tco"], moved, FEW)
    cases = [{}, {"chat.requests": 3.0}, {"rate": 0.5, "small.input_price": 2.0}]
    found = means(able, ["api.tco", "flat_rate.tco"], cases)
    texts = [
        SPEC,
        SPEC.replace("1M requests", "3M requests"),
        SPEC.replace("= 30 EUR", "= 15 EUR").replace("input_price = 1 EUR", "input_price = 2 EUR"),
    ]
    for place, text in enumerate(texts):
        again = model_of(text)
        (seen,) = evaluations(movable(again, ["api.tco", "flat_rate.tco"], [], FEW), ["api.tco", "flat_rate.tco"], [{}])
        assert found[0, place] == pytest.approx(seen.estimate("api.tco").mean, rel=1e-12)
        assert found[1, place] == pytest.approx(seen.estimate("flat_rate.tco").mean, rel=1e-12)


def test_the_debt_counts_each_figure_by_its_elasticity() -> None:
    _, sure = sure_of(SPEC)
    # requests 1, input and output tokens ½ each: measured 2 of 3; the two prices ½ each are assumed.
    assert sure.founded["measured"] == pytest.approx(2 / 3, rel=1e-3)
    assert sure.founded["assumed"] == pytest.approx(1 / 3, rel=1e-3)
    assert sum(sure.founded.values()) == pytest.approx(1.0)


def test_nothing_uncertain_is_worth_nothing_to_know() -> None:
    _, sure = sure_of(SPEC)
    assert (sure.all_known, sure.known) == (0.0, ())


def test_knowing_the_only_uncertain_figure_is_knowing_all() -> None:
    _, sure = sure_of(SPEC.replace("= 30 EUR/month", "= uniform(10 EUR/month, 40 EUR/month)"), Settings(samples=4_000))
    (known,) = sure.known
    # 24 months of (20 − rate)⁺ for a rate even between 10 and 40: 24 × 10² ÷ (2 × 30).
    assert sure.all_known == pytest.approx(24 * 100 / 60, rel=1e-3)
    assert known.key == "rate"
    assert known.worth == pytest.approx(sure.all_known, rel=0.01)
    assert known.share == pytest.approx(1.0, abs=0.01)


def test_what_is_worth_knowing_is_read_off_the_futures_that_were_decided_on(monkeypatch: pytest.MonkeyPatch) -> None:
    text = SPEC.replace("= 30 EUR/month", "= uniform(10 EUR/month, 40 EUR/month)")
    decided = pipeline.decide_under(program_of(text), FEW, (), ()).value
    assert decided is not None

    def never(*_: object, **__: object) -> None:
        raise AssertionError("evaluated again")

    for module in ("evaluate", "moving", "breakeven"):
        monkeypatch.setattr(f"tcolang.engine.{module}.run", never)
    # What moves inputs does evaluate, case by case, and is looked at elsewhere.
    monkeypatch.setattr("tcolang.decide.sure.movable_inputs", lambda model, keys: ())
    monkeypatch.setattr("tcolang.decide.sure.founded", lambda model, cost, settings: {})
    sure = how_sure(decided.model, decided.evaluation, decided.decision, FEW)
    assert sure is not None
    assert [known.key for known in sure.known] == ["rate"]


# Portfolio

MAIL = """workload mail "Letters" {
  requests = 0.25M requests/month source bill
  input_tokens = 10 tokens/request source bill
  output_tokens = 10 tokens/request source bill
  data_class = internal
}

"""
TWO = SPEC.replace("hosted_model small", MAIL + "hosted_model small").replace("= 30 EUR", "= 22 EUR")
for _model in ("small", "free"):
    _serve = f"  serve chat {{\n    {_model} = 100%\n  }}\n"
    TWO = TWO.replace(_serve, _serve + _serve.replace("chat", "mail"))


def portfolio_of(text: str) -> tuple[str, Portfolio]:
    program = program_of(text)
    found = pipeline.decide_under(program, FEW, (), ()).value
    assert found is not None and found.decision.recommended is not None
    made = portfolio(program, builtins(), FEW, found.model, found.decision)
    assert made is not None
    return found.decision.recommended, made


def test_what_each_workload_would_do_alone() -> None:
    # Together 25 EUR a month against 22; alone 20 and 5 against 22.
    recommended, made = portfolio_of(TWO)
    assert recommended == "flat_rate"
    assert [(each.workload, each.option) for each in made.alone] == [("chat", "api"), ("mail", "api")]
    chat, mail = made.alone
    assert chat.costs["api"] == pytest.approx(24 * 20)
    assert mail.costs["api"] == pytest.approx(24 * 5)
    # Sharing saves one of the two subscriptions.
    assert made.saved == pytest.approx(24 * 22)
    ((category, amount),) = made.shared()
    assert (category, round(amount, 6)) == ("inference", 24 * 22)


def test_costs_alone_are_those_of_the_spec_without_the_other_requests() -> None:
    _, made = portfolio_of(TWO)
    without = pipeline.decide_under(program_of(TWO.replace("0.25M requests", "0 requests")), FEW, (), ()).value
    assert without is not None
    for option in without.decision.options:
        assert made.alone[0].costs[option.name] == pytest.approx(option.cost.mean, rel=1e-12)
