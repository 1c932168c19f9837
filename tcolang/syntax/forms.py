"""The form of each line, for whoever has written another: each can be pasted."""

from __future__ import annotations

STATEMENTS = {
    "allow": 'allow TCO303 "the price is promised" until 2026-12-31',
    "assume": 'assume demand: requests/month = 2M to 3M requests/month note "logs"',
    "choice": "choice phase: one of pilot, growth",
    "correlate": "correlate demand, price = 0.6",
    "expect": 'expect p50(api.tco) < 100k EUR because "the budget"',
    "fx": "fx USD from 2026-01-01 = 0.88 to 0.95 EUR",
    "import": "import prices.gpu as gpu",
    "kind": 'kind gateway "A gateway" {',
    "let": "let answers = demand * 2",
    "override": 'override PACK.PARAMETER = 5M tokens/day because "our bill" by "CTO" until 2026-12-31',
    "pack": 'pack house_rules version "1.0.0"',
    "rule": 'rule no_strangers "No strangers" {',
    "test": 'test "twice the demand" {',
    "unit": "unit ticket = 6 requests",
    "use": "use house_rules",
    "without": 'without PACK.RULE because "not ours" by "CTO" until 2026-12-31',
}
BLOCK = 'option api "The API" {'
MEMBERS = {
    "allow": STATEMENTS["allow"],
    "because": 'because "{option} is run by others."',
    "cost": "cost gateway as network = 400 EUR/month",
    "expect": STATEMENTS["expect"],
    "for": "for each option",
    "given": "given chat.requests = 2M requests/month",
    "let": STATEMENTS["let"],
    "require": 'require price >= 0 EUR because "nobody pays us"',
    "should": 'should price > 0 EUR because "little is free"',
    "then": "then veto option",
    "under": "under dear",
    "unless": "unless option.family == api",
    "when": "when option.family == api",
    "without": 'without serving.watching because "the vendor does it"',
    "yields": "yields to cost",
}
MEMBER = "price = 100 EUR/month"


def form(word: str, within: bool) -> str:
    """Of the line that begins with a word, in a block or not."""
    return MEMBERS.get(word, MEMBER) if within else STATEMENTS.get(word, BLOCK)
