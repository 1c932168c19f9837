"""Places as the user knows them: seen from the folder in which the command runs, not from the root of a project."""

from __future__ import annotations

import os
from pathlib import Path

from tcolang.base.diagnostics import Diagnostic, Edit, Fix, Label
from tcolang.base.record import replace
from tcolang.base.source import COMMAND_LINE, SourceFile, Span


class Shown:
    """Moves the findings of one project; files that ship with the tool stay where they are, and so does `--set`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[SourceFile, SourceFile] = {}

    def path(self, path: str) -> str:
        """Of a file of the project."""
        relative = os.path.relpath(self.root / path)
        return Path(relative).as_posix()

    def diagnostic(self, one: Diagnostic) -> Diagnostic:
        span = self.span(one.span) if one.span is not None else None
        labels = tuple(Label(self.span(label.span), label.message) for label in one.labels)
        return replace(one, span=span, labels=labels, fix=self._fix(one.fix))

    def span(self, span: Span) -> Span:
        return Span(self._file(span.file), span.start, span.end)

    def _fix(self, fix: Fix | None) -> Fix | None:
        if fix is None:
            return None
        return Fix(tuple(Edit(self.span(edit.span), edit.text) for edit in fix.edits), fix.safe)

    def _file(self, file: SourceFile) -> SourceFile:
        if file not in self.files:
            stays = file.path == COMMAND_LINE or file.shipped
            self.files[file] = file if stays else SourceFile(self.path(file.path), file.text)
        return self.files[file]
