"""One comment for a request, whoever runs at the same time: an older run never overwrites what a newer one wrote."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tcolang.hosts.comments import Comment, Host, mark_of, marked
from tcolang.hosts.http import HostError

Behavior: TypeAlias = Literal["update", "hide-and-new", "new"]
Outcome: TypeAlias = Literal["created", "updated", "unchanged", "nothing", "newer"]

_ROUNDS = 3


def publish(host: Host, body: str, run: int | None, behavior: Behavior, wanted: bool) -> Outcome:
    """Where no new comment is `wanted`, one that is there is still brought up to date. Raises `HostError`.

    A comment whose making was not confirmed is looked for before it is made again. `newer`: nothing was done.
    """
    me = host.me()
    for left in reversed(range(_ROUNDS)):
        try:
            return _publish(host, me, body, run, behavior, wanted, again=left < _ROUNDS - 1)
        except HostError as error:
            if not (error.passing and left):
                raise
    raise AssertionError("the last round returns or raises")


def _publish(host: Host, me: str, body: str, run: int | None, behavior: Behavior, wanted: bool, again: bool) -> Outcome:
    known = _known(host, me, body)
    if run is not None and _newest(known) > run:
        return "newer"
    text = marked(body, run if run is not None else _newest(known) or None)
    if known and (behavior == "update" or not wanted):
        return _updated(host, known[-1], text)
    if not wanted:
        return "nothing"
    # What an attempt without an answer has made is not made twice.
    unconfirmed = next((one for one in known if again and _same(one.body, text)), None)
    made = unconfirmed or host.create(text)
    if behavior == "hide-and-new":
        for comment in known:
            if comment.id != made.id:
                host.hide(comment)
    elif behavior == "update":
        return _settled(host, me, body, made)
    return "created"


def _known(host: Host, me: str, body: str) -> list[Comment]:
    """Those of this name that we wrote and that are still shown, the newest run last."""
    mine = mark_of(body)
    if mine is None:
        raise ValueError("the body has no marker")
    found = []
    for comment in host.comments():
        mark = mark_of(comment.body)
        if comment.author == me and not comment.hidden and mark and mark.name == mine.name and not mark.outdated:
            found.append(comment)
    return sorted(found, key=lambda comment: (_run(comment), comment.id))


def _updated(host: Host, comment: Comment, text: str) -> Outcome:
    if _same(comment.body, text):
        return "unchanged"
    host.update(comment, text)
    return "updated"


def _settled(host: Host, me: str, body: str, made: Comment) -> Outcome:
    """Two runs may both have found no comment and made one each: the newest stays, the others are hidden."""
    known = _known(host, me, body)
    for comment in known[:-1]:
        host.hide(comment)
    return "created" if not known or known[-1].id == made.id else "newer"


def _same(one: str, other: str) -> bool:
    """Hosts change newlines, and what is at the end."""
    return one.replace("\r\n", "\n").strip() == other.strip()


def _newest(known: list[Comment]) -> int:
    return max(map(_run, known), default=0)


def _run(comment: Comment) -> int:
    mark = mark_of(comment.body)
    return mark.run or 0 if mark is not None else 0
