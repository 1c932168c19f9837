"""The Markdown report of a decision whose figures are known, read the way a Git host reads it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tcolang.base.record import replace
from tcolang.report.output import Style, output_formats
from tcolang.report.results import Results
from tests.report.sample import ruled, sample
from tests.report.test_escape import HOSTILE

ROOT = Path(__file__).parents[2]
FOLDED = (
    "Cost against volume: the figures",
    "What the money goes into",
    "Cash and charge",
    "Unit costs and named figures",
    "Like for like",
    "What is left out",
    "The workloads",
    "Scenarios",
    "Regret and exit",
    "How the options were scored",
    "Assumptions",
    "How it was computed",
)


def markdown(results: Results) -> str:
    (chosen,) = (each for each in output_formats() if each.name == "markdown")
    return chosen.render(results, Style())


def section(text: str, title: str) -> str:
    """From a heading, or the line under which it folds, to the next one."""
    found = re.search(rf"(?ms)^(## {title}|<summary><b>{title}</b></summary>)$(.*?)(?=^## |^<details>|\Z)", text)
    assert found is not None, title
    return found[2]


def table(text: str) -> list[list[str]]:
    """The first table of a text, without its rule."""
    rows: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("|"):
            rows.append([cell.strip(" *`") for cell in line.strip("|").split("|")])
        elif rows:
            break
    return [row for row in rows if not set("".join(row)) <= set("- :")]


def test_the_first_line_is_the_verdict() -> None:
    first = markdown(sample()).splitlines()[0]
    assert first == (
        "# Choose `own`: Our own machine (leaning, 0.81; runner-up `mixed`, 0.19; on cost alone `api`, 0.82)"
    )


def test_the_baseline_is_stayed_with() -> None:
    results = sample()
    question = replace(results.question, baseline="own")
    results = replace(results, model=replace(results.model, decision=question))
    assert markdown(results).startswith("# Stay with `own`: Our own machine (leaning")


def test_the_verdict_in_sentences() -> None:
    # 276,000 paid, times 0.9, over 24 months; mixed is 1.08 times 250,010 paid, less that.
    said = markdown(sample()).split("## Why")[0]
    assert "Over 24 months from 2026-01 it costs **248,000 EUR** in present value." in said
    assert (
        "That is 11,500 EUR a month, paid as it falls due; in present value what is paid later counts for less." in said
    )
    assert "The runner-up, `mixed` (Some of both), costs 21,600 EUR more, which is no material difference" in said
    assert "but it is ruled out by `no_strangers`" in said
    assert "cost **16,200 EUR a year** more than the cheapest option" in said
    assert "Owner: Head of Support" in said


def test_an_uncertain_cost_has_its_range_and_a_budget() -> None:
    results = sample()
    decision = replace(results.decision, recommended="mixed", runner_up="own")
    said = markdown(replace(results, decision=decision))
    # 0.9 × (24 × 7,500.50 + 24 × 5,000 × u) at u = 0.55, 1.45 and 1.30
    assert "nine futures in ten lie between 221,000 and 319,000 EUR" in said
    assert "four in five stay below 302,000 EUR, the figure for a budget" in said


def test_each_reason_has_its_rule_and_line() -> None:
    text = markdown(sample())
    assert (
        "- It costs 248,000 EUR in present value, the least of the options that are allowed. (`cost`, `ask.tco:10`)"
        in text
    )
    assert "- No line for monitoring. (`no_monitoring`, `ask.tco:13`)" in section(text, "Why")
    others = section(text, "Why not the others")
    assert "- **Ruled out.** Restricted data stays here. (`no_strangers`, `ask.tco:12`)" in others
    assert "It costs 32,400 EUR less over the horizon" in others
    assert "- Mixed is late. (`fast`, `ask.tco:13`)" in others


def test_a_rule_that_stepped_back_is_no_reason() -> None:
    text = markdown(sample())
    assert "Low volume speaks for the API." not in section(text, "Why")
    assert "Low volume speaks for the API. (`volume_low`, `ask.tco:13`)" in section(text, "How the options were scored")


def test_a_rule_of_thumb_that_cost_contradicts_says_at_which_volume_it_would_be_right() -> None:
    """The plan is 120,000 tokens a day; the costs cross at 1.25 and at 2 times that."""
    said = section(markdown(sample()), "Why")
    assert "speaks for `api` at 216,000 EUR; the computed cost speaks for `own` at 248,000 EUR." in said
    crossings = "150,000 tokens a day (1.25 times the plan) and 240,000 tokens a day (2 times the plan)"
    assert f"Their costs cross at {crossings}. (`volume_low`, `ask.tco:13`)" in said


def test_the_table_of_options() -> None:
    rows = table(section(markdown(sample()), "The options"))
    assert rows[1] == [
        "own` ✔",
        "self-hosted",
        "248,000",
        "248,000",
        "248,000",
        "11,500",
        "0%",
        "81%",
        "—",
    ]
    assert rows[3] == [
        "api",
        "API",
        "216,000",
        "216,000",
        "119,000 to 313,000",
        "10,000",
        "82%",
        "—",
        "no_strangers",
    ]


def test_the_breakdown_adds_up_as_it_is_shown() -> None:
    rows = table(section(markdown(sample()), "What the money goes into"))
    assert rows[0] == ["Category", "own", "mixed", "api"]
    amounts = [[int(cell.replace(",", "").replace("—", "0")) for cell in row[1:]] for row in rows[1:]]
    *parts, totals = amounts
    assert [sum(column) for column in zip(*parts, strict=True)] == totals == [248_400, 270_011, 216_000]


def test_a_resale_is_a_part_of_its_own() -> None:
    said = section(markdown(sample()), "What the money goes into")
    rows = {row[0]: row[1:] for row in table(said)}
    # 96,000 and 12,000 back, at nine tenths, as the sample discounts.
    assert (rows["hardware"][0], rows["resale"]) == ("86,400", ["-10,800", "—", "—"])
    lines = {row[0]: row[1:3] for row in table(said.split("The cost lines of `own`")[1])}
    assert lines["box.hardware"] == ["hardware", "86,400"]
    assert lines["resale of `box.hardware"] == ["resale", "-10,800"]


def test_cash_and_charge_by_year_reconcile() -> None:
    text = section(markdown(sample()), "Cash and charge")
    rows = table(text.split("### `own` (Our own machine)")[1])
    assert rows[1:] == [
        ["2026-01 to 2026-12", "192,000", "120,000"],
        ["2027-01 to 2027-12", "96,000", "120,000"],
        ["Resale at the horizon", "-12,000", "—"],
        ["Total", "276,000", "240,000"],
    ]
    assert "Cash 276,000.00 EUR − discounting 27,600.00 EUR = present value 248,400.00 EUR." in text
    assert "Cash − 36,000.00 EUR, paid and not yet charged at the horizon = charge 240,000.00 EUR." in text
    assert "The largest month is 2026-01 with 104,000 EUR." in text


def test_break_even_is_told_in_tokens_a_day() -> None:
    text = section(markdown(sample()), "Cost against volume")
    assert "`api` is the cheaper one below 150,000 tokens a day (1.25 times the plan), `own` above" in text
    assert (
        "`own` is the cheaper one below 240,000 tokens a day (2 times the plan), `api` above, where the cost of one"
        in text
    )
    assert "no break-even between 12,000 tokens a day (0.1 times the plan) and 1.2M tokens a day" in text
    assert "it is not proven that there is none" in text
    assert "`own` has cost more than `api` when the horizon ends" in text
    assert "`mixed` has cost no more in total than `api` from the end of month 5, 2026-05, on." in text


def test_unit_costs_and_named_figures() -> None:
    # 240,000 charged for 24 × 3.65M tokens
    text = section(markdown(sample()), "Unit costs and named figures")
    assert "| `own` | 2,740 EUR | — |" in text
    assert "| `api` | 2,740 EUR (1,510 to 3,970 EUR) | — |" in text
    assert "| `price` | 2.30 EUR per 1M tokens | `2.50 USD per 1M tokens` | `ask.tco:14` |" in text
    assert "| `notice` | unknown | nobody has stated `api.notice_period` |  |" in text


def test_assumptions_tell_source_range_family_and_place() -> None:
    text = section(markdown(sample()), "Assumptions")
    assert (
        "| `tickets` | 100,000 requests/month (55,000–145,000) | log-normal, P5–P95 | "
        "[Helpdesk export](https://bi.example.com/helpdesk); twelve months | 2026-01-01 | measured | `ask.tco:7` |"
    ) in text
    assert "| `box.pue` | 1.4 | certain | default of the standard library; assumed: common |" in text


def test_what_is_unknown_left_out_changed_and_found() -> None:
    text = markdown(sample())
    assert "- `api.notice_period`: needed by `notice` (notice, `ask.tco:13`)" in section(text, "What is not known")
    left_out = section(text, "What is left out")
    assert "| `own` | `box.hosting` | 4,320 EUR | spare rack, already paid | `ask.tco:17` |" in left_out
    assert "`pack/two_stacks` is switched off by CTO until 2027-01: one stack only" in left_out
    findings = section(text, "Findings")
    assert "- `own.tco < 200k EUR`: it was, last year (`ask.tco:4`)" in findings
    assert (
        "**warning TCO302** The price list is from 2024 (`ask.tco:6`). Prices of `api` fell since. Look again."
    ) in findings


def test_how_it_was_computed() -> None:
    text = section(markdown(sample()), "How it was computed")
    assert "Tool: tcolang 1.2.3" in text
    assert "101 futures in 2 independent batches of Latin hypercube samples, seed 7" in text
    assert f"Rule pack `pack` 1.0.0, sha256 `{'ab' * 32}`" in text
    assert (
        "divided by (1 + rate)^(k/12), instalments due at its end by (1 + rate)^((k+1)/12), with `discount_rate = "
        in text
    )
    assert "`USD`: 0.92" in text


def test_the_first_screen_decides_and_the_rest_folds() -> None:
    text = markdown(sample())
    assert tuple(re.findall(r"<summary><b>(.*)</b></summary>", text)) == FOLDED
    assert text.count("<details>") == text.count("</details>") == len(FOLDED)


def test_figures_of_the_charts_are_in_tables() -> None:
    text = markdown(sample())
    charts = re.findall(r"(?s)```mermaid\n(.*?)```", text)
    assert len(charts) == 3
    figures = section(text, "Cash and charge").split("### Cumulative cost by month")[1]
    own = re.findall(r"line \[(.*)\]", charts[2])[0].split(", ")
    assert own == [row[1] for row in table(figures)[1:]]
    assert own[-1] == "276"


def test_an_option_that_is_alone() -> None:
    results = sample()
    record = replace(results.decision.option("own"), acceptability=1.0, chance_cheapest=1.0)
    decision = replace(
        results.decision,
        options=(record,),
        runner_up=None,
        cheapest="own",
        acceptability=1.0,
        confidence="clear",
        pairs=(),
        veto_prices=(),
        strategy_premium=0.0,
    )
    text = markdown(replace(results, decision=decision, scenarios=(), curves={}, break_evens=(), paybacks={}))
    assert text.startswith("# The only option is `own`: Our own machine\n")
    assert "Why not the others" not in text
    assert "Cost against volume" not in text


def test_no_option_is_allowed() -> None:
    results = sample()
    decision = replace(
        results.decision,
        recommended=None,
        runner_up=None,
        confidence="none",
        acceptability=None,
        pairs=(),
        conflict_sets=(("no_strangers", "fast"),),
    )
    text = markdown(replace(results, decision=decision))
    assert text.startswith("# No option is allowed: each is ruled out by a rule\n")
    assert "- without `no_strangers` and `fast`" in text


def test_a_condition_heads_the_verdict() -> None:
    results = sample()
    options = tuple(
        replace(record, conditional_on=("no_strangers",)) if record.name == "own" else record
        for record in results.decision.options
    )
    veto = ruled(results.decision.rules[0], option="own", result="unknown", missing=("chat.data_class",))
    decision = replace(
        results.decision, confidence="conditional", options=options, rules=(veto, *results.decision.rules[1:])
    )
    text = markdown(replace(results, decision=decision))
    assert text.startswith("# On condition: `own`: Our own machine (conditional, 0.81;")
    assert "ruled out by `no_strangers`, because nobody has stated `chat.data_class`." in text


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_texts_are_shown_and_do_nothing(said: str) -> None:
    text = markdown(sample(said))
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    ours, theirs = (parser.parse(markdown(sample(words))) for words in ("plain words", said))
    blocks = [[(token.type, token.tag, token.level) for token in tokens] for tokens in (ours, theirs)]
    assert blocks[0] == blocks[1]
    allowed = re.compile(r"<details>\n<summary><b>[A-Za-z: ]+</b></summary>\n?|</details>\n?")
    assert all(allowed.fullmatch(token.content) for token in theirs if token.type == "html_block")
    inside = [child for token in theirs for child in token.children or ()]
    assert {child.content for child in inside if child.type == "html_inline"} <= {"<!-- -->"}
    assert not [child for child in inside if child.type in ("em_open", "s_open", "image", "link_open")]
    assert text.isprintable() or set(text) - {"\n"} <= {c for c in text if c.isprintable()} | {"\n"}


def test_the_same_bytes_in_every_surrounding() -> None:
    script = (
        "import sys; from tests.report.sample import sample; from tcolang.report.output import *\n"
        "for each in output_formats(): sys.stdout.buffer.write(each.render(sample(), Style()).encode())"
    )
    seen = set()
    for surrounding in (
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "COLUMNS": "40", "NO_COLOR": "1"},
        {"PYTHONHASHSEED": "2", "FORCE_COLOR": "1", "TERM": "dumb", "COLUMNS": "200"},
    ):
        environment = {**os.environ, **surrounding, "PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path))}
        done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
        seen.add(done.stdout)
    assert len(seen) == 1
    assert b"Choose own" in seen.pop()
