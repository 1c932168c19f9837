"""Findings that were there before: `--baseline FILE`, where the file is what `--output-format json:FILE` wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tcolang.base.limits import Limits
from tcolang.base.world import Unread, World
from tcolang.cli.command import UsageError

_ANEW = "write it with `tco check --output-format json:FILE`"


def read_baseline(path: str, limits: Limits) -> frozenset[str]:
    """The fingerprints in a file. Raises `UsageError` where it is none."""
    place = Path(path)
    reading = World(place.absolute().parent, limits).read(place.name)
    if isinstance(reading, Unread):
        raise UsageError(f"cannot read the baseline {path}: {reading.sentence}; {_ANEW}")
    return baseline_of(reading, path)


def baseline_of(text: str, path: str) -> frozenset[str]:
    """The fingerprints in the text of a baseline, which may come from elsewhere than a file."""
    try:
        content: Any = json.loads(text, parse_constant=_refuse)
        found = [finding["fingerprint"] for finding in content["findings"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(f"{path} is no baseline; {_ANEW}") from None
    if not all(isinstance(fingerprint, str) for fingerprint in found):
        raise UsageError(f"{path} is no baseline; {_ANEW}")
    return frozenset(found)


def _refuse(word: str) -> None:
    raise ValueError(word)
