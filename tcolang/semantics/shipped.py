"""The trees of the files that ship with the tool, parsed in advance: `python -m tcolang.semantics.shipped` writes them.

Reading a tree takes a fraction of the time that parsing takes. A file whose text is not the one it was is parsed.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tcolang.base.limits import Limits
from tcolang.base.record import record
from tcolang.base.source import SourceFile, Span
from tcolang.base.world import rules_directory, standard_directory
from tcolang.syntax.items import Comment, Item, Module
from tcolang.syntax.parse import EDITION, Statement, parse, parse_statements, statement_index
from tcolang.syntax.stored import form, restored, stored

TREES = Path(__file__).with_name("shipped.json")


@record
class Trees:
    """The statements of one file, each with its tree as text; '' for the line with the edition."""

    file: SourceFile
    doc: str
    comments: tuple[tuple[int, int, str], ...]
    texts: Mapping[Statement, str]

    def item(self, statement: Statement) -> Item | None:
        """None for the line with the edition. Raises `KeyError` where the file has no such statement."""
        text = self.texts[statement]
        found: Item | None = restored(json.loads(text), self.file) if text else None
        return found

    def module(self) -> Module:
        """The whole file."""
        items = tuple(item for item in map(self.item, self.texts) if item is not None)
        comments = tuple(Comment(text, Span(self.file, start, end)) for start, end, text in self.comments)
        return Module(EDITION, self.doc, items, self.file, comments)


def shipped_trees(file: SourceFile) -> Trees | None:
    """None for any file that is not, to the letter, one that shipped."""
    known = _known().get(file.path)
    if known is None or known["text"] != _mark(file.text):
        return None
    texts = {Statement(*place): text for *place, text in known["statements"]}
    return Trees(file, known["doc"], tuple((s, e, t) for s, e, t in known["comments"]), texts)


def build() -> dict[str, Any]:
    """The content of shipped.json."""
    places = [("std", standard_directory()), ("rules", rules_directory())]
    files = [
        SourceFile(f"{name}/{path.name}", path.read_text("utf-8"), shipped=True)
        for name, folder in places
        for path in sorted(folder.glob("*.tco"))
    ]
    return {"form": form(), "files": {file.path: _entry(file) for file in files}}


def text_of(content: Mapping[str, Any]) -> str:
    """A line a statement, so that a change can be reviewed."""
    files = ",\n".join(f"{json.dumps(path)}:{_lines(entry)}" for path, entry in content["files"].items())
    return f'{{"form":{content["form"]},"files":{{\n{files}\n}}}}\n'


def _entry(file: SourceFile) -> dict[str, Any]:
    module = parse(file, Limits()).value
    statements = []
    for one in statement_index(file):
        parsed = parse_statements(file, (one,), Limits()).value.items
        tree = json.dumps(stored(parsed[0]), separators=(",", ":")) if parsed else ""
        statements.append([one.word, one.name, one.start, one.end, tree])
    comments = [[one.span.start, one.span.end, one.text] for one in module.comments]
    return {"text": _mark(file.text), "doc": module.doc, "comments": comments, "statements": statements}


def _lines(entry: Mapping[str, Any]) -> str:
    head = {key: value for key, value in entry.items() if key != "statements"}
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in entry["statements"])
    return f'{json.dumps(head, separators=(",", ":"))[:-1]},"statements":[\n{lines}\n]}}'


@cache
def _known() -> Mapping[str, Any]:
    content: dict[str, Any] = json.loads(TREES.read_bytes()) if TREES.exists() else {}
    known: Mapping[str, Any] = content["files"] if content.get("form") == form() else {}
    return known


def _mark(text: str) -> int:
    """Tells a text from another; it is not there to resist anyone."""
    return zlib.crc32(text.encode())


if __name__ == "__main__":
    TREES.write_text(text_of(build()), encoding="utf-8", newline="\n")
