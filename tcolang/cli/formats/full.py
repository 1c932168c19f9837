"""Findings for people, each with its place in the source, the rule behind it and the remedy."""

from __future__ import annotations

from tcolang.base.frame import listing
from tcolang.cli.finding_format import FindingFormat, Findings


def _render(found: Findings) -> str:
    text = listing(finding.diagnostic for finding in found.findings).rstrip("\n")
    return f"{text}\n" if text else ""


FULL = FindingFormat("full", "for people, with the source", _render)
