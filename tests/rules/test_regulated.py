"""Each rule of the pack for health, finance and government: where it holds, fails and is unknown, by its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tcolang.base.world import rules_directory
from tests.rules.asked import Said, far_from, judged, outcomes, unnoticed


def said(sector: str = "", api: str = "", data_class: str = "confidential", decision: str = "") -> Said:
    stated = f"sector = {sector}" if sector else ""
    return Said(f"{stated}; {decision}", api=api, chat=f"data_class = {data_class}", pack="regulated")


# By rule: where it holds, where it fails, where it is unknown; of the option `api`.
CASES: dict[str, tuple[Said, Said, Said | None]] = {
    "residency": (
        said("government", "stays_in_country = false", decision="data_stay_in_country = true"),
        said("government", "stays_in_country = true", decision="data_stay_in_country = true"),
        said("government", decision="data_stay_in_country = true"),
    ),
    "health_agreement": (said("health", "agreement = false"), said("health", "agreement = true"), said("health")),
    "processing_agreement": (
        said("finance", "agreement = false"),
        said("health", "agreement = false"),
        said("finance"),
    ),
    "no_training": (said("health", "trains_on_data = true"), said("health", "trains_on_data = false"), said("health")),
    "retention": (said("finance", "retention = 31 days"), said("finance", "retention = 0 days"), said("finance")),
    "audit_right": (said("government", "audit_right = false"), said("health", "audit_right = false"), said("finance")),
    "health_records": (said("health", "records_kept = 12 months"), said("finance"), said("health")),
    "finance_records": (said("finance", "records_kept = 12 months"), said("government"), said("finance")),
    "government_records": (said("government", "records_kept = 12 months"), said("health"), said("government")),
    "exit_plan": (said("finance"), said("finance", "leaving_cost = 1k USD"), said()),
}


IN_THE_CLOUD = "custody = cloud_tenant"
VETOES = {
    # By rule: a sector it is about and what makes it hold there; and a sector that it is not about, if there is one.
    "health_agreement": ("health", "agreement = false", "finance"),
    "processing_agreement": ("finance", "agreement = false", "health"),
    "no_training": ("health", "trains_on_data = true", ""),
    "retention": ("finance", "retention = 31 days", ""),
    "audit_right": ("government", "audit_right = false", "health"),
}


def more(rule: str) -> list[tuple[Said, str]]:
    """Cases that a small change of a rule would turn: another trade, data that are not meant, our own tenancy."""
    if rule == "residency":
        sent, stay = "stays_in_country = false", "data_stay_in_country = true"
        return [
            (said("", sent, decision=stay), "unknown"),
            (said("health", sent, decision="data_stay_in_country = false"), "false"),
            (said("health", sent, "internal", stay), "false"),
        ]
    if rule not in VETOES:
        return []
    sector, fact, elsewhere = VETOES[rule]
    return [
        (said(elsewhere, fact), "false" if elsewhere else "unknown"),
        (said(sector, fact, "internal"), "false"),
        (replace(said(sector, fact), vendor=IN_THE_CLOUD), "false"),
    ]


THRESHOLDS = [
    (
        "retention",
        [
            (said("health", "retention = 29 days"), "false"),
            (said("health", "retention = 30 days"), "false"),
            (said("health", "retention = 31 days"), "true"),
        ],
    ),
    (
        "health_records",
        [
            (said("health", "records_kept = 71 months"), "true"),
            (said("health", "records_kept = 72 months"), "false"),
            (said("health", "records_kept = 73 months"), "false"),
        ],
    ),
    (
        "finance_records",
        [
            (said("finance", "records_kept = 59 months"), "true"),
            (said("finance", "records_kept = 60 months"), "false"),
            (said("finance", "records_kept = 61 months"), "false"),
        ],
    ),
    (
        "government_records",
        [
            (said("government", "records_kept = 35 months"), "true"),
            (said("government", "records_kept = 36 months"), "false"),
            (said("government", "records_kept = 37 months"), "false"),
        ],
    ),
    (
        "no_training",
        [
            (said("finance", "trains_on_data = true", "internal"), "false"),
            (said("finance", "trains_on_data = true", "confidential"), "true"),
            (said("finance", "trains_on_data = true", "restricted"), "true"),
        ],
    ),
]


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_holds_fails_is_unknown_and_turns_at_its_thresholds(rule: str) -> None:
    """And whatever small change somebody makes of it, one of these cases comes out differently."""
    holds, fails, unknown = CASES[rule]
    cases = [(holds, "true"), (fails, "false"), *more(rule)]
    cases += [step for name, steps in THRESHOLDS if name == rule for step in steps]
    made = [judged(case) for case, _ in cases]
    assert [one.records[rule, "api"].result for one in made] == [result for _, result in cases]
    if unknown is not None:
        made.append(judged(unknown))
        record = made[-1].records[rule, "api"]
        assert record.result == "unknown" and record.missing
    assert far_from(rule, made) == {}
    assert unnoticed(rule, made) == []


def test_what_runs_in_our_own_tenancy_needs_no_agreement_with_a_vendor() -> None:
    made = outcomes(said("finance"))
    for rule in ("processing_agreement", "no_training", "retention", "audit_right"):
        assert (made[rule, "own"].result, made[rule, "mix"].result) == ("false", "unknown")


def test_the_extension_adds_rules_and_keeps_those_of_the_default_pack() -> None:
    made = outcomes(said("finance"))
    base = outcomes(Said(chat="data_class = confidential"))
    assert {rule for rule, _ in base} < {rule for rule, _ in made}
    assert all(made[place].result == record.result for place, record in base.items())


def test_every_rule_of_the_pack_is_tested() -> None:
    text = (rules_directory() / "regulated.tco").read_text(encoding="utf-8")
    assert {line.split()[1] for line in text.splitlines() if line.startswith("rule ")} == set(CASES)
