"""Files that many specs share, such as packs, catalogues and the standard kinds: parsed once in a process at most."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from tcolang.base.diagnostics import Outcome
from tcolang.base.limits import Limits
from tcolang.base.record import replace
from tcolang.base.source import SourceFile
from tcolang.semantics.shipped import Trees, shipped_trees
from tcolang.syntax.items import Module
from tcolang.syntax.parse import Statement, parse, parse_statements, statement_index

_LARGE = 100_000
"""Characters, from which on a file is not kept: its tree takes a hundred times as much memory."""


def shared_module(file: SourceFile, limits: Limits) -> Outcome[Module]:
    """A whole file."""
    return parse(file, limits) if len(file.text) > _LARGE else _module(file, limits)


def shared_index(file: SourceFile) -> tuple[Statement, ...]:
    """The statements of a file that ships with the tool, without parsing them."""
    trees = _trees(file)
    return tuple(trees.texts) if trees is not None else statement_index(file)


def shared_statements(file: SourceFile, statements: Iterable[Statement], limits: Limits) -> Outcome[Module]:
    """Some statements of such a file, in the order given."""
    parsed = [_statement(file, statement, limits) for statement in statements]
    items = tuple(item for outcome in parsed for item in outcome.value.items)
    findings = tuple(finding for outcome in parsed for finding in outcome.diagnostics)
    return Outcome(replace(parse_statements(file, (), limits).value, items=items), findings)


@lru_cache(maxsize=64)
def _trees(file: SourceFile) -> Trees | None:
    return shipped_trees(file)


@lru_cache(maxsize=64)
def _module(file: SourceFile, limits: Limits) -> Outcome[Module]:
    trees = _trees(file)
    return Outcome(trees.module()) if trees is not None else parse(file, limits)


@lru_cache(maxsize=2048)
def _statement(file: SourceFile, statement: Statement, limits: Limits) -> Outcome[Module]:
    trees = _trees(file)
    item = trees.item(statement) if trees is not None else None
    if item is not None:
        return Outcome(replace(parse_statements(file, (), limits).value, items=(item,)))
    return parse_statements(file, (statement,), limits)
