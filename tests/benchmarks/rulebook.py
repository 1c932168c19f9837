"""Twenty rules over ten facts, as a rule pack of the language and as each peer takes them; and facts to judge."""

from __future__ import annotations

import json
from typing import Any

from tests.benchmarks.model import OPTION, head

FACTS = 10
RULES = 20
CASES = 25
HIGHEST = 100
"""Facts are whole numbers from 0 to below it."""

Bounds = tuple[int, int, int, int]
"""A rule holds where the first fact is above its bound and the second at most its own."""


def rules(count: int = RULES) -> list[Bounds]:
    return [(i % FACTS, 10 + 37 * i % 60, (i * 3 + 1) % FACTS, 30 + 23 * i % 60) for i in range(count)]


def facts(case: int) -> dict[str, float]:
    """As good as arbitrary, and the same on every machine."""
    return {f"a{i}": float((case * 7919 + i * 104729 + case * i * 31) % HIGHEST) for i in range(FACTS)}


def answers(case: int, count: int = RULES) -> list[str]:
    """Which rules hold, worked out here, for all others to agree with."""
    given = facts(case)
    return [
        f"r{i}" for i, (a, low, b, high) in enumerate(rules(count)) if given[f"a{a}"] > low and given[f"a{b}"] <= high
    ]


def spec(count: int = RULES) -> str:
    stated = "".join(f"assume a{i}: number = {i}\n" for i in range(FACTS))
    written = "".join(
        f'rule r{i} "Rule {i}" {{\n  when a{a} > {low}\n  when a{b} <= {high}\n  then advise\n'
        f'  because "{{a{a}}} is above {low} and {{a{b}}} is not above {high}."\n}}\n\n'
        for i, (a, low, b, high) in enumerate(rules(count))
    )
    return head(12) + stated + written + OPTION


def decision_table(count: int = RULES) -> dict[str, Any]:
    """A graph of one table that collects what holds, as zen-engine reads it."""
    inputs = [{"id": f"i{i}", "name": f"a{i}", "field": f"a{i}"} for i in range(FACTS)]
    rows = []
    for number, (a, low, b, high) in enumerate(rules(count)):
        row = {"_id": f"row{number}", **{f"i{i}": "" for i in range(FACTS)}, "o": json.dumps(f"r{number}")}
        row[f"i{a}"], row[f"i{b}"] = f"> {low}", f"<= {high}"
        rows.append(row)
    table = {
        "hitPolicy": "collect",
        "inputs": inputs,
        "outputs": [{"id": "o", "name": "rule", "field": "rule"}],
        "rules": rows,
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "table", "name": "table", "type": "decisionTableNode", "position": {"x": 1, "y": 0}, "content": table},
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": "e1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "e2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def rego(count: int = RULES) -> str:
    lines = ["package bench", "", "import rego.v1", ""]
    for i, (a, low, b, high) in enumerate(rules(count)):
        lines += [f'holds contains "r{i}" if {{', f"  input.a{a} > {low}", f"  input.a{b} <= {high}", "}", ""]
    return "\n".join(lines)


def conditions(count: int = RULES) -> list[str]:
    return [f"a{a} > {low} and a{b} <= {high}" for a, low, b, high in rules(count)]
