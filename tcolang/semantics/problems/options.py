"""Findings about the decision and its options."""

from __future__ import annotations

from tcolang.base.problem import Problem, Severity
from tcolang.semantics.problems.examples import added, changed, plain

ERROR = Severity.ERROR

SHARES = Problem(
    "TCO401",
    "shares-not-100",
    ERROR,
    "Every request goes somewhere: the shares of a workload's routes add to 100 %, or the last is `rest`.",
    bad=changed("small = 100%", "small = 90%"),
    good=plain(),
)
TWO_RESTS = Problem(
    "TCO402",
    "two-rests",
    ERROR,
    "`rest` is what the stated shares leave, so only one route can have it.",
    bad=changed(
        "small = 100%",
        "small = rest\n    other = rest",
        'hosted_model other {\n  vendor = "B"\n  input_price = 1 USD per 1M tokens\n'
        "  output_price = 2 USD per 1M tokens\n}\n",
    ),
    good=changed(
        "small = 100%",
        "small = 60%\n    other = rest",
        'hosted_model other {\n  vendor = "B"\n  input_price = 1 USD per 1M tokens\n'
        "  output_price = 2 USD per 1M tokens\n}\n",
    ),
)
NOTHING_SERVED = Problem(
    "TCO403",
    "option-serves-nothing",
    ERROR,
    "An option is a way to run workloads; one that serves none would look free.",
    bad=added('option idle "Does nothing" {\n  cost fee as other = 5 USD/month\n}\n'),
    good=plain(),
)
SERVED_TWICE = Problem(
    "TCO404",
    "served-twice",
    ERROR,
    "All routes of a workload stand together, so that a reader sees that they add to 100 %.",
    bad=changed("  serve chat {", "  serve chat {\n    small = 100%\n  }\n  serve chat {"),
    good=plain(),
)
BY_LOAD = Problem(
    "TCO405",
    "no-such-split",
    ERROR,
    "A workload is split by shares of its requests.",
    bad=changed("serve chat {", "serve chat by size {"),
    good=plain(),
)
NO_SUCH_COST = Problem(
    "TCO406",
    "no-such-cost-line",
    ERROR,
    "`without` leaves out one cost line of what an option reaches; one that does not exist would leave out nothing.",
    bad=changed("  serve chat", '  without small.hosting because "paid elsewhere"\n  serve chat'),
    good=changed("  serve chat", '  without small.output because "paid elsewhere"\n  serve chat'),
)
NO_CURRENCY = Problem(
    "TCO407",
    "no-such-currency",
    ERROR,
    "A report is in one currency, named by its ISO 4217 code.",
    bad=changed("currency = USD", "currency = dollars"),
    good=plain(),
)
BAD_HORIZON = Problem(
    "TCO408",
    "bad-horizon",
    ERROR,
    "Costs are worked out month by month, over a whole number of months and at most fifty years.",
    bad=changed("horizon = 12 months", "horizon = 45 days"),
    good=plain(),
)
RATE_UNCERTAIN = Problem(
    "TCO409",
    "uncertain-discount-rate",
    ERROR,
    "Discounting is a convention, not a forecast: uncertainty belongs into the flows.",
    bad=changed("horizon = 12 months", "horizon = 12 months\n  discount_rate = 5 to 9%/year"),
    good=changed("horizon = 12 months", "horizon = 12 months\n  discount_rate = 8%/year"),
)
NO_OPTIONS = Problem(
    "TCO410",
    "no-options",
    ERROR,
    "A decision chooses between options.",
    bad=changed('option api "All on the API" {\n  serve chat {\n    small = 100%\n  }\n}\n', ""),
    good=plain(),
)
NOT_OVERRIDABLE = Problem(
    "TCO411",
    "not-overridable",
    ERROR,
    "A scenario changes inputs. A formula that changed would be another model under the same name.",
    bad=added("let half = 0.5\nscenario more {\n  half = 0.6\n}\n"),
    good=added("assume half = 0.5\nscenario more {\n  half = 0.6\n}\n"),
)
_POOL = """cloud_node box "8 GPUs" {
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
_CURVE = "requests = 100k requests/month\n  load_curve = percentiles(p0 = 1, p50 = 2, p99 = 5)"

BY_LOAD_ROUTES = Problem(
    "TCO412",
    "by-load-routes",
    ERROR,
    "Split by load, a deployment of a stated size takes what it can carry at each moment, and a second one takes what "
    "is above.",
    bad=changed(
        "small = 100%", "small = rest", _POOL + "\noption split {\n  serve chat by load {\n    pool = 2\n  }\n}\n"
    ),
    good=changed(
        "requests = 100k requests/month",
        _CURVE,
        _POOL + "\noption split {\n  serve chat by load {\n    pool = 2\n    small = rest\n  }\n}\n",
    ),
)
NO_CURVE = Problem(
    "TCO413",
    "no-load-curve",
    ERROR,
    "What spills over depends on how the load varies, which only a load curve or a profile of 168 hours can say.",
    bad=added(_POOL + "\noption split {\n  serve chat by load {\n    pool = 2\n    small = rest\n  }\n}\n"),
    good=changed(
        "requests = 100k requests/month",
        _CURVE,
        _POOL + "\noption split {\n  serve chat by load {\n    pool = 2\n    small = rest\n  }\n}\n",
    ),
)
NOT_SIZED = Problem(
    "TCO414",
    "cannot-be-sized",
    ERROR,
    "By load, the first route is of a kind that says how busy it is (`busy`), how large (`size`) and how much that can "
    "carry (`capacity`), and serves nothing else in the option.",
    bad=changed(
        "requests = 100k requests/month",
        _CURVE,
        _POOL + "\noption split {\n  serve chat by load {\n    small = 2\n    pool = rest\n  }\n}\n",
    ),
    good=changed(
        "requests = 100k requests/month",
        _CURVE,
        _POOL + "\noption split {\n  serve chat by load {\n    pool = 2\n    small = rest\n  }\n}\n",
    ),
)
OPTIMAL_HERE = Problem(
    "TCO415",
    "optimal-not-here",
    ERROR,
    "`optimal()` stands in place of a share or a size of a route, alone; what it finds can be read from the report.",
    bad=added("let best = optimal()\n"),
    good=changed(
        "requests = 100k requests/month",
        _CURVE,
        _POOL + "\noption split {\n  serve chat by load {\n    pool = optimal()\n    small = rest\n  }\n}\n",
    ),
)
NOTHING_TO_CHOOSE = Problem(
    "TCO416",
    "nothing-to-choose",
    ERROR,
    "`optimal()` chooses between two routes at least.",
    bad=changed("small = 100%", "small = optimal()"),
    good=changed("small = 100%", "small = optimal()\n    pool = optimal()", _POOL),
)
BAD_START = Problem(
    "TCO417",
    "start-inside-month",
    ERROR,
    "Costs are worked out month by month, so a decision starts with the first of one.",
    bad=changed("start = 2026-01", "start = 2026-01-15"),
    good=changed("start = 2026-01", "start = 2026-01-01"),
)
RATE_NEGATIVE = Problem(
    "TCO418",
    "negative-discount-rate",
    ERROR,
    "Discounting makes what is paid later count for less. Below zero it would count for more the later it is, and the "
    "end of the horizon would decide.",
    bad=changed("horizon = 12 months", "horizon = 12 months\n  discount_rate = -2%/year"),
    good=changed("horizon = 12 months", "horizon = 12 months\n  discount_rate = 0%/year"),
)
