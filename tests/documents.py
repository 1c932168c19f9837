"""The code blocks of a Markdown page, and the specs that they make.

How a block is to be read stands behind its language, where no reader sees it: ```tco on=chat error=TCO203```.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tcolang.base.source import SourceFile
from tcolang.syntax.layout import layout

ROOT = Path(__file__).parents[1]

_FENCE = re.compile(r"```(.*)")


@dataclass(frozen=True, slots=True)
class Block:
    """`settings` are the words behind the language, `name=value`; `line` is that of the opening fence."""

    page: Path
    line: int
    language: str
    settings: dict[str, str]
    text: str

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def pages(*folders: str) -> tuple[Path, ...]:
    return tuple(page for folder in folders for page in sorted((ROOT / folder).glob("*.md")))


def blocks(page: Path) -> tuple[Block, ...]:
    return tuple(_blocks(page))


def _blocks(page: Path) -> Iterator[Block]:
    opened: tuple[int, str] | None = None
    lines: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        fence = _FENCE.fullmatch(line)
        if fence is None:
            lines.append(line)
        elif opened is None:
            opened, lines = (number, fence[1]), []
        else:
            language, *words = opened[1].split() or [""]
            settings = dict(word.split("=", 1) for word in words)
            yield Block(page, opened[0], language, settings, "\n".join(lines) + "\n")
            opened = None
    if opened is not None:
        raise ValueError(f"{page}:{opened[0]}: the block is never closed")


def added(base: str, fragment: str) -> str:
    """The base with the statements of the fragment: one of the same word and name takes the place of the base's, the
    others come behind it."""
    new = dict(_statements(fragment))
    kept = [new.pop(key, text) for key, text in _statements(base)]
    return "\n".join([*kept, *new.values()])


def _statements(text: str) -> Iterator[tuple[tuple[object, ...], str]]:
    """By word and name, so that two of a history or of what has no name stay two."""
    for statement in layout(SourceFile("", text)).statements:
        unique = statement.word in ("assume", "fx", "expect", "test", "allow", "correlate", "") or not statement.name
        key = (statement.word, statement.name, statement.start if unique else 0)
        yield key, text[statement.start : statement.end]
