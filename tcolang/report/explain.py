"""`tco explain`: where a number comes from, as a tree of formulas, sources and lines; the page of a problem code."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.display import one_line, visible
from tcolang.base.problem import Example, Problem
from tcolang.base.record import record
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel, Node
from tcolang.report.amounts import mean, symbol, value
from tcolang.report.keys import has_numbers

DEPTH = 4

_SORTS = {
    "input": "as stated",
    "assumption": "assumption",
    "default": "default of the standard library",
    "formula": "formula",
    "cost": "cost line",
    "flow": "flow",
    "result": "result",
    "rate": "exchange rate",
    "rule": "read by a rule",
}
_PARTS = {
    "tco": "discounted",
    "nominal": "added up",
    "charge": "spread over its life",
    "horizon": "what comes back at the horizon",
    "stated": "as stated",
    "unset": "where nothing is stated",
}
"""What a node of the model's own, whose key goes on behind `@`, is of the one that it is about."""


@record
class _Branch:
    """A node still to be shown: `lead` stands before its first line, `indent` before the others."""

    key: str
    depth: int
    lead: str
    indent: str


def explain(model: CostModel, evaluation: Evaluation, key: str, depth: int = DEPTH) -> str:
    """The tree of what a node is computed from, `depth` levels down; ends with a newline.

    Each node is shown in full once. `key` is in the model, or among what is unknown; `KeyError` otherwise.
    """
    lines: list[str] = []
    seen: set[str] = set()
    waiting = [_Branch(key, 0, "", "")]
    while waiting:
        branch = waiting.pop()
        node = model.node(branch.key) if branch.key in model.index else None
        if node is None:
            lines.append(f"{branch.lead}{_missing(model, branch.key)}")
        elif branch.key in seen:
            lines.append(f"{branch.lead}{_title(model, evaluation, node)} (see above)")
        else:
            seen.add(branch.key)
            # How much of the stated volume is looked at is a question of break-even: here it is all of it.
            parents = tuple(dict.fromkeys(one for one in node.parents if one != model.volume))
            below = _below(parents, branch, depth)
            lines.extend(_shown(model, evaluation, node, branch, bool(parents), len(parents) - len(below)))
            waiting.extend(reversed(below))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def keys_to_explain(model: CostModel, key: str) -> frozenset[str]:
    """The node and all it is computed from, as far as they have numbers: what an evaluation has to keep."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        current = waiting.pop()
        if current in model.index and current not in found:
            found.add(current)
            waiting.extend(model.node(current).parents)
    return frozenset(each for each in found if has_numbers(model, each))


def explain_problem(problem: Problem) -> str:
    """The page of a code: what it is about, the rule behind it, an example of it and its mended twin."""
    parts = [f"{problem.severity.word}[{problem.code}] {problem.name}", one_line(problem.why)]
    for title, example in (("This is reported:", problem.bad), ("This is fine:", problem.good)):
        parts.append("\n".join((title, "", *_example(example))))
    return "\n\n".join(parts) + "\n"


def _below(parents: tuple[str, ...], branch: _Branch, depth: int) -> list[_Branch]:
    if branch.depth >= depth:
        return []
    return [
        _Branch(
            parent,
            branch.depth + 1,
            f"{branch.indent}{'└─' if parent == parents[-1] else '├─'} ",
            f"{branch.indent}{'  ' if parent == parents[-1] else '│ '} ",
        )
        for parent in parents
    ]


def _shown(
    model: CostModel, evaluation: Evaluation, node: Node, branch: _Branch, goes_on: bool, cut: int
) -> Iterator[str]:
    yield f"{branch.lead}{_title(model, evaluation, node)}"
    # The line of the tree goes on past the details only where something hangs below them.
    before = f"{branch.indent}{'│  ' if goes_on else '   '}"
    for line in _details(node):
        yield f"{before}{line}"
    if cut:
        what = "1 value that is" if cut == 1 else f"{cut:,} values that are"
        yield f"{branch.indent}└─ … reads {what} not shown at this depth"


def _title(model: CostModel, evaluation: Evaluation, node: Node) -> str:
    return f"{one_line(_name(node.key))}: {one_line(_amount(model, evaluation, node))}"


def _name(key: str) -> str:
    """`own.gateway, discounted` for `own.gateway@tco`; `criterion speed` for `(criterion speed)`."""
    of, _, part = key.strip("()").partition("@")
    words = _PARTS.get(part, "before it is overridden" if part.startswith("base") else "")
    return f"{of}, {words}" if words else of


def _amount(model: CostModel, evaluation: Evaluation, node: Node) -> str:
    word = symbol(node)
    if word is not None:
        return word
    if node.key not in evaluation.values:
        return "not evaluated"
    currency = model.decision.currency if model.decision is not None else "money"
    shown = value(node, evaluation.estimate(node.key), currency)
    if not node.monthly:
        return shown
    months = evaluation.by_month(node.key)
    first, last = mean(node, months[0], currency), mean(node, months[-1], currency)
    return f"{shown} on average over the months; first {first}, last {last}"


def _details(node: Node) -> Iterator[str]:
    if node.text and node.text != _name(node.key):
        yield f"= {one_line(node.text)}"
    sort = "default of the standard library" if node.provenance.is_default else _SORTS[node.sort]
    yield f"{sort}, {one_line(node.span.where)}{_grade(node)}"
    source = node.provenance.source
    if source is not None:
        checked = f", checked {source.checked_on}" if source.checked_on else ""
        url = f", {source.url}" if source.url else ""
        yield one_line(f"source: {source.title or source.key}{checked}{url}")
    if node.provenance.note:
        yield one_line(f"note: {node.provenance.note}")
    if node.doc:
        yield one_line(f"about: {node.doc}")


def _grade(node: Node) -> str:
    grade = node.grade or (node.provenance.grade if node.sort in ("input", "assumption", "default", "rate") else None)
    return f", {grade}" if grade else ""


def _missing(model: CostModel, key: str) -> str:
    facts = model.unknown[key]
    stated = f": nobody has stated {', '.join(map(one_line, facts))}" if facts else ""
    return f"{one_line(_name(key))} is unknown{stated}"


def _example(example: Example) -> Iterator[str]:
    for path, text in example.files:
        if len(example.files) > 1:
            yield f"    # {one_line(path)}"
        yield from (f"    {visible(line)}".rstrip() for line in text.splitlines())
