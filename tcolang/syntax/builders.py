"""The function that makes the value of each rule of the grammar, by the name of the rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from tcolang.syntax import expressions, statements

BUILDERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        **{function.__name__.rstrip("_"): function for function in (*expressions.RULES, *statements.RULES)},
        "kind_member": statements.statement,
        "member": statements.statement,
        "documented_expect": statements.statement,
    }
)
