"""SHA-256 without loading OpenSSL, which takes longer than `tco check` takes for a spec that it knows."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_MODULES = ("_sha2", "_sha256", "hashlib")
"""Python's own since 3.12, that of 3.11, and what every Python has."""


def sha256(content: bytes) -> str:
    """In hexadecimal digits."""
    digest: str = _made(content).hexdigest()
    return digest


def _found() -> Any:
    for name in _MODULES:
        try:
            return import_module(name).sha256
        except ImportError:
            continue
    raise ImportError("this Python has no SHA-256")


_made = _found()
