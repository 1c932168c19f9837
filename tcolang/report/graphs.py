"""The graph of a model as text: Mermaid, DOT or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from tcolang.model.graph import Drawing

STATED = ("input", "assumption", "default", "rate")


def mermaid(drawing: Drawing) -> str:
    """A flow chart; what is stated is rounded, cost lines have double sides."""
    lines = ["flowchart LR"]
    numbers = {key: f"n{i}" for i, (key, _) in enumerate(drawing.nodes)}
    for key, sort in drawing.nodes:
        left, right = ("([", "])") if sort in STATED else ("[[", "]]") if sort == "cost" else ("[", "]")
        lines.append(f'  {numbers[key]}{left}"{_quoted(key)}"{right}')
    lines += [f"  {numbers[a]} --> {numbers[b]}" for a, b in drawing.edges]
    return "\n".join(lines) + "\n"


def dot(drawing: Drawing) -> str:
    """For Graphviz."""
    lines = ["digraph model {", "  rankdir=LR;"]
    lines += [f'  "{_escaped(key)}" [shape={"ellipse" if s in STATED else "box"}];' for key, s in drawing.nodes]
    lines += [f'  "{_escaped(a)}" -> "{_escaped(b)}";' for a, b in drawing.edges]
    return "\n".join([*lines, "}"]) + "\n"


def as_json(drawing: Drawing) -> str:
    """`nodes` with `key` and `sort`, `edges` as pairs of keys."""
    nodes = [{"key": key, "sort": sort} for key, sort in drawing.nodes]
    return json.dumps({"nodes": nodes, "edges": [list(edge) for edge in drawing.edges]}, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[Drawing], str]] = {"mermaid": mermaid, "dot": dot, "json": as_json}


def _quoted(text: str) -> str:
    return text.replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
