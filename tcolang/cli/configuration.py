"""Settings of a project: `tcolang.toml`, or `[tool.tcolang]` in `pyproject.toml`. The closest to a spec counts."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, TypeAlias

from tcolang.base.limits import Limits
from tcolang.base.record import field, record
from tcolang.base.suggest import did_you_mean
from tcolang.base.world import Reading, Unread, World
from tcolang.cli.command import UsageError

_TOP = Path(os.path.abspath(os.sep))  # noqa: PTH100 (the working directory may be gone)
FILE = "tcolang.toml"
SHARED = "pyproject.toml"
_EXTENDED = 10
BARS = ("error", "warning", "info", "never")
"""The least finding for which a check fails."""

Read: TypeAlias = Callable[[str], Reading]
"""The text of a file by its path from some folder, with `/`."""


@record
class Known:
    """A setting there is. `mistake` says what is wrong with a value, '' if nothing is."""

    name: str
    summary: str
    default: object
    mistake: Callable[[object], str]


@record
class Setting:
    """A value in force and where it is stated: `tcolang.toml:3`, or `default`."""

    value: Any
    where: str


@record
class Configuration:
    """`file` is the one that counts, '' where there is none; `settings` has every setting there is, by name."""

    file: str
    settings: Mapping[str, Setting] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        return self.settings[name].value


def configuration(read: Read, folder: str, shown: Callable[[str], str] = str) -> Configuration:
    """For what lies in a folder, given by its path with `/`, '' for the top. `shown` is what a reader is to see of the
    path of a file. Raises `UsageError`."""
    found = {known.name: Setting(known.default, "default") for known in KNOWN}
    file, stated = _closest(_Files(read, shown), folder)
    return Configuration(shown(file) if file else "", found | stated)


def configuration_on_disk(folder: Path, read: Read | None = None) -> Configuration:
    """For what lies in a folder of this machine; places are seen from where the command runs. `read` is that of the
    disk, where many folders are asked for. Raises `UsageError`."""
    place = folder.resolve()
    inside = place.relative_to(place.anchor).as_posix()
    return configuration(read or disk(), inside, lambda path: Path(os.path.relpath(_TOP / path)).as_posix())


def disk() -> Read:
    """Reads files by their path from the top of the disk, each once."""
    return cache(World(_TOP, Limits()).read)


@record
class _Files:
    """`shown` is the name of a file as a reader knows it."""

    read: Read
    shown: Callable[[str], str]


def _closest(files: _Files, folder: str) -> tuple[str, dict[str, Setting]]:
    here = "" if folder in (".", "/") else folder.strip("/")
    while True:
        for name in (FILE, SHARED):
            path = join(here, name)
            reading = files.read(path)
            if isinstance(reading, Unread):
                if reading.reason not in ("missing", "directory"):
                    raise UsageError(f"cannot read {files.shown(path)}: {reading.sentence}")
                continue
            stated = _stated(files, path, reading, ())
            if stated is not None:
                return path, stated
        if not here:
            return "", {}
        here = dirname(here)


def _stated(files: _Files, path: str, text: str, seen: tuple[str, ...]) -> dict[str, Setting] | None:
    """What a file states, over what it extends; None for a `pyproject.toml` that says nothing of this tool."""
    table = _table(files.shown(path), text, path.endswith(SHARED))
    if table is None:
        return None
    known = {one.name: one for one in KNOWN}
    below: dict[str, Setting] = {}
    stated: dict[str, Setting] = {}
    for name, value in table.items():
        where = f"{files.shown(path)}:{_line(text, name, path)}"
        if name == "extend":
            below = _extended(files, path, where, value, (*seen, path))
        elif name not in known:
            hint = did_you_mean(name, (*known, "extend")) or f"there are: extend, {', '.join(known)}"
            raise UsageError(f"{where}: there is no setting `{name}`; {hint}")
        elif mistake := known[name].mistake(value):
            raise UsageError(f"{where}: `{name}` {mistake}")
        else:
            stated[name] = Setting(tuple(value) if isinstance(value, list) else value, where)
    return below | stated


def _table(shown: str, text: str, shared: bool) -> dict[str, object] | None:
    import tomllib

    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{shown} is no TOML: {error}") from None
    except RecursionError:
        raise UsageError(f"{shown} is no TOML: it is nested too deeply") from None
    if not shared:
        return whole
    tool = whole.get("tool", {})
    table = tool.get("tcolang") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError(f"{shown}:{_line(text, 'tcolang', '')}: `tool.tcolang` is a table: write `[tool.tcolang]`")
    return table


def _extended(files: _Files, path: str, where: str, value: object, seen: tuple[str, ...]) -> dict[str, Setting]:
    if not isinstance(value, str) or not value:
        raise UsageError(f'{where}: `extend` names a file, such as "../{FILE}"')
    target = normpath(join(dirname(path), value))
    if target in seen or len(seen) > _EXTENDED:
        circle = " → ".join(map(files.shown, (*seen, target)))
        raise UsageError(f"{where}: configurations extend each other in a circle: {circle}")
    outside = target.startswith("../")
    reading = Unread("outside", "it lies outside of the project") if outside else files.read(target)
    if isinstance(reading, Unread):
        raise UsageError(f"{where}: cannot read {target if outside else files.shown(target)}: {reading.sentence}")
    stated = _stated(files, target, reading, seen)
    if stated is None:
        raise UsageError(f"{where}: {files.shown(target)} has no table `[tool.tcolang]`")
    return stated


def _line(text: str, name: str, path: str) -> int:
    """Where a setting is stated: TOML's reader does not tell."""
    inside = not path.endswith(SHARED)
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\s*([^\]]*?)\s*\]", line)
        if header is not None:
            if header[1] in (f"tool.tcolang.{name}", name):
                return number
            inside = header[1] == "tool.tcolang" if path.endswith(SHARED) else True
        elif inside and re.match(rf"""\s*["']?{re.escape(name)}["']?\s*[.=]""", line):
            return number
    return 1


def _amount(value: object) -> str:
    fine = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
    return "" if fine else f"is a number of at least 0, not {_shown(value)}"


def _flag(value: object) -> str:
    return "" if isinstance(value, bool) else f"is true or false, not {_shown(value)}"


def _severity(value: object) -> str:
    return "" if value in BARS else f"is {', '.join(map(repr, BARS))}, not {_shown(value)}".replace("'", '"')


def _text(value: object) -> str:
    return "" if isinstance(value, str) and value else f"is a text, not {_shown(value)}"


def _words(value: object) -> str:
    fine = isinstance(value, list) and all(isinstance(word, str) and word for word in value)
    return "" if fine else f"is a list of texts, not {_shown(value)}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


KNOWN = (
    Known("baseline", "the JSON report whose findings `tco check` leaves out", None, _text),
    Known("fail_on", "the least finding for which `tco check` fails", "error", _severity),
    Known("fail_on_flip", "a change of the recommendation fails `tco diff`", False, _flag),
    Known("ignore", "the findings that `tco check` and `tco diff` leave out: codes, TCO4, names", (), _words),
    Known("max_increase", "the most that the recommended TCO may rise, in the decision's currency", None, _amount),
    Known("max_increase_pct", "the most that the recommended TCO may rise, in per cent", None, _amount),
    Known("select", "the only findings that `tco check` and `tco diff` look at", (), _words),
    Known("specs", "the specs that `tco diff` and `tco comment` look at where none is named", (), _words),
)
