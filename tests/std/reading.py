"""The specs about the standard kinds, and the kinds themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tcolang import pipeline
from tcolang.base.frame import listing
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.semantics.program import Kind, Program

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SPECS = tuple(sorted((HERE / "kinds").glob("*.tco")))


def program_of(path: Path, settings: Sequence[str] = ()) -> Program:
    """Of a spec without errors, with overrides `path=value` as its scenario `SET`."""
    source = SourceFile(path.name, path.read_text(encoding="utf-8"))
    checked = pipeline.check(World(path.parent), source, settings)
    assert checked.value.program is not None, listing(checked.diagnostics)
    return checked.value.program


@cache
def standard_kinds() -> dict[str, Kind]:
    """By name, as the specs use them: a program holds the files of `specs/std` that it needs."""
    return {name: kind for path in SPECS for name, kind in program_of(path).kinds.items()}
