"""Findings about comments that silence findings."""

from __future__ import annotations

from tcolang.base.problem import Problem, Severity
from tcolang.semantics.problems.examples import changed

_PRICE = "  output_price = 1.60 USD per 1M tokens"

BAD_REMARK = Problem(
    "TCO569",
    "bad-ignore",
    Severity.ERROR,
    "A comment that silences a finding says which, why, and until when, so that nobody silences more than they meant, "
    "or for ever.",
    bad=changed(_PRICE, f"{_PRICE}  # tco: ignore"),
    good=changed(_PRICE, f'{_PRICE}  # tco: ignore[TCO303] reason="fixed by contract" until=2030-12-31'),
)
