"""Findings on one line each."""

from __future__ import annotations

from tcolang.base.frame import concise
from tcolang.cli.finding_format import FindingFormat, Findings


def _render(found: Findings) -> str:
    return "".join(f"{concise(finding.diagnostic)}\n" for finding in found.findings)


CONCISE = FindingFormat("concise", "one line each", _render)
