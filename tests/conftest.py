"""What holds for every test."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine and in every run, however slow it is.
settings.register_profile(
    "tcolang", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tcolang")

# Nothing that an earlier run found is taken for what this one finds, and nothing is left in a home.
os.environ["TCO_CACHE_DIR"] = ""


@pytest.fixture(scope="session")
def smallest_spec() -> str:
    """One workload, one hosted model, one question: a spec without findings of any weight."""
    return _SMALLEST


_SMALLEST = """\
tco 1

decision hello "What does the API cost us?" {
  currency = USD
  start = 2026-01
  horizon = 12 months
}

workload chat "Support chat" {
  requests = 200k to 300k requests/month
  input_tokens = 800 to 1_500 tokens/request
  output_tokens = 150 to 350 tokens/request
}

hosted_model small "A small model" {
  vendor = "Some vendor"
  input_price = 0.40 USD per 1M tokens
  output_price = 1.60 USD per 1M tokens
}

option api {
  serve chat {
    small = 100%
  }
}
"""
