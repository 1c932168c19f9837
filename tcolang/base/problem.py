"""A problem is a kind of finding: its permanent code, its page, and the examples that test it."""

from __future__ import annotations

from enum import IntEnum

from tcolang.base.record import record


class Severity(IntEnum):
    """Ordered: a larger one is worse."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


@record
class Example:
    """A small project that shows a problem, or shows it mended: `(path, text)` of each file, the spec first."""

    files: tuple[tuple[str, str], ...]


def spec(text: str, *others: tuple[str, str]) -> Example:
    """An example whose spec is `spec.tco`; other files follow as `(path, text)`."""
    return Example((("spec.tco", text), *others))


@record
class Problem:
    """Declared at module level beside the stage that reports it; collected by the registry, never in a list.

    `why` is the rule behind it, in a sentence or two for someone who does not know the code base.
    `bad` must make `tco check` report this code; `good` is its mended twin and must not.
    """

    code: str
    name: str
    severity: Severity
    why: str
    bad: Example
    good: Example
