"""Thirty-two recommendations: four volumes, each with and without strict privacy, an MLOps team and a hard deadline.

`python -m tests.rules.recommendations` writes `docs/recommendations.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tcolang import pipeline
from tcolang.decide.decision import Decision
from tcolang.engine.settings import Settings
from tests.projects import program_of

PAGE = Path(__file__).parents[2] / "docs" / "recommendations.md"
VOLUMES = (5, 50, 150, 500)
OPTIONS = {"own": "own models", "api": "API", "mix": "mix"}


@dataclass(frozen=True)
class Case:
    """What is asked; `volume` in millions of tokens a day."""

    volume: int
    privacy: bool
    team: bool
    deadline: bool


def cases() -> Iterator[Case]:
    for volume in VOLUMES:
        for privacy, team, deadline in product((False, True), repeat=3):
            yield Case(volume, privacy, team, deadline)


def guidance(case: Case) -> frozenset[str]:
    """The options that the published guidance would take, read off its words. None: two of its demands exclude each
    other. Privacy and a hard date go before all else; below 10M tokens a day an API; between 10M and 100M what costs
    less; above 100M a model of one's own where the people for it are there."""
    if case.privacy and case.deadline:
        return frozenset()
    if case.privacy:
        return frozenset({"own"})
    if case.deadline or case.volume < 10:
        return frozenset({"api"})
    if case.volume <= 100:
        return frozenset(OPTIONS)
    return frozenset({"own"}) if case.team else frozenset({"api"})


def decided(case: Case) -> Decision:
    made = pipeline.decide_under(program_of(written(case)), Settings(samples=2_000)).value
    assert made is not None
    return made.decision


def overruled(case: Case, decision: Decision) -> str:
    """Why the computed cost goes before the guidance; '' where it does not: the cheapest of what is allowed was taken,
    and a rule of the pack says what the guidance asks for beside volume, or what speaks against the choice."""
    choice = decision.recommended
    if choice in guidance(case) or choice is None or choice != decision.cheapest_allowed:
        return ""
    held = {(rule.rule.partition("/")[2], rule.option) for rule in decision.rules if rule.result == "true"}
    if ("volume_high_idle", "own") in held and choice == "api":
        return "machines of one's own would be too idle for the rule of thumb (`volume_high_idle`), and cost more"
    if ("expertise", choice) in held:
        return (
            "nobody is there to run it, which counts against it (`expertise`); the three engineers it takes are priced, "
            "and it still costs less"
        )
    thumbs = [_rules((one.rule,)) for one in decision.disagreements if one.cost == choice]
    return f"the rule of thumb {thumbs[0]} is overruled: the computed cost is lower" if thumbs else ""


def page() -> str:
    """The whole page."""
    rows = [_row(case, decided(case)) for case in cases()]
    head = "| Tokens a day | Strict privacy | MLOps team | Hard deadline | The guidance | The tool | Why |"
    return "\n".join([_TOP, head, "|---:|---|---|---|---|---|---|", *rows, ""])


def _row(case: Case, decision: Decision) -> str:
    cells = [
        f"{case.volume}M",
        *("yes" if one else "no" for one in (case.privacy, case.team, case.deadline)),
        _guided(case),
        _told(decision),
        _why(case, decision),
    ]
    return f"| {' | '.join(cells)} |"


def _guided(case: Case) -> str:
    said = guidance(case)
    if not said:
        return "excludes itself"
    return "what costs less" if len(said) > 1 else OPTIONS[next(iter(said))]


def _told(decision: Decision) -> str:
    if decision.recommended is None:
        return "none"
    return f"{OPTIONS[decision.recommended]} ({decision.confidence.replace('_', ' ')})"


def _why(case: Case, decision: Decision) -> str:
    costs = ", ".join(f"{OPTIONS[o.name]} {o.cost.mean / 1000:,.0f}k" for o in decision.options)
    ruled_out = "; ".join(f"{OPTIONS[o.name]} ruled out by {_rules(o.vetoes)}" for o in decision.options if o.vetoes)
    parts = [part for part in (ruled_out, f"a year costs {costs} USD") if part]
    if decision.recommended is None:
        sets = "; or ".join(_rules(rules) for rules in decision.conflict_sets)
        parts.append(f"give up {sets} to leave an option")
    elif reason := overruled(case, decision):
        parts.append(reason)
    return ". ".join(part if part[0] == "`" else part[0].upper() + part[1:] for part in parts) + "."


def _rules(ids: tuple[str, ...]) -> str:
    return " and ".join(f"`{rule.partition('/')[2]}`" for rule in dict.fromkeys(ids))


_TOP = """# Thirty-two recommendations

Four volumes, each with and without strict privacy, a team that can run models, and a date that cannot move. The tool's
recommendation stands beside what the published guidance would say; where they differ, the computed cost overrules a
rule of thumb, and the rule says so.

One setting for all: an even product of 800 tokens in and 200 out, twice the mean load at the peak; an API at 3 USD in
and 15 USD out per million tokens; 8-GPU nodes rented at 16 to 20 USD an hour, one to spare; three engineers at 150,000
to 200,000 USD a year for a model of one's own, half of one for the API; the first year. With strict privacy data are
restricted and may not leave our tenancy. Without a team nobody is there today who can run models, and no budget to hire
is stated; the three engineers are in the cost all the same. The mix sends half of the requests each way and takes the
same engineers, so that it saves little of one side and pays most of the other.
With a hard deadline it has to be live in two months, which an API makes and a model of one's own does not.
Until an option is live, its nodes or its vendor are assumed to answer as a bridge, so that all serve the same year.
"""


def written(case: Case) -> str:
    """The spec of one case."""
    deadline = "\n  deadline = 2027-03\n  hard_deadline = true" if case.deadline else ""
    team = "3 FTE" if case.team else "0 FTE"
    data_class = "restricted" if case.privacy else "internal"
    return f"""tco 1

decision pick "Own models, an API, or a mix?" {{
  currency = USD
  start = 2027-01
  horizon = 12 months
  discount_rate = 8%/year
  as_of = 2027-01
  options = [own, api, mix]
  stage = growth
  usage = steady
  ai_is_core = true
  mlops_team = {team}
  hiring_budget = false
  owner = "CTO"
  review = 2028-01{deadline}
}}

workload chat "Chat" {{
  requests = {case.volume}M tokens/day / 1_000 tokens/request
  input_tokens = 800 tokens/request
  output_tokens = 200 tokens/request
  peak_to_average = 2
  data_class = {data_class}
}}

role engineer "Engineer" {{
  salary = 150k to 200k USD/year-FTE
  overhead = 0%
}}

cloud_node node "8-GPU node" {{
  gpus = 8 GPU
  memory = 80 GB/GPU
  custody = cloud_tenant
  price = 16 to 20 USD/hour
}}

rented_pool pool "Open weights on rented nodes" {{
  node = node
  vendor = "Cloud"
  prefill = 30k to 45k tokens/second
  decode = 5k to 7k tokens/second
}}

hosted_model vendor "A vendor's model" {{
  vendor = "V"
  input_price = 3 USD per 1M tokens
  output_price = 15 USD per 1M tokens
}}

option own "Own" {{
  serve chat {{
    pool = 100%
  }}
  staff {{
    engineer = 3 FTE
  }}
  lead_time = 4 to 6 months
  expertise_needed = 2 FTE
  comparator = "none"
  price_protection = true
  bridge = pool
}}

option api "API" {{
  serve chat {{
    vendor = 100%
  }}
  staff {{
    engineer = 0.5 FTE
  }}
  lead_time = 0.5 to 1.5 months
  price_protection = true
  bridge = vendor
}}

option mix "Mix" {{
  serve chat {{
    pool = 50%
    vendor = rest
  }}
  staff {{
    engineer = 3 FTE
  }}
  lead_time = 4 to 6 months
  expertise_needed = 2 FTE
  price_protection = true
  bridge = pool
}}
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
