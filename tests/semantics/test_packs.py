"""Rule packs, departures from them, criteria, rules, the decision's facts, and findings that are allowed."""

from __future__ import annotations

import hashlib

import pytest

from tcolang import pipeline
from tcolang.semantics.allowances import without_allowed
from tests.projects import BASE, FEW, added, changed, checked, codes, findings, model_of, number, only, program_of

PACK = (
    "house.tco",
    """\
tco 1

pack house version "2.1.0"

assume limit: EUR = 1k EUR note "what we may spend"

criterion calm "Calm" {
  worth = 1_200 EUR/year
  measure = if option.tco < limit then 1 else 0
}

rule dear "Too dear" {
  for each option
  when option.tco > limit
  then veto option
  because "{option} costs {option.tco}, and there are {limit}."
}
""",
)
SPEC = BASE.replace("use quiet", "use house")


def _vetoes(text: str) -> tuple[str, ...]:
    made = pipeline.results(program_of(text, PACK), FEW)
    assert made.value is not None
    return tuple(option.name for option in made.value.decision.options if option.vetoes)


def test_a_pack_has_a_version_and_the_hash_of_its_text() -> None:
    (pack,) = program_of(SPEC, PACK).packs
    assert (pack.name, pack.version) == ("house", "2.1.0")
    assert pack.sha256 == hashlib.sha256(PACK[1].encode()).hexdigest()


@pytest.mark.parametrize(
    ("asked", "there", "expected"),
    [
        ("2.1.0", "2.1.0", True),
        ("2.1", "2.1.0", True),
        ("2.0.9", "2.1.0", True),
        ("2.1.1", "2.1.0", False),
        ("2.10.0", "2.9.0", False),
        ("3", "2.9", False),
        ("2.1.0", "spring", False),
        ("spring", "2.1.0", False),
    ],
)
def test_a_spec_and_a_pack_can_ask_for_a_version_of_a_pack(asked: str, there: str, expected: bool) -> None:
    house = (PACK[0], PACK[1].replace("2.1.0", there))
    ours = ("ours.tco", f'tco 1\n\npack ours extends house from "{asked}" version "1.0.0"\n')
    wanted = [] if expected else ["TCO565"]
    assert codes(BASE.replace("use quiet", f'use house from "{asked}"'), house) == wanted
    assert codes(BASE.replace("use quiet", "use ours"), house, ours) == wanted
    assert codes(ours[1], house) == wanted


def test_its_rules_count_and_its_parameters_can_be_overridden() -> None:
    assert _vetoes(SPEC) == ("own",)
    raised = f'{SPEC}\noverride house.limit = 2k EUR because "more" by "CFO" until 2027-01-01\n'
    assert number("house.limit", raised, PACK) == 2000
    assert _vetoes(raised) == ()
    program = program_of(raised, PACK)
    (switch,) = program.switches
    assert (switch.target, switch.because, switch.by) == ("house.limit", "more", "CFO")


def test_a_rule_can_be_switched_off() -> None:
    off = f'{SPEC}\nwithout house.dear because "more" by "CFO" until 2027-01-01\n'
    assert _vetoes(off) == ()
    assert [case.rule for case in model_of(SPEC, PACK).rules] == ["house/dear"]
    assert model_of(off, PACK).rules == ()


def test_a_worth_of_a_pack_can_be_overridden() -> None:
    assert number("(criterion calm)", SPEC, PACK) == pytest.approx(1200)
    raised = f'{SPEC}\noverride house.calm = 2_400 EUR/year because "x" by "y" until 2027-01-01\n'
    assert number("(criterion calm)", raised, PACK) == pytest.approx(2400)


def test_a_criterion_of_the_spec_goes_before_one_of_a_pack() -> None:
    own = f"{SPEC}\ncriterion calm {{\n  worth = 600 EUR/year\n}}\n"
    program = program_of(own, PACK)
    assert number("(criterion calm)", own, PACK) == pytest.approx(600)
    assert program.criteria["calm"].title == "Calm" and program.criteria["calm"].measure is not None
    measured = f'{SPEC}\ncriterion calm "Quiet" {{\n  worth = 600 EUR/year\n  measure = 0.5\n}}\n'
    assert program_of(measured, PACK).criteria["calm"].title == "Quiet"
    operand = model_of(measured, PACK).criteria[0].measures["own"]
    assert operand.text == "0.5"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('override house.limit = 2k EUR because "x" by "y" until 2025-12-31', "TCO548"),
        ('without house.dear because "x" by "y" until 2025-12-31', "TCO548"),
        ('override house.limits = 2k EUR because "x" by "y" until 2027-01-01', "TCO549"),
        ('override hose.limit = 2k EUR because "x" by "y" until 2027-01-01', "TCO549"),
        ('override house.dear = 2k EUR because "x" by "y" until 2027-01-01', "TCO549"),
        ('without house.limit because "x" by "y" until 2027-01-01', "TCO549"),
        ('without house because "x" by "y" until 2027-01-01', "TCO549"),
        ('override house.limit = 2k because "x" by "y" until 2027-01-01', "TCO204"),
        ('override house.limit = nothing because "x" by "y" until 2027-01-01', "TCO101"),
    ],
)
def test_a_departure_matches_something_and_has_not_ended(line: str, code: str) -> None:
    assert codes(f"{SPEC}\n{line}\n", PACK) == [code]


def test_a_misspelt_parameter_is_recognised() -> None:
    finding = only(f'{SPEC}\noverride house.limits = 2k EUR because "x" by "y" until 2027-01-01\n', PACK)
    assert "`limit`" in finding.help


def test_a_departure_ends_by_the_date_of_the_decision() -> None:
    line = 'without house.dear because "x" by "y" until 2026-03-01'
    assert codes(f"{SPEC}\n{line}\n", PACK) == []
    assert codes(SPEC.replace("  horizon", "  as_of = 2026-03-02\n  horizon") + line + "\n", PACK) == ["TCO548"]


def test_packs_are_found_and_say_that_they_are_packs() -> None:
    assert codes(BASE.replace("use quiet", "use nothing_there")) == ["TCO125"]
    assert codes(SPEC, ("house.tco", "tco 1\n\nassume limit = 1\n")) == ["TCO547"]
    assert codes(SPEC, ("house.tco", 'tco 1\n\npack other version "1"\n')) == ["TCO547"]
    assert "`self_host_or_api`" in only(BASE.replace("use quiet", "use self_host_or_apy")).help


def test_a_pack_extends_another() -> None:
    text = BASE.replace("use quiet", "use strict")
    strict = ("strict.tco", 'tco 1\n\npack strict extends house version "1.0.0"\n')
    program = program_of(text, strict, PACK)
    assert [pack.name for pack in program.packs] == ["strict", "house"]
    assert [rule.id for rule in program.rules] == ["house/dear"]


def test_the_default_pack_is_used_where_none_is_named_and_something_is_decided() -> None:
    assert [pack.name for pack in program_of(BASE.replace("use quiet\n\n", "")).packs] == ["self_host_or_api"]
    outcome = checked("tco 1\n\nlet x = 1\n")
    assert outcome.value.program is not None and outcome.value.program.packs == ()


# Rules and criteria

RULE = """\
criterion calm "Calm" {
  worth = 1_200 EUR/year
}

rule r "R" {
  for each option
  when p50(option.tco) > 1 EUR
  then prefer option on calm by 50%
  because "{option} costs {option.tco as EUR}"
}
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("for each option\n", "for each option, team\n", "TCO542"),
        ("by 50%", "by 150%", "TCO204"),
        ("by 50%", "by 5 EUR", "TCO204"),
        ("by 50%", "by nothing", "TCO101"),
        ("by 50%", "by scale(option.tco, 1 EUR, 2 EUR)", None),
        (" by 50%", "", None),
        ("on calm", "on clam", "TCO545"),
        ("prefer option on calm by 50%", "prefer workload on calm by 50%", "TCO544"),
        ("prefer option on calm by 50%", "warn", None),
        ("prefer option on calm by 50%", "veto option", None),
        ("  for each option\n", "", "TCO544"),
        ("when p50(option.tco) > 1 EUR", "when workload.requests > 1 request/month", "TCO544"),
        ("then prefer option", "then veto option\n  then prefer option", "TCO543"),
        ("  because", "  yields to cost\n  because", None),
        ("  because", "  yields to speed\n  because", "TCO546"),
        ("  because", "  unless small: option.tokens < 5 tokens/month\n  because", None),
        ("  because", "  unless 3\n  because", "TCO213"),
        ("when p50(option.tco) > 1 EUR", "when option.tco", "TCO213"),
        ("{option.tco as EUR}", "{option.costs}", "TCO103"),
        ("{option.tco as EUR}", "{option.tco as hours}", "TCO211"),
        ("worth = 1_200 EUR/year", "worth = 1_200 EUR", "TCO204"),
        ("  worth = 1_200 EUR/year\n", "", "TCO541"),
        ("  worth = 1_200 EUR/year\n", "  worth = 1 EUR/year\n  weight = 3\n", "TCO119"),
        ("  worth = 1_200 EUR/year\n", "  worth = 1 EUR/year\n  measure = option.tco\n", "TCO204"),
        ("  worth = 1_200 EUR/year\n", "  worth = 1 EUR/year\n  measure = 1 - option.vendor_share\n", None),
    ],
)
def test_a_rule_argues_with_one_reason_for_one_effect(old: str, new: str, code: str | None) -> None:
    assert old in RULE
    found = codes(added(RULE.replace(old, new, 1)))
    expected = [code] if code else []
    # Without a criterion that holds, what names it is wrong as well.
    assert found == expected or (code in ("TCO541",) and found == ["TCO541", "TCO545"])


def test_a_rule_ranges_over_the_workloads_that_an_option_serves() -> None:
    second = (
        "workload other {\n  requests = 1 request/month\n  input_tokens = 1 token/request\n"
        "  output_tokens = 1 token/request\n}\n"
    )
    rule = (
        'rule w "W" {\n  for each option, workload\n  when workload.requests > 1 request/month\n'
        '  then warn\n  because "{workload}"\n}\n'
    )
    cases = model_of(added(second, rule)).rules
    assert [(case.option, case.workload) for case in cases] == [("own", "chat")]
    alone = rule.replace("for each option, workload", "for each workload")
    assert [(c.option, c.workload) for c in model_of(added(second, alone)).rules] == [("", "chat"), ("", "other")]


# The decision


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("options = [own]", None),
        ("options = own", None),
        ("options = [own, own]", "TCO107"),
        ("options = [own, other]", "TCO101"),
        ("options = [own, box]", "TCO106"),
        ("options = []", "TCO410"),
        ("baseline = own", None),
        ("baseline = box", "TCO106"),
        ("baseline = nothing", "TCO101"),
        ("as_of = 2026-02-15", None),
        ("as_of = 3 months", "TCO204"),
        ("stage = early", None),
        ("stage = adult", "TCO111"),
        ("deadline = 2026-06-15", None),
        ("mlops_team = 1.5 FTE", None),
        ("mlops_team = 2", "TCO204"),
        ("colour = 3", "TCO103"),
        ("let x = 3", "TCO119"),
    ],
)
def test_what_a_decision_states(lines: str, code: str | None) -> None:
    assert codes(changed(("horizon = 12 months", f"horizon = 12 months\n  {lines}"))) == ([code] if code else [])


def test_a_baseline_is_one_of_the_options_that_are_compared() -> None:
    other = "option other {\n  serve chat {\n    box = 100%\n  }\n}\n"
    stated = "horizon = 12 months\n  options = [own]\n  baseline = other"
    assert codes(changed(("horizon = 12 months", stated), more=other)) == ["TCO106"]


@pytest.mark.parametrize("name", ["currency", "start", "horizon"])
def test_a_decision_lacks_what_it_cannot_do_without(name: str) -> None:
    text = "\n".join(line for line in BASE.splitlines() if not line.strip().startswith(f"{name} ="))
    finding = only(text)
    assert finding.problem.code == "TCO104" and f"`{name}`" in finding.message


def test_a_currency_has_a_code() -> None:
    assert codes(changed(("currency = EUR", "currency = euro"))) == ["TCO407"]
    assert codes(changed(("currency = EUR", "currency = 3"))) == ["TCO407"]


def test_facts_are_read_by_rules_and_unknown_where_they_are_not_stated() -> None:
    text = changed(("horizon = 12 months", "horizon = 12 months\n  stage = prototype\n  deadline = 2026-07"))
    assert number("x", f"{text}\nlet x = if decision.stage < early then 1 else 0\n") == 1
    assert number("x", f"{text}\nlet x = decision.deadline - decision.start\n") == 6
    assert number("x", f"{text}\nlet x = decision.horizon\n") == 12
    assert "x" in model_of(added("let x = if decision.stage < early then 1 else 0")).unknown
    assert codes(added("let x = decision.colour")) == ["TCO103"]


def test_a_second_decision_is_one_too_many() -> None:
    second = "decision again {\n  currency = EUR\n  start = 2026-01\n  horizon = 12 months\n}\n"
    assert codes(added(second)) == ["TCO127"]


# Findings that are meant

OLD = ("price = 100 EUR/month", "price from 2024-01 = 100 EUR/month")


def test_a_finding_is_allowed_in_its_file_or_in_its_block() -> None:
    assert codes(changed(OLD)) == ["TCO303"]
    assert codes(changed(OLD, more='allow TCO303 "fixed by contract" until 2026-06-30')) == []
    in_block = (OLD[0], f'{OLD[1]}\n  allow TCO303 "fixed by contract" until 2026-06-30')
    assert codes(changed(in_block)) == []
    second = "flat other {\n  price from 2024-01 = 1 EUR/month\n}\n"
    assert codes(changed(in_block, more=second)) == ["TCO303"], "another block is not meant"
    assert codes(changed(OLD, more='allow TCO301 "another code" until 2026-06-30')) == ["TCO303"]


def test_what_is_allowed_is_kept_with_its_reason() -> None:
    program = program_of(changed(OLD, more='allow TCO303 "fixed by contract" until 2026-06-30'))
    text = changed(OLD)
    everything = findings(text)
    counting, allowed = without_allowed(everything, program.allowances)
    assert (counting, [finding for finding, _ in allowed]) == ((), list(everything))
    assert [allowance.reason for allowance in program.allowances] == ["fixed by contract"]


def test_an_allowance_ends_and_is_not_for_what_is_wrong() -> None:
    assert "TCO548" in codes(changed(OLD, more='allow TCO303 "x" until 2025-12-31'))
    assert codes(added('allow TCO203 "x" until 2027-01-01')) == ["TCO550"]
    wrong = changed(("box = 100%", "box = 90%"), more='allow TCO401 "x" until 2027-01-01')
    assert "TCO401" in codes(wrong), "an error counts whatever is allowed"
