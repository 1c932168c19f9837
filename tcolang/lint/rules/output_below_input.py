"""Answers that cost less than prompts."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import both, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, middle, node, own_components


def _check(subject: Subject) -> Iterator[Seen]:
    for component in own_components(subject):
        prompt, answer = middle(subject, f"{component.key}.input_price"), node(subject, f"{component.key}.output_price")
        written = middle(subject, answer.key) if answer is not None else None
        if answer is not None and prompt is not None and written is not None and written < prompt:
            yield Seen(f"an answer of `{component.key}` costs less than a prompt of the same length", answer.span)


OUTPUT_BELOW_INPUT = LintRule(
    "TCO346",
    "output-below-input",
    Severity.WARNING,
    "To write a token costs a model several times what it takes to read one, and every list price shows it. "
    "The other way round two columns were probably swapped.",
    remedy="compare both prices with the list",
    check=_check,
    bad=both(("input_price = 0.40", "input_price = 1.60"), ("output_price = 1.60", "output_price = 0.40")),
    good=complete(),
)
