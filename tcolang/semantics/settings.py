"""Overrides given on the command line: `--set path=value`. They are written and checked like those of a scenario."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.base.diagnostics import Outcome
from tcolang.base.limits import Limits
from tcolang.base.record import replace
from tcolang.base.source import COMMAND_LINE, SourceFile
from tcolang.semantics.load import Project
from tcolang.syntax import items
from tcolang.syntax.parse import parse


def with_settings(project: Outcome[Project], settings: Sequence[str], name: str, limits: Limits) -> Outcome[Project]:
    """The project with a scenario called `name` that holds the settings; with findings where they are no overrides."""
    if not settings:
        return project
    lines = "".join(f"  {_line(setting)}\n" for setting in settings)
    parsed = parse(SourceFile(COMMAND_LINE, f"tco 1\n\nscenario settings {{\n{lines}}}\n"), limits)
    blocks = [item for item in parsed.value.items if isinstance(item, items.Block)]
    added = tuple(replace(block, name=replace(block.name, text=name)) for block in blocks)
    main = project.value.main
    module = replace(main.module, items=(*main.module.items, *added))
    files = (replace(main, module=module), *project.value.files[1:])
    return Outcome(replace(project.value, files=files), (*project.diagnostics, *parsed.diagnostics))


def _line(setting: str) -> str:
    """`tickets=base * 3` as a line; newlines would make two of it."""
    path, _, value = setting.replace("\n", " ").partition("=")
    return f"{path.strip()} = {value.strip()}"
