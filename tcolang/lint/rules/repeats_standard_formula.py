"""A formula of one's own that the standard library has already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.base.source import Span
from tcolang.lint.examples import complete, more
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, is_own

_SIMPLE = 2
"""Operators of a formula that anybody writes the same way."""

_DISKS = """kind disks {
  size: GB
  copies: number = 2
  price: money/GB-month
  cost kept as storage = size * copies * price
}
"""


def _check(subject: Subject) -> Iterator[Seen]:
    standard: dict[str, str] = {}
    own: list[tuple[str, str, Span]] = []
    for kind in subject.program.kinds.values():
        formulas = [(one.name, one.text, one.span) for one in kind.formulas.values()]
        costs = [(one.name, one.text, one.span) for one in kind.costs.values()]
        for name, written, span in (*formulas, *costs):
            text = " ".join(written.split())
            if len(re.findall(r" [-+*/](?= )", text)) < _SIMPLE:
                continue
            if is_own(span):
                own.append((f"{kind.name}.{name}", text, span))
            else:
                standard.setdefault(text, f"{kind.name}.{name}")
    for name, text, span in own:
        if text in standard:
            yield Seen(f"`{name}` is the formula of `{standard[text]}`", span)


REPEATS_STANDARD_FORMULA = LintRule(
    "TCO603",
    "repeats-standard-formula",
    Severity.INFO,
    "A copy of a standard formula stays behind when the standard one is mended, and a reader has to find out "
    "that it is the same.",
    remedy="use the standard kind, or say in a comment in what it differs",
    check=_check,
    bad=more(_DISKS),
    good=complete(),
)
