"""Notes on a merge request of GitLab, on its own site or a self-hosted one."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tcolang.base.record import record
from tcolang.hosts.comments import Comment, mark_of, marked
from tcolang.hosts.http import Api, HostError, Wait

PUBLIC = "https://gitlab.com/api/v4"
_PAGE = 100
_PAGES = 100
_OUTDATED = "\nThis report is outdated: a newer one stands below.\n"


@record
class GitLab:
    """`project` is its number or full path; `number` is the merge request's within it."""

    api: Api
    project: str
    number: int

    def me(self) -> str:
        return str(self.api.call("GET", "/user")["username"])

    def comments(self) -> tuple[Comment, ...]:
        found: list[dict[str, Any]] = []
        for page in range(1, _PAGES + 1):
            part = self.api.call("GET", f"{self._notes}?per_page={_PAGE}&page={page}&sort=asc&order_by=created_at")
            found += part
            if len(part) < _PAGE:
                break
        return tuple(_comment(one) for one in found if not one.get("system"))

    def create(self, body: str) -> Comment:
        return _comment(self.api.call("POST", self._notes, {"body": body}, repeatable=False))

    def update(self, comment: Comment, body: str) -> None:
        self.api.call("PUT", f"{self._notes}/{comment.id}", {"body": body})

    def hide(self, comment: Comment) -> None:
        """GitLab cannot fold a note away, so it is cut down to a line that says why."""
        mark = mark_of(comment.body)
        first = comment.body.splitlines()[0] if comment.body else ""
        self.update(comment, marked(first, mark.run if mark else None, outdated=True) + _OUTDATED)

    @property
    def _notes(self) -> str:
        return f"/projects/{quote(self.project, safe='')}/merge_requests/{self.number}/notes"


def gitlab(project: str, number: int, token: str, base: str, wait: Wait) -> GitLab:
    """Raises `HostError`."""
    if not project:
        raise HostError("no project is named", "give its number or its full path")
    return GitLab(Api(base, {"PRIVATE-TOKEN": token}, wait), project, number)


def _comment(one: dict[str, Any]) -> Comment:
    author = one.get("author") or {}
    return Comment(int(one["id"]), str(one["id"]), str(author.get("username", "")), str(one.get("body") or ""))
