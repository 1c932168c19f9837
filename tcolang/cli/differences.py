"""What changes in a file, as a unified diff."""

from __future__ import annotations

from tcolang.base.display import visible


def difference(path: str, before: str, after: str) -> str:
    """'' where nothing does."""
    from difflib import unified_diff

    name = visible(path)
    lines = unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
