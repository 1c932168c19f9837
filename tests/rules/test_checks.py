"""The static checks of packs: their examples, the packs that ship, and faults planted in two hundred packs."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from numpy.random import Generator, default_rng

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.record import record, replace
from tcolang.base.source import SourceFile
from tcolang.base.world import rules_directory
from tcolang.decide.packs import checks
from tcolang.decide.packs.checks import Check, rule
from tcolang.decide.packs.findings import pack_findings
from tcolang.lint.examples import COMPLETE
from tcolang.lint.rules.unread_fact import UNREAD_FACT
from tcolang.pipeline import check, decide_under, run_tests
from tests.projects import FEW, QUIET, added, changed, program_of, world

CHECKS = [check for check in vars(checks).values() if isinstance(check, Check)]
CODES = {check.code for check in CHECKS}
HEAD = """tco 1
pack made version "1.0.0"

criterion calm "Calm" {
  worth = 10k USD/year
}

"""
FACTS = (
    "p50(option.vendor_share)",
    "p50(option.availability)",
    "p50(option.relative_utilisation)",
    "p50(option.repeated_prompts)",
    "p50(option.planned_load)",
    "p50(decision.simple_share)",
)
EFFECTS = ("avoid option on calm by 40%", "prefer option on calm by 60%", "advise", "veto option")


def found(text: str) -> tuple[Diagnostic, ...]:
    return pack_findings(program_of(text))


@pytest.mark.parametrize("check", [c for c in CHECKS if c.bad], ids=lambda check: check.name)
def test_the_bad_example_of_a_check_has_it_and_nothing_else_and_the_good_one_nothing(check: Check) -> None:
    assert {one.problem.code for one in found(check.problem.bad.files[0][1])} == {check.code}
    assert found(check.problem.good.files[0][1]) == ()


def test_codes_and_names_are_their_own() -> None:
    assert len({check.code for check in CHECKS}) == len({check.name for check in CHECKS}) == len(CHECKS) == 19


@pytest.mark.parametrize("name", ["self_host_or_api", "regulated"])
def test_nothing_is_found_in_the_packs_that_ship(name: str) -> None:
    """But for what is allowed there, with a reason and an end."""
    text = (rules_directory() / f"{name}.tco").read_text(encoding="utf-8")
    looked = check(world({"spec.tco": text}), SourceFile("spec.tco", text), lint=True)
    assert [f"{one.problem.code} {one.message}" for one in looked.diagnostics] == []
    assert [one.problem.code for one in found(text)] == {"regulated": ["TCO572"]}.get(name, [])


SPEC_WITH_A_RULE = added(
    'criterion calm "Calm" {\n  worth = 10k EUR/year note "board"\n}\n',
    '## A figure of the model, which no rule has to read.\nassume growing: share = 10% to 20% note "guess"\n',
    checks.rule("never", "option.family == api", "option.family == self_host"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (checks.NEVER.problem.bad.files[0][1], [checks.NEVER.code]),
        (SPEC_WITH_A_RULE, [checks.NEVER.code]),
        (added("use checked\n").replace("use quiet\n\n", ""), []),
    ],
    ids=["a pack", "a spec with a rule of its own", "a spec that uses a pack with a fault"],
)
def test_checking_a_file_looks_at_its_own_rules(text: str, expected: list[str]) -> None:
    files = {"spec.tco": text, QUIET[0]: QUIET[1], "checked.tco": checks.NEVER.problem.bad.files[0][1]}
    files["checked.tco"] = files["checked.tco"].replace("pack mine", "pack checked")
    looked = check(world(files), SourceFile("spec.tco", text), lint=True)
    assert [one.problem.code for one in looked.diagnostics if one.problem.code in CODES] == expected


def test_what_is_meant_can_be_allowed() -> None:
    text = checks.NEVER.problem.bad.files[0][1] + 'allow TCO551 "kept for the day it holds" until 2030-01-01\n'
    looked = check(world({"spec.tco": text}), SourceFile("spec.tco", text), lint=True)
    assert looked.diagnostics == () and len(looked.value.allowed) == 1


def test_a_witness_lies_where_the_finding_says() -> None:
    gap = next(iter(found(checks.GAP.problem.bad.files[0][1])))
    assert gap.note == "for example where option.vendor_share = 40%"
    overlap = next(iter(found(checks.OVERLAP.problem.bad.files[0][1])))
    assert overlap.note == "for example where option.vendor_share = 55%"


def test_a_case_can_be_pasted_as_a_test_and_runs() -> None:
    """What a spec states is given, what it works out is a comment; what should come out is for the author to say."""
    rules = 'criterion calm "Calm" {\n  worth = 10k EUR/year note "board"\n}\n' + checks.rule(
        "late", "p50(option.lead_time) > 6 months", "decision.stage <= early", "workload.data_class == public"
    ).replace("each option", "each option, workload")
    outer = rules + checks.rule("later", "p50(option.lead_time) > 4 months", "decision.stage <= early")
    (shadow,) = pack_findings(program_of(added(outer)))
    case = shadow.help.partition("\n")[2]
    assert case == (
        'test "rule late holds only where later does, to the same effect" {\n'
        "  given own.lead_time = 12 month\n"
        "  given decision.stage = idea\n"
        "  given chat.data_class = public\n"
        "  expect decision.recommendation == own\n}"
    )
    pasted = program_of(added(outer, case))
    assert [result.passed for result in run_tests(pasted, FEW)] == [True]
    made = decide_under(pasted, FEW, pasted.tests[0].given).value
    assert made is not None
    assert {record.rule: record.result for record in made.decision.rules if record.rule.startswith("spec/")} == {
        "spec/late": "true",
        "spec/later": "true",
    }


SCALES = [
    # What the rule asks of the figure x, its scale from and to, and what is found: by hand.
    (("x > 50%",), "60%, 90%", ""),
    (("x > 50%",), "90%, 60%", "runs the other way"),
    (("x < 50%",), "50%, 10%", ""),
    (("x < 50%",), "10%, 50%", "runs the other way"),
    (("x > 50%",), "70%, 70%", "begins where it ends"),
    (("x > 50%", "x < 60%"), "60%, 90%", "gives nothing"),
    (("x > 50%", "x < 60%"), "59%, 90%", ""),
    (("x > 50%", "x < 60%"), "50%, 20%", "gives nothing"),
    (("x > y",), "y, 2 * y", ""),
    (("x > y",), "2 * y, y", "runs the other way"),
    (("y > x",), "2 * y, y", ""),
    (("x > 50%",), "y, 90%", "not decided"),
    (("y > 50%",), "90%, 60%", ""),
]


@pytest.mark.parametrize(("when", "ends", "expected"), SCALES)
def test_a_scale_runs_the_way_its_rule_does(when: tuple[str, ...], ends: str, expected: str) -> None:
    text = rule("s", *when, then=f"avoid option on calm by scale(x, {ends})")
    text = re.sub(r"\bx\b", FACTS[0], re.sub(r"\by\b", FACTS[1], text))
    messages = [one.message for one in found(HEAD + text) if "scale" in one.message]
    assert len(messages) == bool(expected) and all(expected in message for message in messages)


@pytest.mark.parametrize(
    ("because", "then", "count"),
    [
        ("{option} has {x}", "avoid option on calm by 50%", 0),
        ("{option} has {y}", "avoid option on calm by 50%", 1),
        ("{option} has {y} and {1 - y}", "veto option", 1),
        ("{option} has {y}", "avoid option on calm by scale(y, 50%, 90%)", 0),
        ("{option} would save {y}", "advise", 0),
    ],
)
def test_a_reason_names_what_its_rule_reads(because: str, then: str, count: int) -> None:
    text = rule("s", "p95(option.lead_time) > 3 months", "x > 50%", then=then, because=because)
    named = text.replace("x >", f"{FACTS[0]} >").replace("{x}", f"{{{FACTS[0]}}}").replace("y}", f"{FACTS[1]}}}")
    messages = [one.message for one in found(HEAD + named.replace("(y,", f"({FACTS[1]},"))]
    assert sum("does not read `option.availability`" in message for message in messages) == count


def test_what_is_not_decided_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tcolang.decide.packs.boxes.MOST", 1)
    text = checks.NEVER.problem.good.files[0][1] + checks.rule("many", f"{FACTS[0]} > 50% or {FACTS[1]} > 50%")
    (finding,) = found(text)
    assert finding.problem.code == checks.NOT_DECIDED.code and "`many`" in finding.message


def test_a_pack_of_many_alternatives_takes_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tcolang.decide.packs.boxes.MOST_STEPS", 2_000)
    lines = [f"{FACTS[0]} > {x}% or {FACTS[1]} > {x}% or {FACTS[2]} < {x}%" for x in range(40, 44)]
    text = HEAD + "".join(rule(f"m{i}", *lines, then="veto option") for i in range(6))
    undecided = [one for one in found(text) if one.problem.code == checks.NOT_DECIDED.code]
    assert any("lies inside another" in one.message for one in undecided)


@record
class Band:
    """A rule of a made-up pack: it holds for one fact from `low` to `high` percent, the ends included or not."""

    name: str
    fact: str
    low: int
    high: int
    low_in: bool
    high_in: bool
    effect: str

    @property
    def text(self) -> str:
        lines = []
        if self.low > 0:
            lines.append(f"when {self.fact} {'>=' if self.low_in else '>'} {self.low}%")
        if self.high < 100:
            lines.append(f"when {self.fact} {'<=' if self.high_in else '<'} {self.high}%")
        body = "".join(f"  {line}\n" for line in lines)
        return f'rule {self.name} "R" {{\n  for each option\n{body}  then {self.effect}\n  because "{{option}}"\n}}\n'


def bands(random: Generator) -> list[Band]:
    """Rules that divide each of several facts between them, without gap or overlap, neighbours of unlike effect."""
    made: list[Band] = []
    for number, fact in enumerate(random.permutation(FACTS)[: random.integers(1, 6)]):
        cuts = sorted(int(cut) for cut in random.permutation(range(10, 91, 10))[: random.integers(1, 4)])
        upper = [random.random() < 0.5 for _ in cuts]
        ends = [0, *cuts, 100]
        for i in range(len(cuts) + 1):
            low_in = i > 0 and upper[i - 1]
            high_in = i < len(cuts) and not upper[i]
            effect = EFFECTS[(i + number) % 2] if number < 2 else EFFECTS[2 + i % 2] if i % 2 == 0 else "warn"
            made.append(Band(f"r{number}_{i}", fact, ends[i], ends[i + 1], low_in, high_in, effect))
    return made


def written(rules: list[Band]) -> str:
    return HEAD + "\n".join(rule.text for rule in rules)


def planted(seed: int) -> tuple[list[Band], list[Band], str, str]:
    """A pack as it was, the same with a fault planted in it, the code of the fault and the name of a rule it is in."""
    random = default_rng(seed)
    rules = bands(random)
    fault = ("gap", "overlap", "shadow", "edge")[seed % 4]
    place = int(random.choice([i for i, rule in enumerate(rules) if rule.high < 100]))
    rule, after = rules[place], rules[place + 1]
    changed = list(rules)
    if fault == "gap":
        changed[place + 1] = replace(after, low=after.low + 4, low_in=True)
        return rules, changed, checks.GAP.code, after.name
    if fault == "edge":
        changed[place] = replace(rule, high_in=False)
        changed[place + 1] = replace(after, low_in=False)
        return rules, changed, checks.GAP.code, after.name
    if fault == "overlap":
        changed[place + 1] = replace(after, low=after.low - 4, low_in=True)
        return rules, changed, checks.OVERLAP.code, after.name
    veto = int(random.integers(len(rules)))
    outer = replace(rules[veto], effect="veto option")
    changed[veto] = outer
    low, high = outer.low + 2, outer.high - 2
    inner = replace(outer, name="inner", low=low, high=high, low_in=True, high_in=True)
    return changed, [*changed, inner], checks.INSIDE.code, "inner"


def counted(rules: list[Band]) -> dict[str, int]:
    """How many gaps, overlaps and shadows there are, by trying every half percent: each fact alone, since a rule of
    these packs reads one. A gap is a fact on whose values not all have a rule; an overlap is a pair of rules of unlike
    effect that share a value and of which neither holds wherever the other does; a shadow is a rule that holds only
    where one of the same effect does."""
    where = {rule.name: frozenset(x for x in range(201) if _within(rule, x / 2)) for rule in rules}
    facts = dict.fromkeys(rule.fact for rule in rules)
    spoken = {fact: frozenset[int]().union(*(where[r.name] for r in rules if r.fact == fact)) for fact in facts}
    pairs = [(a, b) for a, b in combinations(rules, 2) if a.fact == b.fact]
    crossing = [
        (a, b)
        for a, b in pairs
        if a.effect != b.effect and where[a.name] & where[b.name] and not _nested(where[a.name], where[b.name])
    ]
    alike = [(a, b) for a, b in pairs if a.effect == b.effect and a.effect not in ("warn", "advise")]
    return {
        checks.GAP.code: sum(len(spoken[fact]) < 201 for fact in facts),
        checks.OVERLAP.code: len(crossing),
        checks.INSIDE.code: sum(_nested(where[a.name], where[b.name]) for a, b in alike),
    }


def _within(rule: Band, x: float) -> bool:
    above = rule.low == 0 or x > rule.low or (rule.low_in and x == rule.low)
    return above and (rule.high == 100 or x < rule.high or (rule.high_in and x == rule.high))


def _nested(one: frozenset[int], other: frozenset[int]) -> bool:
    return one <= other or other <= one


@pytest.mark.parametrize("seed", range(200))
def test_every_planted_gap_overlap_and_shadow_is_found(seed: int) -> None:
    """And no more of them than there are."""
    before, after, code, name = planted(seed)
    for rules in (before, after):
        ours = [one for one in found(written(rules)) if one.problem.code in counted(rules)]
        assert {c: sum(one.problem.code == c for one in ours) for c in counted(rules)} == counted(rules)
        assert all(one.note for one in ours)
        hits = [one for one in ours if one.problem.code == code and f"`{name}`" in one.message]
        assert bool(hits) == (rules is after)


ARGUED = [
    # What a rule asks, to what effect, and whether the cost contains it: by hand.
    ("p50(option.tco) > 1M USD", "avoid option on calm by 50%", True),
    ("p95(option.tco_nominal) > 1M USD", "avoid option on calm by 50%", True),
    ("p50(first_year(option.tokens_asked)) > 1M tokens/day", "prefer option on calm by 50%", True),
    ("p50(option.tco) > 1M USD", "avoid option on calm by 50%\n  yields to cost", False),
    ("p50(option.tco) > 1M USD", "veto option", False),
    ("p50(option.tco) > 1M USD", "warn", False),
    ("p50(option.leaving_cost) > 3 months * p50(option.monthly)", "avoid option on calm by 50%", False),
    ("p50(option.leaving_cost) > 1M USD", "avoid option on calm by 50%", False),
    ("option.family == api", "avoid option on calm by scale(p50(option.monthly), 1k USD/month, 9k USD/month)", True),
    ("option.family == api or p50(option.monthly) > 1k USD/month", "avoid option on calm by 50%", True),
]


@pytest.mark.parametrize(("when", "then", "contained"), ARGUED)
def test_what_the_cost_contains_is_not_argued_once_more(when: str, then: str, contained: bool) -> None:
    codes = [one.problem.code for one in found(HEAD + rule("r", when, then=then))]
    assert codes.count(checks.BESIDE_COST.code) == contained


def test_a_fact_that_a_cost_line_reads_is_contained_in_the_cost() -> None:
    """In a spec, whose cost lines are known."""
    judged = 'criterion calm "Calm" {\n  worth = 10k EUR/year note "board"\n}\n' + rule(
        "dear_to_leave", "p50(option.leaving_cost) > 1k EUR"
    )
    leaving = added(judged).replace("option own {", "option own {\n  leaving_cost = 5k EUR")
    priced = leaving.replace(
        "leaving_cost = 5k EUR", "leaving_cost = 5k EUR\n  cost out as exit = once(own.leaving_cost, at = 2026-06)"
    )
    assert leaving != added(judged) and priced != leaving
    assert checks.BESIDE_COST.code not in [one.problem.code for one in found(leaving)]
    assert checks.BESIDE_COST.code in [one.problem.code for one in found(priced)]


VETOED = [
    ('assume bound: share = 40% note "guess"\n', "p95(option.vendor_share) > bound", True),
    ("assume bound: share = 40% source law\n", "p95(option.vendor_share) > bound", False),
    ("assume bound: share = 40% source hunch\n", "p95(option.vendor_share) > bound", True),
    ('assume bound: sensitivity = restricted note "policy"\n', "workload.data_class >= bound", False),
    ("", "p95(option.vendor_share) > 40%", False),
]
SOURCES = "".join(
    f'source {name} "{name}" {{\n  checked = 2026-01-05\n  grade = {grade}\n}}\n'
    for name, grade in (("law", "contracted"), ("hunch", "assumed"))
)


@pytest.mark.parametrize(("parameter", "when", "assumed"), VETOED)
@pytest.mark.parametrize("action", ["veto option", "avoid option on calm by 50%"])
def test_a_veto_does_not_rest_on_an_assumption(parameter: str, when: str, assumed: bool, action: str) -> None:
    text = rule("r", when, then=action).replace("each option", "each option, workload")
    codes = [one.problem.code for one in found(HEAD + SOURCES + parameter + text)]
    assert codes.count(checks.ASSUMED_VETO.code) == (assumed and action == "veto option")


def test_a_veto_of_a_spec_does_not_rest_on_an_assumed_figure_of_it() -> None:
    veto = rule("late", "p95(option.lead_time) > 6 months", then="veto option")
    for stated, codes in (('7 months note "guess"', [checks.ASSUMED_VETO.code]), ("7 months source offer", [])):
        text = added(veto).replace("option own {", f"option own {{\n  lead_time = {stated}")
        text += 'source offer "Offer" {\n  checked = 2026-01-05\n  grade = contracted\n}\n'
        assert [one.problem.code for one in found(text)] == codes


@pytest.mark.parametrize("seed", range(200, 300))
def test_every_planted_argument_beside_the_cost_and_assumption_under_a_veto_is_found(seed: int) -> None:
    """In packs as above, each with one more rule on a fact of its own: in half of them it yields, or has a source."""
    random = default_rng(seed)
    faulty, costly = bool(seed % 2), seed % 4 < 2
    at = int(random.integers(1, 90))
    if costly:
        then = f"{random.choice(['avoid', 'prefer'])} option on calm by 30%" + ("" if faulty else "\n  yields to cost")
        planted_ = rule("planted", f"p50(option.tco / 1M USD) > {at}%", then=then)
    else:
        source = 'note "guess"' if faulty else "source law"
        planted_ = f"assume bound: number = {at} {source}\n" + rule(
            "planted", "p95(option.lead_time / 1 month) > bound", then="veto option"
        )
    codes = [one.problem.code for one in found(written(bands(random)) + SOURCES + planted_)]
    assert codes.count(checks.BESIDE_COST.code) == (faulty and costly)
    assert codes.count(checks.ASSUMED_VETO.code) == (faulty and not costly)


LEAD = "p50(option.lead_time)"
SHOWN = [
    (
        checks.ALWAYS,
        rule("r", "decision.stage <= early or not decision.stage <= early or not known(decision.stage)"),
        "true",
    ),
    (checks.EXCEPTION_OUTSIDE, rule("r", f"{LEAD} > 6 months", f"unless soon: {LEAD} < 4 months"), "true"),
    (checks.HARD_THRESHOLD, rule("r", f"{LEAD} > 6 months", then="veto option"), "true"),
    (checks.UNREAD_BECAUSE, rule("r", f"{LEAD} > 6 months", because="{decision.model_changes}"), "true"),
]


@pytest.mark.parametrize(("check_", "text", "result"), SHOWN, ids=[one.name for one, _, _ in SHOWN])
def test_a_case_of_a_finding_shows_it_when_it_is_pasted(check_: Check, text: str, result: str) -> None:
    rules = 'criterion calm "Calm" {\n  worth = 10k EUR/year note "board"\n}\n' + text
    (one,) = (each for each in found(added(rules)) if each.problem.code == check_.code)
    case = one.help.partition("\n")[2]
    assert case.startswith("test ")
    pasted = program_of(added(rules, case))
    made = decide_under(pasted, FEW, pasted.tests[0].given).value
    assert made is not None
    (record,) = (each for each in made.decision.rules if (each.rule, each.option) == ("spec/r", "own"))
    assert record.result == result
    assert all(each.condition.result != "true" for each in record.exceptions)


def test_what_can_never_hold_holds_in_no_cell() -> None:
    """Every half percent from 0 to 100 %, worked out here: the finding is there just where none of them holds."""
    for low in range(0, 100, 10):
        for high in range(0, 100, 10):
            text = rule("r", f"{FACTS[0]} > {low}%", f"{FACTS[0]} < {high}%")
            holds = any(low < x / 2 < high for x in range(201))
            codes = [one.problem.code for one in found(HEAD + text)]
            assert (checks.NEVER.code in codes) is not holds


@pytest.mark.parametrize("check_", CHECKS, ids=lambda one: one.name)
def test_a_finding_has_a_case_or_its_page_says_why_it_has_none(check_: Check) -> None:
    helps = [one.help for one in found(check_.problem.bad.files[0][1]) if one.problem.code == check_.code]
    assert helps and {"\ntest " in one for one in helps} == {"so none is shown" not in check_.why}


def records(spec: str, *others: tuple[str, str]) -> list[tuple[object, ...]]:
    """How each rule came out, for which option, and what it says."""
    made = decide_under(program_of(spec, *others), FEW).value
    assert made is not None
    return [(each.rule, each.option, each.result, each.text) for each in made.decision.rules]


LOADS = range(0, 101, 5)


def loaded(load: int, more: str = "") -> str:
    """The base spec with a planned load, which the rules of the examples read in place of the vendor's share."""
    return changed(("use quiet", "use mine"), ("option own {", f"option own {{\n  planned_load = {load}%"), more=more)


def of_load(text: str) -> tuple[str, str]:
    return "mine.tco", text.replace(FACTS[0], FACTS[4])


def test_a_parameter_without_source_is_one_in_every_case_alike() -> None:
    """With its source the rules come out as they do without, and both ways are seen."""
    bad, good = (
        of_load(example.files[0][1]) for example in (checks.UNSOURCED.problem.bad, checks.UNSOURCED.problem.good)
    )
    made = [records(loaded(load), bad) for load in LOADS]
    assert made == [records(loaded(load), good) for load in LOADS]
    assert {each[2] for one in made for each in one if each[0] == "mine/high"} == {"true", "false"}


def test_no_case_tells_a_value_of_a_parameter_that_no_rule_reads_from_another() -> None:
    unread, read = (of_load(check_.problem.bad.files[0][1]) for check_ in (checks.UNREAD, checks.UNSOURCED))
    override = 'override mine.{} = {}% because "x" by "y" until 2030-01-01'
    for load in LOADS:
        alike = [records(loaded(load, override.format("low", value)), unread) for value in (0, 20, 100)]
        assert alike[0] == alike[1] == alike[2]
    told = [records(loaded(50, override.format("other", value)), read) for value in (0, 100)]
    assert told[0] != told[1], "of one that is read there is such a case"


def test_no_case_tells_a_value_of_a_fact_that_no_rule_reads_from_another() -> None:
    assert "so none is shown" in UNREAD_FACT.why
    line = "  baseline = api\n"
    assert line in COMPLETE
    sectors, stages = (
        [records(COMPLETE.replace(line, f"{line}  {fact} = {value}\n")) for value in values]
        for fact, values in (("sector", ("health", "finance", "government")), ("stage", ("idea", "growth")))
    )
    assert all(one == sectors[0] == records(COMPLETE) for one in sectors)
    assert stages[0] != stages[1], "of one that is read there is such a case"
