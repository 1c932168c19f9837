"""How the findings of a spec are judged: as the command line says, else the configuration closest to the spec."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.limits import Limits
from tcolang.base.problem import Severity
from tcolang.base.record import record
from tcolang.base.world import Unread, World
from tcolang.cli.baseline import baseline_of, read_baseline
from tcolang.cli.command import UsageError
from tcolang.cli.configuration import Configuration, configuration_on_disk, disk
from tcolang.cli.finding_format import Finding
from tcolang.cli.selection import Selection, selection_of

_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO, "never": None}


@record
class Judgement:
    """`fails_on` is the least finding that fails, None for none; `known` are the fingerprints of the baseline. `meant`
    says of what a spec allows, by the date that it is judged by, whether that counts."""

    selection: Selection
    fails_on: Severity | None
    known: frozenset[str]
    meant: Callable[[Diagnostic, float | None], bool] = lambda finding, as_of: True

    def fails(self, finding: Diagnostic) -> bool:
        return self.fails_on is not None and finding.severity >= self.fails_on

    def is_new(self, finding: Finding) -> bool:
        return not self.known or finding.fingerprint not in self.known


def judgements(arguments: Namespace, limits: Limits) -> Callable[[Path], Judgement]:
    """For a spec by its path. What is stated is read once, mistakes in it raise `UsageError`."""
    read = disk()
    given = read_baseline(arguments.baseline, limits) if arguments.baseline else None

    @cache
    def of(folder: Path) -> Judgement:
        found = configuration_on_disk(folder, read)
        known = given if given is not None else _baseline(found, limits)
        return judgement(found, arguments, known)

    return lambda path: of(path.parent)


def judgement(found: Configuration, arguments: Namespace, known: frozenset[str]) -> Judgement:
    """As a configuration says, where the command line does not. Raises `UsageError`."""
    return Judgement(_selection(found, arguments), _fails_on(found, arguments), known)


def plainly(path: Path) -> Judgement:
    """All findings count, and errors fail."""
    return Judgement(Selection((), ()), Severity.ERROR, frozenset())


def stated_selection(found: Configuration) -> Selection:
    """What a configuration selects and ignores. Raises `UsageError`."""
    where = (_where(found, "select"), _where(found, "ignore"))
    return selection_of(found.value("select"), found.value("ignore"), where)


def _selection(found: Configuration, arguments: Namespace) -> Selection:
    """A list of the command line takes the place of that of the configuration."""
    select = arguments.select or found.value("select")
    ignore = arguments.ignore or found.value("ignore")
    where = (
        "--select" if arguments.select else _where(found, "select"),
        "--ignore" if arguments.ignore else _where(found, "ignore"),
    )
    return selection_of(select, ignore, where)


def _fails_on(found: Configuration, arguments: Namespace) -> Severity | None:
    bar = _SEVERITIES[arguments.fail_on or found.value("fail_on")]
    if arguments.strict:
        return min(bar or Severity.WARNING, Severity.WARNING)
    return bar


def _baseline(found: Configuration, limits: Limits) -> frozenset[str]:
    """From the folder of the configuration, and not out of it."""
    name = found.value("baseline")
    if name is None:
        return frozenset()
    reading = World(Path(found.file).absolute().parent, limits).read(name)
    if isinstance(reading, Unread):
        raise UsageError(f"{_where(found, 'baseline')}: cannot read {name}: {reading.sentence}")
    return baseline_of(reading, f"{_where(found, 'baseline')}: {name}")


def _where(found: Configuration, name: str) -> str:
    return f"{found.settings[name].where}: `{name}`"
