"""How findings were judged before a change: by configuration, baseline and allowances as a revision has them, so that a
change cannot loosen its own check."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.limits import Limits
from tcolang.base.record import record, replace
from tcolang.base.source import SourceFile
from tcolang.base.world import Unread
from tcolang.cli.baseline import baseline_of
from tcolang.cli.command import UsageError
from tcolang.cli.configuration import Configuration, configuration
from tcolang.cli.judged import Judgement, judgement, judgements
from tcolang.cli.notes import Notes
from tcolang.cli.scope import as_it_says, commit_of, is_file
from tcolang.diff.git import GitError, repository
from tcolang.diff.revision import Revision, revision
from tcolang.semantics.allowances import stated
from tcolang.semantics.meant import meant_before
from tcolang.syntax.parse import parse


def judgements_before(arguments: Namespace, limits: Limits) -> Callable[[Path], Judgement]:
    """For a spec by its path, as `--against` had it. Flags of the command line go before it. What the change states is
    read all the same, so that a mistake in it is not found out when it is merged. Raises `UsageError`."""
    if is_file(arguments.against):
        raise UsageError("--against names a git revision, and not a spec, where a check is judged by it")
    before = _before(arguments, limits)
    now = judgements(arguments, limits)
    given = before.baseline(Path(arguments.baseline)) if arguments.baseline else None

    @cache
    def of(folder: str) -> Judgement | None:
        return before.judgement(folder, arguments, given)

    def judged(path: Path) -> Judgement:
        as_changed = now(path)
        found = of(before.name(path).rpartition("/")[0]) or as_changed
        return replace(found, meant=before.meant)

    return judged


@record
class _Before:
    """`renamed` has the earlier name of each file that has another now; `unchanged` those that are as they were."""

    whole: Revision
    renamed: dict[str, str]
    unchanged: frozenset[str]
    known: dict[tuple[str, float | None], Callable[[Diagnostic], bool]]
    notes: Notes

    def name(self, path: Path) -> str:
        """That of a file within the repository, as it was. Raises `UsageError`."""
        try:
            name = f"{self.whole.repository.folder(path.parent)}{path.name}"
        except ValueError:
            raise UsageError(f"{path} lies outside of the repository that --against names a revision of") from None
        return self.renamed.get(name, name)

    def judgement(self, folder: str, arguments: Namespace, given: frozenset[str] | None) -> Judgement | None:
        """For the specs of a folder; None where there was a mistake in what judged them: a change may mend it."""
        try:
            found = configuration(self.whole.read, folder)
            known = given if given is not None else self._baseline(found)
            return judgement(found, arguments, known)
        except UsageError as error:
            self.notes.tell(as_it_says(self.whole, error))
            return None

    def baseline(self, path: Path) -> frozenset[str]:
        """A file of the repository as it was, where nothing was known before it was there. Raises `UsageError`."""
        name = self.name(path.absolute())
        reading = self.whole.read(name)
        if isinstance(reading, str):
            return baseline_of(reading, f"{name} at {self.whole.commit[:12]}")
        if reading.reason == "missing" and path.is_file():
            return frozenset()
        raise UsageError(f"cannot read the baseline {path} at {self.whole.commit[:12]}: {reading.sentence}")

    def _baseline(self, found: Configuration) -> frozenset[str]:
        name = found.value("baseline")
        if name is None:
            return frozenset()
        folder = found.file.rpartition("/")[0]
        prefix = f"{folder}/" if folder else ""
        repo, commit, limits = self.whole.repository, self.whole.commit, self.whole.limits
        reading = revision(repo, commit, prefix, limits).read(name)
        if isinstance(reading, Unread):
            raise UsageError(f"{found.settings['baseline'].where}: cannot read {name}: {reading.sentence}")
        return baseline_of(reading, name)

    def meant(self, finding: Diagnostic, as_of: float | None) -> bool:
        """Whether it was allowed already; as it is now where the file could not be parsed, which a change may mend."""
        if finding.span is None:
            return True
        path = finding.span.file.path
        if (path, as_of) not in self.known:
            self.known[path, as_of] = self._meant(path, as_of)
        return self.known[path, as_of](finding)

    def _meant(self, path: str, as_of: float | None) -> Callable[[Diagnostic], bool]:
        name = self.name(Path(path).absolute())
        if name in self.unchanged:
            return lambda finding: True
        reading = self.whole.read(name)
        if isinstance(reading, Unread):
            return lambda finding: reading.reason != "missing"
        parsed = parse(SourceFile(path, reading), self.whole.limits)
        if parsed.failed:
            return lambda finding: True
        return meant_before((allowance for allowance, _ in stated(parsed.value).value), as_of)


def _before(arguments: Namespace, limits: Limits) -> _Before:
    try:
        repo = repository(Path(), os.environ)
        commit = commit_of(repo, arguments)
        return _Before(
            revision(repo, commit, "", limits),
            {new: old for old, new in repo.renames(commit)},
            repo.unchanged(commit),
            {},
            Notes(),
        )
    except GitError as error:
        raise UsageError(f"{error}; {error.help}") from None
