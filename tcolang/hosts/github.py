"""Comments on a pull request of GitHub, or of a GitHub Enterprise Server."""

from __future__ import annotations

import re
from typing import Any

from tcolang.base.record import record
from tcolang.hosts.comments import Comment
from tcolang.hosts.http import Api, HostError, Wait

PUBLIC = "https://api.github.com"
_PAGE = 100
_PAGES = 100
_HIDE = """
mutation($id: ID!) {
  minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) { minimizedComment { isMinimized } }
}
"""
_HIDDEN = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { id isMinimized } } }"


@record
class GitHub:
    """`number` is that of the pull request; `repository` is `owner/name`."""

    api: Api
    graphql: Api
    repository: str
    number: int

    def me(self) -> str:
        return str(self._ask("query { viewer { login } }", {})["viewer"]["login"])

    def comments(self) -> tuple[Comment, ...]:
        found: list[dict[str, Any]] = []
        for page in range(1, _PAGES + 1):
            path = f"/repos/{self.repository}/issues/{self.number}/comments?per_page={_PAGE}&page={page}"
            part = self.api.call("GET", path)
            found += part
            if len(part) < _PAGE:
                break
        # Only those that may be ours are asked about: the host takes a hundred at a time.
        ours = [one for one in found if str(one.get("body", "")).startswith("<!-- tcolang:report ")][-_PAGE:]
        hidden = self._hidden([str(one["node_id"]) for one in ours])
        return tuple(_comment(one, str(one["node_id"]) in hidden) for one in found)

    def create(self, body: str) -> Comment:
        path = f"/repos/{self.repository}/issues/{self.number}/comments"
        return _comment(self.api.call("POST", path, {"body": body}, repeatable=False), False)

    def update(self, comment: Comment, body: str) -> None:
        self.api.call("PATCH", f"/repos/{self.repository}/issues/comments/{comment.id}", {"body": body})

    def hide(self, comment: Comment) -> None:
        self._ask(_HIDE, {"id": comment.node})

    def _hidden(self, ids: list[str]) -> frozenset[str]:
        if not ids:
            return frozenset()
        nodes = self._ask(_HIDDEN, {"ids": ids})["nodes"]
        return frozenset(str(node["id"]) for node in nodes if node and node.get("isMinimized"))

    def _ask(self, query: str, variables: dict[str, object]) -> dict[str, Any]:
        found = self.graphql.call("POST", "", {"query": query, "variables": variables})
        if not isinstance(found, dict) or found.get("errors") or not isinstance(found.get("data"), dict):
            errors = found.get("errors") if isinstance(found, dict) else None
            said = str(errors[0].get("message", ""))[:200] if errors else "it gave no data"
            raise HostError(f"GitHub's GraphQL API refused: {said}", "check what the token may do")
        return dict(found["data"])


def github(repository: str, number: int, token: str, base: str, graphql: str, wait: Wait) -> GitHub:
    """`graphql` may be '': it is then where the REST API is. Raises `HostError`."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+/(?!\.{1,2}$)[A-Za-z0-9._-]+", repository, re.ASCII):
        raise HostError(f"`{repository}` is no repository", "give it as owner/name")
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    place = graphql or f"{re.sub('/v3$', '', base.rstrip('/'))}/graphql"
    return GitHub(Api(base, headers, wait), Api(place, headers, wait), repository, number)


def _comment(one: dict[str, Any], hidden: bool) -> Comment:
    author = one.get("user") or {}
    return Comment(
        int(one["id"]), str(one["node_id"]), str(author.get("login", "")), str(one.get("body") or ""), hidden
    )
