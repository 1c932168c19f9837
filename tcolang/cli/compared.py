"""What `tco diff` and `tco comment` have in common: which revisions of which specs, and their difference."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from tcolang.base.diagnostics import Diagnostic, as_told_last, fact, in_order
from tcolang.base.display import one_line
from tcolang.base.record import record
from tcolang.base.source import SourceFile
from tcolang.base.world import Unread, World
from tcolang.cli.command import UsageError
from tcolang.cli.configuration import Configuration, configuration_on_disk
from tcolang.cli.judged import stated_selection
from tcolang.cli.notes import Notes
from tcolang.cli.opened import MARKER, Opened, add_sampling, limits_in_force, opened, show
from tcolang.cli.scope import add_merge_base, commit_of, configuration_before, is_file, specs_to_compare
from tcolang.cli.selection import Selection

if TYPE_CHECKING:
    from tcolang.diff.difference import Difference, Side
    from tcolang.diff.guardrails import Breach, Guardrails
    from tcolang.engine.settings import Settings


@record
class Compared:
    """The differences of all specs, and the guardrails that they breach. `failed`: a spec has errors, which have been
    shown."""

    differences: tuple[Difference, ...]
    breaches: tuple[Breach, ...]
    failed: bool


@record
class Base:
    """A spec as it was: `file` is None where there was none. `configuration` is what was in force then."""

    world: World
    file: SourceFile | None
    configuration: Configuration


def add_comparison(parser: ArgumentParser) -> None:
    """The arguments that say what to compare, and how much it may change."""
    parser.add_argument(
        "specs", nargs="*", default=[], metavar="SPEC", help=".tco files (default: those with a decision)"
    )
    parser.add_argument(
        "--against",
        metavar="REF|FILE",
        help="a git revision, or another .tco file (default: HEAD; in CI the branch that is merged into)",
    )
    add_merge_base(parser)
    parser.add_argument("--max-increase", type=_amount, metavar="N", help="fail if the recommended TCO rises by more")
    parser.add_argument("--max-increase-pct", type=_amount, metavar="P", help="the same in per cent of what it was")
    parser.add_argument(
        "--fail-on-flip",
        action=BooleanOptionalAction,
        default=None,
        help="fail if another option is recommended",
    )
    add_sampling(parser)


def compared(arguments: Namespace) -> Compared:
    """Raises `UsageError` for what cannot be read or found."""
    from tcolang.diff.git import GitError
    from tcolang.diff.guardrails import breaches

    found: list[tuple[Difference, Guardrails]] = []
    failed = False
    notes = Notes()
    try:
        for path in specs_to_compare(arguments, notes):
            one = _one(path, arguments, notes)
            failed |= one is None
            found += [one] if one is not None else []
    except GitError as error:
        raise UsageError(f"{error}; {error.help}") from None
    broken = tuple(breach for difference, rails in found for breach in breaches(difference, rails))
    return Compared(tuple(difference for difference, _ in found), broken, failed)


def show_breaches(found: Compared) -> None:
    """On standard error, a line each."""
    for breach in found.breaches:
        print(one_line(f"guardrail {breach.name} breached in {breach.path}: {breach.text}"), file=sys.stderr)


def _one(path: str, arguments: Namespace, notes: Notes) -> tuple[Difference, Guardrails] | None:
    """None after errors in the spec as it is now."""
    from tcolang.cli.progress import progress
    from tcolang.diff.compare import compare, only
    from tcolang.engine.settings import Settings

    base = _base(path, arguments, notes)
    settings = Settings(arguments.samples, arguments.seed, base.world.limits)
    rails = _guardrails(arguments, base.configuration)
    selection = stated_selection(base.configuration)
    # Deleted can only be what a revision had: where a file is the base, a name that is not there is misspelt.
    if not Path(path).exists() and base.file is not None and not is_file(arguments.against):
        old, errors = _side(Opened(base.world, base.file), settings, selection)
        if old is None:
            show(errors)
            return None
        return only(path, old, "deleted"), rails
    spec = opened(path)
    head, errors = _side(spec, settings, selection)
    if head is None:
        show(errors, spec)
        return None
    if base.file is None:
        return only(path, head, "new"), rails
    # Under the name that it has now, so that a new name moves no draws.
    before = Opened(base.world, SourceFile(spec.file.path, base.file.text))
    old, errors = _side(before, settings, selection)
    if old is None:
        return only(path, head, "unreadable" if errors else "new", errors), rails
    with progress() as told:
        return compare(path, old, head, settings, told), rails


def _side(spec: Opened, settings: Settings, selection: Selection) -> tuple[Side | None, tuple[Diagnostic, ...]]:
    """Decided, or the errors that are in the way; neither where there is nothing to decide."""
    from tcolang.diff.difference import Side
    from tcolang.pipeline import check, decide_under
    from tcolang.report.keys import reported_keys
    from tcolang.semantics.allowances import without_allowed

    checked = check(spec.world, spec.file, lint=True)
    program = checked.value.program
    if checked.failed or program is None:
        return None, checked.diagnostics
    if program.decision is None:
        return None, ()
    decided = decide_under(program, settings, more=reported_keys)
    if decided.value is None:
        return None, decided.diagnostics
    found = as_told_last((*checked.diagnostics, *decided.diagnostics))
    counting, allowed = without_allowed(in_order(found), program.allowances)
    meant = tuple({fact(one[0]): one for one in (*checked.value.allowed, *allowed)}.values())
    one = decided.value
    asked = tuple(filter(selection.takes, counting))
    return Side(
        program, one.model, one.evaluation, one.decision, asked, tuple(one for one in meant if selection.takes(one[0]))
    ), ()


def _base(path: str, arguments: Namespace, notes: Notes) -> Base:
    if is_file(arguments.against):
        spec = opened(arguments.against)
        return Base(spec.world, spec.file, configuration_on_disk(Path(arguments.against).parent))
    return _base_in_git(Path(path), arguments, notes)


def _base_in_git(path: Path, arguments: Namespace, notes: Notes) -> Base:
    from tcolang.diff.git import repository
    from tcolang.diff.revision import revision

    folder = next(place for place in (path.parent, *path.absolute().parents) if place.is_dir())
    repo = repository(folder, os.environ)
    commit = commit_of(repo, arguments)
    limits = limits_in_force()
    whole = revision(repo, commit, "", limits)
    name = f"{repo.folder(path.parent)}{path.name}"
    reading = whole.read(name)
    if isinstance(reading, Unread) and reading.reason == "missing":
        old = next((old for old, new in repo.renames(commit) if new == name), None)
        name, reading = (old, whole.read(old)) if old is not None else (name, reading)
    inside = name.rpartition("/")[0]
    stated = configuration_before(whole, inside, path.parent, notes)
    if isinstance(reading, Unread):
        if reading.reason != "missing":
            raise UsageError(f"cannot read {name} at {commit[:12]}: {reading.sentence}")
        return Base(whole, None, stated)
    prefix = _root(whole, inside)
    return Base(revision(repo, commit, prefix, limits), SourceFile(name.removeprefix(prefix), reading), stated)


def _root(whole: World, folder: str) -> str:
    """The project's folder at a revision, as `opened` finds it on the disk: '' for the top, else ending in `/`."""
    here = folder
    while True:
        prefix = f"{here}/" if here else ""
        if isinstance(whole.read(f"{prefix}{MARKER}"), str):
            return prefix
        if not here:
            return f"{folder}/" if folder else ""
        here = here.rpartition("/")[0]


def _guardrails(arguments: Namespace, stated: Configuration) -> Guardrails:
    """Flags first, then what was in force before the change."""
    from tcolang.diff.guardrails import Guardrails

    def either(name: str):  # type: ignore[no-untyped-def]
        given = getattr(arguments, name)
        return given if given is not None else stated.value(name)

    return Guardrails(either("max_increase"), either("max_increase_pct"), either("fail_on_flip"))


def _amount(text: str) -> float:
    """A number of at least 0, in ASCII digits."""
    import re

    if not re.fullmatch(r"[0-9][0-9_]{0,17}(\.[0-9]{1,9})?", text, re.ASCII):
        raise ArgumentTypeError(f"a number of at least 0 is needed, not {text!r}")
    return float(text.replace("_", ""))
