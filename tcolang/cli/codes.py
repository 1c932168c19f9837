"""All codes that a finding can have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

from tcolang.base.page import markdown_page
from tcolang.base.problem import Problem
from tcolang.base.registry import collect
from tcolang.lint.run import rules

PACKAGE = Path(__file__).resolve().parents[1]
_DECLARES = re.compile(rb"^[A-Z_]+ = (?:Problem|_[a-z]+)\($", re.MULTILINE)


def problems() -> dict[str, Problem]:
    """By code, in order."""
    found = {
        problem.code: problem for place in _places() for problem in collect(place, Problem, key=attrgetter("code"))
    }
    found |= {rule.code: rule.problem for rule in rules()}
    return dict(sorted(found.items()))


def code_names() -> dict[str, str]:
    """`{"TCO303": "carried-forward", …}`"""
    return {code: problem.name for code, problem in problems().items()}


def page(problem: Problem) -> str:
    """With the remedy, where the code is that of a lint rule."""
    remedies = {rule.code: rule.remedy for rule in rules()}
    return markdown_page(problem, remedies.get(problem.code, ""))


def _places() -> Iterator[str]:
    """Modules in which problems are declared. Searching all of them would load every library there is."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if _DECLARES.search(path.read_bytes()):
            yield ".".join((PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts))
