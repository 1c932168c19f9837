"""What an option and a decision publish, by name."""

from __future__ import annotations

from tcolang.semantics.types import (
    NUMBER_TYPE,
    SHARE_TYPE,
    ChoiceType,
    FlagType,
    ListType,
    OptionType,
    QuantityType,
    Type,
)
from tcolang.units.dimension import base

FAMILY = ChoiceType("family", ("self_host", "api", "hybrid"), ordered=False)
CONFIDENCE = ChoiceType("confidence", ("none", "conditional", "no_clear_winner", "leaning", "clear"), ordered=True)
MONEY = QuantityType(base("money"))
FLOW = QuantityType(base("money") / base("time"))

CATEGORIES = [
    "people",
    "on_call",
    "hardware",
    "compute",
    "power",
    "hosting",
    "storage",
    "network",
    "inference",
    "maintenance",
    "monitoring",
    "evaluation",
    "security",
    "upgrades",
    "operations",
    "one_off",
    "migration",
    "opportunity",
    "exit",
    "tax",
    "other",
]
CATEGORY = ChoiceType("category", tuple(CATEGORIES), ordered=False)

OPTION_RESULTS: dict[str, Type] = {
    "tco": MONEY,
    "tco_nominal": MONEY,
    "charge": MONEY,
    "monthly": FLOW,
    "tokens": QuantityType(base("token") / base("time")),
    "tokens_asked": QuantityType(base("token") / base("time")),
    "requests": QuantityType(base("request") / base("time")),
    "unserved": SHARE_TYPE,
    "family": FAMILY,
    "vendor_share": SHARE_TYPE,
    "relative_utilisation": NUMBER_TYPE,
    "availability": SHARE_TYPE,
    "on_call": QuantityType(base("FTE")),
    "payback": QuantityType(base("time")),
    "payback_discounted": QuantityType(base("time")),
    "vetoed": FlagType(),
}
"""`unserved` is the share of requests that nobody serves before go-live. `availability` is the lowest of the
deployments it serves with, `on_call` the people who share the pager: unknown where nobody states them."""

OPTION_FUNCTIONS = ("farthest", "covers")

DECISION_RESULTS: dict[str, Type] = {
    "recommendation": OptionType(),
    "confidence": CONFIDENCE,
    "vetoed": ListType(OptionType()),
}

LATE = frozenset({"payback", "payback_discounted", "vetoed", "recommendation", "confidence"})
"""Known only once the decision is made, so only expectations may ask for them."""
