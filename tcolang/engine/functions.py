"""Every function that a model may apply, by name: the builtins and what `model.build` writes in their place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from tcolang.base.registry import collect
from tcolang.semantics.builtin import Builtin

BUILTINS = "tcolang.semantics.builtins"
INTERNAL = "tcolang.engine.internal"


@cache
def functions() -> Mapping[str, Builtin]:
    """Raises `RuntimeError` where a builtin has the name of an internal function."""
    builtins = {function.name: function for function in collect(BUILTINS, Builtin)}
    internal = {function.name: function for function in collect(INTERNAL, Builtin)}
    taken = sorted(builtins.keys() & internal.keys())
    if taken:
        raise RuntimeError(f"these builtins have names that the language uses: {', '.join(taken)}")
    return MappingProxyType({**builtins, **internal})
