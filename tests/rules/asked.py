"""Small specs in which rules of a pack hold, fail or are unknown, and how each rule comes out in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tcolang import pipeline
from tcolang.decide.conditions import leaves
from tcolang.decide.decision import RuleRecord, Truth
from tcolang.decide.keys import needed_keys
from tcolang.decide.mutants import Mutant, changed, mutants_of
from tcolang.decide.plan import plan_of
from tcolang.decide.reading import Read, reader
from tcolang.decide.rules import judge_rules
from tcolang.engine.evaluate import evaluate
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel
from tests.projects import checked, program_of

OPTIONS = ("own", "api", "mix")


@dataclass(frozen=True)
class Said:
    """What a spec states beside what it always states. Lines end with a semicolon; `rest` is more statements.

    `volume` is in tokens a day: 1,000 tokens a request. One copy of the model writes 20,000 tokens a second. Where
    `unplaced`, every option serves a hundredth of the chat with something of which nobody states whose it is and where.
    """

    decision: str = ""
    own: str = ""
    api: str = ""
    mix: str = ""
    chat: str = ""
    pool: str = ""
    vendor: str = ""
    rest: str = ""
    volume: str = "20M"
    pack: str = "self_host_or_api"
    unplaced: bool = False


@dataclass(frozen=True)
class Judged:
    """How the rules came out in a spec, and what that was found from."""

    model: CostModel
    evaluation: Evaluation
    read: Read
    records: Mapping[tuple[str, str], RuleRecord]

    def after(self, mutant: Mutant, option: str) -> RuleRecord | None:
        """What a change of a rule makes of its record; None where it is gone."""
        (case,) = (c for c in self.model.rules if (c.rule, c.option) == (mutant.rule, option) and c.workload in CHAT)
        made, late = changed(mutant, case, self.read)
        if made is None:
            return None
        (record,) = judge_rules(plan_of(self.model, [made]), self.evaluation, late).records
        return record


def unnoticed(rule: str, judged: Sequence[Judged]) -> list[str]:
    """The changes of a rule that come out alike for each option of every spec."""
    first = judged[0]
    options = [option for name, option in first.records if name == rule]
    name = first.records[rule, options[0]].rule
    (stated,) = (each for each in first.model.program.rules if each.id == name)
    case = next(c for c in first.model.rules if c.rule == name)
    return [
        mutant.text
        for mutant in mutants_of(stated, case, first.model)
        if all(_effect(one.after(mutant, o)) == _effect(one.records[rule, o]) for o in options for one in judged)
    ]


def far_from(rule: str, judged: Sequence[Judged]) -> dict[str, set[str]]:
    """By comparison of a rule with a threshold: where no spec lies, of just under it, at it and just over it. Just is
    by 5% of it, of nothing by 0.05."""
    lacking: dict[str, set[str]] = {}
    for record in (r for one in judged for (name, _), r in one.records.items() if name == rule):
        for whole in (*record.conditions, *(each.condition for each in record.exceptions)):
            for leaf in leaves(whole):
                left, right = ([each.value for each in leaf.readings] + [None, None])[:2]
                if leaf.operator not in ("<", "<=", ">", ">=") or left is None or right is None:
                    continue
                text = f"{leaf.readings[0].text} {leaf.operator} {leaf.readings[1].text}"
                places = lacking.setdefault(text, {"under", "at", "over"})
                apart = (left - right) / (abs(right) or 1)
                if abs(apart) <= 0.05:
                    places.discard("at" if abs(apart) < 1e-9 else "under" if apart < 0 else "over")
    return {text: places for text, places in lacking.items() if places}


def _effect(record: RuleRecord | None) -> object:
    return record and (record.result, record.degree, record.action)


CHAT = ("", "chat")


def outcomes(said: Said, others: Mapping[str, str] | None = None) -> Mapping[tuple[str, str], RuleRecord]:
    """By rule (without the pack's name) and option ('' where the rule ranges over none), of the workload `chat`."""
    return judged(said, others).records


def judged(said: Said, others: Mapping[str, str] | None = None) -> Judged:
    outcome = checked(written(said), *(others or {}).items())
    assert not outcome.failed, outcome.diagnostics
    model = outcome.value.model
    assert model is not None
    evaluated = evaluate(model, Settings(samples=20), sorted(needed_keys(model)))
    assert evaluated.value is not None, evaluated.diagnostics
    records = judge_rules(plan_of(model), evaluated.value).records
    by_name = {(r.rule.split("/")[1], r.option): r for r in records if r.workload in CHAT}
    return Judged(model, evaluated.value, reader(model, evaluated.value), by_name)


def truth(rule: str, option: str, said: Said) -> Truth:
    """How one rule comes out for one option."""
    return outcomes(said)[rule, option].result


def decided(said: Said) -> pipeline.Decided:
    """The decision of a spec."""
    made = pipeline.decide_under(program_of(written(said)), Settings(samples=40)).value
    assert made is not None
    return made


def written(said: Said) -> str:
    """The spec as text."""
    rest, elsewhere, nowhere = ("99%", "    nowhere = rest\n", NOWHERE) if said.unplaced else ("100%", "", "")
    return f"""tco 1

use {said.pack}

decision pick "Which way?" {{
  currency = USD
  start = 2026-01
  horizon = 12 months
  discount_rate = 8%/year
  as_of = 2026-01
  options = [own, api, mix]
{_lines(said.decision)}}}

workload chat "Chat" {{
  requests = {said.volume} tokens/day / 1_000 tokens/request
  input_tokens = 500 tokens/request
  output_tokens = 500 tokens/request
  peak_to_average = 1
{_lines(said.chat)}}}

site hall "Hall" {{
  power_price = 0.2 USD/kWh
  rack_price = 100 USD/month
}}

server box "Server" {{
  gpus = 8 GPU
  price = 100k USD
  power = 5 kW
  site = hall
}}

owned_pool pool "Ours" {{
  server = box
  custody = own_site
  decode = 20k tokens/second
  spare = 0
{_lines(said.pool)}}}

hosted_model vendor "Theirs" {{
  vendor = "V"
  input_price = 1 USD per 1M tokens
  output_price = 1 USD per 1M tokens
{_lines(said.vendor)}}}

option own "Own" {{
  serve chat {{
    pool = {rest}
{elsewhere}  }}
{_lines(said.own)}}}

option api "API" {{
  serve chat {{
    vendor = {rest}
{elsewhere}  }}
{_lines(said.api)}}}

option mix "Mix" {{
  serve chat {{
    pool = 50%
    vendor = {"49%" if said.unplaced else "rest"}
{elsewhere}  }}
{_lines(said.mix)}}}

{said.rest}{nowhere}
"""


NOWHERE = """
kind unplaced : deployment {
  custody?: custody
  vendor?: text
  cost rent as other = 1 USD/month
}

unplaced nowhere {
}
"""


def _lines(text: str) -> str:
    return "".join(f"  {line.strip()}\n" for line in text.split(";") if line.strip())
