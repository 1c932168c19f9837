"""What pages say where the decision is not the usual one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tcolang import pipeline
from tcolang.base.record import replace
from tcolang.decide.decision import ScoreTerm, VetoPrice
from tcolang.engine.breakeven import Crossing
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import Line, Node, Told
from tcolang.report.amounts import value
from tcolang.report.blocks import Bullets, Chart, Heading, Link, Paragraph, Prose, Section, Table
from tcolang.report.leaving import last_cheap
from tcolang.report.pages.alternatives import alternatives
from tcolang.report.pages.assumptions import assumptions, families, shown, source
from tcolang.report.pages.breakdown import breakdown
from tcolang.report.pages.breakeven import breakeven, volume_table
from tcolang.report.pages.cash import cash
from tcolang.report.pages.exclusions import exclusions
from tcolang.report.pages.findings import findings
from tcolang.report.pages.like_for_like import like_for_like
from tcolang.report.pages.reasons import reasons
from tcolang.report.pages.regret import regret
from tcolang.report.pages.unit_costs import unit_costs
from tcolang.report.pages.unknowns import unknowns
from tcolang.report.pages.verdict import verdict
from tcolang.report.results import Results
from tcolang.semantics.program import Provenance, Segment, Source, Value
from tcolang.semantics.terms import Constant, Dated, Draw, Listing, Symbol
from tcolang.semantics.types import DateType, QuantityType, TextType
from tcolang.uncertain.distribution import Distribution
from tcolang.uncertain.summary import Estimate
from tcolang.units.dimension import base
from tests.decide.test_sure import SPEC
from tests.projects import program_of
from tests.report.sample import MONEY, PLAIN, TOKENS, U, at, ruled, sample, unit

SPAN = at("tco 1")
_RESERVED = (
    SPEC.replace("    small = 100%\n  }\n", "    small = 100%\n  }\n  uses = [reserve, leaving]\n", 1)
    + """
node_commitment reserve "Reserved for two years" {
  nodes = 1
  price = 0.001 EUR/hour
  term = 24 months
}

exit_plan leaving "Leaving" {
  reservation = reserve
  reimplementation = 10 EUR
}
"""
)


def plain(prose: Prose) -> str:
    if isinstance(prose, tuple):
        return "".join(map(plain, prose))
    return prose if isinstance(prose, str) else prose.text


def said(section: Section | None) -> str:
    """All that a section says, a line for each sentence and row."""
    assert section is not None
    lines: list[str] = []
    for block in section.blocks:
        match block:
            case Paragraph(prose) | Heading(prose):
                lines.append(plain(prose))
            case Bullets(items):
                lines.extend(map(plain, items))
            case Table(_, rows):
                lines.extend(" | ".join(map(plain, row)) for row in rows)
            case Chart():
                lines.extend(block.labels)
    return "\n".join(lines)


def with_node(results: Results, key: str, change: Callable[[Node], Node], values: object = None) -> Results:
    model = results.model
    nodes = tuple(change(node) if node.key == key else node for node in model.nodes)
    kept = dict(results.evaluation.values)
    if values is not None:
        kept[key] = np.atleast_2d(np.asarray(values, dtype=float))
    evaluation = replace(results.evaluation, values=kept)
    return replace(results, model=replace(model, nodes=nodes), evaluation=evaluation)


def with_result(results: Results, name: str, key: str) -> Results:
    options = tuple(replace(option, results={**option.results, name: key}) for option in results.model.options)
    return replace(results, model=replace(results.model, options=options))


def test_a_preference_is_a_reason_and_an_objection_stands_beside_it() -> None:
    results = sample()
    fast = results.decision.rules[1]
    rules = (
        ruled(fast, rule="pack/good", option="own", action="prefer", because=Told(("It is good.",))),
        ruled(fast, rule="pack/good", option="own", action="prefer", because=Told(("It is good.",))),
        ruled(fast, rule="pack/bad", option="own", action="avoid", because=Told(("It is late.",))),
        ruled(fast, rule="pack/tip", option="", action="advise", because=Told(("Ask for a quote.",))),
        ruled(fast, rule="pack/no", option="own", action="avoid", because=Told(("It is not.",)), result="false"),
    )
    text = said(reasons(replace(results, decision=replace(results.decision, rules=rules))))
    assert text.count("It is good. (pack/good, ask.tco:13)") == 1
    assert "Against it\nIt is late. (pack/bad, ask.tco:13)" in text
    assert "Advice\nAsk for a quote. (pack/tip, ask.tco:13)" in text
    assert "It is not." not in text


def test_a_choice_that_is_not_the_cheapest_allowed_says_so() -> None:
    results = sample()
    decision = replace(results.decision, cheapest_allowed="mixed", recommended="own")
    # 248,400 − 270,010.80 is below zero: mixed is dearer, so the other way round.
    dearer = replace(decision, recommended="mixed", cheapest_allowed="own", pairs=())
    assert "21,600 EUR more than own, the cheapest option that is allowed" in said(
        reasons(replace(results, decision=dearer))
    )


def test_another_option_may_be_ruled_out_by_what_nobody_has_stated() -> None:
    results = sample()
    options = tuple(replace(record, conditional_on=("pack/fast",)) for record in results.decision.options)
    unclear = ruled(
        results.decision.rules[0], rule="pack/fast", option="mixed", result="unknown", missing=("mixed.lead_time",)
    )
    decision = replace(results.decision, options=options, rules=(unclear,), recommended=None, pairs=())
    text = said(alternatives(replace(results, decision=decision)))
    assert "It may be ruled out by pack/fast: nobody has stated mixed.lead_time." in text


def test_an_option_against_which_nothing_speaks() -> None:
    results = sample()
    options = tuple(replace(record, terms=(), vetoes=()) for record in results.decision.options)
    decision = replace(results.decision, rules=(), pairs=(), options=options)
    assert said(alternatives(replace(results, decision=decision))).count("but its score") == 2


def test_the_verdict_of_a_certain_decision_without_criteria() -> None:
    results = sample()
    decision = replace(results.decision, cheapest="own", strategy_premium=0.0, veto_prices=(), tie_step="reversibility")
    results = replace(results, decision=decision, model=replace(results.model, criteria=()))
    text = said(Section("", verdict(results)))
    assert "in 81% of possible futures." in text
    assert "what decided: it is easier to reverse." in text
    assert "On cost alone" not in text and "a year" not in text


def test_a_veto_that_costs_nothing_and_a_date_of_review() -> None:
    results = sample()
    price = replace(results.decision.veto_prices[0], instead="own", per_year=0.0)
    date = Value(
        (Segment(None, Constant(2027 * 12 + 6.0, DateType(), SPAN), Provenance(), True, SPAN),), DateType(), None, SPAN
    )
    question = replace(results.question, values={**results.question.values, "review": date})
    results = replace(
        results,
        decision=replace(results.decision, veto_prices=(price,)),
        model=replace(results.model, decision=question),
    )
    text = said(Section("", verdict(results)))
    assert "The rule no_strangers (ask.tco:12) costs nothing: without it the recommendation would be the same." in text
    assert "Owner: Head of Support · to be looked at again: 2027-07" in text


@pytest.mark.parametrize(
    ("rules", "per_year", "expected"),
    [
        (("no_strangers",), -6_000.0, "The rule no_strangers (ask.tco:12) saves 6,000 EUR a year: without it"),
        (("no_strangers",), 6_000.0, "The rule no_strangers (ask.tco:12) costs 6,000 EUR a year: without it"),
        (("no_strangers", "fast"), -6_000.0, "(ask.tco:13) together save 6,000 EUR a year: without them"),
        (("no_strangers", "fast"), 6_000.0, "(ask.tco:13) together cost 6,000 EUR a year: without them"),
    ],
)
def test_a_veto_that_takes_out_something_dearer_saves(rules: tuple[str, ...], per_year: float, expected: str) -> None:
    results = sample()
    price = VetoPrice(rules, "api", per_year)
    results = replace(results, decision=replace(results.decision, veto_prices=(price,)))
    text = said(Section("", verdict(results)))
    assert f"{expected} the recommendation would be api" in text
    assert "-6,000" not in text
    assert ("api, which costs more and comes out best." in text) == (per_year < 0)


def test_a_rule_that_holds_for_many_workloads_is_told_once() -> None:
    results = sample()
    veto = results.decision.rules[0]
    waits = tuple(
        ruled(veto, option="mixed", rule="slow", workload=workload, because=Told((text,)))
        for workload, text in (
            ("chat", "chat waits 3 seconds."),
            ("mail", "mail waits 3 seconds."),
            ("chat_open", "chat_open waits 7 seconds."),
            ("batch", "batch waits 3 seconds."),
        )
    )
    results = replace(results, decision=replace(results.decision, rules=waits))
    (told,) = (line for line in said(alternatives(results)).splitlines() if "waits" in line)
    assert told == (
        "chat waits 3 seconds. The same holds for mail and batch. chat_open waits 7 seconds. (slow, ask.tco:12)"
    )


def test_the_workloads_of_a_sentence_that_names_none_are_not_listed() -> None:
    results = sample()
    veto = results.decision.rules[0]
    both = tuple(
        ruled(veto, option="mixed", rule="slow", workload=workload, because=Told(("The whole of it waits.",)))
        for workload in ("chat", "mail")
    )
    results = replace(results, decision=replace(results.decision, rules=both))
    assert "The whole of it waits. (slow, ask.tco:12)" in said(alternatives(results))


def test_of_many_rules_that_wait_for_a_fact_those_that_weigh_most_are_named() -> None:
    results = sample()
    veto, preference = results.decision.rules[0], results.decision.rules[1]
    waiting = tuple(
        ruled(like, rule=name, result="unknown", missing=("box.custody",))
        for name, like in (("a", preference), ("b", preference), ("c", veto), ("d", preference), ("e", veto))
    )
    results = replace(results, decision=replace(results.decision, unknown=("box.custody",), rules=waiting))
    first = said(unknowns(results)).splitlines()[0]
    assert first.startswith("box.custody: needed by 5 rules, those that weigh most first: c (")
    assert [first.index(f"{name} (") for name in "cea"] == sorted(first.index(f"{name} (") for name in "cea")
    assert first.endswith(" and others") and " b (" not in first and " d (" not in first


def test_leaving_takes_more_than_what_is_paid_already() -> None:
    results = sample()
    plain_text = said(regret(replace(results, decision=replace(results.decision, recommended="api"))))
    assert "loses nothing that is paid already" in plain_text
    assert "periods of notice" in plain_text and "state them in an exit_plan" in plain_text
    assert "tco explain" not in plain_text


def test_what_is_owed_and_what_leaving_costs_is_told_by_month() -> None:
    """A node at 0.001 EUR an hour for two years: 0.73 EUR for each month of them that is left, and 10 EUR of work."""
    made = pipeline.results(program_of(_RESERVED), Settings(samples=20)).value
    assert made is not None
    section = regret(made)
    assert section is not None
    (table,) = (block for block in section.blocks if isinstance(block, Table) and block.headers[0] == "End of")
    assert [plain(header) for header in table.headers] == ["End of", "Still owed, EUR", "Cost to leave, EUR"]
    rows = [[plain(cell) for cell in row] for row in table.rows]
    owed = [0.73 * (24 - months) for months in (1, 6, 12, 18, 24)]
    assert [float(row[1]) for row in rows] == pytest.approx(owed, abs=0.05)
    assert [float(row[2]) for row in rows] == pytest.approx([10.0 + each for each in owed], abs=0.05)
    text = said(section)
    assert "Leaving is dearest at the end of the first month, 26.80 EUR" in text
    assert "tco explain spec.tco reserve.commitment_left" in text
    assert "tco explain spec.tco api.leaving.cost_to_leave" in text
    assert "exit_plan" not in text


@pytest.mark.parametrize(
    ("amounts", "month"),
    [
        ((10.0, 10.0, 90.0, 60.0), 1),  # bought in the third month
        ((10.0, 8.0, 90.0, 60.0), 1),
        ((8.0, 10.0, 90.0, 5.0), 0),  # what comes after it is dearest is no date to reverse by
        ((90.0, 60.0, 30.0), None),
        ((7.0, 7.0, 7.0), None),
        ((), None),
    ],
)
def test_the_last_cheap_date_is_before_leaving_gets_dear(amounts: tuple[float, ...], month: int | None) -> None:
    assert last_cheap(amounts) == month


def test_the_last_cheap_date_to_reverse_is_named() -> None:
    """The data to be taken along come in July: until the end of June leaving costs the 10 EUR of work."""
    data = "  data = step(0 GB, 1_000 GB, at = 2026-07)\n  egress_price = 0.1 EUR/GB\n"
    made = pipeline.results(
        program_of(_RESERVED.replace("  reservation = reserve\n", data)), Settings(samples=20)
    ).value
    assert made is not None
    text = said(regret(made))
    assert "The last cheap date to reverse is the end of 2026-06: leaving then costs 10 EUR" in text
    assert "and 110 EUR at the end of 2026-07, when it is dearest" in text


def test_volume_without_tokens_is_told_in_multiples() -> None:
    results = sample()
    options = tuple(
        replace(option, results={name: key for name, key in option.results.items() if name != "tokens"})
        for option in results.model.options
    )
    results = replace(results, model=replace(results.model, options=options))
    text = said(breakeven(results))
    assert "api is the cheaper one below 1.25 times the planned volume, own above, where their costs are equal." in text
    assert "Only the volume of all workloads moves here, from the planned one." in text


def test_a_curve_of_many_points_is_thinned_and_proofs_are_told_apart() -> None:
    results = sample()
    curve = tuple((1.0 + index / 50, 1e6 * index) for index in range(101))
    first, second = results.break_evens
    found = (replace(first, proven=False), replace(second, proven=True))
    results = replace(results, curves={"own": curve, "api": curve}, break_evens=found, paybacks={"own": 0})
    section = volume_table(results)
    assert section is not None
    (table,) = section.blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 13
    assert (table.rows[0][0], table.rows[1][0], table.rows[-1][0]) == ("120,000", "139,000", "350,000")
    text = said(breakeven(results))
    assert "own and api: it is not proven that there is no further break-even between 12,000 tokens a day" in text
    assert "own and mixed: no break-even between 12,000 tokens a day (0.1 times the plan) and 1.2M tokens a day" in text
    assert "own never has cost more in total than api." in text


def test_crossings_at_one_step_are_told_as_one() -> None:
    results = sample()
    near = (
        Crossing(1.25, "equal", "api", "own"),
        Crossing(1.2501, "step", "own", "api"),
        Crossing(1.2502, "equal", "api", "own"),
    )
    found = replace(results.break_evens[0], crossings=near)
    text = said(breakeven(replace(results, break_evens=(found,))))
    assert (
        "own and api: api is the cheaper one below 150,000 tokens a day (1.25 times the plan), own above, and right "
        "there steps change the order 3 times."
    ) in text
    found = replace(found, crossings=near[:2])
    assert "api above, too, and right there steps change the order 2 times." in said(
        breakeven(replace(results, break_evens=(found,)))
    )


def test_without_a_baseline_nothing_pays_back() -> None:
    results = sample()
    question = replace(results.question, baseline=None)
    results = replace(results, model=replace(results.model, decision=question), curves={}, break_evens=())
    assert breakeven(results) is None


def test_small_slices_of_the_pie_are_one() -> None:
    results = sample()
    names = ("people", "on_call", "compute", "power", "hosting", "storage", "network", "tax", "exit", "other")
    own = results.option("own")
    lines = tuple(_line(own.lines[0], name) for name in names)
    options = tuple(replace(each, lines=lines) if each.name == "own" else each for each in results.model.options)
    section = breakdown(replace(results, model=replace(results.model, options=options)))
    (chart,) = (block for block in section.blocks if isinstance(block, Chart))
    assert chart.labels[-1] == "2 smaller ones"
    assert chart.series[0].values == (172_800.0,) * 8 + (345_600.0,)


def test_slices_whose_percentages_would_overlap_are_one() -> None:
    results = sample()
    own = results.option("own")
    # `people` comes to 172,800 EUR; network lines of one hundredth of it each.
    few = with_node(results, "thin.tco", lambda node: node, 1_728.0)
    thin = tuple(replace(_line(own.lines[0], name), tco="thin.tco") for name in ("network", "storage", "tax"))
    options = tuple(
        replace(each, lines=(own.lines[0], *thin)) if each.name == "own" else each for each in results.model.options
    )
    section = breakdown(replace(few, model=replace(few.model, options=options)))
    (chart,) = (block for block in section.blocks if isinstance(block, Chart))
    assert (chart.labels, chart.series[0].values) == (("people", "3 smaller ones"), (172_800.0, 5_184.0))


def test_what_is_charged_beyond_what_is_paid() -> None:
    results = with_node(sample(), "own.charge", lambda node: node, 300_000.0)
    assert "Cash + 24,000.00 EUR, charged and not paid within the horizon = charge 300,000.00 EUR." in said(
        cash(results)
    )
    assert "The charge is the same." in said(cash(results))


def test_cost_per_request_of_a_flow() -> None:
    results = sample()
    requests = QuantityType(base("request") / base("time"))
    node = replace(results.model.node("api.tokens"), key="requests", type=requests)
    model = results.model
    model = replace(model, nodes=(*model.nodes, node), index={**model.index, "requests": len(model.nodes)})
    values = {**results.evaluation.values, "requests": np.full((1, 1), 1_000.0)}
    results = replace(results, model=model, evaluation=replace(results.evaluation, values=values))
    # 240,000 charged for 24 × 1,000 requests
    assert "own | 2,740 EUR | 10 EUR" in said(unit_costs(with_result(results, "requests", "requests")))


def test_no_cost_per_token_where_there_may_be_none() -> None:
    results = with_node(sample(), "own.tokens", lambda node: node, U - 0.5)
    assert "own | — | —" in said(unit_costs(results))


def test_named_figures_that_are_words_or_were_not_kept() -> None:
    results = with_node(
        sample(), "ratio", lambda node: replace(node, term=Symbol("restricted", TextType(), SPAN), type=TextType())
    )
    values = {key: array for key, array in results.evaluation.values.items() if key != "price"}
    results = replace(results, evaluation=replace(results.evaluation, values=values))
    text = said(unit_costs(results))
    assert "ratio | restricted | price / tickets | ask.tco:15" in text
    assert "price | — |" in text


def test_a_bridge_and_what_nobody_states() -> None:
    results = sample()
    options = tuple(replace(option, bridge="rented") for option in results.model.options)
    model = replace(results.model, options=options, unknown={"own.on_call": ("own.on_call",)})
    results = with_result(replace(results, model=model), "on_call", "own.on_call")
    text = said(like_for_like(results))
    assert "Until go-live | rented serves | rented serves | rented serves" in text
    assert "People who share the pager | unknown | unknown | unknown" in text
    assert "Availability | 99.9% | 99.9% | 99.9%" in text


def test_a_history_is_shown_by_its_first_and_last_month() -> None:
    price = QuantityType(base("money") / base("time"))
    falling = np.linspace(300.0, 70.0, 24)[:, None]
    results = with_node(
        sample(), "box.pue", lambda node: replace(node, type=price, unit=unit("EUR/month"), monthly=True), falling
    )
    assert shown(results, results.model.node("box.pue")) == "300 EUR/month in 2026-01, 70 EUR/month in 2027-12"
    uncertain = with_node(results, "box.pue", lambda node: replace(node, uncertain=True), np.ones((24, 1)) * 100.0 * U)
    assert shown(uncertain, uncertain.model.node("box.pue")) == (
        "100 EUR/month in 2026-01, 100 EUR/month in 2027-12; over the horizon 100 EUR/month (55–145)"
    )
    level = with_node(results, "box.pue", lambda node: node, np.full((24, 1), 5.0))
    assert shown(level, level.model.node("box.pue")) == "5 EUR/month"
    values = {key: array for key, array in results.evaluation.values.items() if key != "box.pue"}
    absent = replace(results, evaluation=replace(results.evaluation, values=values))
    assert shown(absent, absent.model.node("box.pue")) == "box.pue"


def test_families_are_found_inside_histories_and_lists() -> None:
    flat = Draw(Distribution("uniform", (("low", 1.0), ("high", 2.0))), 0, PLAIN, SPAN)
    bell = Draw(Distribution("normal", (("p5", 1.0), ("p95", 2.0))), 1, PLAIN, SPAN)
    term = Dated(((2026 * 12, flat), (2027 * 12, Listing((bell, flat), PLAIN, SPAN))), PLAIN, SPAN)
    first, second = families(term)
    assert first.startswith("uniform") and second.startswith("normal")
    assert families(Constant(1.0, PLAIN, SPAN)) == ()


def test_where_a_figure_comes_from() -> None:
    stated = Source("quote", "Quote 7", "", None, "contracted", SPAN)
    assert source(Provenance()) == ("", "", "no source")
    assert plain(source(Provenance(stated, "by mail"))) == "Quote 7; by mail"
    assert plain(source(Provenance(is_default=True))) == "default of the standard library"
    linked = source(Provenance(replace(stated, url="https://example.com")))
    assert linked == ("", "", Link("Quote 7", "https://example.com"))


def test_nothing_is_assumed() -> None:
    results = sample()
    nodes = tuple(node for node in results.model.nodes if node.sort not in ("assumption", "default", "input"))
    text = said(assumptions(replace(results, model=replace(results.model, nodes=nodes))))
    assert text == "Nothing is stated, assumed or left to a default."


def test_nothing_is_left_out_unknown_or_found() -> None:
    results = sample()
    options = tuple(replace(option, left_out=()) for option in results.model.options)
    program = replace(results.model.program, switches=())
    known = tuple(
        replace(record, terms=(ScoreTerm("speed", 1.0, 1.0, 1.0, False, ()),)) for record in results.decision.options
    )
    results = replace(
        results,
        model=replace(results.model, options=options, program=program),
        decision=replace(results.decision, unknown=(), options=known),
        findings=(),
        expectations=(),
    )
    assert said(exclusions(results)) == "No cost line of what an option reaches has been left out."
    assert unknowns(results) is None
    assert findings(results) is None


def test_amounts_are_shown_in_the_currency_of_the_decision() -> None:
    node = replace(sample().model.node("ratio"), type=MONEY, unit=unit("USD"))
    certain = Estimate(1_500.0, 1_500.0, 1_500.0, 1_500.0, 0.0)
    assert value(node, certain, "EUR") == "1,500 EUR"
    assert value(replace(node, type=TOKENS, unit=unit("tokens/day")), certain, "EUR") == "49.3 tokens/day"


def _line(line: Line, category: str) -> Line:
    return replace(line, category=category, key=f"own.{category}", name=category)


def test_months_that_differ_by_how_numbers_are_stored_are_the_same() -> None:
    results = sample()
    line = results.option("api").lines[0]
    stored = np.full((24, 1), 100.0)
    stored[-1] += 1e-11
    values = {**results.evaluation.values, line.cash: stored, line.nominal: np.array([[2400.0]])}
    flat = replace(results, evaluation=replace(results.evaluation, values=values, estimated={}))
    assert "Every month costs the same: 100 EUR." in said(cash(flat))
