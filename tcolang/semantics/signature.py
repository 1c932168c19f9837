"""The signatures of builtins, read from the text a reader is shown."""

from __future__ import annotations

import re
from functools import cache

from tcolang.base.record import record


@record
class Parameter:
    """`type` is a type word, or a dimension such as `A*time` in which capitals are any."""

    name: str
    type: str
    optional: bool
    variadic: bool


@record
class Signature:
    parameters: tuple[Parameter, ...]
    result: str


@cache
def signature(text: str) -> Signature:
    """`(amount: A, at: date) -> A/time` taken apart."""
    inside, _, result = text.partition("->")
    inside = inside.strip()[1:-1]
    parts = [part.strip() for part in inside.split(",")] if inside.strip() else []
    return Signature(tuple(_parameter(part) for part in parts), result.strip())


def _parameter(text: str) -> Parameter:
    match = re.fullmatch(r"(\w+): ([\w*/]+)(\.\.\.)?( = .*)?", text)
    if match is None:
        raise ValueError(f"not a parameter: {text!r}")
    name, type_, more, default = match.groups()
    return Parameter(name, type_, optional=default is not None, variadic=more is not None)
