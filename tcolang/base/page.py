"""The page of a code, as Markdown: what reports link to and the reference is made of."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Example, Problem


def markdown_page(problem: Problem) -> str:
    """Headline, the rule behind the code, an example of it and its mended twin."""
    parts = [f"# {problem.code} {problem.name}", f"*{problem.severity.word}*", " ".join(problem.why.split())]
    for title, example in (("This is reported:", problem.bad), ("This is fine:", problem.good)):
        parts += [title, *_example(example)]
    return "\n\n".join(parts) + "\n"


def _example(example: Example) -> Iterator[str]:
    for path, text in example.files:
        if len(example.files) > 1:
            yield f"`{path}`"
        # No fence of the text closes this one.
        fence = "```" + "`" * max((len(run) for run in _backticks(text)), default=0)
        yield f"{fence}tco\n{text.rstrip()}\n{fence}"


def _backticks(text: str) -> Iterator[str]:
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("```"):
            yield stripped[: len(stripped) - len(stripped.lstrip("`"))]
