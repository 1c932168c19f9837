"""All codes that a finding can have."""

from __future__ import annotations

from operator import attrgetter

from tcolang.base.page import markdown_page
from tcolang.base.problem import Problem
from tcolang.base.registry import collect
from tcolang.lint.run import rules

PLACES = (
    "tcolang.syntax.problems",
    "tcolang.semantics.problems",
    "tcolang.model.problems",
    "tcolang.engine.problems",
    "tcolang.decide.filling",
    "tcolang.decide.problems",
)
"""Where problems are declared; searching the whole package would load all of it."""


def problems() -> dict[str, Problem]:
    """By code, in order."""
    found = {problem.code: problem for place in PLACES for problem in collect(place, Problem, key=attrgetter("code"))}
    found |= {rule.code: rule.problem for rule in rules()}
    return dict(sorted(found.items()))


def code_names() -> dict[str, str]:
    """`{"TCO303": "carried-forward", …}`"""
    return {code: problem.name for code, problem in problems().items()}


def page(problem: Problem) -> str:
    """With the remedy, where the code is that of a lint rule."""
    remedies = {rule.code: rule.remedy for rule in rules()}
    return markdown_page(problem, remedies.get(problem.code, ""))
