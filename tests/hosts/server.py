"""Git hosts on 127.0.0.1 that speak as GitHub and GitLab do, as far as comments go."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "sesame-open"
ME = "github-actions[bot]"


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Failure:
    """An answer in place of the next one that fits; `after_doing`: the work is done all the same."""

    method: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    after_doing: bool = False
    drop: bool = False


@dataclass
class FakeHost:
    """Its state: comments by number, and what is to go wrong."""

    url: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    page_limit: int = 100

    def add(self, body: str, author: str = ME, minimized: bool = False) -> int:
        number = len(self.comments) + 1
        self.comments.append({"id": number, "author": author, "body": body, "minimized": minimized})
        return number

    def bodies(self) -> list[str]:
        return [one["body"] for one in self.comments]

    def writes(self) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.asked if one.method != "GET" and one.path != "/graphql"]


@contextmanager
def serving() -> Iterator[FakeHost]:
    state = FakeHost()

    class Handler(_Handler):
        host = state

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    host: FakeHost

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PATCH(self) -> None:
        self._answer("PATCH")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def _answer(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        parts = urlsplit(self.path)
        self.host.asked.append(Asked(method, parts.path, {k.lower(): v for k, v in self.headers.items()}, body))
        failure = next((one for one in self.host.failures if one.method == method), None)
        if failure is not None:
            self.host.failures.remove(failure)
            if failure.after_doing:
                self._do(method, parts.path, parse_qs(parts.query), body)
            if failure.drop:
                self.close_connection = True
                return
            self._send(failure.status, {"message": f"asked with {TOKEN}? no \x1b[31m"}, failure.headers)
            return
        status, answer = self._do(method, parts.path, parse_qs(parts.query), body)
        self._send(status, answer, {})

    def _send(self, status: int, answer: Any, headers: dict[str, str]) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _do(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        if self._token() != TOKEN:
            return 401, {"message": "Bad credentials"}
        if path == "/graphql":
            return self._graphql(body)
        if path == "/user":
            return 200, {"username": ME}
        listed = re.fullmatch(r"/repos/o/r/issues/7/comments|/projects/(.+)/merge_requests/7/notes", path)
        if listed and (listed[1] is None or unquote(listed[1]) == "group/project"):
            shape = _github if listed[1] is None else _gitlab
            if method == "POST":
                number = self.host.add(body["body"])
                return 201, shape(self.host.comments[number - 1])
            size = min(self.host.page_limit, int(query["per_page"][0]))
            first = (int(query["page"][0]) - 1) * size
            return 200, [shape(one) for one in self.host.comments[first : first + size]]
        one = re.fullmatch(r"/repos/o/r/issues/comments/(\d+)|/projects/.+/merge_requests/7/notes/(\d+)", path)
        if one and method in ("PATCH", "PUT"):
            comment = self.host.comments[int(one[1] or one[2]) - 1]
            comment["body"] = body["body"]
            return 200, (_github if one[1] else _gitlab)(comment)
        return 404, {"message": "Not Found"}

    def _token(self) -> str:
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        return bearer or self.headers.get("PRIVATE-TOKEN", "")

    def _graphql(self, body: Any) -> tuple[int, Any]:
        query, variables = body["query"], body["variables"]
        if "viewer" in query:
            return 200, {"data": {"viewer": {"login": ME}}}
        if "minimizeComment" in query:
            self.host.comments[int(variables["id"][1:]) - 1]["minimized"] = True
            return 200, {"data": {"minimizeComment": {"minimizedComment": {"isMinimized": True}}}}
        if "nodes" in query:
            nodes = [
                {"id": node, "isMinimized": self.host.comments[int(node[1:]) - 1]["minimized"]}
                for node in variables["ids"]
            ]
            return 200, {"data": {"nodes": nodes}}
        return 200, {"errors": [{"message": "no such query"}]}


def _github(one: dict[str, Any]) -> dict[str, Any]:
    return {"id": one["id"], "node_id": f"N{one['id']}", "user": {"login": one["author"]}, "body": one["body"]}


def _gitlab(one: dict[str, Any]) -> dict[str, Any]:
    return {"id": one["id"], "author": {"username": one["author"]}, "body": one["body"], "system": False}
