"""One encoder for each sink: whatever stands in a spec, it is shown there and does nothing."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tcolang.base.display import one_line

_BREAK = "<!-- -->"
_URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_MARKDOWN = re.compile(
    r"^(?P<list>[-+=#]+|[0-9]+[.)])(?=\s|$)"
    r"|(?P<entity>[&<>|])"
    r"|(?P<reference>[@#](?=\w)|\b(?:GH|gh)-(?=[0-9])|:(?=//)|\b[Ww][Ww][Ww](?=\.))"
    r"|(?P<mark>[\\`*\[\]~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))"
)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}


class Encoded(str):
    """Text of one sink, made by its encoder, that is written as it is."""

    __slots__ = ()


def markdown(text: str) -> Encoded:
    """For running text, table cells and headings of Markdown as Git hosts read it."""
    return Encoded(_MARKDOWN.sub(_harmless, one_line(text)))


def markdown_code(text: str) -> Encoded:
    """A code span; plain text where a code span cannot hold it."""
    plain = one_line(text)
    # A `|` ends a table cell even within a code span, and backslashes are shown there.
    if not plain or "`" in plain or "|" in plain:
        return markdown(text)
    return Encoded(f"`{plain}`")


def markdown_link(text: str, url: str) -> Encoded:
    """A link where the address is one of the web; otherwise both, as text."""
    if not _followable(url):
        return markdown(f"{text} ({url})" if url else text)
    target = url.replace("(", "%28").replace(")", "%29").replace("$", "%24").replace("&", "&amp;")
    return Encoded(f"[{markdown(text)}]({target})")


def html(text: str) -> Encoded:
    """For text between tags."""
    from html import escape

    return Encoded(escape(one_line(text)))


def mermaid(text: str) -> Encoded:
    """For the inside of a quoted string in a Mermaid diagram: what has a meaning there becomes a numbered entity."""
    return Encoded(re.sub(r"[^A-Za-z0-9 .,:_/%()+–-]", _numbered, one_line(text)))


def terminal(text: str) -> Encoded:
    """One line in which escape sequences and changes of direction are spelled out."""
    return Encoded(one_line(text))


def json(document: object) -> str:
    """Pure ASCII, so that it is harmless on a terminal too. Raises `ValueError` for a number that is not finite."""
    from json import dumps

    return dumps(document, allow_nan=False, ensure_ascii=True, indent=2) + "\n"


def _harmless(found: re.Match[str]) -> str:
    text = found[0]
    match found.lastgroup:
        case "entity":
            # Tags, quotes and cells of a table: an entity is none of them, whatever stands beside it.
            return _ENTITIES[text]
        case "reference":
            # `@name` calls a person, `#1` an issue, and an address is followed: an empty comment keeps them apart.
            return f"{text}{_BREAK}"
        case "list":
            return f"{text[:-1]}\\{text[-1]}" if text[0].isdigit() else f"\\{text}"
        case _:
            return f"\\{text}"


def _followable(url: str) -> bool:
    if not _URL.fullmatch(url):
        return False
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _numbered(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"
