"""Settings of a project: `tcolang.toml`, or `[tool.tcolang]` in `pyproject.toml`. The closest to a spec counts."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, TypeAlias

from tcolang.base.limits import Limits
from tcolang.base.record import field, record
from tcolang.base.suggest import did_you_mean
from tcolang.base.world import Reading, Unread, World
from tcolang.cli.command import UsageError

FILE = "tcolang.toml"
SHARED = "pyproject.toml"
_EXTENDED = 10

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


def configuration(read: Read, folder: str) -> Configuration:
    """For what lies in a folder, given by its path with `/`, '' for the top. Raises `UsageError`."""
    found = {known.name: Setting(known.default, "default") for known in KNOWN}
    file, stated = _closest(read, folder)
    return Configuration(file, found | stated)


def configuration_on_disk(folder: Path) -> Configuration:
    """For what lies in a folder of this machine. Raises `UsageError`."""
    place = folder.resolve()
    world = World(Path(place.anchor), Limits())
    found = configuration(world.read, place.relative_to(place.anchor).as_posix())
    shown = {name: Setting(s.value, _nearer(s.where, place)) for name, s in found.settings.items()}
    return Configuration(_nearer(found.file, place), shown)


def _nearer(where: str, place: Path) -> str:
    """A place as seen from a folder above it or beside it, which is shorter than from the top of the disk."""
    if where in ("", "default"):
        return where
    path = Path(place.anchor) / where
    for above, folder in enumerate((place, *place.parents)):
        if path.is_relative_to(folder):
            return "../" * above + path.relative_to(folder).as_posix()
    return str(path)


def _closest(read: Read, folder: str) -> tuple[str, dict[str, Setting]]:
    here = "" if folder in (".", "/") else folder.strip("/")
    while True:
        for name in (FILE, SHARED):
            path = join(here, name)
            reading = read(path)
            if isinstance(reading, Unread):
                if reading.reason not in ("missing", "directory"):
                    raise UsageError(f"cannot read {path}: {reading.sentence}")
                continue
            stated = _stated(read, path, reading, ())
            if stated is not None:
                return path, stated
        if not here:
            return "", {}
        here = dirname(here)


def _stated(read: Read, path: str, text: str, seen: tuple[str, ...]) -> dict[str, Setting] | None:
    """What a file states, over what it extends; None for a `pyproject.toml` that says nothing of this tool."""
    table = _table(path, text)
    if table is None:
        return None
    known = {one.name: one for one in KNOWN}
    below: dict[str, Setting] = {}
    stated: dict[str, Setting] = {}
    for name, value in table.items():
        where = f"{path}:{_line(text, name, path)}"
        if name == "extend":
            below = _extended(read, path, where, value, (*seen, path))
        elif name not in known:
            hint = did_you_mean(name, (*known, "extend")) or f"there are: extend, {', '.join(known)}"
            raise UsageError(f"{where}: there is no setting `{name}`; {hint}")
        elif mistake := known[name].mistake(value):
            raise UsageError(f"{where}: `{name}` {mistake}")
        else:
            stated[name] = Setting(tuple(value) if isinstance(value, list) else value, where)
    return below | stated


def _table(path: str, text: str) -> dict[str, object] | None:
    import tomllib

    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is no TOML: {error}") from None
    except RecursionError:
        raise UsageError(f"{path} is no TOML: it is nested too deeply") from None
    if not path.endswith(SHARED):
        return whole
    tool = whole.get("tool", {})
    table = tool.get("tcolang") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError(f"{path}:{_line(text, 'tcolang', '')}: `tool.tcolang` is a table: write `[tool.tcolang]`")
    return table


def _extended(read: Read, path: str, where: str, value: object, seen: tuple[str, ...]) -> dict[str, Setting]:
    if not isinstance(value, str) or not value:
        raise UsageError(f'{where}: `extend` names a file, such as "../{FILE}"')
    target = normpath(join(dirname(path), value))
    if target in seen or len(seen) > _EXTENDED:
        raise UsageError(f"{where}: configurations extend each other in a circle: {' → '.join((*seen, target))}")
    reading = Unread("outside", "it lies outside of the project") if target.startswith("../") else read(target)
    if isinstance(reading, Unread):
        raise UsageError(f"{where}: cannot read {target}: {reading.sentence}")
    stated = _stated(read, target, reading, seen)
    if stated is None:
        raise UsageError(f"{where}: {target} has no table `[tool.tcolang]`")
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


def _words(value: object) -> str:
    fine = isinstance(value, list) and all(isinstance(word, str) and word for word in value)
    return "" if fine else f"is a list of texts, not {_shown(value)}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


KNOWN = (
    Known("fail_on_flip", "a change of the recommendation fails `tco diff`", False, _flag),
    Known("max_increase", "the most that the recommended TCO may rise, in the decision's currency", None, _amount),
    Known("max_increase_pct", "the most that the recommended TCO may rise, in per cent", None, _amount),
    Known("specs", "the specs that `tco diff` and `tco comment` look at where none is named", (), _words),
)
