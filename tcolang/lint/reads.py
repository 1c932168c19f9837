"""Which values anything reads."""

from __future__ import annotations

from tcolang.lint.subject import Subject


def reads(subject: Subject) -> frozenset[str]:
    """Keys of nodes that others are worked out from, and that scenarios, tests and correlations speak of."""
    program = subject.program
    found = {parent for node in subject.model.nodes for parent in node.parents}
    for scenario in program.scenarios.values():
        found |= {override.target for override in scenario.overrides}
    for test in program.tests:
        found |= {override.target for override in test.given}
    for correlation in program.correlations:
        found |= {correlation.left, correlation.right}
    return frozenset(found)
