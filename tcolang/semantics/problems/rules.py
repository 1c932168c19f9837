"""Findings about criteria, rules and packs."""

from __future__ import annotations

from tcolang.base.problem import Problem, Severity
from tcolang.semantics.problems.examples import added

ERROR = Severity.ERROR

_RULE = """criterion calm "Sleep at night" {
  worth = 10k USD/year
}

rule quiet "Quiet" {
  for each option
  when option.family == api
  then prefer option on calm by 50%
  because "{option} is run by others."
}
"""

NO_WORTH = Problem(
    "TCO541",
    "criterion-without-worth",
    ERROR,
    "Everybody can argue about money a year; nobody can defend a weight of 3.",
    bad=added('criterion calm "Sleep at night" {\n}\n'),
    good=added('criterion calm "Sleep at night" {\n  worth = 10k USD/year\n}\n'),
)
NOT_ITERABLE = Problem(
    "TCO542",
    "not-iterable",
    ERROR,
    "A rule speaks of each option, or of each option and workload.",
    bad=added(_RULE.replace("for each option", "for each option, team")),
    good=added(_RULE),
)
RULE_INCOMPLETE = Problem(
    "TCO543",
    "rule-incomplete",
    ERROR,
    "A rule has one effect and one reason; without a reason nobody can argue with it.",
    bad=added(_RULE.replace('  because "{option} is run by others."\n', "")),
    good=added(_RULE),
)
NOT_AN_OPTION = Problem(
    "TCO544",
    "not-an-option",
    ERROR,
    "What a rule vetoes, prefers or avoids is the option it ranges over.",
    bad=added(_RULE.replace("prefer option", "prefer workload")),
    good=added(_RULE),
)
UNKNOWN_CRITERION = Problem(
    "TCO545",
    "unknown-criterion",
    ERROR,
    "An argument counts for a criterion, which says what it is worth.",
    bad=added(_RULE.replace("option on calm", "option on clam")),
    good=added(_RULE),
)
YIELDS_TO_COST = Problem(
    "TCO546",
    "yields-to-cost-only",
    ERROR,
    "A rule of thumb steps back where the cost has been computed; there is nothing else to step back for.",
    bad=added(_RULE.replace("  because", "  yields to speed\n  because")),
    good=added(_RULE.replace("  because", "  yields to cost\n  because")),
)
NO_PACK_LINE = Problem(
    "TCO547",
    "not-a-pack",
    ERROR,
    "A pack has a version, which the report names beside its hash.",
    bad=added("use mine\n", ("mine.tco", "tco 1\n\nassume x = 1\n")),
    good=added("use mine\n", ("mine.tco", 'tco 1\n\npack mine version "1.0.0"\n\nassume x = 1\n')),
)
EXPIRED = Problem(
    "TCO548",
    "expired-override",
    ERROR,
    "A departure from a pack ends on a date, so that somebody looks at it again.",
    bad=added(
        'override self_host_or_api.volume_low_below = 5M tokens/day because "our bill" by "CTO" until 2020-01-01\n'
    ),
    good=added(
        'override self_host_or_api.volume_low_below = 5M tokens/day because "our bill" by "CTO" until 2030-01-01\n'
    ),
)
MATCHES_NOTHING = Problem(
    "TCO549",
    "override-matches-nothing",
    ERROR,
    "An override that matches nothing was meant for something that has another name by now.",
    bad=added('without self_host_or_api.no_such_rule because "x" by "CTO" until 2030-01-01\n'),
    good=added('without self_host_or_api.review_due because "x" by "CTO" until 2030-01-01\n'),
)
NOT_ALLOWABLE = Problem(
    "TCO550",
    "not-allowable",
    ERROR,
    "What is wrong cannot be allowed; what is a matter of judgement can, with a reason and an end.",
    bad=added('allow TCO203 "we like it so" until 2030-01-01\n'),
    good=added('allow TCO303 "the price is fixed by contract" until 2030-01-01\n'),
)


def _needing(least: str) -> str:
    return f'use mine from "{least}"\n'


_MINE = ("mine.tco", 'tco 1\n\npack mine version "1.2.0"\n')
PACK_TOO_OLD = Problem(
    "TCO565",
    "pack-too-old",
    ERROR,
    "Rules and parameters come and go with versions. What was written for a newer pack would be judged by rules that "
    "are not there.",
    bad=added(_needing("1.10.0"), _MINE),
    good=added(_needing("1.2.0"), _MINE),
)
