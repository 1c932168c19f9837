"""Comments of a pull or merge request, as any host has them; and which of them are ours."""

from __future__ import annotations

import re
from typing import Protocol

from tcolang.base.record import record

_MARKER = re.compile(r"<!-- tcolang:report id=([A-Za-z0-9._-]+)(?: run=([0-9]{1,18}))?( outdated)? -->")


@record
class Comment:
    """`id` is the host's, `node` another name that it has for the same. `hidden`: folded away as outdated."""

    id: int
    node: str
    author: str
    body: str
    hidden: bool = False


class Host(Protocol):
    """The API of a host, for one pull or merge request. Each method raises `HostError`."""

    def me(self) -> str:
        """The account that the token belongs to."""
        ...

    def comments(self) -> tuple[Comment, ...]:
        """All of them, oldest first."""
        ...

    def create(self, body: str) -> Comment: ...

    def update(self, comment: Comment, body: str) -> None: ...

    def hide(self, comment: Comment) -> None:
        """Folds it away as outdated."""
        ...


@record
class Mark:
    """What the first line of a comment says: its name, and the run of CI that wrote it."""

    name: str
    run: int | None
    outdated: bool


def mark_of(body: str) -> Mark | None:
    """None where the comment is none of this tool."""
    found = _MARKER.match(body)
    if found is None:
        return None
    return Mark(found[1], int(found[2]) if found[2] else None, found[3] is not None)


def marked(body: str, run: int | None, outdated: bool = False) -> str:
    """The body with the run in its first line. Raises `ValueError` where it has no such line."""
    mark = mark_of(body)
    if mark is None:
        raise ValueError("the body has no marker")
    told = f"{f' run={run}' if run is not None else ''}{' outdated' if outdated else ''}"
    return _MARKER.sub(f"<!-- tcolang:report id={mark.name}{told} -->", body, count=1)
