"""Against a second way of walking: over the fields of the records, by recursion."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from tcolang.syntax import nodes
from tcolang.syntax.nodes import Expression
from tcolang.syntax.walk import children, fold
from tests.syntax.reading import SAMPLES, formula, read

_EXPRESSIONS = nodes.Expression.__args__


def _inside(value: Any) -> Iterator[Any]:
    """The nearest expressions below, leaving out the function of a call."""
    if isinstance(value, tuple):
        for part in value:
            yield from [part] if isinstance(part, _EXPRESSIONS) else _inside(part)
    elif hasattr(value, "__match_args__") and not isinstance(value, nodes.UnitText):
        for name in value.__match_args__:
            part = getattr(value, name)
            if name not in ("span", "function"):
                yield from [part] if isinstance(part, _EXPRESSIONS) else _inside(part)


def _all(value: Any) -> Iterator[Expression]:
    for part in _inside(value):
        yield part
        yield from _all(part)


def test_children_are_the_expressions_among_the_fields() -> None:
    seen = 0
    for path in SAMPLES:
        for item in read(path.read_text(encoding="utf-8")).value.items:
            for node in _all(item):
                assert list(children(node)) == list(_inside(node))
                seen += 1
    assert seen > 400
    every = formula(
        'if a in [b] then "{-c}" ?? (1 to 2) else f(x = d ~= e within g as h) and not i < j ^ 2 / k or true'
    )
    for node in _all(every):
        assert list(children(node)) == list(_inside(node))


def test_fold_visits_the_innermost_first_and_in_order() -> None:
    node = formula("f(a, b * (c - d)) + e")
    visited = fold(node, lambda node, inside: [*chain.from_iterable(inside), node.span.text])
    assert visited == ["a", "b", "c", "d", "c - d", "b * (c - d)", "f(a, b * (c - d))", "e", "f(a, b * (c - d)) + e"]


def test_fold_needs_no_stack() -> None:
    node = formula(" + ".join(["a"] * 10_000))
    assert fold(node, lambda _, inside: 1 + sum(inside)) == 10_001
