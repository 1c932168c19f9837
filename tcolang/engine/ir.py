"""The text of a compiled kernel in LLVM's language, made from instructions.

Eight futures at a time go through all months, so that what lies between the instructions stays in the processor. The
arithmetic is what numpy does, number by number: nothing is fused, reordered or rounded in another way.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from tcolang.base.record import record
from tcolang.engine.groups import Group
from tcolang.engine.tape import Instruction

LANES = 8

_NUMBERS = f"<{LANES} x double>"
_FLAGS = f"<{LANES} x i1>"
_BYTES = f"<{LANES} x i8>"

_OPERATORS = {
    "add": "fadd", "subtract": "fsub", "multiply": "fmul", "divide": "fdiv", "logical_and": "and", "logical_or": "or",
}  # fmt: skip
_COMPARISONS = {
    "less": "olt", "less_equal": "ole", "greater": "ogt", "greater_equal": "oge", "equal": "oeq", "not_equal": "une",
}  # fmt: skip
_FUNCTIONS = {"absolute": "fabs", "rint": "rint", "ceil": "ceil", "floor": "floor", "sqrt": "sqrt"}
_LOWEST_SHARE, _HIGHEST_SHARE = -1e-9, 1.0 + 1e-9


@record
class Kernel:
    """A function `name`. It gets an array of pointers, to the values of `brought` and then to where those of `written`
    go; an array of how far apart their rows are; the number of columns, at least `LANES`; and marks, as many numbers as
    there are lanes for each of `watched` and then of `shares`. A mark turns into not a number where a value is not
    finite, and into 1 where a share is outside of its range."""

    name: str
    text: str
    brought: tuple[int, ...]
    written: tuple[int, ...]
    watched: tuple[int, ...]
    shares: tuple[int, ...]


def kernel(
    name: str,
    instructions: Sequence[Instruction],
    group: Group,
    months: int,
    written: Sequence[int],
    watched: Sequence[int],
    shares: Sequence[int],
) -> Kernel:
    """`written`, `watched` and `shares` are members of the group; one may be written to several places."""
    made = _Function(instructions, group, months)
    for k, number in enumerate(group.brought):
        made.bring(number, k)
    for number in group.members:
        made.carry_out(number)
    for k, number in enumerate(written, len(group.brought)):
        made.write(number, k)
    for k, number in enumerate((*watched, *shares)):
        made.mark(number, k, share=k >= len(watched))
    text = f"define void @{name}(ptr %pointers, ptr %apart, i64 %columns, ptr %marks) {{\n{made.text()}\n}}"
    return Kernel(name, text, group.brought, tuple(written), tuple(watched), tuple(shares))


def declarations() -> str:
    """Of the functions that kernels call."""
    of_one = [f"declare {_NUMBERS} @llvm.{name}.v{LANES}f64({_NUMBERS})" for name in _FUNCTIONS.values()]
    return "\n".join([*of_one, f"declare {_NUMBERS} @llvm.copysign.v{LANES}f64({_NUMBERS}, {_NUMBERS})"])


class _Function:
    """Its lines. `first` are run once. Then for every eight columns come, in turn, the lines of `stages[0]`, those of
    `loops[0]` for each month, those of `stages[1]` and so on. In a stage stands what does not vary by month: it may
    read what the loops before have added up. `last` are run at the end."""

    def __init__(self, instructions: Sequence[Instruction], group: Group, months: int) -> None:
        self.instructions, self.months = instructions, months
        self.stage: dict[int, int] = {}
        for number in group.members:
            self.stage[number] = self._stage(number)
        count = max(self.stage.values(), default=0) + 1
        self.first: list[str] = []
        self.stages: list[list[str]] = [[] for _ in range(count)]
        self.loops: list[list[str]] = [[] for _ in range(count)]
        self.last: list[str] = []
        self.places: dict[int, int] = {}
        self.names: dict[int, str] = {}
        self.in_loop: dict[tuple[int, int], str] = {}
        self.count = 0

    def _stage(self, number: int) -> int:
        """A value that does not vary by month comes after the loop in which the months it reads are gone through."""
        made = self.instructions[number]
        found = 0
        for argument in made.arguments:
            read = self.instructions[argument]
            passed = read.monthly and read.wide and not made.monthly
            found = max(found, self.stage.get(argument, 0) + passed)
        return found

    # Values from outside

    def bring(self, number: int, k: int) -> None:
        self._pointer(k)
        self.places[number] = k
        made = self.instructions[number]
        if made.monthly:
            return
        if made.wide:
            self.names[number] = self._load(self.stages[0], f"%p{k}", "%s", made.flag)
        else:
            self.names[number] = self._spread(self.first, f"%p{k}", made.flag)

    def _pointer(self, k: int) -> None:
        self.first += [
            f"%at{k} = getelementptr ptr, ptr %pointers, i64 {k}",
            f"%p{k} = load ptr, ptr %at{k}",
            f"%far{k} = getelementptr i64, ptr %apart, i64 {k}",
            f"%d{k} = load i64, ptr %far{k}",
        ]

    def _load(self, lines: list[str], pointer: str, index: str, flag: bool) -> str:
        kind = "i8" if flag else "double"
        at = self._put(lines, f"getelementptr {kind}, ptr {pointer}, i64 {index}")
        if not flag:
            return self._put(lines, f"load {_NUMBERS}, ptr {at}, align 8")
        read = self._put(lines, f"load {_BYTES}, ptr {at}, align 1")
        return self._put(lines, f"trunc {_BYTES} {read} to {_FLAGS}")

    def _spread(self, lines: list[str], pointer: str, flag: bool) -> str:
        """One number for all columns; flags come as numbers too."""
        one = self._put(lines, f"load double, ptr {pointer}, align 8")
        lane = self._put(lines, f"insertelement {_NUMBERS} poison, double {one}, i64 0")
        spread = self._put(
            lines, f"shufflevector {_NUMBERS} {lane}, {_NUMBERS} poison, <{LANES} x i32> zeroinitializer"
        )
        return self._put(lines, f"fcmp une {_NUMBERS} {spread}, {_number(0.0)}") if flag else spread

    def _monthly(self, number: int, loop: int) -> str:
        """A monthly value in a loop that has not made it."""
        lines, made, month = self.loops[loop], self.instructions[number], f"%m{loop}"
        if number not in self.places:
            return self._from_earlier(number, loop)
        k = self.places[number]
        if not made.wide:
            return self._spread(lines, self._put(lines, f"getelementptr double, ptr %p{k}, i64 {month}"), made.flag)
        row = self._put(lines, f"mul i64 {month}, %d{k}")
        return self._load(lines, f"%p{k}", self._put(lines, f"add i64 {row}, %s"), made.flag)

    def _from_earlier(self, number: int, loop: int) -> str:
        """Put down, month by month, by the loop that has made it."""
        kind = _FLAGS if self.instructions[number].flag else _NUMBERS
        made_in = self.stage[number]
        room = self._put(self.first, f"alloca [{self.months} x {kind}], align 64")
        for lines, each, access in (
            (self.loops[made_in], made_in, f"store {kind} {self.in_loop[number, made_in]}, ptr "),
            (self.loops[loop], loop, ""),
        ):
            at = self._put(lines, f"getelementptr {kind}, ptr {room}, i64 %m{each}")
            if access:
                lines.append(access + at)
            else:
                return self._put(lines, f"load {kind}, ptr {at}")
        raise AssertionError

    # Instructions

    def carry_out(self, number: int) -> None:
        made, stage = self.instructions[number], self.stage[number]
        lines = self.loops[stage] if made.monthly else self.stages[stage]
        if made.name in ("total", "row"):
            name = self._gathered(made, stage)
        elif made.name in ("cumsum", "highest"):
            name = self._carried(made, stage)
        else:
            read = [self._value(argument, stage, made.monthly) for argument in made.arguments]
            name = self._result(made, lines, read, f"%m{stage}")
        if made.monthly:
            self.in_loop[number, stage] = name
        else:
            self.names[number] = name

    def _value(self, number: int, stage: int, in_loop: bool) -> str:
        if not self.instructions[number].monthly:
            return self.names[number]
        assert in_loop, "what varies by month is read outside of a loop"
        if (number, stage) not in self.in_loop:
            self.in_loop[number, stage] = self._monthly(number, stage)
        return self.in_loop[number, stage]

    def _gathered(self, made: Instruction, stage: int) -> str:
        """The sum over the first months, or the value in one."""
        (argument,) = made.arguments
        if not self.instructions[argument].monthly:
            return self.names[argument]
        loop, month = stage - 1, f"%m{stage - 1}"
        value = self._value(argument, loop, True)
        room = self._room(loop, _number(-0.0))
        lines = self.loops[loop]
        before = self._put(lines, f"load {_NUMBERS}, ptr {room}")
        if made.name == "total":
            after = self._put(lines, f"fadd {_NUMBERS} {before}, {value}")
            counts = f"icmp ult i64 {month}, {made.detail}" if made.detail != self.months else ""
        else:
            after, counts = value, f"icmp eq i64 {month}, {made.detail}"
        if counts:
            holds = self._put(lines, counts)
            after = self._put(lines, f"select i1 {holds}, {_NUMBERS} {after}, {_NUMBERS} {before}")
        lines.append(f"store {_NUMBERS} {after}, ptr {room}")
        return self._put(self.stages[stage], f"load {_NUMBERS}, ptr {room}")

    def _carried(self, made: Instruction, stage: int) -> str:
        """What has been added up, or was highest, so far."""
        (argument,) = made.arguments
        if not made.monthly:
            return self.names[argument]
        adds = made.name == "cumsum"
        lines = self.loops[stage]
        value = self._value(argument, stage, True)
        room = self._room(stage, _number(-0.0 if adds else float("-inf")))
        before = self._put(lines, f"load {_NUMBERS}, ptr {room}")
        after = (
            self._put(lines, f"fadd {_NUMBERS} {before}, {value}") if adds else self._most(lines, "ogt", before, value)
        )
        lines.append(f"store {_NUMBERS} {after}, ptr {room}")
        return after

    def _room(self, loop: int, start: str) -> str:
        """A place that a loop finds as it has left it in the month before."""
        room = self._put(self.first, f"alloca {_NUMBERS}, align 64")
        self.stages[loop].append(f"store {_NUMBERS} {start}, ptr {room}")
        return room

    def _result(self, made: Instruction, lines: list[str], read: Sequence[str], month: str) -> str:
        kind = _FLAGS if made.name.startswith("logical") else _NUMBERS
        match made.name:
            case name if name in _OPERATORS:
                return self._put(lines, f"{_OPERATORS[name]} {kind} {read[0]}, {read[1]}")
            case name if name in _COMPARISONS:
                return self._put(lines, f"fcmp {_COMPARISONS[name]} {_NUMBERS} {read[0]}, {read[1]}")
            case name if name in _FUNCTIONS:
                return self._called(lines, _FUNCTIONS[name], read[0])
            case "maximum" | "minimum":
                return self._most(lines, "ogt" if made.name == "maximum" else "olt", read[0], read[1])
            case "copysign":
                return self._called(lines, "copysign", read[0], read[1])
            case "negative":
                return self._put(lines, f"fneg {_NUMBERS} {read[0]}")
            case "logical_not":
                ones = ", ".join(["i1 true"] * LANES)
                return self._put(lines, f"xor {_FLAGS} {read[0]}, <{ones}>")
            case "isnan":
                return self._put(lines, f"fcmp uno {_NUMBERS} {read[0]}, {read[0]}")
            case "isfinite":
                size = self._called(lines, "fabs", read[0])
                return self._put(lines, f"fcmp olt {_NUMBERS} {size}, {_number(float('inf'))}")
            case "where":
                return self._choose(lines, read[0], read[1], read[2])
            case "as_number":
                return self._put(lines, f"uitofp {_FLAGS} {read[0]} to {_NUMBERS}")
            case "rows":
                return read[0]
            case "history":
                return self._history(lines, made.detail, read, month)
            case "nan_where_impossible" | "nan_where_unknown":
                return self._guarded(lines, made.name == "nan_where_impossible", read[0], read[1])
            case _:
                raise ValueError(f"there is no instruction {made.name}")

    def _most(self, lines: list[str], order: str, one: str, other: str) -> str:
        """What is not a number stays one, on either side, as in numpy."""
        first = self._put(lines, f"fcmp {order} {_NUMBERS} {one}, {other}")
        most = self._choose(lines, first, one, other)
        unknown = self._put(lines, f"fcmp uno {_NUMBERS} {one}, {one}")
        return self._choose(lines, unknown, one, most)

    def _guarded(self, lines: list[str], divisor: bool, value: str, judged: str) -> str:
        size = self._called(lines, "fabs", judged)
        bad = self._put(lines, f"fcmp uge {_NUMBERS} {size}, {_number(float('inf'))}")
        if divisor:
            none = self._put(lines, f"fcmp oeq {_NUMBERS} {judged}, {_number(0.0)}")
            bad = self._put(lines, f"or {_FLAGS} {bad}, {none}")
        return self._choose(lines, bad, _number(float("nan")), value)

    def _history(self, lines: list[str], since: object, parts: Sequence[str], month: str) -> str:
        assert isinstance(since, tuple)
        value = parts[0]
        for first, part in zip(since[1:], parts[1:], strict=True):
            holds = self._put(lines, f"icmp uge i64 {month}, {first}")
            value = self._put(lines, f"select i1 {holds}, {_NUMBERS} {part}, {_NUMBERS} {value}")
        return value

    def _choose(self, lines: list[str], condition: str, then: str, otherwise: str) -> str:
        return self._put(lines, f"select {_FLAGS} {condition}, {_NUMBERS} {then}, {_NUMBERS} {otherwise}")

    def _called(self, lines: list[str], name: str, *read: str) -> str:
        given = ", ".join(f"{_NUMBERS} {one}" for one in read)
        return self._put(lines, f"call {_NUMBERS} @llvm.{name}.v{LANES}f64({given})")

    # What leaves the function

    def write(self, number: int, k: int) -> None:
        self._pointer(k)
        made, stage = self.instructions[number], self.stage[number]
        lines = self.loops[stage] if made.monthly else self.stages[stage]
        value = self._value(number, stage, made.monthly)
        index = "%s"
        if made.monthly:
            row = self._put(lines, f"mul i64 %m{stage}, %d{k}")
            index = self._put(lines, f"add i64 {row}, %s")
        at = self._put(lines, f"getelementptr {'i8' if made.flag else 'double'}, ptr %p{k}, i64 {index}")
        if made.flag:
            value = self._put(lines, f"zext {_FLAGS} {value} to {_BYTES}")
        lines.append(f"store {_BYTES if made.flag else _NUMBERS} {value}, ptr {at}, align {1 if made.flag else 8}")

    def mark(self, number: int, k: int, share: bool) -> None:
        made, stage = self.instructions[number], self.stage[number]
        lines = self.loops[stage] if made.monthly else self.stages[stage]
        value = self._value(number, stage, made.monthly)
        room = self._put(self.first, f"alloca {_NUMBERS}, align 64")
        at = self._put(self.first, f"getelementptr {_NUMBERS}, ptr %marks, i64 {k}")
        start = self._put(self.first, f"load {_NUMBERS}, ptr {at}, align 8")
        self.first.append(f"store {_NUMBERS} {start}, ptr {room}")
        before = self._put(lines, f"load {_NUMBERS}, ptr {room}")
        if share:
            low = self._put(lines, f"fcmp olt {_NUMBERS} {value}, {_number(_LOWEST_SHARE)}")
            high = self._put(lines, f"fcmp ogt {_NUMBERS} {value}, {_number(_HIGHEST_SHARE)}")
            outside = self._put(lines, f"or {_FLAGS} {low}, {high}")
            after = self._choose(lines, outside, _number(1.0), before)
        else:
            none = self._put(lines, f"fmul {_NUMBERS} {value}, {_number(0.0)}")
            after = self._put(lines, f"fadd {_NUMBERS} {before}, {none}")
        lines.append(f"store {_NUMBERS} {after}, ptr {room}")
        end = self._put(self.last, f"load {_NUMBERS}, ptr {room}")
        self.last.append(f"store {_NUMBERS} {end}, ptr {at}, align 8")

    # The text

    def _put(self, lines: list[str], line: str) -> str:
        name = f"%v{self.count}"
        self.count += 1
        lines.append(f"{name} = {line}")
        return name

    def text(self) -> str:
        lines = ["entry:", *self.first, "br label %eight"]
        # The last eight columns overlap with those before: they are calculated twice.
        lines += ["eight:", "%b = phi i64 [0, %entry], [%b.next, %end]", f"%last = sub i64 %columns, {LANES}"]
        lines += ["%over = icmp ugt i64 %b, %last", "%s = select i1 %over, i64 %last, i64 %b", "br label %s0"]
        for k, (stage, loop) in enumerate(zip(self.stages, self.loops, strict=True)):
            after = f"%s{k + 1}" if k + 1 < len(self.stages) else "%end"
            lines += [f"s{k}:", *stage, f"br label %l{k}" if loop else f"br label {after}"]
            if loop:
                lines += [f"l{k}:", f"%m{k} = phi i64 [0, %s{k}], [%m{k}.next, %l{k}]", *loop]
                lines += [f"%m{k}.next = add i64 %m{k}, 1", f"%m{k}.more = icmp ult i64 %m{k}.next, {self.months}"]
                lines += [f"br i1 %m{k}.more, label %l{k}, label {after}"]
        lines += ["end:", f"%b.next = add i64 %b, {LANES}", "%more = icmp ult i64 %b.next, %columns"]
        lines += ["br i1 %more, label %eight, label %done", "done:", *self.last, "ret void"]
        return "\n".join(lines)


def _number(value: float) -> str:
    """All lanes, as a constant with exactly these bits."""
    digits = struct.pack(">d", value).hex().upper()
    return f"<{', '.join([f'double 0x{digits}'] * LANES)}>"
