"""The checks of a rule pack: what each is called, why it matters, and what to do."""

from __future__ import annotations

from tcolang.base.problem import Example, Problem, Severity, spec
from tcolang.base.record import record

_HEAD = """tco 1
pack mine version "1.0.0"

## From here on.
assume low: share = 20% note "assumed"

criterion calm "Sleep at night" {
  worth = 10k USD/year
}

"""


@record
class Check:
    """One check; `bad` and `good` are statements below the head of a pack."""

    code: str
    name: str
    severity: Severity
    why: str
    remedy: str
    bad: str
    good: str

    @property
    def problem(self) -> Problem:
        return Problem(self.code, self.name, self.severity, self.why, _pack(self.bad), _pack(self.good))


def _pack(text: str) -> Example:
    return spec(_HEAD + text)


def rule(
    name: str, *when: str, then: str = "avoid option on calm by 50%", because: str = "{option}", effect: str = ""
) -> str:
    """A rule of an example; `effect` is a line below `then`."""
    lines = "".join(f"  {line if line.startswith('unless') else 'when ' + line}\n" for line in when)
    below = f"  {effect}\n" if effect else ""
    return f'rule {name} "{name}" {{\n  for each option\n{lines}  then {then}\n{below}  because "{because}"\n}}\n\n'


_SHARE, _LOAD, _UP = "p50(option.vendor_share)", "p50(option.planned_load)", "p50(option.availability)"
_USED = rule("used", "p50(option.relative_utilisation) < low", then="warn")
_SOURCED = """source law "The law" {
  checked = 2026-01-05
  grade = contracted
}

## What the law allows.
assume known: share = 40% source law

"""
_HIGH = rule("high", f"{_SHARE} > 50%")

NEVER = Check(
    "TCO551",
    "rule-never-holds",
    Severity.WARNING,
    "A rule whose conditions exclude each other says nothing, and its author thinks that it does. There is no case in "
    "which it holds, so none is shown.",
    "one of its conditions is turned round, or two rules were made one",
    _USED + rule("never", f"{_SHARE} > 50%", f"{_SHARE} < 40%"),
    _USED + _HIGH,
)
ALWAYS = Check(
    "TCO552",
    "rule-always-holds",
    Severity.WARNING,
    "A rule that holds for every option moves no choice.",
    "say for which options it is meant, or leave the conditions out",
    _USED + rule("always", "option.family == api or option.family != api"),
    _USED + _HIGH,
)
INSIDE = Check(
    "TCO553",
    "rule-inside-another",
    Severity.WARNING,
    "Within a criterion only the strongest argument counts, and a second veto vetoes nothing: the inner one is mute.",
    "remove it, or say what it adds",
    _USED + _HIGH + rule("higher", f"{_SHARE} > 60%"),
    _USED + _HIGH,
)
COVERED = Check(
    "TCO554",
    "rule-covered-by-several",
    Severity.WARNING,
    "Where several rules together say all that a rule says, it adds nothing.",
    "remove it, or say what it adds",
    _USED + _HIGH + rule("lower", f"{_SHARE} <= 50%") + rule("some", f"{_SHARE} > 40%", f"{_SHARE} < 60%"),
    _USED + _HIGH + rule("lower", f"{_SHARE} <= 50%"),
)
CONTRADICTION = Check(
    "TCO555",
    "vetoes-leave-nothing",
    Severity.WARNING,
    "Two vetoes that rule out every option between them leave nothing to recommend.",
    "one of them has to leave something: give it a condition on the case",
    _USED
    + rule("a", "option.family == api", then="veto option")
    + rule("b", "option.family != api", then="veto option"),
    _USED + rule("a", "option.family == api", then="veto option"),
)
GAP = Check(
    "TCO556",
    "gap-between-rules",
    Severity.WARNING,
    "Rules that divide a number between them are taken to cover it: where none speaks, nobody meant it.",
    "make the thresholds meet, or say in a rule that nothing speaks there",
    _USED + rule("under", f"{_SHARE} < 40%") + rule("over", f"{_SHARE} > 50%", then="prefer option on calm by 50%"),
    _USED + rule("under", f"{_SHARE} < 50%") + rule("over", f"{_SHARE} >= 50%", then="prefer option on calm by 50%"),
)
OVERLAP = Check(
    "TCO557",
    "rules-overlap",
    Severity.WARNING,
    "Rules that divide a number between them are taken to exclude each other: where both speak, nobody meant it.",
    "make the thresholds meet",
    _USED + rule("under", f"{_SHARE} < 60%") + rule("over", f"{_SHARE} > 50%", then="prefer option on calm by 50%"),
    _USED + rule("under", f"{_SHARE} < 50%") + rule("over", f"{_SHARE} >= 50%", then="prefer option on calm by 50%"),
)
TWICE = Check(
    "TCO558",
    "argued-twice",
    Severity.WARNING,
    "The same facts count twice where they are argued on two criteria.",
    "keep the criterion that it is about",
    'criterion ease "Ease" {\n  worth = 10k USD/year\n}\n\n'
    + _USED
    + _HIGH
    + rule("again", f"{_SHARE} > 50%", then="avoid option on ease by 50%"),
    _USED + _HIGH,
)
EXCEPTION_OUTSIDE = Check(
    "TCO559",
    "exception-outside-its-rule",
    Severity.WARNING,
    "An exception to what never happens excuses nothing.",
    "one of the two thresholds is wrong, or the exception belongs to another rule",
    _USED + rule("high", f"{_SHARE} > 50%", f"unless small: {_SHARE} < 40%"),
    _USED + rule("high", f"{_SHARE} > 50%", f"unless huge: {_SHARE} > 90%"),
)
EXCEPTIONS_TOGETHER = Check(
    "TCO560",
    "exception-inside-another",
    Severity.WARNING,
    "Where one exception applies whenever another does, it adds nothing, and a reader does not know which one counted.",
    "remove one of them",
    _USED + rule("high", f"{_SHARE} > 50%", f"unless huge: {_SHARE} > 90%", f"unless large: {_SHARE} > 80%"),
    _USED + rule("high", f"{_SHARE} > 50%", f"unless huge: {_SHARE} > 90%"),
)
HARD_THRESHOLD = Check(
    "TCO561",
    "hard-threshold-on-estimate",
    Severity.INFO,
    "A veto that turns on the middle of an estimate flips on a rounding, and is wrong in half of the futures.",
    "compare `p95(…)` or `chance(…)`, or avoid by a ramp, `scale(x, from, to)`",
    _USED + rule("hard", f"{_SHARE} > 50%", then="veto option"),
    _USED + rule("hard", "p95(option.vendor_share) > 50%", then="veto option"),
)
UNSOURCED = Check(
    "TCO562",
    "parameter-without-source",
    Severity.WARNING,
    "A threshold that nobody vouches for cannot be argued with. It is so in every case, so none is shown.",
    'state where it comes from: `source NAME` of a source with a date, or `note "assumed: …"`',
    _USED + "assume other: share = 30%\n\n" + rule("high", f"{_SHARE} > other"),
    _USED + 'assume other: share = 30% note "assumed"\n\n' + rule("high", f"{_SHARE} > other"),
)
UNREAD = Check(
    "TCO563",
    "parameter-unread",
    Severity.WARNING,
    "Whoever changes a parameter that no rule reads thinks that he has changed something. No case tells one value of "
    "it from another, so none is shown.",
    "remove it, or name it in the rule that has the figure written out",
    _HIGH,
    _USED + _HIGH,
)
NOT_DECIDED = Check(
    "TCO564",
    "pack-not-decided",
    Severity.INFO,
    "What has not been looked at to the end is not called clean. A case of it was not found either, so none is shown.",
    "make rules with fewer alternatives of those with many",
    _USED + rule("many", *(f"{_SHARE} > {x}% or {_LOAD} > {x}% or {_UP} < {x}%" for x in range(50, 60))),
    _USED + rule("few", f"{_SHARE} > 50% or {_LOAD} > 50% or {_UP} < 50%"),
)
SCALE_BACKWARDS = Check(
    "TCO566",
    "scale-backwards",
    Severity.WARNING,
    "A rule that begins to hold when a figure rises should argue the more, the further it rises. A scale read "
    "backwards argues most where the rule has just begun to hold, or not at all.",
    "swap `from` and `to`, or turn the condition round",
    _USED + rule("high", f"{_SHARE} > 50%", then=f"avoid option on calm by scale({_SHARE}, 100%, 50%)"),
    _USED + rule("high", f"{_SHARE} > 50%", then=f"avoid option on calm by scale({_SHARE}, 50%, 100%)"),
)
UNREAD_BECAUSE = Check(
    "TCO567",
    "because-names-unread",
    Severity.WARNING,
    "What a reason names is taken for the reason. A value that the rule does not read may be anything when it holds. "
    "Advice may name more: what it would save.",
    "name what the rule reads, or make it a condition",
    _USED + rule("high", f"{_SHARE} > 50%", because=f"{{{_LOAD}}} is planned under {{option}}"),
    _USED + rule("high", f"{_SHARE} > 50%", because=f"{{{_SHARE}}} of {{option}} goes to one vendor"),
)
EXCEPTIONS_OVERLAP = Check(
    "TCO568",
    "exceptions-overlap",
    Severity.INFO,
    "Where two exceptions apply at once, a reader does not know for which of them the rule is silent.",
    "make one of them a condition, or narrow it to where the other does not apply",
    _USED + rule("high", f"{_SHARE} > 50%", f"unless huge: {_SHARE} > 90%", f"unless full: {_LOAD} > 80%"),
    _USED + rule("high", f"{_SHARE} > 50%", f"{_LOAD} <= 80%", f"unless huge: {_SHARE} > 90%"),
)
BESIDE_COST = Check(
    "TCO571",
    "argued-beside-cost",
    Severity.WARNING,
    "Cost is in the score already. An argument from what an option costs, from its volume, or from a fact that a cost "
    "line reads counts it once more.",
    "add `yields to cost`, or argue from what the cost does not contain",
    _USED + rule("dear", "p50(option.tco) > 1M USD"),
    _USED + rule("dear", "p50(option.tco) > 1M USD", effect="yields to cost"),
)
ASSUMED_VETO = Check(
    "TCO572",
    "veto-on-assumption",
    Severity.WARNING,
    "Nothing outweighs a veto, so it should not turn on a figure that nobody has measured, contracted or estimated.",
    "say where the figure comes from, `source NAME` of a better grade; or avoid by a ramp, `scale(x, from, to)`",
    _USED + rule("bound", "p95(option.vendor_share) > low", then="veto option"),
    _SOURCED + _USED + rule("bound", "p95(option.vendor_share) > known", then="veto option"),
)
