"""The spec that the examples of lint rules are made from: nothing is found in it."""

from __future__ import annotations

from tcolang.base.problem import Example, spec

COMPLETE = """tco 1

decision assistant "Our own model, or an API?" {
  currency = USD
  start = 2026-01
  horizon = 36 months
  discount_rate = 8%/year
  options = [api, own]
  baseline = api
}

source quotes "Quotes and price lists; throughput of one server with 8 x H100" {
  url = "https://example.com/quotes"
  checked = 2025-12-01
  grade = contracted
}

workload chat "Support chat" {
  requests = 2M to 3M requests/month source quotes
  input_tokens = 800 to 1_500 tokens/request source quotes
  output_tokens = 150 to 350 tokens/request source quotes
  availability = 99.5%
  data_class = internal
}

hosted_model small "A small model" {
  vendor = "Some vendor"
  input_price = 0.40 USD per 1M tokens source quotes
  output_price = 1.60 USD per 1M tokens source quotes
}

hosted_model other "Another vendor's model" {
  vendor = "Another vendor"
  input_price = 0.50 USD per 1M tokens source quotes
  output_price = 2.00 USD per 1M tokens source quotes
}

role engineer "ML engineer" {
  salary = 120k to 150k USD/year-FTE source quotes
}

site hall "Colocation" {
  pue = 1.3 to 1.5 source quotes
  power_price = 0.10 to 0.15 USD/kWh source quotes
  rack_price = 900 USD/month source quotes
}

server box "8 x H100" {
  site = hall
  gpus = 8 GPU
  price = 250k to 280k USD source quotes
  life = 36 months
  power = 6 to 9 kW source quotes
}

owned_pool pool "Open 70B on our servers" {
  server = box
  custody = colocation
  prefill = 35k to 60k tokens/second source quotes
  decode = 5k to 9k tokens/second source quotes
}

upkeep serving "Keeping it in production" {
  monitoring = 1k to 2k USD/month source quotes
  evaluation = 2k to 4k USD/month source quotes
  security = 1k to 2k USD/month source quotes
  support = 1k to 2k USD/month source quotes
  upgrade = 20k to 50k USD source quotes
}

storage weights "Weights and logs" {
  size = 2_000 GB
  price = 0.02 USD/GB-month source quotes
}

option api "On the API" {
  serve chat {
    small = 90%
    other = rest
  }
  staff {
    engineer = 0.5 FTE
  }
}

option own "On our own servers" {
  serve chat {
    pool = 100%
  }
  staff {
    engineer = 3 FTE
  }
  uses = [serving, weights]
  cost balancers as network = 600 USD/month
  cost moving_in as migration = once(20k USD, at = 2026-01)
  cost not_built as opportunity = once(50k USD, at = 2026-01)
  cost moving_out as exit = once(20k USD, at = 2028-12)
  comparator = "none: the data may not leave"
}
"""

_SERVING = COMPLETE[COMPLETE.index("upkeep serving") : COMPLETE.index("storage weights")]
_STORAGE = COMPLETE[COMPLETE.index("storage weights") : COMPLETE.index("option api")]
_UPKEEP = {
    "monitoring": "cost watching as monitoring = 1_500 USD/month",
    "evaluation": "cost reviewing as evaluation = 3k USD/month",
    "security": "cost securing as security = 1_500 USD/month",
    "upgrades": "cost upgrading as upgrades = 3k USD/month",
}


def complete() -> Example:
    """The spec as it is."""
    return spec(COMPLETE)


def altered(old: str, new: str, more: str = "") -> Example:
    """The spec with one passage replaced, and perhaps more at its end."""
    if old not in COMPLETE:
        raise ValueError(f"the example spec has no {old!r}")
    return spec(COMPLETE.replace(old, new, 1) + (f"\n{more}" if more else ""))


def more(text: str) -> Example:
    """The spec with more at its end."""
    return spec(f"{COMPLETE}\n{text}")


def both(*changes: tuple[str, str]) -> Example:
    """The spec with several passages replaced."""
    text = COMPLETE
    for old, new in changes:
        if old not in text:
            raise ValueError(f"the example spec has no {old!r}")
        text = text.replace(old, new, 1)
    return spec(text)


def without_storage() -> Example:
    """The spec without its storage."""
    return both((_STORAGE, ""), ("uses = [serving, weights]", "uses = [serving]"))


def without_upkeep(category: str) -> Example:
    """The spec with lines in place of its upkeep, of which that of one category is missing."""
    lines = "\n  ".join(line for each, line in _UPKEEP.items() if each != category)
    return both((_SERVING, ""), ("uses = [serving, weights]", f"uses = [weights]\n  {lines}"))
