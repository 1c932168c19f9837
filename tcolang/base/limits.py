"""How much a spec may ask for: a stranger's pull request costs bounded time and memory."""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.base.record import record, replace
from tcolang.base.suggest import did_you_mean

PREFIX = "TCO_LIMIT_"


class LimitsError(ValueError):
    """A limit was set to something that is none; the text is for whoever set it."""


@record
class Limits:
    """Reaching one is fine, exceeding it is an error with a position and a remedy, never a partial result."""

    file_bytes: int = 1024**2
    nesting: int = 64
    """Levels of brackets and blocks inside each other."""
    chain: int = 10_000
    """Terms of one sum, factors of one product."""
    imported_files: int = 1_000
    import_depth: int = 32
    nodes: int = 100_000
    """Nodes of the evaluated graph."""
    work: int = 10**10
    """Nodes × samples × months."""
    memory_bytes: int = 2 * 1024**3
    """Of values that are alive at the same time."""
    samples: int = 10**6
    horizon_months: int = 600
    number_characters: int = 64
    exponent: int = 300
    """Of ten in a number, up or down."""

    def changed(self, field: str, text: str) -> Limits:
        """With one limit set from a text; `LimitsError` where there is no such limit or the text is no size for it."""
        names = self.__match_args__
        if field not in names:
            hint = did_you_mean(field, names) or f"there are: {', '.join(names)}"
            raise LimitsError(f"there is no limit `{field}`; {hint}")
        size = _whole_number(field, text)
        most = _MOST.get(field)
        if most is not None and size > most:
            raise LimitsError(f"the limit `{field}` can be {most} at most, not {text}")
        return replace(self, **{field: size})


# Passes recurse over the depth of the tree, and Python's own stack is not raised for them. Powers of ten beyond 308
# do not fit a float.
_MOST = {"nesting": 100, "exponent": 300}


def from_environment(environ: Mapping[str, str]) -> Limits:
    """The limits with what `TCO_LIMIT_NESTING=80` and its like change; raises `LimitsError`."""
    limits = Limits()
    for variable in sorted(environ):
        if not variable.startswith(PREFIX):
            continue
        try:
            limits = limits.changed(variable.removeprefix(PREFIX).lower(), environ[variable])
        except LimitsError as error:
            raise LimitsError(f"{variable}: {error}") from None
    return limits


def _whole_number(field: str, text: str) -> int:
    """From 1 to 18 digits, ASCII ones only: `int` alone reads other scripts, blanks and signs."""
    digits = text.replace("_", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18 and int(digits) > 0):
        shown = text if len(text) <= 32 else f"{text[:32]}…"
        raise LimitsError(f"the limit `{field}` takes a whole number above zero, such as 1_000, not `{shown}`")
    return int(digits)
