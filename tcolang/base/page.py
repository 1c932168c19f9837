"""The page of a code, as Markdown: what `tco rule` prints, reports link to and the reference is made of."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Example, Problem

LONG = 24
"""Lines of an example of which only what differs from its mended twin is shown."""


def markdown_page(problem: Problem, remedy: str = "") -> str:
    """Headline, the rule behind the code, the remedy, an example of it and its mended twin."""
    parts = [
        f"# {problem.code} {problem.name}",
        f"*{problem.severity.word}*",
        " ".join(problem.why.split()),
        *([f"To mend it, {remedy}."] if remedy else []),
        *_examples(problem.bad, problem.good),
    ]
    return "\n\n".join(parts) + "\n"


def _examples(bad: Example, good: Example) -> Iterator[str]:
    if _lines(bad) <= LONG and _lines(good) <= LONG:
        for title, example in (("This is reported:", bad), ("This is fine:", good)):
            yield title
            yield from map(_block, example.files)
        return
    yield "Lines with `-` are reported, lines with `+` are fine:"
    before, after = dict(bad.files), dict(good.files)
    for path in dict.fromkeys((*before, *after)):
        if before.get(path) != after.get(path):
            yield _difference(before.get(path, ""), after.get(path, ""))


def _difference(before: str, after: str) -> str:
    from difflib import unified_diff

    lines = unified_diff(before.splitlines(), after.splitlines(), n=3, lineterm="")
    kept = [line if not line.startswith("@@") else "" for line in lines if not line.startswith(("---", "+++"))]
    return _fenced("diff", "\n".join(kept).strip("\n"))


def _block(file: tuple[str, str]) -> str:
    path, text = file
    name = f"`{path}`:\n\n" if path != "spec.tco" else ""
    return f"{name}{_fenced('tco', text.strip())}"


def _fenced(language: str, text: str) -> str:
    """No fence of the text closes this one."""
    longest = max((len(line) - len(line.lstrip("`")) for line in map(str.strip, text.splitlines())), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _lines(example: Example) -> int:
    return max(text.count("\n") for _, text in example.files)
