"""A project whose trees are kept, so that of an edited project only what was edited is parsed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from tcolang.base.limits import Limits
from tcolang.base.record import field, record
from tcolang.base.world import World
from tcolang.cli.cache.edition import edition
from tcolang.cli.cache.folder import Folder, cache_home


@record
class KeepingWorld(World):
    """`folder` is asked for when the first file is to be read."""

    keeps: ClassVar[bool] = True
    root: Path
    limits: Limits
    folder: Callable[[], Folder] = field(compare=False, repr=False)

    def kept(self, name: str) -> Any:
        """As `World.kept`."""
        return self.folder().get(name)

    def keep(self, name: str, data: Any) -> None:
        """As `World.keep`."""
        self.folder().put(name, data)


def project_world(root: Path, limits: Limits, environment: Mapping[str, str]) -> World:
    """One that keeps nothing where there is no place for it."""
    home = cache_home(environment)
    return World(root, limits) if home is None else KeepingWorld(root, limits, cache(lambda: Folder(home, edition())))
