"""The small spec that the examples of problems are made from."""

from __future__ import annotations

from tcolang.base.problem import Example, spec

SPEC = """tco 1

decision hello "What does the API cost us?" {
  currency = USD
  start = 2026-01
  horizon = 12 months
}

workload chat "Support chat" {
  requests = 100k requests/month
  input_tokens = 800 tokens/request
  output_tokens = 200 tokens/request
}

hosted_model small "Some vendor's small model" {
  vendor = "Some vendor"
  input_price = 0.40 USD per 1M tokens
  output_price = 1.60 USD per 1M tokens
}

option api "All on the API" {
  serve chat {
    small = 100%
  }
}
"""


def plain(*files: tuple[str, str]) -> Example:
    """The spec as it is."""
    return spec(SPEC, *files)


def added(text: str, *files: tuple[str, str]) -> Example:
    """The spec with more at its end."""
    return spec(f"{SPEC}\n{text}", *files)


def changed(old: str, new: str, more: str = "", *files: tuple[str, str]) -> Example:
    """The spec with one passage replaced, and perhaps more at its end."""
    if old not in SPEC:
        raise ValueError(f"the example spec has no {old!r}")
    return spec(SPEC.replace(old, new, 1) + (f"\n{more}" if more else ""), *files)


def imports(*paths: str) -> str:
    """The spec's first lines with imports, to put in place of `tco 1`."""
    return "tco 1\n\n" + "\n".join(f"import {path} as {path}" for path in paths)
