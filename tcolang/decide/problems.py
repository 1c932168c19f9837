"""What can be wrong with a decision. It shows where one is made: at `tco report` and `tco test`, not at `tco check`."""

from __future__ import annotations

from tcolang.base.problem import Example, Problem, Severity, spec
from tcolang.semantics.problems.examples import changed

_QUESTION = """\
decision hello "What answers our chat?" {
  currency = USD
  start = 2026-01
  horizon = 12 months
}
"""

_CHAT = """
workload chat "Support chat" {
  requests = 200k requests/month
  input_tokens = 1k tokens/request
  output_tokens = 200 tokens/request
}
"""

_API = """
hosted_model small "A small model" {
  vendor = "Some vendor"
  input_price = 0.40 USD per 1M tokens
  output_price = 1.60 USD per 1M tokens
}

option api "A vendor's API" {
  serve chat {
    small = 100%
  }
}
"""

_RENTED = """
cloud_node gpu_node "A node with one GPU" {
  gpus = 1 GPU
  price = 1.50 USD/hour
  custody = cloud_tenant
}

rented_pool pool "An open model on rented nodes" {
  node = gpu_node
  prefill = 10k tokens/second
  decode = 1k tokens/second
}

option rented "A node of our own" {
  serve chat {
    pool = 100%
  }
}
"""


def _with_pack(question: str, rules: str) -> Example:
    """A spec and the rule pack that it uses."""
    text = f"tco 1\n\nuse limits\n\n{question}"
    return spec(text, ("limits.tco", f'tco 1\n\npack limits version "1.0.0"\n\n{rules}'))


def _budget(limit: str) -> str:
    return f"""\
rule budget "More than we have" {{
  for each option
  when p50(option.tco) > {limit}
  then veto option
  because "{{option}} costs {{p50(option.tco)}}; there are {limit}."
}}
"""


NOTHING_ALLOWED = Problem(
    code="TCO501",
    name="nothing-allowed",
    severity=Severity.WARNING,
    why="A veto is never outweighed. Where every option is vetoed there is no recommendation, and the report lists the "
    "smallest sets of vetoes whose removal would leave an option.",
    bad=_with_pack(_QUESTION + _CHAT + _API, _budget("100 USD")),
    good=_with_pack(_QUESTION + _CHAT + _API, _budget("10k USD")),
)

_PRIVACY = """\
rule privacy "Restricted data stays with us" {
  for each option, workload
  when workload.data_class == restricted
  when option.family == api
  then veto option
  because "{workload} holds {workload.data_class} data, which {option} would hand to a vendor."
}
"""

VETO_ON_UNKNOWN = Problem(
    code="TCO502",
    name="veto-on-unknown",
    severity=Severity.WARNING,
    why="A veto that depends on a fact nobody has stated neither takes an option out nor lets it pass: whatever is "
    "recommended is recommended on condition. What is not stated is unknown, never the harmless value.",
    bad=_with_pack(_QUESTION + _CHAT + _API, _PRIVACY),
    good=_with_pack(
        _QUESTION + _CHAT.replace("200 tokens/request\n", "200 tokens/request\n  data_class = internal\n") + _API,
        _PRIVACY,
    ),
)

_THUMB = """\
criterion economics "Rules of thumb about cost" {
  worth = 10k USD/year
}

rule enough_volume "Enough volume for a node of our own" {
  for each option
  when option.family == self_host
  when p50(first_year(option.tokens)) > 1M tokens/day
  then prefer option on economics
  yields to cost
  because "{p50(first_year(option.tokens)) as tokens/day} keep a node busy."
}
"""

THUMB_DISAGREES = Problem(
    code="TCO503",
    name="thumb-disagrees",
    severity=Severity.INFO,
    why="A rule of thumb about cost steps back where the cost of both sides has been computed. Where the two disagree, "
    "either the rule does not fit this case or a figure of the model is wrong: look at both.",
    bad=_with_pack(_QUESTION + _CHAT + _API + _RENTED, _THUMB),
    good=_with_pack(_QUESTION + _CHAT.replace("200k", "200M") + _API + _RENTED, _THUMB),
)

_UNCERTAIN_CHAT = _CHAT.replace("200k requests", "100k to 300k requests")


def _confident(share: str) -> str:
    return f"""\
rule affordable "Within the budget, most likely" {{
  for each option
  when chance(option.tco_nominal < 1_496 USD) >= {share}
  then advise
  because "{{option}} stays below 1,496 USD in {{chance(option.tco_nominal < 1_496 USD)}} of the futures."
}}
"""


THRESHOLD_WITHIN_NOISE = Problem(
    code="TCO504",
    name="threshold-within-noise",
    severity=Severity.WARNING,
    why="A chance, mean or percentile is estimated from samples. Within two standard errors of a threshold, other "
    "samples may well put it on the other side, so what follows from it should not be relied on.",
    bad=_with_pack(_QUESTION + _UNCERTAIN_CHAT + _API, _confident("50%")),
    good=_with_pack(_QUESTION + _UNCERTAIN_CHAT + _API, _confident("20%")),
)

EXPECTATION_FAILED = Problem(
    code="TCO505",
    name="expectation-failed",
    severity=Severity.ERROR,
    why="An `expect` states what must come out. Either the model has changed in a way that was not meant, or the "
    "expectation is no longer right and its reason with it.",
    bad=spec(f"tco 1\n\n{_QUESTION}{_CHAT}{_API}\nexpect p50(api.tco) < 100 USD\n"),
    good=spec(f"tco 1\n\n{_QUESTION}{_CHAT}{_API}\nexpect p50(api.tco) < 10k USD\n"),
)

_EXPECT_CLASS = "\nexpect chat.data_class == internal\n"

EXPECTATION_UNKNOWN = Problem(
    code="TCO506",
    name="expectation-unknown",
    severity=Severity.ERROR,
    why="An expectation about a fact that nobody has stated is neither kept nor broken. It counts as failed, so that "
    "a fact which disappears does not go unnoticed.",
    bad=spec(f"tco 1\n\n{_QUESTION}{_CHAT}{_API}{_EXPECT_CLASS}"),
    good=spec(
        f"tco 1\n\n{_QUESTION}"
        + _CHAT.replace("200 tokens/request\n", "200 tokens/request\n  data_class = internal\n")
        + _API
        + _EXPECT_CLASS
    ),
)

_LOCAL = """cloud_node box "8 GPUs" {
  gpus = 8 GPU
  price = 20 USD/hour
  custody = cloud_tenant
}

rented_pool pool "Open weights" {
  node = box
  prefill = 30k tokens/second
  decode = 5k tokens/second
}
"""
_OTHER = """hosted_model other {
  vendor = "B"
  input_price = 1 USD per 1M tokens
  output_price = 2 USD per 1M tokens
}
"""
_RESTRICTED = "requests = 100k requests/month\n  data_class = restricted"


def _restricted(example: Example) -> Example:
    (name, text), *others = example.files
    return Example(((name, text.replace("requests = 100k requests/month", _RESTRICTED)), *others))


NO_WAY_ALLOWED = Problem(
    "TCO507",
    "nothing-allowed-to-choose",
    Severity.ERROR,
    "`optimal()` chooses among what the vetoes allow; here they forbid every way.",
    bad=_restricted(changed("small = 100%", "small = optimal()\n    other = optimal()", _OTHER)),
    good=_restricted(changed("small = 100%", "small = optimal()\n    pool = optimal()", _LOCAL)),
)

_SECOND = """hosted_model other {
  vendor = "B"
  availability = AVAILABLE
  input_price = 0.40 USD per 1M tokens
  output_price = 1.60 USD per 1M tokens
}

option second {
  serve chat {
    other = 100%
  }
}
"""


def _available(availability: str) -> Example:
    return changed(
        'vendor = "Some vendor"',
        'vendor = "Some vendor"\n  availability = 99.9%',
        _SECOND.replace("AVAILABLE", availability),
    )


UNEQUAL = Problem(
    "TCO508",
    "unequal-options",
    Severity.WARNING,
    "Options are compared at the same service. Where one answers less often, its cost has to be read with what it "
    "would take to make it equal.",
    bad=_available("99%"),
    good=_available("99.9%"),
)


_LATE = """
rule late "Late" {
  for each option
  when p50(option.lead_time) > 6 months
  then warn
  because "{option} takes {p50(option.lead_time)}."
}

test "not stated" {
  expect hello.recommendation == api
}

test "late" {
  given api.lead_time = 7 months
  expect hello.recommendation == api
}
"""
_SOON = """
test "soon" {
  given api.lead_time = 5 months
  expect hello.recommendation == api
}
"""

UNTESTED_RULE = Problem(
    "TCO573",
    "rule-untested",
    Severity.INFO,
    "A rule says three things: where it holds, where it fails, and where a fact is missing. `tco test --coverage` "
    "looks for a test of each; what no test shows may be otherwise than its author thinks.",
    bad=spec(f"tco 1\n\n{_QUESTION}{_CHAT}{_API}{_LATE}"),
    good=spec(f"tco 1\n\n{_QUESTION}{_CHAT}{_API}{_LATE}{_SOON}"),
)
