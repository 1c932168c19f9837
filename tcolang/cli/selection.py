"""Which findings are asked for: `--select TCO4,stale-source --ignore TCO45`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.problem import Severity
from tcolang.base.record import record
from tcolang.base.suggest import did_you_mean
from tcolang.cli.command import UsageError

JUDGEMENT = ("TCO3", "TCO4", "TCO5", "TCO6")
"""Bands in which a finding can be meant. What stands in others is wrong, and always shown."""


@record
class Selection:
    """Prefixes of codes; all codes where `select` is empty."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]

    def takes(self, diagnostic: Diagnostic) -> bool:
        """Errors are taken whatever is asked for: without them mended the rest is not to be relied on."""
        code = diagnostic.problem.code
        if diagnostic.severity is Severity.ERROR or not code.startswith(JUDGEMENT):
            return True
        return (not self.select or code.startswith(self.select)) and not (self.ignore and code.startswith(self.ignore))


def selection_of(
    select: Sequence[str], ignore: Sequence[str], where: tuple[str, str] = ("--select", "--ignore")
) -> Selection:
    """Codes, beginnings of codes and names, in lists with commas; `where` says who states the two. Raises `UsageError`
    for one that does not exist."""
    if not select and not ignore:
        return Selection((), ())
    # Loads every module that declares a code.
    from tcolang.cli.codes import code_names

    names = code_names()
    chosen, left_out = _prefixes(where[0], select, names), _prefixes(where[1], ignore, names)
    wrong = next((prefix for prefix in left_out if not prefix.startswith(JUDGEMENT)), None)
    if wrong is not None:
        raise UsageError(f"{where[1]}: {wrong} is no matter of judgement; the bands 3xx to 6xx can be ignored")
    return Selection(chosen, left_out)


def _prefixes(option: str, lists: Sequence[str], names: dict[str, str]) -> tuple[str, ...]:
    words = [word.strip() for one in lists for word in one.split(",") if word.strip()]
    return tuple(_prefix(option, word, names) for word in words)


def _prefix(option: str, word: str, names: dict[str, str]) -> str:
    upper = word.upper()
    by_name = {name: code for code, name in names.items()}
    prefix = by_name.get(word, upper)
    if prefix not in by_name.values() and not (
        re.fullmatch("TCO[0-9]{1,2}", prefix) and any(code.startswith(prefix) for code in names)
    ):
        hint = did_you_mean(word, (*names, *by_name)) or "`tco rule` lists all"
        raise UsageError(f"{option}: there is no rule `{word}`; {hint}")
    return prefix
