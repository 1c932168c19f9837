"""Registering by declaring: what a package holds of one type is found by looking, so adding one takes one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from operator import attrgetter
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def collect(
    package: str, type_: type[T], *, key: Callable[[T], str] = attrgetter("name"), group: str | None = None
) -> tuple[T, ...]:
    """Every value of `type_` at the top of a module of `package`, and of the entry points of `group`, sorted by `key`.

    Raises `RuntimeError` where two values have one key: a mistake of whoever wrote the second.
    """
    found: dict[str, tuple[T, str]] = {}
    for value, place in (*_declared(package, type_), *_plugged_in(group, type_)):
        first, first_place = found.setdefault(key(value), (value, place))
        if first is not value:
            raise RuntimeError(f"two of {type_.__name__} are called `{key(value)}`: in {first_place} and in {place}")
    return tuple(found[name][0] for name in sorted(found))


def module_names(package: ModuleType) -> tuple[str, ...]:
    """Of the modules directly in a package, sorted, without loading any. `pkgutil` loads `inspect` to say the same."""
    files = (os.path.splitext(entry.name) for folder in package.__path__ for entry in os.scandir(folder))  # noqa: PTH122
    return tuple(sorted(name for name, suffix in files if suffix == ".py" and not name.startswith("__")))


def _declared(package: str, type_: type[T]) -> Iterator[tuple[T, str]]:
    """With the name of the module; one that others import is met again there, which is no harm."""
    for name in _modules(package):
        for value in vars(import_module(name)).values():
            if isinstance(value, type_):
                yield value, name


def _modules(package: str) -> Iterator[str]:
    """A package and all modules below it, by name."""
    yield package
    for folder in getattr(import_module(package), "__path__", ()):
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            name, suffix = os.path.splitext(entry.name)  # noqa: PTH122 (a Path takes longer than the module)
            # Importing a `__main__` runs it.
            if suffix == ".py" and not name.startswith("__"):
                yield f"{package}.{name}"
            elif name.isidentifier() and os.path.isfile(os.path.join(entry.path, "__init__.py")):  # noqa: PTH113, PTH118
                yield from _modules(f"{package}.{name}")


def _plugged_in(group: str | None, type_: type[T]) -> Iterator[tuple[T, str]]:
    if group is None:
        return
    # Four times as slow to import as Python takes to start.
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value)):
        value = point.load()
        if not isinstance(value, type_):
            raise RuntimeError(f"the plug-in `{point.value}` of {group} is not of {type_.__name__}")
        yield value, point.value
