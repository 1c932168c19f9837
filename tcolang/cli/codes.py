"""All codes that a finding can have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

from tcolang.base.page import markdown_page
from tcolang.base.problem import Problem
from tcolang.base.registry import collect
from tcolang.decide.packs.checks import Check
from tcolang.lint.rule import LintRule
from tcolang.lint.run import rules

PACKAGE = Path(__file__).resolve().parents[1]
_DECLARES = re.compile(rb"^[A-Z_]+ = (?:Problem|_[a-z]+)\($", re.MULTILINE)


def problems() -> dict[str, Problem]:
    """By code, in order. Raises `RuntimeError` where two have one code: a mistake of whoever declared the second."""
    found: dict[str, Problem] = {}
    declared = (problem for place in _places() for problem in collect(place, Problem, key=attrgetter("code")))
    for problem in (*declared, *(rule.problem for rule in described())):
        if found.setdefault(problem.code, problem) != problem:
            raise RuntimeError(f"{problem.code} is `{found[problem.code].name}` and `{problem.name}`")
    return dict(sorted(found.items()))


def code_names() -> dict[str, str]:
    """`{"TCO303": "carried-forward", …}`"""
    return {code: problem.name for code, problem in problems().items()}


def page(problem: Problem) -> str:
    """With the remedy, where the code is that of a lint rule or of a check of packs."""
    remedies = {rule.code: rule.remedy for rule in described()}
    return markdown_page(problem, remedies.get(problem.code, ""))


def described() -> tuple[LintRule | Check, ...]:
    """Lint rules and the checks of packs: what says of itself how it is mended."""
    return (*rules(), *collect("tcolang.decide.packs.checks", Check, key=attrgetter("code")))


def _places() -> Iterator[str]:
    """Modules in which problems are declared. Searching all of them would load every library there is."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if _DECLARES.search(path.read_bytes()):
            yield ".".join((PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts))
