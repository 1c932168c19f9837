"""`tco check`: everything that can be found in specs without evaluating them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from tcolang.cli.command import Command, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tcolang.base.limits import Limits
    from tcolang.cli.checked import Checked
    from tcolang.cli.finding_format import Finding
    from tcolang.cli.judged import Judgement


def _configure(parser: ArgumentParser) -> None:
    from tcolang.cli.scope import add_merge_base

    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders (default: this folder); - for standard input"
    )
    which = parser.add_argument_group("which findings")
    which.add_argument("--select", action="append", default=[], metavar="RULES", help="only these: codes, TCO4, names")
    which.add_argument("--ignore", action="append", default=[], metavar="RULES", help="not these")
    which.add_argument("--baseline", metavar="FILE", help="leave out what a JSON report that was written before has")
    which.add_argument("--as-of", type=_date, metavar="DATE", help="today, for files without a decision: 2026-01-31")
    base = parser.add_argument_group("in a pull request")
    base.add_argument(
        "--against",
        metavar="REF",
        help="a git revision, whose configuration, baseline and allowances count and not those of the change",
    )
    add_merge_base(base)
    exits = parser.add_argument_group("exit code")
    exits.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        help="the least finding for which it is 1 (default: as configured, else error)",
    )
    exits.add_argument("--strict", action="store_true", help="1 for warnings as well")
    shown = parser.add_argument_group("output")
    shown.add_argument(
        "--output-format",
        action="append",
        default=[],
        metavar="FORMAT[:FILE]",
        help="full, concise, json, sarif, github, gitlab, junit, rdjson; may be given several times",
    )
    shown.add_argument("--stdin-filename", metavar="FILE", help="what standard input is the text of")
    parser.add_argument("--no-cache", action="store_true", help="check anew what has not changed since it was checked")
    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="write files with what can be mended safely")
    fixes.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff: also what may change meaning")
    fixes.add_argument("--diff", action="store_true", help="show what --fix would write, and write nothing")


def _run(arguments: Namespace) -> int:
    import os

    from tcolang.base.diagnostics import in_order
    from tcolang.cli.cache.findings import findings_cache
    from tcolang.cli.cache.folder import VARIABLE
    from tcolang.cli.checked import Mending, check_all
    from tcolang.cli.finding_format import Findings
    from tcolang.cli.fingerprints import with_fingerprints
    from tcolang.cli.opened import complain_of, limits_in_force
    from tcolang.cli.outputs import outputs_of, write
    from tcolang.cli.progress import progress

    _refuse_nonsense(arguments)
    outputs = outputs_of(arguments.output_format)
    judged = _judged(arguments, limits_in_force())
    mending = Mending(arguments.fix or arguments.diff, arguments.unsafe_fixes)
    cache = None if arguments.no_cache else findings_cache(os.environ)
    with progress() as told:
        checked = check_all(arguments.paths, arguments.stdin_filename, arguments.as_of, mending, cache, judged, told)
    findings = with_fingerprints(in_order(checked.findings))
    new = tuple(one for one in findings if any(by.is_new(one) for by in checked.findings[one.diagnostic]))
    changed = _write_fixes(checked, arguments.diff)
    if not arguments.diff:
        write(outputs, Findings(new, checked.files, checked.project, checked.unread))
    print(_summary(checked, new, len(findings) - len(new), arguments), file=sys.stderr)
    complain_of(checked.unread)
    if cache is not None and cache.trouble and VARIABLE in os.environ:
        print(f"note: nothing is kept in {VARIABLE}: {cache.trouble}", file=sys.stderr)
    fails = any(by.fails(one.diagnostic) and by.is_new(one) for one in new for by in checked.findings[one.diagnostic])
    return 2 if checked.unread else int(fails or (arguments.diff and changed))


def _judged(arguments: Namespace, limits: Limits) -> Callable[[Path], Judgement]:
    if arguments.against is None:
        from tcolang.cli.judged import judgements

        return judgements(arguments, limits)
    from tcolang.cli.before import judgements_before

    return judgements_before(arguments, limits)


def _refuse_nonsense(arguments: Namespace) -> None:
    if arguments.merge_base is not None and arguments.against is None:
        raise UsageError("--merge-base and --no-merge-base go with --against")
    if arguments.unsafe_fixes and not (arguments.fix or arguments.diff):
        raise UsageError("--unsafe-fixes goes with --fix or --diff")
    if arguments.fix and not arguments.diff and (arguments.stdin_filename or "-" in arguments.paths):
        raise UsageError("standard input cannot be written to: use --diff")


def _write_fixes(checked: Checked, only_show: bool) -> bool:
    """Whether any file changed, or would."""
    changed = [spec for spec in checked.specs if spec.before != spec.after]
    if not changed:
        return False
    from tcolang.cli.differences import difference
    from tcolang.cli.written import write_text

    for spec in changed:
        if only_show:
            sys.stdout.write(difference(spec.shown, spec.before, spec.after))
        else:
            write_text(spec.path, spec.after)
    return True


def _summary(checked: Checked, new: tuple[Finding, ...], known: int, arguments: Namespace) -> str:
    from tcolang.base.frame import summary
    from tcolang.cli.fixes import fixable

    count = len(checked.specs)
    found = [finding.diagnostic for finding in new]
    fixed = sum(spec.fixed for spec in checked.specs)
    parts = [f"{count} {'spec' if count == 1 else 'specs'} checked: {summary(found) or 'no findings'}"]
    if fixed:
        parts.append(f"{fixed} {'could be fixed' if arguments.diff else 'fixed'}")
    if checked.allowed:
        parts.append(f"{checked.allowed} allowed")
    if checked.newly_allowed:
        parts.append(f"{checked.newly_allowed} allowed by this change alone, which counts once it is merged")
    if known:
        parts.append(f"{known} known from the baseline")
    safe, unsafe = fixable(found)
    if safe and not fixed:
        parts.append(f"{safe} fixable with --fix")
    if unsafe and not arguments.unsafe_fixes:
        parts.append(f"{unsafe} fixable with --fix --unsafe-fixes")
    return "; ".join(parts)


def _date(text: str) -> float:
    """Months since the year 0, as in the language."""
    from tcolang.semantics.remarks import months

    found = months(text)
    if found is None:
        raise ArgumentTypeError(f"a date is needed, 2026-01 or 2026-01-31, not {text!r}")
    return found


CHECK = Command(
    "check",
    "find mistakes in specs: syntax, names, units, structure, rules",
    _configure,
    _run,
    "tco check --fail-on warning --output-format sarif:findings.sarif .",
)
