"""The trees that ship with the tool against the parser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile, Span
from tcolang.base.world import rules_directory, standard_directory
from tcolang.semantics import parsed, shipped
from tcolang.semantics.shipped import TREES, build, shipped_trees, text_of
from tcolang.syntax.parse import parse, parse_statements, statement_index
from tcolang.syntax.stored import restored_module, stored_module
from tests.documents import ROOT

FILES = [
    SourceFile(f"{name}/{path.name}", path.read_text("utf-8"))
    for name, folder in (("std", standard_directory()), ("rules", rules_directory()))
    for path in sorted(folder.glob("*.tco"))
]


def _spread(value: Any) -> Any:
    """Everything in it, places included, which do not count for the equality of trees."""
    if isinstance(value, Span):
        return ("span", value.file.path, value.start, value.end)
    if isinstance(value, tuple):
        return tuple(map(_spread, value))
    if isinstance(value, SourceFile) or not hasattr(value, "__match_args__"):
        return (type(value), value)
    return (type(value), *(_spread(getattr(value, name)) for name in value.__match_args__))


def test_they_are_up_to_date() -> None:
    assert TREES.read_text("utf-8") == text_of(build()), "run `make tables`"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path)
def test_they_are_what_the_parser_makes(file: SourceFile) -> None:
    trees = shipped_trees(file)
    assert trees is not None
    assert _spread(trees.module()) == _spread(parse(file, Limits()).value)
    assert tuple(trees.texts) == statement_index(file)
    for statement in statement_index(file):
        alone = parse_statements(file, (statement,), Limits())
        item = trees.item(statement)
        assert _spread((item,) if item is not None else ()) == _spread(alone.value.items)
        shared = parsed.shared_statements(file, (statement,), Limits()).value
        assert _spread(shared.items) == _spread(alone.value.items)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").rglob("*.tco")), ids=lambda path: path.stem)
def test_the_tree_of_any_file_comes_back_from_text(path: Path) -> None:
    file = SourceFile(path.name, path.read_text("utf-8"))
    module = parse(file, Limits()).value
    assert _spread(restored_module(json.loads(json.dumps(stored_module(module))), file)) == _spread(module)


def test_a_changed_text_is_parsed() -> None:
    file = FILES[0]
    assert shipped_trees(SourceFile(file.path, file.text + "\n")) is None
    assert shipped_trees(SourceFile("elsewhere.tco", file.text)) is None
    changed = SourceFile(file.path, file.text + "\nassume more = 1\n")
    assert parsed.shared_module(changed, Limits()).value.items[-1].span.text == "assume more = 1"


def test_trees_of_another_form_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "form", lambda: 1)
    shipped._known.cache_clear()
    try:
        assert shipped_trees(FILES[0]) is None
    finally:
        shipped._known.cache_clear()
