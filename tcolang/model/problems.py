"""Findings about the model as a whole: cycles, months without a value, conditions that are no yes or no."""

from __future__ import annotations

from tcolang.base.problem import Problem, Severity
from tcolang.semantics.problems.examples import added, changed, plain

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_SERVER = """site hall {
  power_price = 0.2 USD/kWh
  rack_price = 900 USD/month
}

server box {
  gpus = 8 GPU
  price = 250k USD
  power = 8 kW
  site = hall
}

owned_pool onprem {
  server = box
  custody = own_site
  prefill = 30k tokens/second
  decode = 5k tokens/second
}

option own {
  serve chat {
    onprem = 100%
  }
}
"""

NOT_IN_OPTION = Problem(
    "TCO141",
    "not-in-option",
    ERROR,
    "How much a deployment serves depends on the option, so what is worked out from it is asked of the option.",
    bad=added(_SERVER + "\nlet boxes = onprem.servers\n"),
    good=added(_SERVER + "\nlet boxes = own.onprem.servers\n"),
)
WORKLOAD_LACKS = Problem(
    "TCO142",
    "workload-lacks-name",
    ERROR,
    "A deployment's formulas speak of the workloads routed to it, so each of these has to have what they name.",
    bad=added(
        "kind job : workload {\n  requests: request/month\n  peak_to_average: number = 2\n"
        "  let tokens = requests * 10 tokens/request\n}\n\njob nightly {\n  requests = 5k requests/month\n}\n\n"
        "option batch {\n  serve nightly {\n    small = 100%\n  }\n}\n"
    ),
    good=plain(),
)
UNCERTAIN_CONDITION = Problem(
    "TCO231",
    "uncertain-condition",
    ERROR,
    "A comparison of uncertain values is true in some futures and false in others: it is no yes or no.",
    bad=changed(
        "100k requests/month",
        "50k to 150k requests/month",
        'rule r "R" {\n  for each option\n  when option.tco > 1k USD\n  then warn\n  because "{option} is dear."\n}\n',
    ),
    good=changed(
        "100k requests/month",
        "50k to 150k requests/month",
        'rule r "R" {\n  for each option\n  when p50(option.tco) > 1k USD\n  then warn\n  because "It is dear."\n}\n',
    ),
)
MONTHLY_CONDITION = Problem(
    "TCO232",
    "monthly-condition",
    ERROR,
    "A value that has a number for every month is compared with one number only after it has been summed up.",
    bad=changed("100k requests/month", "grow(100k requests/month, 3%/month)", "expect api.tokens > 100k tokens/day\n"),
    good=changed(
        "100k requests/month",
        "grow(100k requests/month, 3%/month)",
        "expect first_year(api.tokens) > 100k tokens/day\n",
    ),
)
DIVIDES_BY_ZERO = Problem(
    "TCO233",
    "divisor-around-zero",
    ERROR,
    "Where a divisor can be zero, the quotient can be anything, and its mean does not exist.",
    bad=added("assume drift = -1 to 2\nlet ratio = 10 / drift\n"),
    good=added("assume drift = 1 to 2\nlet ratio = 10 / drift\n"),
)
BEFORE_FIRST = Problem(
    "TCO301",
    "before-first-date",
    ERROR,
    "A dated value says nothing about the time before its first date, and a price that is not known is not zero.",
    bad=changed("input_price = 0.40", "input_price from 2026-03-01 = 0.40"),
    good=changed("input_price = 0.40", "input_price from 2025-11-01 = 0.40"),
)
CARRIED_FORWARD = Problem(
    "TCO303",
    "carried-forward",
    WARNING,
    "The last value of a history holds until the end. More than a year beyond its date that is an assumption of its "
    "own, and prices rarely stand still.",
    bad=changed("input_price = 0.40 USD per 1M tokens", "input_price from 2024-01-01 = 0.40 USD per 1M tokens"),
    good=changed("input_price = 0.40 USD per 1M tokens", "input_price from 2024-01-01 = 0.40 USD per 1M tokens flat"),
)
UNKNOWN_IN_COST = Problem(
    "TCO420",
    "unknown-in-cost",
    ERROR,
    "A cost that rests on an unknown is unknown, and an option with an unknown cost cannot be compared.",
    bad=changed("  serve chat", "  cost failures as other = chat.requests * 1% * chat.failure_cost\n  serve chat"),
    good=changed(
        "  serve chat",
        "  cost failures as other = chat.requests * 1% * (chat.failure_cost ?? 0 USD/request)\n  serve chat",
    ),
)
UNEQUAL_SERVICE = Problem(
    "TCO421",
    "unequal-service",
    WARNING,
    "Options that serve different workloads do different work; the one that does less looks cheaper.",
    bad=added(
        "workload search {\n  requests = 10k requests/month\n  input_tokens = 100 tokens/request\n"
        "  output_tokens = 10 tokens/request\n}\n\noption both {\n  serve chat {\n    small = 100%\n  }\n"
        "  serve search {\n    small = 100%\n  }\n}\n"
    ),
    good=plain(),
)
UNEQUAL_EXCLUSIONS = Problem(
    "TCO422",
    "unequal-exclusions",
    WARNING,
    "Options that leave out different costs are compared on different terms.",
    bad=added('option other {\n  serve chat {\n    small = 100%\n  }\n  without small.output because "a test"\n}\n'),
    good=plain(),
)
UNSERVED = Problem(
    "TCO423",
    "unserved-before-go-live",
    WARNING,
    "Until an option is live somebody has to serve its workloads, or they go unserved, which also makes it cheaper.",
    bad=changed("  serve chat", "  lead_time = 2 months\n  serve chat"),
    good=changed("  serve chat", "  lead_time = 2 months\n  bridge = small\n  serve chat"),
)
OUTSIDE_HORIZON = Problem(
    "TCO424",
    "payment-outside-horizon",
    WARNING,
    "A payment before the start or after the horizon is in no total.",
    bad=changed("  serve chat", "  cost setup as one_off = once(5k USD, at = 2025-02)\n  serve chat"),
    good=changed("  serve chat", "  cost setup as one_off = once(5k USD, at = 2026-02)\n  serve chat"),
)
IMPOSSIBLE_CORRELATIONS = Problem(
    "TCO223",
    "impossible-correlations",
    ERROR,
    "Rank correlations have to be possible together: what rises with two others cannot leave these two opposed.",
    bad=added(
        "assume a = 1 to 2\nassume b = 1 to 2\nassume c = 1 to 2\n"
        "correlate a, b = 0.9\ncorrelate b, c = 0.9\ncorrelate a, c = -0.9\n"
    ),
    good=added(
        "assume a = 1 to 2\nassume b = 1 to 2\nassume c = 1 to 2\n"
        "correlate a, b = 0.9\ncorrelate b, c = 0.9\ncorrelate a, c = 0.8\n"
    ),
)
NOT_UNCERTAIN = Problem(
    "TCO224",
    "correlates-certain-value",
    ERROR,
    "Only values with an interval or a distribution of their own can rise and fall together.",
    bad=added("assume a = 1 to 2\nassume b = 3\ncorrelate a, b = 0.9\n"),
    good=added("assume a = 1 to 2\nassume b = 3 to 4\ncorrelate a, b = 0.9\n"),
)

REQUIREMENT_FAILED = Problem(
    "TCO430",
    "requirement-failed",
    ERROR,
    "A kind says what has to hold for its components, in every month and every future: nothing sells for more than it "
    "cost, nothing lives for no time.",
    bad=changed(
        "  serve chat",
        "  uses = [desk]\n  serve chat",
        'kind table {\n  legs: number\n  rent: money/month\n  require legs >= 3 because "it would fall over"\n'
        "  cost rent_paid as other = rent\n}\n\ntable desk {\n  legs = 2\n  rent = 5 USD/month\n}\n",
    ),
    good=changed(
        "  serve chat",
        "  uses = [desk]\n  serve chat",
        'kind table {\n  legs: number\n  rent: money/month\n  require legs >= 3 because "it would fall over"\n'
        "  cost rent_paid as other = rent\n}\n\ntable desk {\n  legs = 4\n  rent = 5 USD/month\n}\n",
    ),
)
WORD_DEPENDS = Problem(
    "TCO234",
    "word-depends-on-amount",
    ERROR,
    "Which component is meant, or where data goes, is settled before anything is calculated: it is the same in every "
    "month and every future.",
    bad=changed(
        "hosted_model small",
        "kind endpoint : deployment {\n  price: money/month\n"
        "  let custody: custody = if price > 1k USD/month then cloud_tenant else marketplace\n"
        "  cost rent as compute = price\n}\n\nendpoint other {\n  price = 2k USD/month\n}\n\nhosted_model small",
    ),
    good=changed(
        "hosted_model small",
        "kind endpoint : deployment {\n  price: money/month\n  plan: one of own, shared\n"
        "  let custody: custody = if plan == own then cloud_tenant else marketplace\n"
        "  cost rent as compute = price\n}\n\nendpoint other {\n  price = 2k USD/month\n  plan = own\n}\n\n"
        "hosted_model small",
    ),
)

_FORMULAS = "".join(f"  let f{i} = {i}\n" for i in range(110))
_BOXES = "".join(f"box b{i} {{\n}}\n" for i in range(1000))
TOO_MANY_VALUES = Problem(
    "TCO143",
    "too-many-values",
    ERROR,
    "A model may have 100,000 values: one for each formula of each component, in each option that runs it. A spec "
    "from a stranger costs bounded time and memory.",
    bad=added(f"kind box {{\n{_FORMULAS}}}\n\n{_BOXES}"),
    good=added(f"kind box {{\n{_FORMULAS}}}\n\nbox b0 {{\n}}\n"),
)

_WEEK = ", ".join(["1", "2", "4"] * 56)
BAD_PROFILE = Problem(
    "TCO235",
    "bad-profile",
    ERROR,
    "A profile has a number for each of the 168 hours of a week, none below zero and not all of them zero: the peak is "
    "read off it.",
    bad=changed("  requests =", f"  profile = [{_WEEK}, 4]\n  requests ="),
    good=changed("  requests =", f"  profile = [{_WEEK}]\n  requests ="),
)
PREFERENCE_FAILED = Problem(
    "TCO431",
    "preference-failed",
    WARNING,
    "A kind says what had better hold for its components: beyond it figures are less sure, or service is worse. What "
    "is meant can be allowed, with a reason.",
    bad=changed(
        "  serve chat",
        "  uses = [desk]\n  serve chat",
        'kind table {\n  legs: number\n  rent: money/month\n  should legs >= 3 because "it would fall over"\n'
        "  cost rent_paid as other = rent\n}\n\ntable desk {\n  legs = 2\n  rent = 5 USD/month\n}\n",
    ),
    good=changed(
        "  serve chat",
        "  uses = [desk]\n  serve chat",
        'kind table {\n  legs: number\n  rent: money/month\n  should legs >= 3 because "it would fall over"\n'
        "  cost rent_paid as other = rent\n}\n\ntable desk {\n  legs = 4\n  rent = 5 USD/month\n}\n",
    ),
)
