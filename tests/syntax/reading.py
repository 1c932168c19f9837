"""Parsing in one call, and the places of files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tcolang.base.diagnostics import Outcome
from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile, Span
from tcolang.syntax import nodes
from tcolang.syntax.items import Item, Let, Module
from tcolang.syntax.nodes import Expression, Quantity, UnitText
from tcolang.syntax.parse import parse

SAMPLES = sorted(Path(__file__).with_name("samples").glob("*.tco"))
ANYWHERE = Span(SourceFile("", ""), 0, 0)
"""Spans do not count when nodes are compared."""


def read(text: str, limits: Limits | None = None) -> Outcome[Module]:
    return parse(SourceFile("spec.tco", text), limits or Limits())


def items(text: str) -> tuple[Item, ...]:
    """Of a spec without its edition line; there must be no finding."""
    outcome = read(f"tco 1\n{text}\n")
    assert not outcome.diagnostics, outcome.diagnostics
    return outcome.value.items


def formula(text: str) -> Expression:
    (item,) = items(f"let x = {text}")
    assert isinstance(item, Let)
    return item.value


def codes(text: str, limits: Limits | None = None) -> list[str]:
    return [diagnostic.problem.code for diagnostic in read(text, limits).diagnostics]


def name(text: str) -> nodes.Path:
    return nodes.Path(tuple(text.split(".")), ANYWHERE)


def unit(text: str) -> UnitText:
    return UnitText(text, ANYWHERE)


def amount(number: str, of: str | None = None) -> Quantity:
    return Quantity(Decimal(number), unit(of) if of else None, None, ANYWHERE)
