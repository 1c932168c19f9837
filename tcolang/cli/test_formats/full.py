"""Test results for people: a line for each test, and what a failed one found."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.display import one_line
from tcolang.base.frame import full
from tcolang.cli.tested import TestCase, Tested, TestedSpec, TestFormat


def _render(tested: Tested) -> str:
    return "".join(f"{line}\n" for spec in tested.specs for line in _spec(spec))


def _spec(spec: TestedSpec) -> Iterator[str]:
    for case in spec.cases:
        yield from _case(spec, case)
    if spec.coverage is not None:
        from tcolang.cli.covered import coverage_text

        yield f"\n{coverage_text(spec.coverage)}"


def _case(spec: TestedSpec, case: TestCase) -> Iterator[str]:
    where = case.span.where if case.span is not None else spec.path
    yield one_line(f"{'ok  ' if case.passed else 'FAIL'} {case.title} ({where})")
    for finding in case.findings:
        yield ""
        yield full(finding)
    if case.findings:
        yield ""


FULL = TestFormat("full", "a line for each test, and what a failed one found", _render)
