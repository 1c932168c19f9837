"""Text in XML: what it has no character for is spelled out, and nothing in it is markup."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from tcolang.base.display import visible

_NO_CHARACTER = re.compile("[\ufffe\uffff]")


def content(text: str) -> str:
    """Between two tags; lines stay."""
    return escape("\n".join(map(_allowed, text.split("\n"))))


def attribute(text: str) -> str:
    """A value with its quotes, on one line."""
    return quoteattr(_allowed(text))


def _allowed(text: str) -> str:
    return _NO_CHARACTER.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", visible(text))
