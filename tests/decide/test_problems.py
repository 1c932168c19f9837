from __future__ import annotations

import pytest

from tcolang.base.problem import Problem
from tcolang.base.registry import collect

PROBLEMS = collect("tcolang.decide", Problem, key=lambda problem: problem.code)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)
def test_a_problem_of_a_decision_is_in_its_band_and_shown_by_its_examples(problem: Problem) -> None:
    assert problem.code.startswith("TCO5")
    bad, good = dict(problem.bad.files), dict(problem.good.files)
    assert bad != good
    assert list(bad) == list(good)
    assert all(text.startswith("tco 1\n") for text in (*bad.values(), *good.values()))


def test_no_code_and_no_name_is_used_twice() -> None:
    assert len({problem.name for problem in PROBLEMS}) == len(PROBLEMS) == 9
