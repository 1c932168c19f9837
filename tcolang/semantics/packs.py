"""Rule packs in use, and the departures from them that a spec states."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from tcolang.base.suggest import did_you_mean
from tcolang.semantics.check import check, months_of
from tcolang.semantics.problems import rules as problems
from tcolang.semantics.program import Criterion, Decision, Pack, RuleSwitch
from tcolang.semantics.results import FLOW
from tcolang.semantics.scope import FileScope, Scope, Tables
from tcolang.semantics.terms import Term
from tcolang.semantics.types import Type
from tcolang.semantics.values import accepted
from tcolang.syntax import items


def packs(tables: Tables) -> tuple[Pack, ...]:
    """Each pack with its version and the hash of its text."""
    found: list[Pack] = []
    for file in tables.files.values():
        if file.loaded.origin != "pack":
            continue
        head = _head(file)
        if head is not None and head.name.text != file.stem:
            Scope(tables, file, "value").report(
                problems.NO_PACK_LINE,
                f"the pack `{head.name.text}` lies in a file called `{file.stem}.tco`",
                head.name.span,
                help=f"call both the same: `use {file.stem}` is how a spec finds it",
            )
        if head is None:
            Scope(tables, file, "value").report(
                problems.NO_PACK_LINE,
                f"`{file.stem}.tco` is used as a rule pack and does not say so",
                file.loaded.module.items[0].span if file.loaded.module.items else None,  # type: ignore[arg-type]
                help=f'add `pack {file.stem} version "1.0.0"` below its edition',
            )
            continue
        found.append(_pack(head, file))
    _old_enough(tables, {pack.name: pack.version for pack in found})
    return tuple(found)


def _old_enough(tables: Tables, versions: Mapping[str, str]) -> None:
    """A finding for each pack that is older than what uses or extends it asks for."""
    for file in tables.files.values():
        for item in file.loaded.module.items:
            path = item.path if isinstance(item, items.Use) else item.extends if isinstance(item, items.Pack) else None
            least = item.least if isinstance(item, items.Use | items.Pack) else None
            name = path.names[-1] if path is not None else ""
            if least is None or name not in versions:
                continue
            there, asked = _numbers(versions[name]), _numbers(least.text)
            if there is not None and asked is not None and there >= asked:
                continue
            text = f"`{name}` {least.text} or newer is asked for, and there is {versions[name]}"
            if there is None or asked is None:
                text = f"whether `{name}` {versions[name]} is {least.text} or newer cannot be told"
            Scope(tables, file, "value").report(
                problems.PACK_TOO_OLD,
                text,
                least.span,
                help=f'use a newer `{name}`; or ask for less, `from "{versions[name]}"`, where its rules will do'
                if there is not None and asked is not None
                else "a version is made of numbers and dots: `1.10.0`",
            )


def _numbers(version: str) -> tuple[int, ...] | None:
    """`1.10.0` as numbers, without zeros at the end: 1.2 is 1.2.0."""
    parts = version.split(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def main_pack(tables: Tables) -> Pack | None:
    """What the main file says of itself, where it is a pack."""
    head = _head(tables.main)
    return _pack(head, tables.main) if head is not None else None


def _head(file: FileScope) -> items.Pack | None:
    return next((i for i in file.loaded.module.items if isinstance(i, items.Pack)), None)


def _pack(head: items.Pack, file: FileScope) -> Pack:
    digest = hashlib.sha256(file.loaded.module.file.text.encode()).hexdigest()
    return Pack(head.name.text, head.version, digest, head.name.span)


def switches(tables: Tables, criteria: Mapping[str, Criterion], decision: Decision | None) -> tuple[RuleSwitch, ...]:
    """Parameters and worths overridden, rules switched off. One that matches nothing or has expired is an error."""
    found: list[RuleSwitch] = []
    for item in tables.main.loaded.module.items:
        if not isinstance(item, items.Override):
            continue
        scope = Scope(tables, tables.main, "value")
        target = _target(item, criteria, scope)
        until = months_of(item.until)
        if decision is not None and until < decision.as_of:
            scope.report(
                problems.EXPIRED,
                f"this departure from `{item.path.text}` has ended",
                item.until.span,
                help="remove it, or renew it with a reason that holds today",
            )
        if target is None:
            continue
        key, type_ = target
        value: Term | None = None
        if item.value is not None and type_ is not None:
            value = accepted(check(item.value, scope, type_), type_, None, scope, item.path.text)
        found.append(RuleSwitch(key, value, item.because, item.by, until, item.path.span))
    return tuple(found)


def _target(item: items.Override, criteria: Mapping[str, Criterion], scope: Scope) -> tuple[str, Type | None] | None:
    tables = scope.tables
    names = item.path.names
    file = tables.files.get(names[0]) if len(names) == 2 else None
    pack = file if file is not None and file.loaded.origin == "pack" else None
    known: list[str] = []
    if pack is not None:
        rules = [i.name.text for i in pack.loaded.module.items if isinstance(i, items.Rule)]
        if item.value is None:
            known = rules
            if names[1] in rules:
                return f"{pack.stem}/{names[1]}", None
        else:
            known = [*pack.values, *criteria]
            assumption = tables.assumptions.get(pack.key(names[1]))
            if assumption is not None:
                return assumption.key, assumption.value.type
            if names[1] in criteria:
                return f"(criterion {names[1]})", FLOW
    else:
        known = [f.stem for f in tables.files.values() if f.loaded.origin == "pack"]
    scope.report(
        problems.MATCHES_NOTHING,
        f"`{item.path.text}` matches no {'rule' if item.value is None else 'parameter'} of a pack in use",
        item.path.span,
        help=did_you_mean(names[-1] if pack else names[0], known) or f"there are: {', '.join(sorted(known)[:20])}",
    )
    return None
