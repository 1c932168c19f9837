"""Which instructions are compiled together: those between two that only numpy can carry out."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.base.record import record
from tcolang.engine.tape import Instruction

ONLY_NUMPY = frozenset(
    ("apply", "discount", "discount_at_end", "power", "exp", "log", "log1p", "expm1"),
)
"""Functions as a whole, and those whose last digits depend on who calculates them."""

LARGEST = 400
"""Instructions in a group: compiling takes longer than in proportion to them."""


@record
class Group:
    """`members` are carried out in their order, by the compiled kernel or by numpy. They read `brought` from outside,
    and what they make of `taken` is read by other groups."""

    compiled: bool
    members: tuple[int, ...]
    brought: tuple[int, ...]
    taken: tuple[int, ...]


def groups_of(instructions: Sequence[Instruction]) -> tuple[Group, ...]:
    """Of the instructions that are wide; those that bring a value from outside are in none."""
    home = _homes(instructions)
    members: dict[tuple[int, int], list[int]] = {}
    for number, place in home.items():
        members.setdefault(place, []).append(number)
    taken = {
        argument
        for number, place in home.items()
        for argument in instructions[number].arguments
        if argument in home and home[argument] != place
    }
    return tuple(_group(instructions, place, tuple(members[place]), taken) for place in sorted(members))


def _group(
    instructions: Sequence[Instruction], place: tuple[int, int], members: tuple[int, ...], taken: set[int]
) -> Group:
    own = frozenset(members)
    read = dict.fromkeys(a for number in members for a in instructions[number].arguments if a not in own)
    return Group(place[0] % 2 == 0, members, tuple(read), tuple(number for number in members if number in taken))


def _homes(instructions: Sequence[Instruction]) -> dict[int, tuple[int, int]]:
    """By instruction: how often one changes between kernel (even) and numpy (odd) on the way to it, and its share of
    the instructions there."""
    level: dict[int, int] = {}
    count: dict[int, int] = {}
    home: dict[int, tuple[int, int]] = {}
    for number, made in enumerate(instructions):
        if not made.wide or made.name == "value":
            continue
        odd = int(made.name in ONLY_NUMPY)
        before = [level[a] for a in made.arguments if a in level]
        level[number] = max((b + (b % 2 != odd) for b in before), default=odd)
        place = count[level[number]] = count.get(level[number], 0) + 1
        home[number] = (level[number], place // LARGEST)
    return home
