"""What rules ask, laid out once for all evaluations of a model: the values to be read, each in a slot of its own, and
the steps that judge every condition of every rule in turn.

Conditions that read the same are one step, however many rules, options and workloads ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tcolang.base.record import field, record, state
from tcolang.decide.decision import Truth
from tcolang.decide.logic import Raw, Step, all_of, any_of, comparison_of, joined, negated
from tcolang.decide.operands import Joint, Leaf, folded, operands_of_leaf
from tcolang.decide.reading import literal, stated_value
from tcolang.model.costmodel import Compare, Condition, CostModel, Near, Operand, RuleCase


@record
class PlannedRule:
    """A case with the place of its result, the slot of its degree (None: it is a full one, or has none) and whether it
    steps back before the cost of both sides."""

    case: RuleCase
    result: int
    degree: int | None
    steps_back: bool


@record
class Plan:
    """`stated` has a value for each slot, None for those that are `read`, by the key of a node, or known `late`, by
    name. Each step makes one truth; `conditions` has the places of those of comparisons, by what they ask."""

    model: CostModel
    rules: tuple[PlannedRule, ...]
    slots: Mapping[object, int]
    stated: tuple[Raw, ...]
    read: tuple[tuple[int, str], ...]
    late: tuple[tuple[int, str], ...]
    steps: tuple[Step, ...]
    conditions: Mapping[object, int]

    def slot(self, operand: Operand) -> int:
        return self.slots[_named(operand)]

    def place(self, leaf: Leaf, slots: tuple[int, ...]) -> int:
        return self.conditions[_asked(leaf, slots)]


def plan_of(model: CostModel, cases: Sequence[RuleCase] | None = None) -> Plan:
    """Of all rules of a model in their order, none of which is skipped; or of some other cases."""
    comparable = options_with_another_side(model)
    laying = _Laying(model)
    rules = tuple(laying.rule(case, case.option in comparable) for case in (model.rules if cases is None else cases))
    return Plan(
        model,
        rules,
        laying.slots,
        tuple(laying.stated),
        tuple(laying.read),
        tuple(laying.late),
        tuple(laying.steps),
        laying.conditions,
    )


def options_with_another_side(model: CostModel) -> frozenset[str]:
    """The options whose cost is known, where there are two of them or more. Of which families they are makes no
    difference: else an option of another family, though it does not win, would silence arguments among the rest."""
    costed = [option.name for option in model.options if "tco" in option.results]
    return frozenset(costed) if len(costed) > 1 else frozenset()


@state
class _Laying:
    model: CostModel
    slots: dict[object, int] = field(default_factory=dict)
    stated: list[Raw] = field(default_factory=list)
    read: list[tuple[int, str]] = field(default_factory=list)
    late: list[tuple[int, str]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    conditions: dict[object, int] = field(default_factory=dict)

    def rule(self, case: RuleCase, comparable: bool) -> PlannedRule:
        """It holds where all its conditions do and none of its exceptions. One that is known to hold, but not how
        strongly, is unknown."""
        argues = case.action in ("prefer", "avoid")
        conditions = tuple(self.condition(condition) for condition in case.conditions)
        exceptions = tuple(self.condition(condition) for _, condition in case.exceptions)
        degree = self.slot(case.degree) if argues and case.degree is not None else None
        for part in case.because.parts:
            if not isinstance(part, str):
                self.slot(part)
        result = self.step(("rule", conditions, exceptions, degree), lambda: _rule(conditions, exceptions, degree))
        return PlannedRule(case, result, degree, comparable and case.yields_to_cost and argues)

    def condition(self, condition: Condition) -> int:
        return folded(condition, self.leaf, self.joint)

    def leaf(self, leaf: Leaf) -> int:
        slots = tuple(self.slot(operand) for operand in operands_of_leaf(leaf))
        return self.step(_asked(leaf, slots), lambda: comparison_of(leaf, slots))

    def joint(self, operator: Joint, places: Sequence[int]) -> int:
        parts = tuple(places)
        return self.step((operator, parts), lambda: _joint(operator, parts))

    def step(self, asked: object, made: Callable[[], Step]) -> int:
        if asked not in self.conditions:
            self.conditions[asked] = len(self.steps)
            self.steps.append(made())
        return self.conditions[asked]

    def slot(self, operand: Operand) -> int:
        name = _named(operand)
        if name not in self.slots:
            slot = self.slots[name] = len(self.stated)
            self.stated.append(self.known(operand))
            if operand.late is not None:
                self.late.append((slot, operand.late))
            elif operand.key is not None and not operand.missing and self.stated[slot] is None:
                self.read.append((slot, operand.key))
        return self.slots[name]

    def known(self, operand: Operand) -> Raw:
        """What can be told before anything is evaluated: words, and figures that stand in the rule."""
        if operand.key is None or operand.key not in self.model.index or operand.missing:
            return stated_value(operand)
        return literal(self.model.node(operand.key))


def _named(operand: Operand) -> object:
    """Equal for operands that have the same value, however it is shown."""
    if operand.missing:
        return (operand.late, operand.missing)
    if operand.key is not None:
        return operand.key
    return (operand.symbol, operand.symbols, operand.late)


def _asked(leaf: Leaf, slots: tuple[int, ...]) -> object:
    if isinstance(leaf, Compare):
        return (leaf.operator, slots, leaf.order)
    return (type(leaf), slots, leaf.relative if isinstance(leaf, Near) else None)


def _joint(operator: Joint, parts: tuple[int, ...]) -> Step:
    return lambda _, truths: joined(operator, [truths[part] for part in parts])


def _rule(conditions: tuple[int, ...], exceptions: tuple[int, ...], degree: int | None) -> Step:
    if len(conditions) == 2 and not exceptions and degree is None:
        return _of_two(*conditions)

    def holds(values: Sequence[Raw], truths: Sequence[Truth]) -> Truth:
        result = all_of([truths[place] for place in conditions])
        if exceptions:
            result = all_of((result, negated(any_of([truths[place] for place in exceptions]))))
        if degree is not None and result == "true" and not isinstance(values[degree], float):
            return "unknown"
        return result

    return holds


def _of_two(one: int, other: int) -> Step:
    """As most rules are, in a third of the time."""

    def holds(_: object, truths: Sequence[Truth]) -> Truth:
        first, second = truths[one], truths[other]
        if first == "true":
            return second
        return "false" if second == "false" else first

    return holds
