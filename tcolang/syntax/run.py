"""Runs the automaton over a stretch of text. One loop, no recursion: the depth of the input costs no stack.

Why not Lark's own loop: importing it takes five times as long as Python takes to start.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from tcolang.syntax import problems
from tcolang.syntax.automaton import Automaton, Rule, Slot, automaton
from tcolang.syntax.place import Place, Reading, Token, reject
from tcolang.syntax.tokens import END, read

_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}


def run(goal: str, reading: Reading, start: int, end: int) -> Any:
    """What the function of the rule `goal` returns; raises `StatementError` at the first thing that is wrong."""
    return _Run(goal, reading).over(start, end)


def tokens(reading: Reading, start: int, end: int) -> tuple[Token, ...]:
    """Those of a statement without mistakes; the ends of its lines are tokens, which take up no room."""
    pass_over = _Run("statement", reading)
    pass_over.over(start, end)
    return tuple(pass_over.before)


class _Run:
    """One pass over a stretch: the stacks of the automaton, and the brackets that are open."""

    def __init__(self, goal: str, reading: Reading) -> None:
        self.machine: Automaton = automaton()
        self.reading = reading
        self.is_line = goal == "statement"
        first, self.last = self.machine.starts[goal]
        self.states = [first]
        self.values: list[Any] = []
        self.places: list[tuple[int, int]] = []
        self.open: list[Token] = []
        self.before: list[Token] = []

    def over(self, start: int, end: int) -> Any:
        text, machine = self.reading.file.text, self.machine
        position = start
        while True:
            token = read(machine, self.states[-1], text, position, end)
            position = token.end
            kind = token.kind
            if kind == "_NL":
                if not self.is_line or (self.open and self.open[-1].text != "{"):
                    continue
                token = self._line_end(token)
            elif kind == END and self.is_line and self.before and self.before[-1].kind != "_NL" and not self.open:
                self._take(self._line_end(token))
            elif kind in _BRACKETS:
                self._bracket(token)
            if self._take(token):
                return self.values[-1]

    def _line_end(self, token: Token) -> Token:
        """Takes up no room, so that a statement ends where its last word does."""
        at = self.before[-1].end if self.before else token.start
        return Token("_NL", "\n", at, at)

    def _bracket(self, token: Token) -> None:
        if token.text in _CLOSED_BY:
            self.open.append(token)
            limit = self.reading.limits.nesting
            if len(self.open) > limit:
                message = f"more than {limit} brackets are open at once"
                raise reject(
                    problems.NESTING_LIMIT,
                    message,
                    self.reading.span(token.start, token.end),
                    help="give the inner part a name of its own: `let part = …`",
                )
        elif not self.open or _CLOSED_BY[self.open[-1].text] != token.text:
            raise self._unexpected(token)
        else:
            self.open.pop()

    def _take(self, token: Token) -> bool:
        """Reduces as far as the token says and shifts it; true at the end of all."""
        states, machine = self.states, self.machine
        rows, rules, kind = machine.rows, machine.rules, token.kind
        passed = _passed(kind)
        while True:
            top = states[-1]
            action = rows[top].get(kind)
            if action is None:
                raise self._unexpected(token)
            if action >= 0:
                states.append(action)
                self.values.append(token)
                self.places.append((token.start, token.end))
                self.before.append(token)
                return False
            rule = rules[-1 - action]
            if rule.passes:
                way = states[-2], top
                after = passed.get(way)
                if after is None:
                    after = passed[way] = _after_passing(machine, *way, kind)
                states[-1] = after
                continue
            self._reduce(rule)
            states.append(rows[states[-1]][rule.origin])
            if states[-1] == self.last:
                return True

    def _reduce(self, rule: Rule) -> None:
        size, places = rule.size, self.places
        children = self.values[-size:]
        place = places[-size][0], places[-1][1]
        del self.values[-size:], places[-size:], self.states[-size:]
        arguments = rule.pick(children) if rule.pick is not None else _arguments(rule.shape, children)
        if rule.name:
            reading = self.reading
            self.values.append(reading.builders[rule.name](Place(reading, *place), *arguments))
        else:
            self.values.append(arguments)
        places.append(place)

    def _unexpected(self, token: Token) -> Exception:
        # Only where something is wrong.
        from tcolang.syntax.explain import unexpected

        return unexpected(self.machine, self.reading, tuple(self.states), token, self.before, self.open)


@cache
def _passed(kind: str) -> dict[tuple[int, int], int]:
    """For a token of this kind: the state after all that only pass their one child on, by the two states on top. In
    `a + b` the name `a` is passed on ten times before it is a term of the sum."""
    return {}


def _after_passing(machine: Automaton, below: int, top: int, kind: str) -> int:
    while (action := machine.rows[top].get(kind)) is not None and action < 0 and machine.rules[-1 - action].passes:
        top = machine.rows[below][machine.rules[-1 - action].origin]
    return top


_BRACKETS = frozenset(["LPAR", "RPAR", "LSQB", "RSQB", "LBRACE", "RBRACE"])


def _arguments(shape: tuple[Slot, ...], children: list[Any]) -> list[Any]:
    """In place where a list grows by one, so that a list of n items takes n steps."""
    arguments: list[Any] = []
    for slot in shape:
        if slot is None:
            arguments.append(None)
        elif isinstance(slot, int):
            arguments.append(children[slot])
        elif arguments:
            arguments += children[slot[0]]
        else:
            arguments = children[slot[0]]
    return arguments
