"""Kinds of components as a reader needs them: the text of `tco kinds`, from what stands in the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

from tcolang.base.display import one_line
from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.base.world import standard_directory
from tcolang.semantics.parsed import shared_module
from tcolang.syntax.items import AttributeDeclaration, CostLine, Kind, Let, Requirement

_Member = TypeVar("_Member", AttributeDeclaration, Let, CostLine, Requirement)


def kinds(own: SourceFile | None = None) -> Iterator[Kind]:
    """Those of a file first, then the standard ones, by file and in order of writing."""
    limits = Limits()
    files = [own] if own is not None else []
    for path in sorted(standard_directory().glob("*.tco")):
        files.append(SourceFile(f"std/{path.name}", path.read_text(encoding="utf-8"), shipped=True))
    for file in files:
        yield from (item for item in shared_module(file, limits).value.items if isinstance(item, Kind))


def row(kind: Kind, width: int) -> str:
    """The name, padded to a width, and the first sentence of what it is for."""
    return f"{kind.name.text:<{width}}  {one_line(_first(kind))}".rstrip() + "\n"


def page(kind: Kind) -> str:
    """What it states, what it costs, and what has to hold."""
    role = f", a {kind.role.text}" if kind.role is not None else ""
    lines = [f"{kind.name.text}{role} ({kind.span.where})", one_line(kind.doc)]
    lines += ["", *_section("states", map(_attribute, _of(kind, AttributeDeclaration)))]
    lines += ["", *_section("works out", map(_formula, _of(kind, Let)))]
    lines += ["", *_section("costs", map(_cost, _of(kind, CostLine)))]
    lines += ["", *_section("has to hold", map(_requirement, _of(kind, Requirement)))]
    return re.sub("\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip() + "\n"


def _of(kind: Kind, type_: type[_Member]) -> Iterator[_Member]:
    return (member for member in kind.members if isinstance(member, type_))


def _section(title: str, rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    found = tuple(rows)
    if found:
        yield f"{title}:"
    for written, doc in found:
        yield f"  {one_line(written)}"
        if doc:
            yield f"      {one_line(doc)}"


def _attribute(one: AttributeDeclaration) -> tuple[str, str]:
    """As it is declared: with `?` it may be left out, with `=` it has a default."""
    return _code(one.span.text), one.doc


def _formula(one: Let) -> tuple[str, str]:
    return _code(one.span.text).removeprefix("let "), one.doc


def _cost(one: CostLine) -> tuple[str, str]:
    return _code(one.span.text).removeprefix("cost "), one.doc


def _requirement(one: Requirement) -> tuple[str, str]:
    return _code(one.span.text), one.doc


def _code(text: str) -> str:
    """Without the documentation above it."""
    return " ".join(line.strip() for line in text.splitlines() if not line.lstrip().startswith("#"))


def _first(kind: Kind) -> str:
    text = one_line(kind.doc or kind.title)
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]
