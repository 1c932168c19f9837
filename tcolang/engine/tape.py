"""Instructions: what is done to whole arrays, one after the other. What is there already is used again."""

from __future__ import annotations

from tcolang.base.record import field, record, state


@record
class Instruction:
    """`name` says what is done to the values of the instructions `arguments`, by number, and `detail` what else it
    takes. `monthly`: the value has a row per month. `wide`: it has a column per future. `flag`: yes or no, no number.
    """

    name: str
    arguments: tuple[int, ...]
    monthly: bool
    wide: bool
    flag: bool
    detail: object


@state
class Tape:
    """The instructions so far."""

    instructions: list[Instruction] = field(default_factory=list)
    numbers: dict[tuple[object, ...], int] = field(default_factory=dict)

    def put(
        self,
        name: str,
        arguments: tuple[int, ...],
        detail: object = None,
        *,
        monthly: bool = False,
        wide: bool = False,
        flag: bool = False,
    ) -> int:
        key = (name, arguments, detail)
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.instructions)
            self.instructions.append(Instruction(name, arguments, monthly, wide, flag, detail))
        return number

    def forget(self, count: int) -> None:
        """What was put there after the first `count` instructions."""
        del self.instructions[count:]
        self.numbers = {key: number for key, number in self.numbers.items() if number < count}

    def fixed(self, value: float) -> int:
        # By its digits: two zeros with other signs are equal, and what is not a number is not.
        return self.put("number", (), value.hex())

    def apply(self, name: str, arguments: tuple[int, ...], detail: object = None, *, flag: bool = False) -> int:
        """An instruction whose value has a row per month, and a column per future, where that of an argument has."""
        read = [self.instructions[number] for number in arguments]
        monthly, wide = any(one.monthly for one in read), any(one.wide for one in read)
        return self.put(name, arguments, detail, monthly=monthly, wide=wide, flag=flag)
