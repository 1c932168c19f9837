"""A difference as everybody sees it, already rounded and in words: formats lay it out and add nothing."""

from __future__ import annotations

from collections.abc import Sequence

from tcolang.base.record import record
from tcolang.diff.difference import Difference
from tcolang.diff.guardrails import Breach
from tcolang.diff.pages.attention import attention
from tcolang.diff.pages.causes import causes
from tcolang.diff.pages.figures import breakdown, options
from tcolang.diff.pages.settled import settled
from tcolang.diff.pages.summary import footer, heading, summary
from tcolang.diff.pages.why import why
from tcolang.report.blocks import Prose, Section


@record
class Told:
    """The decision first, then why, then what needs action, then numbers. `footer` says what they rest on."""

    heading: Prose
    sections: tuple[Section, ...]
    footer: Prose


def told(differences: Sequence[Difference], breaches: Sequence[Breach]) -> Told:
    """Where nothing has changed there is nothing in it that an edit of text could move, such as a line number."""
    changed = [difference for difference in differences if difference.changed]
    shown = changed or list(differences)
    sections: list[Section | None] = [summary(shown, len(differences) - len(shown))]
    sections += [why(difference) for difference in changed]
    sections += [attention(changed, breaches)]
    for page in (causes, options, breakdown, settled):
        sections += [page(difference, len(changed) > 1) for difference in changed]
    kept = tuple(section for section in sections if section is not None and section.blocks)
    return Told(heading(differences, breaches), kept, footer(shown))
