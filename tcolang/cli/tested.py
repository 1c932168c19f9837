"""What `tco test` found, and a way to write it: the one value that a file in `cli/test_formats/` declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.problem import Severity
from tcolang.base.record import record
from tcolang.base.source import Span

if TYPE_CHECKING:
    from tcolang.decide.coverage import Coverage


@record
class TestCase:
    """A test of a spec, or its own expectations as one. `findings` are the errors by which it failed, and what casts
    doubt on one that passed. `span` is None for a spec that could not be evaluated at all, which is a failed case."""

    title: str
    span: Span | None
    passed: bool
    findings: tuple[Diagnostic, ...]


@record
class TestedSpec:
    """`path` as the user knows it. `idle`: it expects something, and has no decision to work it out for. `coverage` is
    what the tests say of the rules, where that was asked for."""

    path: str
    cases: tuple[TestCase, ...]
    idle: bool = False
    coverage: Coverage | None = None


@record
class Tested:
    """In the order in which they were named."""

    specs: tuple[TestedSpec, ...]

    @property
    def cases(self) -> tuple[TestCase, ...]:
        return tuple(case for spec in self.specs for case in spec.cases)

    @property
    def failed(self) -> int:
        return sum(not case.passed for case in self.cases)


@record
class TestFormat:
    """`name` is that of the file it stands in."""

    name: str
    summary: str
    render: Callable[[Tested], str]


def first_error(case: TestCase) -> str:
    """What a failed case failed by, in a sentence."""
    return next((one.message for one in case.findings if one.severity is Severity.ERROR), "")
