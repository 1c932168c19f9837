"""Findings about units, types, currencies and intervals."""

from __future__ import annotations

from tcolang.base.problem import Problem, Severity
from tcolang.semantics.problems.examples import added, changed, plain

ERROR = Severity.ERROR

UNKNOWN_UNIT = Problem(
    "TCO201",
    "unknown-unit",
    ERROR,
    "A unit that is not known cannot be converted, and a wrong factor would be invisible in the result.",
    bad=changed("100k requests/month", "100k requests/mnth"),
    good=plain(),
)
UNLIKE = Problem(
    "TCO202",
    "unlike-quantities",
    ERROR,
    "Only quantities of the same dimension can be added, subtracted or compared.",
    bad=added("let sum = chat.requests + chat.input_tokens\n"),
    good=added("let sum = chat.input_tokens + chat.output_tokens\n"),
)
NOT_A_COST = Problem(
    "TCO203",
    "cost-not-per-time",
    ERROR,
    "The cost lines of an option are added up month by month.",
    bad=changed("  serve chat", "  cost setup as one_off = 5k USD\n  serve chat"),
    good=changed("  serve chat", "  cost setup as one_off = once(5k USD, at = 2026-02)\n  serve chat"),
)
WRONG_TYPE = Problem(
    "TCO204",
    "wrong-type",
    ERROR,
    "A value measures what its kind, or its own line, says it does: a price per hour is not a price per month.",
    bad=added('role ml "ML engineer" {\n  salary = 90k USD/year\n}\n'),
    good=added('role ml "ML engineer" {\n  salary = 90k USD/year-FTE\n}\n'),
)
NO_RATE = Problem(
    "TCO205",
    "no-exchange-rate",
    ERROR,
    "Amounts in two currencies cannot be added without a rate, and rates are dated data in the repository.",
    bad=changed("0.40 USD per 1M tokens", "0.40 XAF per 1M tokens"),
    good=changed(
        "0.40 USD per 1M tokens",
        "240 XAF per 1M tokens",
        'fx XAF from 2025-01-01 = 0.0016 USD note "central bank"\n',
    ),
)
BAD_RATE = Problem(
    "TCO206",
    "bad-exchange-rate",
    ERROR,
    "A rate says what one unit of a currency is worth in another.",
    bad=added("fx EUR from 2026-01-01 = 1.1\n"),
    good=added("fx EUR from 2026-01-01 = 1.1 USD\n"),
)
ENDS_DIFFER = Problem(
    "TCO207",
    "ends-differ",
    ERROR,
    "Both ends of an interval are the same quantity.",
    bad=changed("800 tokens/request", "500 tokens/month to 800 tokens/request"),
    good=changed("800 tokens/request", "500 to 800 tokens/request"),
)
BAD_INTERVAL = Problem(
    "TCO208",
    "bad-interval",
    ERROR,
    "`a to b` is the range between the 5th and the 95th percentile. What the value can be decides its family: a share "
    "stays inside 0–100 %, an amount above zero stays above zero; an end of exactly zero fits neither.",
    bad=changed("800 tokens/request", "0 to 800 tokens/request"),
    good=changed("800 tokens/request", "100 to 800 tokens/request"),
)
NOT_A_GROWTH = Problem(
    "TCO209",
    "not-a-growth",
    ERROR,
    "A growth compounds, so it has to say over which period it was stated.",
    bad=added("assume rise: growth = 5%\n"),
    good=added("assume rise: growth = 5%/year\n"),
)
GROWTH_ARITHMETIC = Problem(
    "TCO210",
    "growth-arithmetic",
    ERROR,
    "A growth compounds: adding two of them, or adding one to an amount, gives neither.",
    bad=added("assume rise: growth = 5%/year\nlet more = 100 + rise\n"),
    good=added("assume rise: growth = 5%/year\nlet more = grow(100, rise)\n"),
)
WRONG_CONVERSION = Problem(
    "TCO211",
    "wrong-conversion",
    ERROR,
    "`as` shows a value in another unit of the same dimension.",
    bad=added("let daily = chat.requests as tokens/day\n"),
    good=added("let daily = chat.requests as requests/day\n"),
)
NOT_ORDERED = Problem(
    "TCO212",
    "not-ordered",
    ERROR,
    "Only choices that are declared as ordered can be more or less than each other.",
    bad=added('rule r "R" {\n  for each option\n  when option.family > api\n  then warn\n  because "x"\n}\n'),
    good=added('rule r "R" {\n  for each option\n  when option.family == api\n  then warn\n  because "x"\n}\n'),
)
NOT_A_FLAG = Problem(
    "TCO213",
    "not-a-condition",
    ERROR,
    "A condition is true or false; a quantity is neither.",
    bad=added("let size = if chat.requests then 1 else 2\n"),
    good=added("let size = if chat.requests > 1k requests/month then 1 else 2\n"),
)
UNIT_AS_NAME = Problem(
    "TCO214",
    "unit-as-name",
    ERROR,
    "Units and names never share a namespace: a unit stands right behind a number.",
    bad=added("let rate = 5 USD / hour\n"),
    good=added("let rate = 5 USD/hour\n"),
)
ONLY_IN_COSTS = Problem(
    "TCO215",
    "payment-outside-cost",
    ERROR,
    "A payment has two views, cash when it is due and charge over its life. Only a cost line is evaluated for both.",
    bad=added("let setup = once(5k USD, at = 2026-02)\n"),
    good=changed("  serve chat", "  cost setup as one_off = once(5k USD, at = 2026-02)\n  serve chat"),
)
NOT_LINEAR = Problem(
    "TCO216",
    "payment-not-linear",
    ERROR,
    "Cash and charge reconcile only where a payment is added up or multiplied, not where it is rounded or divided by.",
    bad=changed("  serve chat", "  cost setup as one_off = max(once(5k USD, at = 2026-02), 1 USD/month)\n  serve chat"),
    good=changed("  serve chat", "  cost setup as one_off = 2 * once(5k USD, at = 2026-02)\n  serve chat"),
)
WRONG_ARGUMENT = Problem(
    "TCO217",
    "wrong-argument",
    ERROR,
    "An argument has the dimension that the function's signature says.",
    bad=added("let size = ceil(2.5 GPU)\n"),
    good=added("let size = ceil(2.5)\n"),
)
NOT_LITERAL = Problem(
    "TCO218",
    "distribution-not-literal",
    ERROR,
    "A distribution is stated in numbers, so that a reviewer sees it; formulas scale it afterwards.",
    bad=added("assume x = 3\nassume y = uniform(1, x)\n"),
    good=added("assume x = 3\nassume y = uniform(1, 3)\n"),
)
DATES_FALL = Problem(
    "TCO219",
    "dates-not-rising",
    ERROR,
    "A history has one line per change, the newest last.",
    bad=changed(
        "input_price = 0.40 USD per 1M tokens",
        "input_price from 2026-03 = 0.30 USD per 1M tokens\n  input_price from 2025-01 = 0.40 USD per 1M tokens",
    ),
    good=changed(
        "input_price = 0.40 USD per 1M tokens",
        "input_price from 2025-01 = 0.40 USD per 1M tokens\n  input_price from 2026-03 = 0.30 USD per 1M tokens",
    ),
)
SHARE_OUTSIDE = Problem(
    "TCO220",
    "share-outside",
    ERROR,
    "A share lies between 0 and 100 %.",
    bad=changed("  output_tokens", "  cached_share = 120%\n  output_tokens"),
    good=changed("  output_tokens", "  cached_share = 20%\n  output_tokens"),
)
BAD_CORRELATION = Problem(
    "TCO221",
    "bad-correlation",
    ERROR,
    "A rank correlation lies between -1 and 1, holds between two different uncertain values, and a set of them must be "
    "possible together.",
    bad=added("assume a = 1 to 2\nassume b = 1 to 2\ncorrelate a, b = 1.5\n"),
    good=added("assume a = 1 to 2\nassume b = 1 to 2\ncorrelate a, b = 0.5\n"),
)
BAD_UNIT = Problem(
    "TCO222",
    "bad-unit-declaration",
    ERROR,
    "A unit of one's own is so much of a known unit, or something that is measured in nothing else.",
    bad=added("unit token = 2 requests\n"),
    good=added("unit ticket = 6 requests\n"),
)
MONEY_LITERAL = Problem(
    "TCO225",
    "currency-not-named",
    ERROR,
    "`money` is a dimension: a kind says with it what an attribute measures. An amount is in a currency.",
    bad=added("let fee = 5 money\n"),
    good=added("let fee: money = 5 USD\n"),
)
POWER_OF_UNIT = Problem(
    "TCO228",
    "power-of-unit",
    ERROR,
    "Nothing is measured in a high power of a unit, and the unit of such a value could not even be written down.",
    bad=added("let odd = chat.requests ^ 20\n"),
    good=added("let even = (chat.requests / 1 request/month) ^ 20\n"),
)
WORD_WITH_DATE = Problem(
    "TCO229",
    "word-with-date",
    ERROR,
    "Amounts can change over time. A choice, a text, a reference or a list holds for the whole horizon: rules and "
    "routing are judged once, not every month.",
    bad=changed("  requests =", "  data_class from 2026-06 = restricted\n  requests ="),
    good=changed("  requests =", "  data_class = restricted\n  requests ="),
)
