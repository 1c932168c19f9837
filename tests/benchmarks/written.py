"""Files of a given length in the language and in those that the peers check; each has other figures."""

from __future__ import annotations

_SPEC = """\
tco 1

decision plan "Which models?" {{
  currency = USD
  start = 2026-01
  horizon = 24 months
  discount_rate = 8%/year
  baseline = api
  as_of = 2026-01
}}

source vendor "Price list" {{
  url = "https://example.com/prices"
  checked = 2026-01-05
  grade = contracted
}}

source desk "Export of the help desk" {{
  url = "https://example.com/export"
  checked = 2026-01-05
  grade = measured
}}

workload chat "Support chat" {{
  requests = 800k to {high}k requests/month source desk
  input_tokens = 900 to 1_600 tokens/request source desk
  output_tokens = 180 to 320 tokens/request source desk
  peak_to_average = 3 to 4.5 source desk
  data_class = internal note "policy"
}}

hosted_model vendor_model "A vendor's model" {{
  vendor = "API"
  input_price = 1.{cents:02d} USD per 1M tokens source vendor
  output_price = 4 USD per 1M tokens source vendor
}}

hosted_model second_model "Another vendor's model" {{
  vendor = "Another"
  input_price = 2 USD per 1M tokens source vendor
  output_price = 3.{cents:02d} USD per 1M tokens source vendor
}}

managed_endpoint endpoint "Open weights on an endpoint" {{
  vendor = "Host"
  input_price = 0.90 USD per 1M tokens source vendor
  output_price = 0.90 USD per 1M tokens source vendor
}}

role engineer "Engineer" {{
  salary = 85k to 110k USD/year-FTE source desk
}}

option api "Vendor API" {{
  serve chat {{
    vendor_model = 80%
    second_model = rest
  }}
  staff {{
    engineer = 0.5 FTE
  }}
}}

option hosted "Open weights" {{
  serve chat {{
    endpoint = 60%
    second_model = rest
  }}
  staff {{
    engineer = 1.5 FTE
  }}
}}

test "two vendors cost less than weights and a team" {{
  expect mean(api.tco) < mean(hosted.tco) because "the weights take a team"
}}

let kept_0 = {number}
"""


def spec(number: int, lines: int = 150) -> str:
    """A decision between two options, and teams' figures with formulas on them as far as there is room."""
    text = _SPEC.format(high=1000 + number % 1000, cents=number % 100, number=number + 1)
    teams, rest = divmod(lines - text.count("\n"), 4)
    parts = [
        f'\n## What team {i} asks for.\nassume asked_{i} = {i % 90 + 1} to {i % 90 + 20} note "plan of team {i}"\n'
        f"let kept_{i} = asked_{i} * 0.9 + kept_{i - 1} / {i % 7 + 2}\n"
        for i in range(1, teams + 1)
    ]
    return text + "".join(parts) + "# End.\n" * rest


def long_formula(terms: int) -> str:
    """One formula of so many terms of two factors each."""
    sum_ = " + ".join(f"a{i % 9} * {i % 97 + 1}" for i in range(terms))
    stated = "".join(f'assume a{i} = {i + 1} to {i + 3} note "plan"\n' for i in range(9))
    return _SPEC.format(high=1000, cents=0, number=1) + "\n" + stated + f"let sum = {sum_}\n"


def yaml(number: int, lines: int = 150) -> str:
    head = f"---\nnumber: {number}\nteams:\n"
    teams, rest = divmod(lines - head.count("\n"), 4)
    parts = [
        f"  # What team {i} asks for.\n  - name: team_{i}\n    asked: [{i % 90 + 1}, {i % 90 + 20}]\n"
        f"    kept: asked * 0.9 + kept_{i - 1} / {i % 7 + 2}\n"
        for i in range(1, teams + 1)
    ]
    return head + "".join(parts) + "# End.\n" * rest


def python(number: int, lines: int = 150) -> str:
    head = f'"""Figures."""\n\nkept_0 = {number}\n'
    teams, rest = divmod(lines - head.count("\n"), 3)
    parts = [
        f"# What team {i} asks for.\nasked_{i} = ({i % 90 + 1}, {i % 90 + 20})\n"
        f"kept_{i} = asked_{i}[0] * 0.9 + kept_{i - 1} / {i % 7 + 2}\n"
        for i in range(1, teams + 1)
    ]
    return head + "".join(parts) + "# End.\n" * rest


def sql(number: int, lines: int = 150) -> str:
    head = f"SELECT\n    {number} AS kept_0,\n"
    teams, rest = divmod(lines - head.count("\n") - 2, 3)
    parts = [
        f"    -- What team {i} asks for.\n    asked_{i} + {i % 90 + 20} AS asked_{i},\n"
        f"    asked_{i} * 0.9 + kept_{i - 1} / {i % 7 + 2} AS kept_{i},\n"
        for i in range(1, teams + 1)
    ]
    return head + "".join(parts) + "    -- End.\n" * rest + "    1 + 1 AS two\nFROM teams;\n"
