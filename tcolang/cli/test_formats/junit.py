"""Test results as a JUnit report: a suite for each spec, a case for each test."""

from __future__ import annotations

from tcolang.base.frame import full
from tcolang.cli.tested import TestCase, Tested, TestedSpec, TestFormat, first_error
from tcolang.cli.xml import attribute, content


def _render(tested: Tested) -> str:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<testsuites name="tco test" {_counts(tested.cases)}>']
    for spec in tested.specs:
        lines += [f"  <testsuite name={attribute(spec.path)} {_counts(spec.cases)}>"]
        lines += [_case(spec, case) for case in spec.cases]
        lines += ["  </testsuite>"]
    return "\n".join([*lines, "</testsuites>", ""])


def _counts(cases: tuple[TestCase, ...]) -> str:
    """What could not be evaluated is an error, an expectation that does not hold a failure."""
    errors = sum(case.span is None for case in cases)
    failures = sum(not case.passed for case in cases) - errors
    return f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'


def _case(spec: TestedSpec, case: TestCase) -> str:
    place = f' file={attribute(case.span.file.path)} line="{case.span.line}"' if case.span is not None else ""
    opening = f"    <testcase classname={attribute(spec.path)} name={attribute(case.title)}{place}"
    if not case.findings and case.passed:
        return f"{opening}/>"
    told = content("\n\n".join(map(full, case.findings)))
    if case.passed:
        return f"{opening}>\n      <system-out>{told}</system-out>\n    </testcase>"
    tag = "failure" if case.span is not None else "error"
    types = dict.fromkeys(finding.problem.code for finding in case.findings)
    kind = f"type={attribute(' '.join(types))} message={attribute(first_error(case))}"
    return f"{opening}>\n      <{tag} {kind}>{told}</{tag}>\n    </testcase>"


JUNIT = TestFormat("junit", "a JUnit XML report", _render)
