"""The table of recommendations: as the tool makes it, and in agreement with the guidance or with the computed cost."""

from __future__ import annotations

import pytest

from tests.rules.recommendations import PAGE, Case, cases, decided, guidance, overruled, page


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_a_recommendation_agrees_with_the_guidance_or_the_computed_cost_overrules_it(case: Case) -> None:
    decision = decided(case)
    said = guidance(case)
    if not said:
        assert decision.recommended is None and decision.conflict_sets
    else:
        assert decision.recommended in said or overruled(case, decision)
        if len(said) > 1:
            assert decision.recommended == decision.cheapest_allowed, "between the two volumes the cost decides"


def test_the_page_is_the_one_that_is_committed() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "if this was meant: `python -m tests.rules.recommendations`"
