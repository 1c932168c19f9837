"""Findings about load curves and break-even questions."""

from __future__ import annotations

from tcolang.base.problem import Problem, Severity
from tcolang.semantics.problems.examples import added, changed

ERROR = Severity.ERROR
_REQUESTS = "requests = 100k requests/month"

BAD_CURVE = Problem(
    "TCO226",
    "bad-load-curve",
    ERROR,
    "A load curve gives the level that is not exceeded in so many percent of the time.",
    bad=changed(_REQUESTS, f"{_REQUESTS}\n  load_curve = percentiles(p50 = 5)"),
    good=changed(_REQUESTS, f"{_REQUESTS}\n  load_curve = percentiles(p0 = 1, p50 = 5, p99 = 9)"),
)
CURVE_FALLS = Problem(
    "TCO227",
    "percentiles-fall",
    ERROR,
    "What is not exceeded in 90 % of the time cannot be less than what is not exceeded in half of it.",
    bad=changed(_REQUESTS, f"{_REQUESTS}\n  load_curve = percentiles(p50 = 5, p90 = 4)"),
    good=changed(_REQUESTS, f"{_REQUESTS}\n  load_curve = percentiles(p50 = 4, p90 = 5)"),
)
BAD_QUESTION = Problem(
    "TCO131",
    "bad-break-even",
    ERROR,
    "A break-even lies between two options, over one input that is certain and does not change by month.",
    bad=added("expect break_even(api) > 2\n"),
    good=added(
        'hosted_model cheap {\n  vendor = "B"\n  input_price = 0.20 USD per 1M tokens\n'
        "  output_price = 0.80 USD per 1M tokens\n}\n\noption fixed {\n  serve chat {\n    cheap = 100%\n  }\n"
        "  cost fee as other = 16 USD/month\n}\n\nexpect break_even(api, fixed) ~= 0.5 within 0.001\n"
    ),
)
