"""The fix that goes with `did you mean`: the misspelt word replaced. It is unsafe, since another word may be meant."""

from __future__ import annotations

import re

from tcolang.base.diagnostics import Fix, replacing
from tcolang.base.source import Span
from tcolang.base.suggest import closest

_SUGGESTION = re.compile(r"did you mean `([^`]+)`\?")
_WORD = re.compile(r"[A-Za-z_%][A-Za-z0-9_-]*")


def renaming(span: Span, help_: str) -> Fix | None:
    """Of the one word of a span that is like the suggestion in a help text; None where there is not exactly one."""
    suggested = _SUGGESTION.match(help_)
    if suggested is None:
        return None
    meant = suggested[1]
    text = span.text
    if len(text) > len(meant) + 200:
        return None
    alike = [match for match in _WORD.finditer(text) if match[0] != meant and closest(match[0], (meant,))]
    if len(alike) != 1:
        return None
    (word,) = alike
    return replacing(Span(span.file, span.start + word.start(), span.start + word.end()), meant, safe=False)
