"""Each rule of the default pack: one spec in which it holds, one in which it fails, one in which it is unknown.

What is expected is read off the words of the rule. `None` stands where it asks for no fact that may be left unsaid: it is
unknown where nobody states whose it is that an option serves with.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from statistics import fmean

import pytest

from tcolang.base.world import rules_directory
from tests.rules.asked import OPTIONS, Judged, Said, decided, far_from, judged, outcomes, unnoticed

S = Said
API_TODAY = "today = api"
OWN_TODAY = "today = self_host"
MUCH = "600M"
MOVING = "bill = 1M USD/month; mlops_team = 1 FTE"
# A copy writes 20,000 tokens a second, and half of the tokens are prompts: 1,036.8M tokens a day keep 0.3 of it busy,
# which are 60% of the half that is planned with.
HALF = "target_load = 50%"
WELL_USED = 'override self_host_or_api.well_used_from = 0% because "x" by "y" until 2030-01-01'


def beside(chat: str) -> Said:
    """Another workload is served beside the chat, which says so much about itself."""
    serve = "serve other {{\n    {} = 100%\n  }}"
    workload = 'workload other "Other" {\n' + "".join(
        f"  {line}\n"
        for line in (
            "requests = 1k requests/day",
            "input_tokens = 500 tokens/request",
            "output_tokens = 500 tokens/request",
        )
    )
    return S(
        chat=chat,
        own=serve.format("pool"),
        api=serve.format("vendor"),
        mix=serve.format("pool"),
        rest=workload + "}\n",
    )


# By rule: the option it is asked for, then where it holds, where it fails, where it is unknown.
CASES: dict[str, tuple[str, Said, Said, Said | None]] = {
    "volume_low": ("api", S(volume="5M"), S(volume="20M"), None),
    "volume_between": ("api", S(volume="20M"), S(volume="5M"), None),
    "volume_high": ("own", S(volume="1_100M", pool=HALF), S(volume="20M"), None),
    "volume_high_idle": ("own", S(volume=MUCH, pool=HALF), S(volume="1_100M", pool=HALF), None),
    "variable_usage": ("api", S("usage = variable"), S("usage = steady"), S()),
    "volume_high_unsteady": ("own", S("usage = variable", volume=MUCH), S("usage = steady", volume=MUCH), None),
    "variable_usage_committed": ("own", S("usage = variable"), S("usage = steady"), S()),
    "privacy": ("api", S(chat="data_class = restricted"), S(chat="data_class = internal"), S()),
    "time_to_market_hard": (
        "own",
        S("deadline = 2026-04; hard_deadline = true", own="lead_time = 6 months"),
        S("deadline = 2026-04; hard_deadline = false", own="lead_time = 6 months"),
        S("deadline = 2026-04; hard_deadline = true"),
    ),
    "best_quality_hard": (
        "own",
        S(chat="required_quality = best; quality_is_hard = true", own="quality = good"),
        S(chat="required_quality = good; quality_is_hard = true", own="quality = good"),
        S(chat="required_quality = best; quality_is_hard = true"),
    ),
    "custom_model": (
        "api",
        S("custom_model_needed = true", api="offers_custom_model = false"),
        S("custom_model_needed = true", api="offers_custom_model = true"),
        S("custom_model_needed = true"),
    ),
    "content_policy": (
        "api",
        S("use_touches_policies = true", api="content_policy = forbids"),
        S("use_touches_policies = true", api="content_policy = may_forbid"),
        S("use_touches_policies = true"),
    ),
    "rate_limit_hard": (
        "api",
        S(api="rate_limit = 1k tokens/minute; rate_limit_is_final = true"),
        S(api="rate_limit = 1k tokens/minute; rate_limit_is_final = false"),
        S(api="rate_limit = 1k tokens/minute"),
    ),
    "capacity": (
        "own",
        S("team_is_final = true; mlops_team = 1 FTE", own="expertise_needed = 2 FTE"),
        S("team_is_final = false; mlops_team = 1 FTE", own="expertise_needed = 2 FTE"),
        S("team_is_final = true; mlops_team = 1 FTE"),
    ),
    "early_stage": ("api", S("stage = early"), S("stage = growth"), S()),
    "time_to_market": (
        "own",
        S("deadline = 2026-04", own="lead_time = 6 months"),
        S("deadline = 2026-12", own="lead_time = 6 months"),
        S("deadline = 2026-04"),
    ),
    "best_quality": (
        "own",
        S(chat="required_quality = best", own="quality = good"),
        S(chat="required_quality = best", own="quality = best"),
        S(chat="required_quality = best"),
    ),
    "expertise": (
        "own",
        S("mlops_team = 1 FTE", own="expertise_needed = 2 FTE"),
        S("mlops_team = 1 FTE; hiring_budget = true", own="expertise_needed = 2 FTE"),
        S("mlops_team = 1 FTE"),
    ),
    "thin_rota": (
        "own",
        S(chat="availability = 99.95%", own="on_call = 3 FTE"),
        S(chat="availability = 99.5%", own="on_call = 3 FTE"),
        S(chat="availability = 99.95%"),
    ),
    "focus": ("api", S("ai_is_core = false"), S("ai_is_core = true"), S()),
    "flexibility": (
        "api",
        S("priority = flexibility"),
        S("priority = cost; model_changes = 1"),
        S("priority = cost"),
    ),
    "upgrades": ("api", S("newest_models = true"), S("newest_models = false"), None),
    "domain_model": (
        "own",
        S("domain_model_is_better = true", own="offers_custom_model = true"),
        S("domain_model_is_better = true", own="offers_custom_model = false"),
        S("domain_model_is_better = true"),
    ),
    "bus_factor": ("own", S(own="bus_factor = 1"), S(own="bus_factor = 3"), None),
    "independence": (
        "own",
        S("independence_strategy = true"),
        S("independence_strategy = true; mlops_team = 1 FTE", own="expertise_needed = 2 FTE"),
        None,
    ),
    "independence_several": (
        "mix",
        S("independence_strategy = true", mix="cost rest as other = 1M USD/month"),
        S("independence_strategy = false", mix="cost rest as other = 1M USD/month"),
        None,
    ),
    "content_policy_doubtful": (
        "api",
        S("use_touches_policies = true", api="content_policy = may_forbid"),
        S("use_touches_policies = true", api="content_policy = allows"),
        S("use_touches_policies = true"),
    ),
    "outage": (
        "api",
        S(chat="availability = 99.9%", api="fallback = nobody", vendor="availability = 99%"),
        S(chat="availability = 99.9%", api="fallback = other_vendor"),
        S(chat="availability = 99.9%", api="fallback = nobody"),
    ),
    "hybrid_fallback": (
        "mix",
        S(
            chat="availability = 99.9%",
            mix="fallback = own_model",
            pool="availability = 99%",
            vendor="availability = 99%",
        ),
        S(chat="availability = 99.9%", mix="fallback = nobody"),
        S(chat="availability = 99.9%", mix="fallback = own_model"),
    ),
    "data_security": (
        "api",
        S(chat="data_class = confidential", api="agreement = false"),
        S(chat="data_class = confidential", api="agreement = true; trains_on_data = false; region_agreed = true"),
        S(chat="data_class = confidential", api="agreement = true"),
    ),
    "lock_in": ("api", S(api="leaving_cost = 1M USD"), S(api="leaving_cost = 1 USD"), None),
    "concentration": ("api", S(api="price_protection = false"), S(api="price_protection = true"), S()),
    "hybrid_complexity": (
        "api",
        S("simple_share = 60%; small_model_will_do = true"),
        S("simple_share = 60%; small_model_will_do = false"),
        S("simple_share = 60%"),
    ),
    "hybrid_volume": (
        "mix",
        S(f"{API_TODAY}; bill = 1M USD/month"),
        S(f"{OWN_TODAY}; bill = 1M USD/month"),
        S(API_TODAY),
    ),
    "hybrid_sensitivity": ("own", beside("data_class = internal"), beside("data_class = restricted"), None),
    "rate_limit": ("api", S(api="rate_limit = 1k tokens/minute"), S(api="rate_limit = 1M tokens/minute"), None),
    "migrate": (
        "own",
        S(
            f"{API_TODAY}; bill = 1M USD/month; bill_since = 6 months; mlops_team = 2 FTE",
            own="expertise_needed = 2 FTE",
        ),
        S(
            f"{API_TODAY}; bill = 1M USD/month; bill_since = 6 months; mlops_team = 1 FTE",
            own="expertise_needed = 2 FTE",
        ),
        S(f"{API_TODAY}; bill = 1M USD/month; bill_since = 6 months; mlops_team = 2 FTE"),
    ),
    "migrate_strategy": (
        "own",
        S(f"{API_TODAY}; independence_strategy = true; mlops_team = 2 FTE", own="expertise_needed = 2 FTE"),
        S(f"{API_TODAY}; independence_strategy = false; mlops_team = 2 FTE", own="expertise_needed = 2 FTE"),
        S(f"{API_TODAY}; mlops_team = 2 FTE", own="expertise_needed = 2 FTE"),
    ),
    "go_back": (
        "api",
        S(f"{OWN_TODAY}; bill = 1M USD/month; bill_since = 6 months"),
        S(f"{OWN_TODAY}; bill = 1 USD/month; bill_since = 6 months"),
        S(f"{OWN_TODAY}; bill = 1M USD/month"),
    ),
    "go_back_upkeep": (
        "api",
        S(f"{OWN_TODAY}; too_much_to_maintain = true"),
        S(f"{API_TODAY}; too_much_to_maintain = true"),
        S(OWN_TODAY),
    ),
    "idle_gpus": ("own", S("gpus_there = true"), S("gpus_there = false"), None),
    "cache": ("api", S(api="repeated_prompts = 40%"), S(api="repeated_prompts = 0%"), None),
    "backup": (
        "api",
        S(chat="availability = 99.9%", api="fallback = nobody", vendor="availability = 99%"),
        S(chat="availability = 99.9%", api="fallback = own_model"),
        S(chat="availability = 99.9%", api="fallback = nobody"),
    ),
    "contract": ("api", S(api="price_protection = false"), S(api="price_protection = true"), None),
    "service_layer": ("api", S(api="service_layer = false"), S(api="service_layer = true"), None),
    "missing_comparator": ("own", S(), S(own='comparator = "none"'), None),
    "hidden_spare": ("own", S(own="spare_machines = 0"), S(own="spare_machines = 2"), None),
    "hidden_headroom": ("own", S(own="planned_load = 100%"), S(own="planned_load = 70%"), None),
    "one_treatment": (
        "api",
        S("confidential_up_to = cloud_tenant", chat="data_class = confidential"),
        S("confidential_up_to = marketplace", chat="data_class = confidential"),
        None,
    ),
    "accountability": ("", S(), S('owner = "CTO"'), None),
    "review_missing": ("", S(), S("review = 2027-01"), None),
    "review_due": ("", S("review = 2025-12"), S("review = 2027-01"), None),
}
UNKEPT = 'without pool.support because "lent"; without pool.licences because "lent"'
MISSING = ("people", "monitoring", "evaluation", "security", "storage", "network", "upgrades", "opportunity")
"""Cost lines that an option which runs models needs, beside those that come with machines."""

# By rule and option: just under, at and just over each threshold, and what the words of the rule say there.
T, F = "true", "false"
THRESHOLDS: list[tuple[str, str, list[tuple[Said, str]]]] = [
    ("volume_low", "api", [(S(volume="9_999k"), T), (S(volume="10M"), F), (S(volume="10_001k"), F)]),
    ("volume_between", "api", [(S(volume="9_999k"), F), (S(volume="10M"), T), (S(volume="10_001k"), T)]),
    ("volume_between", "api", [(S(volume="99_999k"), T), (S(volume="100M"), T), (S(volume="100_001k"), F)]),
    (
        "volume_high",
        "own",
        [
            (S(volume="99_999k", rest=WELL_USED), F),
            (S(volume="100M", rest=WELL_USED), F),
            (S(volume="100_001k", rest=WELL_USED), T),
        ],
    ),
    (
        "volume_high_idle",
        "own",
        [(S(volume="99_999k"), F), (S(volume="100M"), F), (S(volume="100_001k"), T)],
    ),
    (
        "volume_high_unsteady",
        "own",
        [
            (S("usage = variable", volume="99_999k"), F),
            (S("usage = variable", volume="100M"), F),
            (S("usage = variable", volume="100_001k"), T),
        ],
    ),
    (
        "volume_high",
        "own",
        [
            (S(volume="1_036_799k", pool=HALF), F),
            (S(volume="1_036_800k", pool=HALF), T),
            (S(volume="1_036_801k", pool=HALF), T),
        ],
    ),
    (
        "volume_high_idle",
        "own",
        [
            (S(volume="1_036_799k", pool=HALF), T),
            (S(volume="1_036_800k", pool=HALF), F),
            (S(volume="1_036_801k", pool=HALF), F),
        ],
    ),
    (
        "privacy",
        "api",
        [(S(chat="data_class = confidential"), F), (S(chat="data_class = restricted"), T)],
    ),
    (
        "time_to_market",
        "own",
        [
            (S("deadline = 2026-04", own="lead_time = 2.99 months"), F),
            (S("deadline = 2026-04", own="lead_time = 3 months"), F),
            (S("deadline = 2026-04", own="lead_time = 3.01 months"), T),
        ],
    ),
    (
        "time_to_market_hard",
        "own",
        [
            (S("deadline = 2026-04; hard_deadline = true", own="lead_time = 2.99 months"), F),
            (S("deadline = 2026-04; hard_deadline = true", own="lead_time = 3 months"), F),
            (S("deadline = 2026-04; hard_deadline = true", own="lead_time = 3.01 months"), T),
        ],
    ),
    ("early_stage", "api", [(S("stage = prototype"), T), (S("stage = early"), T), (S("stage = growth"), F)]),
    (
        "expertise",
        "own",
        [
            (S("mlops_team = 1.99 FTE", own="expertise_needed = 2 FTE"), T),
            (S("mlops_team = 2 FTE", own="expertise_needed = 2 FTE"), F),
            (S("mlops_team = 2.01 FTE", own="expertise_needed = 2 FTE"), F),
        ],
    ),
    (
        "capacity",
        "own",
        [
            (S("team_is_final = true; mlops_team = 1.99 FTE", own="expertise_needed = 2 FTE"), T),
            (S("team_is_final = true; mlops_team = 2 FTE", own="expertise_needed = 2 FTE"), F),
            (S("team_is_final = true; mlops_team = 2.01 FTE", own="expertise_needed = 2 FTE"), F),
        ],
    ),
    (
        "thin_rota",
        "own",
        [
            (S(chat="availability = 99.89%", own="on_call = 3 FTE"), F),
            (S(chat="availability = 99.9%", own="on_call = 3 FTE"), T),
            (S(chat="availability = 99.91%", own="on_call = 3 FTE"), T),
        ],
    ),
    (
        "thin_rota",
        "own",
        [
            (S(chat="availability = 99.9%", own="on_call = 3.99 FTE"), T),
            (S(chat="availability = 99.9%", own="on_call = 4 FTE"), F),
            (S(chat="availability = 99.9%", own="on_call = 4.01 FTE"), F),
        ],
    ),
    (
        "flexibility",
        "api",
        [
            (S("priority = cost; model_changes = 1.99"), F),
            (S("priority = cost; model_changes = 2"), T),
            (S("priority = cost; model_changes = 2.01"), T),
        ],
    ),
    (
        "bus_factor",
        "own",
        [(S(own="bus_factor = 1.99"), T), (S(own="bus_factor = 2"), F), (S(own="bus_factor = 2.01"), F)],
    ),
    (
        "outage",
        "api",
        [
            (S(chat="availability = 99.89%", vendor="availability = 99.9%"), F),
            (S(chat="availability = 99.9%", vendor="availability = 99.9%"), F),
            (S(chat="availability = 99.91%", vendor="availability = 99.9%"), T),
        ],
    ),
    (
        "data_security",
        "api",
        [
            (S(chat="data_class = internal", api="agreement = false"), F),
            (S(chat="data_class = confidential", api="agreement = false"), T),
            (S(chat="data_class = restricted", api="agreement = false"), T),
        ],
    ),
    # 12M tokens a day at 1 USD per million are 365 USD a month: three of them 1,095 USD.
    (
        "lock_in",
        "api",
        [
            (S(volume="12M", api="leaving_cost = 1094.99 USD"), F),
            (S(volume="12M", api="leaving_cost = 1095 USD"), F),
            (S(volume="12M", api="leaving_cost = 1095.01 USD"), T),
        ],
    ),
    (
        "hybrid_complexity",
        "api",
        [
            (S("simple_share = 29.9%; small_model_will_do = true"), F),
            (S("simple_share = 30%; small_model_will_do = true"), T),
            (S("simple_share = 30.1%; small_model_will_do = true"), T),
        ],
    ),
    # 20M tokens a day are 13,888.89 a minute.
    (
        "rate_limit",
        "api",
        [
            (S(api="rate_limit = 13_888 tokens/minute"), T),
            (S(api="rate_limit = 20M tokens/day"), F),
            (S(api="rate_limit = 13_889 tokens/minute"), F),
        ],
    ),
    (
        "rate_limit_hard",
        "api",
        [
            (S(api="rate_limit = 13_888 tokens/minute; rate_limit_is_final = true"), T),
            (S(api="rate_limit = 20M tokens/day; rate_limit_is_final = true"), F),
            (S(api="rate_limit = 13_889 tokens/minute; rate_limit_is_final = true"), F),
        ],
    ),
    (
        "migrate",
        "own",
        [
            (S(f"{API_TODAY}; {MOVING}; bill_since = 2.99 months", own="expertise_needed = 1 FTE"), F),
            (S(f"{API_TODAY}; {MOVING}; bill_since = 3 months", own="expertise_needed = 1 FTE"), T),
            (S(f"{API_TODAY}; {MOVING}; bill_since = 3.01 months", own="expertise_needed = 1 FTE"), T),
        ],
    ),
    (
        "go_back",
        "api",
        [
            (S(f"{OWN_TODAY}; {MOVING}; bill_since = 2.99 months"), F),
            (S(f"{OWN_TODAY}; {MOVING}; bill_since = 3 months"), T),
            (S(f"{OWN_TODAY}; {MOVING}; bill_since = 3.01 months"), T),
        ],
    ),
    (
        "go_back",
        "api",
        [
            (S(f"{OWN_TODAY}; bill = 364.99 USD/month; bill_since = 3 months", volume="12M"), F),
            (S(f"{OWN_TODAY}; bill = 365 USD/month; bill_since = 3 months", volume="12M"), F),
            (S(f"{OWN_TODAY}; bill = 365.01 USD/month; bill_since = 3 months", volume="12M"), T),
        ],
    ),
    (
        "hidden_spare",
        "own",
        [(S(own="spare_machines = 0.9"), T), (S(own="spare_machines = 1"), F), (S(own="spare_machines = 1.03"), F)],
    ),
    (
        "hidden_headroom",
        "own",
        [
            (S(own="planned_load = 99.9%"), F),
            (S(own="planned_load = 100%"), T),
        ],
    ),
    ("review_due", "", [(S("review = 2025-12-31"), T), (S("review = 2026-01"), T), (S("review = 2026-01-02"), F)]),
    # The vendor is paid 365 USD a month: the rest makes it 80% or 50% of the whole.
    (
        "concentration",
        "api",
        [
            (S(volume="12M", api="price_protection = false; cost x as other = 91.26 USD/month"), F),
            (S(volume="12M", api="price_protection = false; cost x as other = 91.25 USD/month"), F),
            (S(volume="12M", api="price_protection = false; cost x as other = 91.24 USD/month"), T),
        ],
    ),
    (
        "independence_several",
        "api",
        [
            (S("independence_strategy = true", volume="12M", api="cost x as other = 364.99 USD/month"), F),
            (S("independence_strategy = true", volume="12M", api="cost x as other = 365 USD/month"), T),
            (S("independence_strategy = true", volume="12M", api="cost x as other = 365.01 USD/month"), T),
        ],
    ),
    (
        "hybrid_sensitivity",
        "own",
        [(beside("data_class = internal"), T), (beside("data_class = confidential"), F)],
    ),
    (
        "hybrid_sensitivity",
        "own",
        [
            (beside("data_class = internal; latency_target = 0.49 seconds"), F),
            (beside("data_class = internal; latency_target = 0.5 seconds"), F),
            (beside("data_class = internal; latency_target = 0.51 seconds"), T),
        ],
    ),
]


# The options of which a rule speaks where it holds; of the others it says nothing.
ABOUT = {
    "api": """volume_low volume_between variable_usage rate_limit_hard early_stage focus flexibility upgrades outage
        data_security lock_in custom_model concentration hybrid_complexity rate_limit go_back go_back_upkeep cache backup
        contract service_layer""",
    "own": """volume_high volume_high_idle volume_high_unsteady bus_factor independence hybrid_sensitivity migrate
        migrate_strategy missing_comparator hidden_spare hidden_headroom""",
    "mix": "independence_several hybrid_volume hybrid_fallback",
}
ALWAYS_KNOWN = {"rate_limit", "accountability", "review_missing", "review_due"}
"""What these ask is known whatever is left unsaid: the volume, whether something is stated, and if so what it is."""
NO_SUCH_PLACE = {
    "cache": {"p50(option.repeated_prompts) > 0%": {"under"}},
    "hidden_headroom": {"p50(option.planned_load) >= load_too_high_from": {"over"}},
    "hybrid_sensitivity": {"p50(first_year(workload.tokens)) < p50(first_year(option.tokens_asked))": {"over"}},
}
"""Less than none of the prompts repeat nowhere, no load is more than all of it, and no workload more than all of them."""
# These hold, or are unknown, where a spec says nothing but what it has to say.
NOT_SILENT = {"volume_between", "missing_comparator", "accountability", "review_missing"}

AVAILABLE = "availability = 99%"
CLOUD = "custody = cloud_tenant"
TEAM = "bill_since = 6 months; mlops_team"
SEVERAL = "independence_strategy = true"

# More cases by rule, each for an option: those that a small change of the rule would turn.
MORE: dict[str, list[tuple[str, Said, str]]] = {
    "volume_high_unsteady": [
        ("own", S(volume=MUCH), F),
        ("own", S("usage = variable", volume=MUCH, own='without pool.hardware because "lent"'), F),
        (
            "own",
            S("usage = variable", volume=MUCH, own='without pool.hardware because "lent"\n  reserved_capacity = true'),
            T,
        ),
        (
            "own",
            S("usage = variable", volume=MUCH, own='without pool.hardware because "lent"\n  reserved_capacity = false'),
            F,
        ),
    ],
    "volume_high": [("own", S("usage = variable", volume="1_100M", pool=HALF), F)],
    "variable_usage_committed": [
        ("api", S("usage = variable", api="cost machines as hardware = 1 USD/month"), F),
        ("own", S("usage = variable", own='without pool.hardware because "lent"'), F),
    ],
    "privacy": [("api", S(chat="data_class = restricted", vendor=CLOUD), F)],
    "best_quality_hard": [("own", S(chat="required_quality = best; quality_is_hard = false", own="quality = good"), F)],
    "custom_model": [("api", S("custom_model_needed = false", api="offers_custom_model = false"), F)],
    "content_policy": [("api", S("use_touches_policies = false", api="content_policy = forbids"), F)],
    "content_policy_doubtful": [("api", S("use_touches_policies = false", api="content_policy = may_forbid"), F)],
    "domain_model": [("own", S("domain_model_is_better = false", own="offers_custom_model = true"), F)],
    "bus_factor": [("api", S(api="bus_factor = 1"), F)],
    "independence": [
        ("own", S("independence_strategy = false"), F),
        ("own", S(f"{SEVERAL}; mlops_team = 1.99 FTE", own="expertise_needed = 2 FTE"), F),
        ("own", S(f"{SEVERAL}; mlops_team = 2 FTE", own="expertise_needed = 2 FTE"), T),
        ("own", S(f"{SEVERAL}; mlops_team = 2.01 FTE", own="expertise_needed = 2 FTE"), T),
    ],
    "outage": [
        ("mix", S(chat="availability = 99.9%", mix="fallback = nobody", pool=AVAILABLE, vendor=AVAILABLE), F),
        ("api", S(chat="availability = 99.9%"), F),
        ("api", S(api="fallback = nobody", vendor=AVAILABLE), F),
    ],
    "hybrid_fallback": [
        ("api", S(chat="availability = 99.9%", api="fallback = own_model", vendor=AVAILABLE), F),
        ("mix", S(mix="fallback = own_model", pool=AVAILABLE, vendor=AVAILABLE), F),
        ("mix", S(chat="availability = 99.9%", pool=AVAILABLE, vendor=AVAILABLE), F),
        ("mix", S(chat=AVAILABLE, mix="fallback = own_model", pool=AVAILABLE, vendor=AVAILABLE), F),
        ("mix", S(chat="availability = 98%", mix="fallback = own_model", pool=AVAILABLE, vendor=AVAILABLE), F),
    ],
    "data_security": [
        ("api", S(api="agreement = false"), F),
        ("own", S(chat="data_class = confidential", own="agreement = false"), F),
        ("api", S(chat="data_class = confidential", api="agreement = false", vendor=CLOUD), F),
    ],
    "lock_in": [("own", S(own="leaving_cost = 1M USD"), F)],
    "hybrid_sensitivity": [
        ("own", beside(""), F),
        ("own", S(chat="data_class = internal"), F),
        ("own", replace(beside("data_class = internal"), volume="99M"), T),
        ("own", replace(beside("data_class = internal"), volume="100M"), T),
        ("own", replace(beside("data_class = internal"), volume="101M"), F),
    ],
    "migrate": [
        ("own", S(f"{OWN_TODAY}; bill = 1M USD/month; {TEAM} = 2 FTE", own="expertise_needed = 2 FTE"), F),
        ("own", S(f"{API_TODAY}; bill = 1M USD/month; {TEAM} = 1.95 FTE", own="expertise_needed = 2 FTE"), F),
        ("own", S(f"{API_TODAY}; bill = 1M USD/month; {TEAM} = 2.01 FTE", own="expertise_needed = 2 FTE"), T),
    ],
    "migrate_strategy": [
        ("own", S(f"{OWN_TODAY}; {SEVERAL}; mlops_team = 2 FTE", own="expertise_needed = 2 FTE"), F),
        ("own", S(f"{API_TODAY}; {SEVERAL}; mlops_team = 1.95 FTE", own="expertise_needed = 2 FTE"), F),
        ("own", S(f"{API_TODAY}; {SEVERAL}; mlops_team = 2.01 FTE", own="expertise_needed = 2 FTE"), T),
    ],
    "go_back": [("api", S(f"{API_TODAY}; bill = 1M USD/month; bill_since = 6 months"), F)],
    "idle_gpus": [("own", S("gpus_there = true", own="cost o as opportunity = 1 USD/month"), F)],
    "cache": [
        ("own", S(own="repeated_prompts = 40%; prompt_bill = 1_000 USD/month"), F),
        ("api", S(api="repeated_prompts = 0.1%"), T),
    ],
    "backup": [
        ("mix", S(chat="availability = 99.9%", mix="fallback = nobody", pool=AVAILABLE, vendor=AVAILABLE), F),
        ("api", S(api="fallback = nobody", vendor=AVAILABLE), F),
        ("api", S(chat="availability = 99.9%", vendor=AVAILABLE), F),
        ("api", S(chat=AVAILABLE, api="fallback = nobody", vendor=AVAILABLE), F),
        ("api", S(chat="availability = 98%", api="fallback = nobody", vendor=AVAILABLE), F),
    ],
    # The vendor is paid 365 USD a month, 80% of the whole with 91.25 USD beside it.
    "contract": [
        ("api", S(volume="12M", api="price_protection = false; cost x as other = 95 USD/month"), F),
        ("api", S(volume="12M", api="price_protection = false; cost x as other = 91.25 USD/month"), F),
        ("api", S(volume="12M", api="price_protection = false; cost x as other = 90 USD/month"), T),
    ],
    "service_layer": [("own", S(own="service_layer = false"), F)],
    "hidden_spare": [("api", S(api="spare_machines = 0"), F), ("own", S(own="spare_machines = 0.97"), T)],
    "hidden_headroom": [("api", S(api="planned_load = 100%"), F)],
    "one_treatment": [
        ("api", S("confidential_up_to = own_site"), F),
        ("api", S(chat="data_class = confidential"), F),
        ("api", S("confidential_up_to = cloud_tenant", chat="data_class = internal"), F),
        ("api", S("confidential_up_to = managed_endpoint", chat="data_class = confidential"), F),
    ],
}


@lru_cache
def bare() -> Judged:
    return judged(S())


@lru_cache
def unplaced() -> Judged:
    return judged(S(unplaced=True))


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_holds_fails_is_unknown_and_turns_at_its_thresholds(rule: str) -> None:
    """And whatever small change somebody makes of it, one of these cases comes out differently."""
    option, holds, fails, unknown = CASES[rule]
    cases = [(option, holds, T), (option, fails, F), *MORE.get(rule, [])]
    cases += [(where, said, result) for name, where, steps in THRESHOLDS for said, result in steps if name == rule]
    cases += bills(rule)
    made = [judged(said) for _, said, _ in cases]
    results = [one.records[rule, where].result for one, (where, _, _) in zip(made, cases, strict=True)]
    assert results == [result for _, _, result in cases]
    about = next((one for one, rules in ABOUT.items() if rule in rules.split()), None)
    assert about is None or {
        place[1] for place, r in made[0].records.items() if place[0] == rule and r.result != F
    } == {about}
    silent = unknown != S() and rule not in NOT_SILENT
    assert not silent or bare().records[rule, option].result == F
    made.append(bare())
    if rule not in ALWAYS_KNOWN:
        made.append(judged(replace(holds, unplaced=True) if unknown is None else unknown))
        record = made[-1].records[rule, option]
        assert record.result == "unknown" and record.missing
    assert far_from(rule, made) == NO_SUCH_PLACE.get(rule, {})
    assert unnoticed(rule, made) == []


def bills(rule: str) -> list[tuple[str, Said, str]]:
    """A bill just under, at and just over what an option costs a month."""
    option, stated, own, expected = {
        "hybrid_volume": ("mix", API_TODAY, "", (F, F, T)),
        "migrate": ("own", f"{API_TODAY}; {TEAM} = 2 FTE", "expertise_needed = 2 FTE", (F, T, T)),
    }.get(rule, ("", "", "", ()))
    if not option:
        return []
    made = decided(S(own=own))
    (key,) = (each.results["monthly"] for each in made.model.options if each.name == option)
    monthly = fmean(made.evaluation.by_month(key))
    said = [S(f"{stated}; bill = {monthly * factor:.12f} USD/month", own=own) for factor in (0.99, 1, 1.01)]
    return [(option, one, result) for one, result in zip(said, expected, strict=True)]


def test_two_stacks_is_about_mixes() -> None:
    made = bare()
    assert [made.records["two_stacks", option].result for option in OPTIONS] == ["false", "false", "true"]
    assert unplaced().records["two_stacks", "api"].missing
    assert unnoticed("two_stacks", [made]) == []


def test_what_a_comparison_leaves_out_is_missed_and_found() -> None:
    without = bare()
    lines = "; ".join(f"cost {name}_line as {name} = 1 USD/month" for name in MISSING)
    paid = judged(Said(own=lines))
    for rule in (f"hidden_{name}" for name in MISSING):
        assert (without.records[rule, "own"].result, paid.records[rule, "own"].result) == ("true", "false")
        assert without.records[rule, "api"].result == "false"
        assert unplaced().records[rule, "own"].result == "unknown" and unplaced().records[rule, "own"].missing
        assert unnoticed(rule, [without, paid]) == []


def test_machines_need_power_and_rented_ones_maintenance() -> None:
    """Servers come with both lines; machines that are paid by hand come with none."""
    assert bare().records["hidden_power", "own"].result == "false"
    assert bare().records["hidden_maintenance", "own"].result == "false"
    bought = judged(Said(api="cost machines as hardware = 1 USD/month"))
    assert bought.records["hidden_power", "api"].result == "true"
    unkept = judged(Said(own=UNKEPT))
    assert unkept.records["hidden_maintenance", "own"].result == "true"
    nowhere = judged(replace(S(own=UNKEPT), unplaced=True)).records["hidden_maintenance", "own"]
    assert nowhere.result == "unknown" and nowhere.missing
    assert unnoticed("hidden_power", [bare(), bought]) == unnoticed("hidden_maintenance", [bare(), unkept]) == []


def test_savings_are_worked_out() -> None:
    said = Said(api="repeated_prompts = 40%; prompt_bill = 1_000 USD/month")
    # 40% of 1,000 a month at three quarters off: 300 a month.
    assert "saves about 300 USD/month." in outcomes(said)["cache", "api"].text
    moved = Said(f"{OWN_TODAY}; bill = 1_365 USD/month; bill_since = 6 months", volume="12M")
    assert "going back saves 1,000 USD/month." in outcomes(moved)["go_back", "api"].text


def test_a_pool_that_is_live_late_has_the_volume_that_is_asked_of_it() -> None:
    """150M tokens a day from the seventh month on are no 75M a day."""
    late = outcomes(Said(own="lead_time = 6 months; bridge = none", volume="150M"))
    soon = outcomes(Said(volume="150M"))
    for rule in ("volume_high_idle", "volume_between", "volume_low"):
        assert (
            late[rule, "own"].result == soon[rule, "own"].result == ("true" if rule == "volume_high_idle" else "false")
        )


def test_every_rule_of_the_pack_is_tested() -> None:
    text = (rules_directory() / "self_host_or_api.tco").read_text(encoding="utf-8")
    rules = {line.split()[1] for line in text.splitlines() if line.startswith("rule ")}
    tested = {*CASES, *(f"hidden_{name}" for name in (*MISSING, "power", "maintenance")), "two_stacks"}
    assert rules == tested
