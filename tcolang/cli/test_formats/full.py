"""Test results for people: a line for each test, and what a failed one found."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.display import one_line
from tcolang.base.frame import full
from tcolang.cli.tested import TestCase, Tested, TestedSpec, TestFormat


def _render(tested: Tested) -> str:
    lines = [line for spec in tested.specs for case in spec.cases for line in _case(spec, case)]
    return "".join(f"{line}\n" for line in lines)


def _case(spec: TestedSpec, case: TestCase) -> Iterator[str]:
    where = case.span.where if case.span is not None else spec.path
    yield one_line(f"{'ok  ' if case.passed else 'FAIL'} {case.title} ({where})")
    for finding in case.findings:
        yield ""
        yield full(finding)
    if case.findings:
        yield ""


FULL = TestFormat("full", "a line for each test, and what a failed one found", _render)
