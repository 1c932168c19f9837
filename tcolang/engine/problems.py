"""What can go wrong when a model is evaluated: these show in `tco report`, not in `tco check`."""

from __future__ import annotations

from tcolang.base.problem import Problem, Severity, spec

_HEAD = """\
tco 1

decision hello "What does the API cost us?" {
  currency = USD
  start = 2026-01
  horizon = MONTHS months
}
"""

_REST = """
workload chat "Support chat" {
  requests = 200k to 300k requests/month
  input_tokens = 800 to 1_500 tokens/request
  output_tokens = 150 to 350 tokens/request
  cached_share = CACHED
}

hosted_model small "A small model" {
  vendor = "Some vendor"
  input_price = 0.40 USD per 1M tokens
  output_price = 1.60 USD per 1M tokens
}

option api {
  serve chat {
    small = 100%
  }
}
"""


def _project(lines: str, *, months: int = 12, cached: str = "0%") -> str:
    return f"{_HEAD.replace('MONTHS', str(months))}{lines}{_REST.replace('CACHED', cached)}"


NOT_FINITE = Problem(
    "TCO480",
    "not-finite",
    Severity.ERROR,
    "Every value of a model is a finite number. A division by zero, or a number beyond what a computer can hold, has "
    "no result, and a sum or a comparison with it would hide that.",
    bad=spec(
        _project(
            """
assume seats: number = 5 note "as of today"
assume unused: number = 5 note "as of today"
let per_seat: money = 100 USD / (seats - unused)
"""
        )
    ),
    good=spec(
        _project(
            """
assume seats: number = 5 note "as of today"
assume unused: number = 2 note "as of today"
let per_seat: money = 100 USD / (seats - unused)
"""
        )
    ),
)

SHARE_OUTSIDE_RANGE = Problem(
    "TCO481",
    "share-outside-range",
    Severity.ERROR,
    "A share of something lies between 0% and 100%. One that is calculated may leave that range in some of the "
    "futures, and what is made of it there is the cost of something that cannot be.",
    bad=spec(
        _project('\nassume repeats: number = 1.5 to 4 note "prompts that come again"\n', cached="40% * repeats"),
    ),
    good=spec(
        _project(
            '\nassume repeats: number = 1.5 to 4 note "prompts that come again"\n', cached="min(40% * repeats, 100%)"
        ),
    ),
)

_MANY = "".join(
    f"let path_{line}: number = {' + '.join(f'grow(rate, 0.{line:02d}{term:02d}%/month)' for term in range(1, 61))}\n"
    for line in range(1, 61)
)

TOO_LARGE = Problem(
    "TCO482",
    "evaluation-too-large",
    Severity.ERROR,
    "What an evaluation costs is known before it starts: formulas × months × samples. Beyond the limits it would keep "
    "a machine busy for minutes or fill its memory, which a spec from elsewhere must not do. Nothing is evaluated "
    "in part.",
    bad=spec(_project(f"\nassume rate: number = 1 to 2\n{_MANY}", months=600)),
    good=spec(_project(f"\nassume rate: number = 1 to 2\n{_MANY}", months=12)),
)
