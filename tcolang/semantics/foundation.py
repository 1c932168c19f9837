"""What standard kinds and packs come to: worked out for the first spec that stands on them, read by the others.

Their names mean nothing of the spec that uses them, so what they come to depends on those files, on the kinds, choices
and units that other files of the project add to them, and on the currency. One in which anything was found is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.semantics.program import Assumption, Criterion, ExchangeRate, GlobalFormula, Kind, Program, Rule
from tcolang.semantics.scope import FileScope, Tables
from tcolang.syntax import items

MOST = 32
"""Foundations that are kept, those used last."""

Ground: TypeAlias = tuple[object, ...]


@record
class Foundation:
    """`kinds`, assumptions and formulas by name or key, the others by the identity of their item. `members` are the
    formulas and cost lines of kinds as they are written. `rules` hold where there are the criteria `argued`;
    `exchanged` is as in `Tables`, and `ground` what the key has by identity, which is not to be taken by another."""

    kinds: Mapping[str, Kind]
    members: Mapping[str, tuple[dict[str, items.Let], dict[str, items.CostLine]]]
    assumptions: Mapping[str, Assumption]
    formulas: Mapping[str, GlobalFormula]
    rates: Mapping[int, ExchangeRate]
    criteria: Mapping[int, Criterion | None]
    argued: tuple[str, ...]
    rules: Mapping[int, Rule | None]
    exchanged: Mapping[str, Span]
    ground: Ground


_KEPT: dict[Ground, Foundation] = {}


def foundation(tables: Tables) -> Foundation | None:
    """That of an earlier spec which stands on the same. Members of its kinds, its values and currencies are put into
    the tables."""
    key = _key(tables)
    found = _KEPT.pop(key, None)
    if found is None:
        return None
    _KEPT[key] = found
    for name, kind in found.kinds.items():
        draft = tables.kinds[name]
        draft.attributes, draft.formulas, draft.costs = dict(kind.attributes), dict(kind.formulas), dict(kind.costs)
        draft.formula_items, draft.cost_items = found.members[name]
        draft.siblings = tables.kinds
    tables.assumptions.update(found.assumptions)
    tables.formulas.update(found.formulas)
    tables.exchanged_by_tool.update(found.exchanged)
    return found


def keep_foundation(
    tables: Tables,
    made: Program,
    rates: Mapping[int, ExchangeRate],
    criteria: Mapping[int, Criterion | None],
    argued: tuple[str, ...],
    rules: Mapping[int, Rule | None],
) -> None:
    """For specs to come, where it can be shared. Rates, criteria and rules by the identity of their item."""
    paths = {file.module.file.path for file in tables.project.files if file.origin in ("std", "pack")}
    wrong = any(one.span is not None and one.span.file.path in paths for one in tables.findings)
    if wrong or not _shareable(tables):
        return
    shared = {id(item) for file in _shipped(tables) for item in file.loaded.module.items}
    packs = tuple(f"{file.stem}." for file in _shipped(tables) if file is not tables.standard)
    kinds = {name: made.kinds[name] for name, draft in tables.kinds.items() if draft.file is tables.standard}
    key = _key(tables)
    _KEPT[key] = Foundation(
        kinds,
        {name: (tables.kinds[name].formula_items, tables.kinds[name].cost_items) for name in kinds},
        {key: one for key, one in made.assumptions.items() if key.startswith(packs)},
        {key: one for key, one in made.formulas.items() if key.startswith(packs)},
        {place: one for place, one in rates.items() if place in shared},
        {place: one for place, one in criteria.items() if place in shared},
        argued,
        {place: one for place, one in rules.items() if place in shared},
        dict(tables.exchanged_by_tool),
        tuple(_stands_on(tables)),
    )
    while len(_KEPT) > MOST:
        del _KEPT[next(iter(_KEPT))]


def _shareable(tables: Tables) -> bool:
    """Not where the spec has a part in it itself, or a pack imports what may be anything."""
    added = any(isinstance(item, _ADDED) for item in tables.main.loaded.module.items)
    return not added and not any(file.loaded.imports for file in _shipped(tables))


def _key(tables: Tables) -> Ground:
    return tables.limits, tables.currency, *map(id, _stands_on(tables))


def _stands_on(tables: Tables) -> Iterator[object]:
    """All that is added to the language, and the packs. Of files that many specs share there is one object."""
    if tables.standard is not None:
        yield from tables.standard.loaded.module.items
    for file in tables.files.values():
        if file.loaded.origin == "pack":
            yield file.loaded.module
        else:
            yield from (item for item in file.loaded.module.items if isinstance(item, _ADDED))


_ADDED = (items.Kind, items.Choice, items.UnitDeclaration)


def _shipped(tables: Tables) -> list[FileScope]:
    packs = [file for file in tables.files.values() if file.loaded.origin == "pack"]
    return [*([tables.standard] if tables.standard else []), *packs]
