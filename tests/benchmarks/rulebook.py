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


_FIELDS = (
    "p50(option.vendor_share)",
    "p50(option.availability)",
    "p50(option.relative_utilisation)",
    "p50(option.repeated_prompts)",
    "p50(option.planned_load)",
    "p50(decision.simple_share)",
    "p50(decision.model_changes)",
    "p50(option.bus_factor)",
    "p50(option.spare_machines)",
    "p50(option.records_kept / 1 month)",
    "p50(option.lead_time / 1 month)",
    "p50(option.retention / 1 day)",
)
FIELDS = len(_FIELDS)
_EFFECTS = ("veto option", "prefer option on calm by 40%", "avoid option on calm by 60%", "warn")


def pack(count: int = RULES) -> str:
    """Rules over twelve facts, of three conditions each; the last two are faults: one that lies inside the first, and one
    that can never hold."""
    written = []
    for i in range(count - 2):
        lines = [f"{_FIELDS[(i * 5 + k * 7) % FIELDS]} {'<>'[(i + k) % 2]} {0.1 + 0.05 * ((3 * i + 5 * k) % 16):.2f}"
                 for k in range(3)]  # fmt: skip
        written.append(_rule(f"r{i}", lines, _EFFECTS[i % 4]))
        if i == 0:
            inside = _rule("inside", [*lines, f"{_FIELDS[1]} > 0.5"], _EFFECTS[0])
    never = _rule("never", [f"{_FIELDS[2]} > 0.5", f"{_FIELDS[2]} < 0.4"], "warn")
    head = 'tco 1\npack linted version "1.0.0"\n\ncriterion calm "Calm" {\n  worth = 10k USD/year\n}\n\n'
    return head + "\n".join((*written, inside, never))


def _rule(name: str, conditions: list[str], effect: str) -> str:
    lines = "".join(f"  when {condition}\n" for condition in conditions)
    return f'rule {name} "{name}" {{\n  for each option\n{lines}  then {effect}\n  because "{{option}}"\n}}\n'


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
