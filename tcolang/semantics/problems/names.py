"""Findings about names: unknown ones, doubled ones, and ones of the wrong sort."""

from __future__ import annotations

from tcolang.base.problem import Problem, Severity
from tcolang.semantics.problems.examples import added, changed, plain

ERROR = Severity.ERROR

_POOL = """kind pool : deployment {
  custody: custody = cloud_tenant
  price: money/month
  cost rent as compute = price
}
"""

UNKNOWN_NAME = Problem(
    "TCO101",
    "unknown-name",
    ERROR,
    "Nothing is guessed: a name that is declared nowhere would silently count as zero.",
    bad=added("assume tickets: number = 100\nlet double = tikets * 2\n"),
    good=added("assume tickets: number = 100\nlet double = tickets * 2\n"),
)
DECLARED_TWICE = Problem(
    "TCO102",
    "declared-twice",
    ERROR,
    "A name means one thing in a file. There is no shadowing, so a reader never asks which one is meant.",
    bad=added("let limit = 1\nlet limit = 2\n"),
    good=added("let limit = 1\nlet other_limit = 2\n"),
)
UNKNOWN_ATTRIBUTE = Problem(
    "TCO103",
    "unknown-attribute",
    ERROR,
    "A kind says what its components state. A misspelt attribute would be ignored, and the default used instead.",
    bad=changed("vendor =", "vender ="),
    good=plain(),
)
MISSING_ATTRIBUTE = Problem(
    "TCO104",
    "missing-attribute",
    ERROR,
    "An attribute without a default has to be stated: unknown is never zero.",
    bad=changed("  output_tokens = 200 tokens/request\n", ""),
    good=plain(),
)
UNKNOWN_KIND = Problem(
    "TCO105",
    "unknown-kind",
    ERROR,
    "A block starts with the kind of what it describes: a standard one, or one that the project declares.",
    bad=changed("hosted_model small", "hosted_mdel small"),
    good=plain(),
)
WRONG_KIND = Problem(
    "TCO106",
    "wrong-kind",
    ERROR,
    "A reference names a component of one kind, or with one role: deployments serve, and workloads are served.",
    bad=changed("small = 100%", "chat = 100%"),
    good=plain(),
)
SET_TWICE = Problem(
    "TCO107",
    "set-twice",
    ERROR,
    "One value, one line; a value that changes over time has a date in every line.",
    bad=changed("  vendor =", "  input_price = 0.50 USD per 1M tokens\n  vendor ="),
    good=plain(),
)
UNKNOWN_SOURCE = Problem(
    "TCO108",
    "unknown-source",
    ERROR,
    "A figure's source is a statement of its own, so that its date and grade are in the report.",
    bad=changed("0.40 USD per 1M tokens", "0.40 USD per 1M tokens source price_list"),
    good=changed(
        "0.40 USD per 1M tokens",
        "0.40 USD per 1M tokens source price_list",
        'source price_list "Public price list" {\n  checked = 2026-01-05\n  grade = contracted\n}\n',
    ),
)
UNKNOWN_FUNCTION = Problem(
    "TCO109",
    "unknown-function",
    ERROR,
    "Functions are those of the language; a spec declares none of its own.",
    bad=added("let size = cieling(2.5)\n"),
    good=added("let size = ceil(2.5)\n"),
)
BAD_ARGUMENTS = Problem(
    "TCO110",
    "bad-arguments",
    ERROR,
    "A function takes what its signature says, by position or by name.",
    bad=added("let later = grow(5)\n"),
    good=added("let later = grow(5, 3%/month)\n"),
)
UNKNOWN_CHOICE = Problem(
    "TCO111",
    "unknown-choice",
    ERROR,
    "A choice has the values it was declared with, no others.",
    bad=changed("  requests =", "  data_class = secret\n  requests ="),
    good=changed("  requests =", "  data_class = restricted\n  requests ="),
)
UNKNOWN_ROLE = Problem(
    "TCO112",
    "unknown-role",
    ERROR,
    "There are three roles: a workload has flows, a deployment serves them, staffing is assigned people.",
    bad=added("kind team : staff {\n  cost_per_month: money/month\n}\n"),
    good=added("kind team : staffing {\n  cost_per_month: money/month\n}\n"),
)
ROLE_UNMET = Problem(
    "TCO113",
    "role-unmet",
    ERROR,
    "A role is a contract: options route what says how much it is to what says where its data goes.",
    bad=added("kind pool : deployment {\n  price: money/month\n  cost rent as compute = price\n}\n"),
    good=added(_POOL),
)
UNKNOWN_CATEGORY = Problem(
    "TCO114",
    "unknown-category",
    ERROR,
    "Cost lines fall into a closed list of categories, so that options can be compared and hidden costs found.",
    bad=added(_POOL.replace("as compute", "as computing")),
    good=added(_POOL),
)
NAME_IN_BOTH = Problem(
    "TCO115",
    "name-in-both",
    ERROR,
    "Inside `served.sum(…)` names are those of the workload, then of the deployment; one that is both could be meant "
    "either way.",
    bad=added(
        "kind pool : deployment {\n  custody: custody = cloud_tenant\n  input_tokens: token/request\n"
        "  let work = served.sum(requests * input_tokens)\n}\n"
    ),
    good=added(
        "kind pool : deployment {\n  custody: custody = cloud_tenant\n  longest: token/request\n"
        "  let work = served.sum(requests * input_tokens)\n}\n"
    ),
)
NOT_SERVED = Problem(
    "TCO116",
    "nothing-served-here",
    ERROR,
    "Only a deployment receives work, so only the formulas of one can ask how much is served.",
    bad=added("kind box {\n  price: money/month\n  let work = served.sum(requests)\n}\n"),
    good=added(
        "kind box : deployment {\n  custody: custody = own_site\n  price: money/month\n"
        "  let work = served.sum(requests)\n}\n"
    ),
)
RESULT_IN_COST = Problem(
    "TCO117",
    "result-in-cost",
    ERROR,
    "Costs are worked out before any result, and each future pays its own. A cost that read a total would go round.",
    bad=changed("  serve chat", "  cost share as other = api.tco / 12 months\n  serve chat"),
    good=changed("  serve chat", "  cost share as other = 100 USD/month\n  serve chat"),
)
TOO_EARLY = Problem(
    "TCO118",
    "too-early",
    ERROR,
    "The recommendation is what rules lead to, so rules and formulas cannot ask for it.",
    bad=added("let winner = hello.recommendation == api\n"),
    good=added("expect hello.recommendation == api\n"),
)
NOT_HERE = Problem(
    "TCO119",
    "not-here",
    ERROR,
    "Each block has its own few statements; one that stands in the wrong block would have no effect.",
    bad=changed("  vendor =", "  cost extra as other = 5 USD/month\n  vendor ="),
    good=changed("  serve chat", "  cost extra as other = 5 USD/month\n  serve chat"),
)
STANDARD_KIND = Problem(
    "TCO120",
    "standard-kind",
    ERROR,
    "A reader of any spec knows what a standard kind is, so a project cannot give its name to another.",
    bad=added("kind server {\n  price: money/month\n}\n"),
    good=added("kind blade {\n  price: money/month\n}\n"),
)
RESERVED = Problem(
    "TCO126",
    "reserved-name",
    ERROR,
    "A few words have a meaning of their own in formulas and rules.",
    bad=added("let base = 1\n"),
    good=added("let basis = 1\n"),
)
TWO_DECISIONS = Problem(
    "TCO127",
    "two-decisions",
    ERROR,
    "A program asks one question, so that its report has one answer.",
    bad=added("decision again {\n  currency = USD\n  start = 2026-01\n  horizon = 12 months\n}\n"),
    good=plain(),
)
BAD_SOURCE = Problem(
    "TCO128",
    "bad-source",
    ERROR,
    "A source says where it is, when it was looked at and how good it is.",
    bad=added('source list "Price list" {\n  grade = excellent\n}\n'),
    good=added('source list "Price list" {\n  grade = contracted\n}\n'),
)
UNKNOWN_SCENARIO = Problem(
    "TCO129",
    "unknown-scenario",
    ERROR,
    "`under` and `extends` name a scenario of the spec.",
    bad=added('assume n = 1\nscenario twice {\n  n = base * 2\n}\ntest "t" {\n  under twise\n  expect n == 2\n}\n'),
    good=added('assume n = 1\nscenario twice {\n  n = base * 2\n}\ntest "t" {\n  under twice\n  expect n == 2\n}\n'),
)
EMPTY_TEST = Problem(
    "TCO130",
    "empty-test",
    ERROR,
    "A test that expects nothing passes whatever happens.",
    bad=added('test "nothing" {\n  given chat.requests = 1k requests/month\n}\n'),
    good=added('test "cheap" {\n  given chat.requests = 1k requests/month\n  expect api.tco < 100 USD\n}\n'),
)
CYCLE = Problem(
    "TCO140",
    "cycle",
    ERROR,
    "A value that depends on itself has no order in which it could be worked out.",
    bad=added("let a = b + 1\nlet b = 2 * a\n"),
    good=added("let a = 1\nlet b = 2 * a\n"),
)
KIND_IN_ITSELF = Problem(
    "TCO132",
    "kind-contains-itself",
    ERROR,
    "What an option reaches is followed from component to component, so kinds that refer to each other in a circle "
    "would have no end.",
    bad=added("kind rack {\n  beside: a rack\n}\n"),
    good=added("kind rack {\n  inside: a site\n}\n"),
)
