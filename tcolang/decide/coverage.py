"""What tests say of rules: in which each held, failed or was unknown, and which small changes of it they notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tcolang.base.record import field, record, state
from tcolang.base.source import Span
from tcolang.decide.conditions import judge, leaves
from tcolang.decide.decide import decided_by
from tcolang.decide.decision import ConditionRecord, Decision, RuleRecord, Truth
from tcolang.decide.expectations import late_values
from tcolang.decide.mutants import SHIFT, Mutant, changed, mutants_of
from tcolang.decide.plan import plan_of
from tcolang.decide.reading import Read, reader
from tcolang.decide.rules import judge_rules
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel, RuleCase
from tcolang.semantics.program import Rule

MOST_DECISIONS = 1_000
"""How often a decision is made anew under a change; what is not tried for that is said not to be."""
_ORDERED = ("<", "<=", ">", ">=")
_SAME = 1e-9
CHOOSING = ("veto", "prefer", "avoid")
"""A test can notice a change of these: what is only remarked changes no recommendation."""


@record
class Run:
    """A test as it came out. `late` is what its expectations could ask of the decision."""

    title: str
    model: CostModel
    evaluation: Evaluation
    decision: Decision
    late: Mapping[str, object]
    passed: bool


@record
class ConditionCoverage:
    """A comparison or flag of a rule: how it came out in any test, and (of a threshold) whether a figure was tried just
    under it, at it and just over it, all within the size of a shift."""

    text: str
    span: Span
    exception: str
    results: tuple[Truth, ...]
    threshold: bool
    near: tuple[str, ...]


@record
class MutantCoverage:
    """`killed_by` names the tests that fail when the change is made. `tried`: it was made in every test."""

    text: str
    span: Span
    killed_by: tuple[str, ...]
    tried: bool


@record
class RuleCoverage:
    """The titles of the tests in which it held, failed or was unknown, for any option."""

    rule: str
    title: str
    action: str
    span: Span
    held: tuple[str, ...]
    failed: tuple[str, ...]
    unknown: tuple[str, ...]
    conditions: tuple[ConditionCoverage, ...]
    mutants: tuple[MutantCoverage, ...]


@record
class OptionCoverage:
    """The titles of the tests in which an option was recommended, and in which it was vetoed."""

    option: str
    recommended: tuple[str, ...]
    vetoed: tuple[str, ...]


@record
class Coverage:
    """Of all rules in force, those of the spec first. `failing` tests do not count: they notice nothing."""

    tests: tuple[str, ...]
    failing: tuple[str, ...]
    rules: tuple[RuleCoverage, ...]
    options: tuple[OptionCoverage, ...]

    @property
    def mutants(self) -> tuple[MutantCoverage, ...]:
        return tuple(mutant for rule in self.rules for mutant in rule.mutants)

    @property
    def killed(self) -> int:
        return sum(bool(mutant.killed_by) for mutant in self.mutants)

    @property
    def score(self) -> int | None:
        """Percent of the changes tried that some test notices, rounded down; None where there are none."""
        tried = [mutant for mutant in self.mutants if mutant.tried or mutant.killed_by]
        return 100 * self.killed // len(tried) if tried else None


def coverage(rules: Sequence[Rule], main: str, runs: Sequence[Run]) -> Coverage:
    """`main` is the path of the spec, whose own rules come first. The work is bounded by a count, so that the same
    spec gives the same answer on every machine."""
    good = [_tried(run) for run in runs if run.passed]
    ordered = sorted(rules, key=lambda rule: rule.span.file.path != main)
    budget = [MOST_DECISIONS]
    return Coverage(
        tests=tuple(run.title for run in runs),
        failing=tuple(run.title for run in runs if not run.passed),
        rules=tuple(_rule(rule, good, budget) for rule in ordered),
        options=tuple(_options(runs)),
    )


@state
class _Tried:
    """A run with the cases of each rule and their places, and what was found out so far: whether expectations break,
    by rule and by what a change makes of it."""

    run: Run
    read: Read
    cases: Mapping[str, Sequence[tuple[int, RuleCase]]]
    known: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def records(self, rule: str) -> list[RuleRecord]:
        return [self.run.decision.rules[place] for place, _ in self.cases.get(rule, ())]

    def notices(self, mutant: Mutant, budget: list[int]) -> bool | None:
        """Whether an expectation is broken by a change; None where this is no longer tried."""
        before = self.records(mutant.rule)
        after: list[RuleRecord | None] = []
        for _, case in self.cases.get(mutant.rule, ()):
            other, late = changed(mutant, case, self.read)
            plan = plan_of(self.run.model, () if other is None else (other,))
            after.extend(judge_rules(plan, self.run.evaluation, late).records or (None,))
        effects = tuple(_effect(record) for record in after)
        if effects == tuple(_effect(record) for record in before):
            return False
        place = (mutant.rule, effects)
        if place not in self.known:
            if budget[0] <= 0:
                return None
            budget[0] -= 1
            self.known[place] = self._broken(mutant.rule, after)
        return self.known[place]

    def _broken(self, rule: str, after: Sequence[RuleRecord | None]) -> bool:
        run = self.run
        places = {place: record for (place, _), record in zip(self.cases[rule], after, strict=True)}
        records = [places.get(place, record) for place, record in enumerate(run.decision.rules)]
        kept = tuple(record for record in records if record is not None)
        decision = decided_by(kept, run.model, run.evaluation, self.read)
        if decision is None:
            return True
        paybacks = {name: value for name, value in run.late.items() if ".payback" in name}
        late = {**run.late, **late_values(decision, {}), **paybacks}
        read = reader(run.model, run.evaluation, late)
        return any(judge(case.condition, read).result != "true" for case in run.model.expectations)


def _tried(run: Run) -> _Tried:
    cases: dict[str, list[tuple[int, RuleCase]]] = {}
    for place, case in enumerate(run.model.rules):
        cases.setdefault(case.rule, []).append((place, case))
    return _Tried(run, reader(run.model, run.evaluation), cases)


def _effect(record: RuleRecord | None) -> object:
    """All of a record that a decision is made from; nothing of a rule that says nothing."""
    if record is None or record.result == "false":
        return None
    return record.option, record.result, record.action, record.degree, record.stepped_back, record.missing


def _rule(rule: Rule, good: Sequence[_Tried], budget: list[int]) -> RuleCoverage:
    seen: dict[Truth, list[str]] = {"true": [], "false": [], "unknown": []}
    for tried in good:
        for result in dict.fromkeys(one.result for one in tried.records(rule.id)):
            seen[result].append(tried.run.title)
    return RuleCoverage(
        rule=rule.id,
        title=rule.title,
        action=rule.action,
        span=rule.span,
        held=tuple(seen["true"]),
        failed=tuple(seen["false"]),
        unknown=tuple(seen["unknown"]),
        conditions=_conditions(rule, good),
        mutants=tuple(_mutants(rule, good, budget)),
    )


def _mutants(rule: Rule, good: Sequence[_Tried], budget: list[int]) -> Iterator[MutantCoverage]:
    first = next(((tried, case) for tried in good for _, case in tried.cases.get(rule.id, ())), None)
    if rule.action not in CHOOSING or first is None:
        return
    for mutant in mutants_of(rule, first[1], first[0].run.model):
        noticed = [(tried.run.title, tried.notices(mutant, budget)) for tried in good]
        killed_by = tuple(title for title, one in noticed if one)
        yield MutantCoverage(mutant.text, mutant.span, killed_by, all(one is not None for _, one in noticed))


@state
class _Leaf:
    """A comparison or flag while it is looked at in one test after the other."""

    record: ConditionRecord
    exception: str
    results: dict[Truth, None] = field(default_factory=dict)
    near: dict[str, None] = field(default_factory=dict)
    threshold: bool = False

    def see(self, record: ConditionRecord) -> None:
        self.results[record.result] = None
        if record.operator in _ORDERED:
            left, right = (reading.value for reading in record.readings)
            if left is not None and right is not None:
                self.threshold = True
                self.near.update(dict.fromkeys(_near(left, right)))

    @property
    def seen(self) -> ConditionCoverage:
        first, *rest = self.record.readings
        others = ", ".join(reading.text for reading in rest)
        text = f"{first.text} {self.record.operator} {others}" if rest else first.text
        results, near = tuple(self.results), tuple(self.near)
        return ConditionCoverage(text, first.span, self.exception, results, self.threshold, near)


def _conditions(rule: Rule, good: Sequence[_Tried]) -> tuple[ConditionCoverage, ...]:
    found: dict[tuple[int, int], _Leaf] = {}
    for tried in good:
        for one in tried.records(rule.id):
            wholes = [("", condition) for condition in one.conditions]
            wholes += [(exception.label, exception.condition) for exception in one.exceptions]
            for i, (label, whole) in enumerate(wholes):
                for j, leaf in enumerate(leaves(whole)):
                    found.setdefault((i, j), _Leaf(leaf, label)).see(leaf)
    return tuple(leaf.seen for leaf in found.values())


def _near(left: float, right: float) -> Iterator[str]:
    """`under`, `at` or `over` a threshold that is close."""
    apart = abs(left - right) / max(abs(left), abs(right), 1e-300)
    if apart <= _SAME:
        yield "at"
    elif apart <= SHIFT:
        yield "under" if left < right else "over"


def _options(runs: Sequence[Run]) -> Iterator[OptionCoverage]:
    names = dict.fromkeys(option.name for run in runs for option in run.decision.options)
    for name in names:
        yield OptionCoverage(
            name,
            tuple(run.title for run in runs if run.decision.recommended == name),
            tuple(run.title for run in runs if any(o.name == name and o.vetoes for o in run.decision.options)),
        )
