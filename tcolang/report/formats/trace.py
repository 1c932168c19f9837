"""The trace of the decision, by `specs/schemas/trace.schema.json`: each rule with its conditions, each score with its
terms."""

from __future__ import annotations

from tcolang.decide.trace import trace
from tcolang.report import escape
from tcolang.report.output import OutputFormat, Style
from tcolang.report.results import Results


def render(results: Results, style: Style) -> str:
    """The style makes no difference."""
    return escape.json(trace(results.decision, results.model, results.sureness))


TRACE = OutputFormat("trace", ".trace.json", "application/json", render)
