"""How a condition comes out, with a record of every part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from tcolang.decide.decision import ConditionRecord
from tcolang.decide.logic import comparison_of, joined
from tcolang.decide.operands import Joint, Leaf, folded, operands_of_leaf
from tcolang.decide.reading import Read
from tcolang.model.costmodel import Compare, Condition, Holds, Near, OneOf


def judge(condition: Condition, read: Read) -> ConditionRecord:
    """Every part is evaluated, none is skipped."""

    def leaf(part: Leaf) -> ConditionRecord:
        taken = [read(operand) for operand in operands_of_leaf(part)]
        result = comparison_of(part, tuple(range(len(taken))))([each.value for each in taken], ())
        return ConditionRecord(result, operator_of(part), tuple(each.reading for each in taken))

    return folded(condition, leaf, joint_record)


def joint_record(operator: Joint, parts: Sequence[ConditionRecord]) -> ConditionRecord:
    return ConditionRecord(joined(operator, [part.result for part in parts]), operator, (), tuple(parts))


def operator_of(leaf: Leaf) -> str:
    """What a record calls it."""
    match leaf:
        case Compare(operator):
            return operator
        case Near():
            return "~="
        case OneOf():
            return "in"
        case Holds():
            return "holds"
        case _:
            assert_never(leaf)


def missing_facts(records: Iterable[ConditionRecord]) -> tuple[str, ...]:
    """The facts for want of which records are unknown, each once, as they come. What is unknown in a part that is
    settled all the same is missing for nobody."""
    found: dict[str, None] = {}
    todo = list(records)[::-1]
    while todo:
        record = todo.pop()
        if record.result == "unknown":
            for reading in record.readings:
                found.update(dict.fromkeys(reading.missing))
            todo.extend(reversed(record.items))
    return tuple(found)


def leaves(record: ConditionRecord) -> Iterator[ConditionRecord]:
    """The comparisons that a record is made of, in order of writing."""
    todo = [record]
    while todo:
        record = todo.pop()
        if record.operator in ("and", "or", "not"):
            todo.extend(reversed(record.items))
        else:
            yield record
