"""Files that many specs share, such as packs, catalogues and the standard kinds: parsed once in a process at most."""

from __future__ import annotations

from functools import lru_cache

from tcolang.base.diagnostics import Outcome
from tcolang.base.digest import sha256
from tcolang.base.limits import Limits
from tcolang.base.record import replace
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.semantics.shipped import Trees, shipped_trees
from tcolang.syntax.items import Module
from tcolang.syntax.parse import Statement, parse, parse_statements, statement_index
from tcolang.syntax.stored import form, restored_module, stored_module

_LARGE = 100_000
"""Characters, from which on a file is not kept: its tree takes a hundred times as much memory."""


def project_module(world: World, file: SourceFile, *, shared: bool) -> Outcome[Module]:
    """A file of a project: as an earlier run has left it, or parsed. `shared` ones may be asked for again."""
    parser = shared_module if shared else parse
    if not world.keeps:
        return parser(file, world.limits)
    name = _name(file, world.limits)
    data = world.kept(name)
    if data is not None:
        return Outcome(restored_module(data, file))
    outcome = parser(file, world.limits)
    if not outcome.diagnostics:
        world.keep(name, stored_module(outcome.value))
    return outcome


def shared_module(file: SourceFile, limits: Limits) -> Outcome[Module]:
    """A whole file."""
    return parse(file, limits) if len(file.text) > _LARGE else _module(file, limits)


def shared_index(file: SourceFile) -> tuple[Statement, ...]:
    """The statements of a file that ships with the tool, without parsing them."""
    trees = _trees(file)
    return tuple(trees.texts) if trees is not None else statement_index(file)


@lru_cache(maxsize=256)
def shared_statements(file: SourceFile, statements: tuple[Statement, ...], limits: Limits) -> Outcome[Module]:
    """Some statements of such a file, in the order given."""
    parsed = [_statement(file, statement, limits) for statement in statements]
    items = tuple(item for outcome in parsed for item in outcome.value.items)
    findings = tuple(finding for outcome in parsed for finding in outcome.diagnostics)
    return Outcome(replace(parse_statements(file, (), limits).value, items=items), findings)


def _name(file: SourceFile, limits: Limits) -> str:
    sizes = [getattr(limits, name) for name in limits.__match_args__]
    return sha256(f"tree {form()} {sizes} {file.text}".encode())


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
