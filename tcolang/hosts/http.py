"""Requests to the API of a Git host: patient with its hiccups, and careful with the token."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPMessage
from time import sleep
from typing import IO, Any, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from tcolang.base.display import one_line
from tcolang.base.record import record

ATTEMPTS = 4
LONGEST_WAIT = 60.0
_SECONDS = 30
_MOST_BYTES = 32 * 1024**2
_PASSING = frozenset((429, 500, 502, 503, 504))
_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))

Wait = Callable[[float], None]


class HostError(Exception):
    """The host did not do what it was asked for. `help` says what may mend it; `status` is 0 where it never answered.
    `passing`: asking again may help."""

    def __init__(self, message: str, help: str = "", status: int = 0, passing: bool = False) -> None:
        super().__init__(message)
        self.help = help
        self.status = status
        self.passing = passing


@record
class Api:
    """`headers` carry the token, which is sent nowhere but below `base` and shown nowhere."""

    base: str
    headers: Mapping[str, str]
    wait: Wait = sleep

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        if not safe or not parts.hostname or parts.username is not None or parts.query or parts.fragment:
            raise HostError(f"`{one_line(self.base)}` is no address of an API", "give one that starts with https://")
        object.__setattr__(self, "base", self.base.rstrip("/"))

    def __repr__(self) -> str:
        return f"Api({self.base})"

    def call(self, method: str, path: str, body: object = None, *, repeatable: bool = True) -> Any:
        """The answer, from JSON. What is not `repeatable` is asked again only where the host did nothing at all.

        Raises `HostError`.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(method, path, body)
            except _PassingError as hiccup:
                again = attempt < ATTEMPTS and (repeatable or hiccup.untouched)
                if not again:
                    raise hiccup.error from None
                self.wait(min(LONGEST_WAIT, hiccup.after if hiccup.after is not None else 2.0 ** (attempt - 1)))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, method: str, path: str, body: object) -> Any:
        content = None if body is None else json.dumps(body).encode("ascii")
        headers = {"Accept": "application/json", "User-Agent": "tcolang", **self.headers}
        if content is not None:
            headers["Content-Type"] = "application/json"
        request = Request(f"{self.base}{path}", content, headers, method=method)
        try:
            with self._opener().open(request, timeout=_SECONDS) as answer:
                return _read(answer.read(_MOST_BYTES + 1))
        except HTTPError as error:
            with error:
                _refused(error, f"{method} {self.base}{path}")
        except (URLError, OSError, HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            message = one_line(f"{urlsplit(self.base).netloc} cannot be reached: {reason}")
            # A connection that was never made did nothing; one that broke off may have.
            untouched = isinstance(reason, ConnectionRefusedError)
            raise _PassingError(HostError(message, passing=True), None, untouched) from None

    def _opener(self) -> Any:
        proxies = [ProxyHandler({})] if urlsplit(self.base).hostname in _LOOPBACK else []
        return build_opener(_NoRedirect, *proxies)


class _PassingError(Exception):
    """It may pass: `after` is how many seconds the host asks to wait."""

    def __init__(self, error: HostError, after: float | None, untouched: bool) -> None:
        super().__init__(str(error))
        self.error = error
        self.after = after
        self.untouched = untouched


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would carry the token to wherever it leads."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def _refused(error: HTTPError, asked: str) -> NoReturn:
    said = _message(error.read(_MOST_BYTES))
    message = one_line(f"{asked} was answered with {error.code}{': ' if said else ''}{said}")
    after = _after(error.headers.get("Retry-After"))
    limited = error.code == 403 and (after is not None or error.headers.get("X-RateLimit-Remaining") == "0")
    if error.code in _PASSING or limited:
        told = HostError(message, "try again later", error.code, passing=True)
        raise _PassingError(told, after, error.code in (403, 429))
    raise HostError(message, _HELP.get(error.code, ""), error.code)


_HELP = {
    401: "the token is not valid, or has ended",
    403: "the token may not do this; pull requests from forks get one that only reads: use the step summary there",
    404: "check the repository, the number and that the token may see it",
    301: "the repository has moved: give its new name",
    307: "the repository has moved: give its new name",
}


def _message(content: bytes) -> str:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    said = found.get("message") or found.get("error") if isinstance(found, dict) else None
    return str(said)[:200] if said else ""


def _after(stated: str | None) -> float | None:
    """Seconds; a date is not understood, since what time it is over there is not known."""
    text = (stated or "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def _read(content: bytes) -> Any:
    if len(content) > _MOST_BYTES:
        raise HostError("the host's answer is longer than any that makes sense")
    if not content:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise HostError("the host's answer is no JSON", "check the address of the API") from None
