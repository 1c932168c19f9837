"""Test results as JSON."""

from __future__ import annotations

import json
from typing import Any

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.source import Span
from tcolang.cli.finding_format import ends
from tcolang.cli.tested import TestCase, Tested, TestedSpec, TestFormat
from tcolang.version import __version__

VERSION = 1


def _render(tested: Tested) -> str:
    content = {
        "version": VERSION,
        "tool": {"name": "tcolang", "version": __version__},
        "specs": [_spec(spec) for spec in tested.specs],
        "summary": {"passed": len(tested.cases) - tested.failed, "failed": tested.failed},
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _spec(spec: TestedSpec) -> dict[str, Any]:
    content: dict[str, Any] = {"path": spec.path, "tests": [_case(case) for case in spec.cases]}
    if spec.coverage is not None:
        from tcolang.cli.covered import coverage_json

        content["coverage"] = coverage_json(spec.coverage)
    return content


def _case(case: TestCase) -> dict[str, Any]:
    findings = [_finding(one) for one in case.findings]
    return {"title": case.title, "passed": case.passed, **_place(case.span), "findings": findings}


def _finding(one: Diagnostic) -> dict[str, Any]:
    return {
        "code": one.problem.code,
        "name": one.problem.name,
        "severity": one.severity.word,
        "message": one.message,
        **_place(one.span),
        "note": one.note,
        "help": one.help,
        "values": [{"text": label.span.text, "value": label.message} for label in one.labels],
    }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"path": None, "line": None, "column": None}
    line, column, _, _ = ends(span)
    return {"path": span.file.path, "line": line, "column": column}


JSON = TestFormat("json", "all that is known", _render)
