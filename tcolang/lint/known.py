"""Prices that are known, each kind with the range it lies in and where that was read: `known_prices.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from tcolang.base.record import record
from tcolang.semantics.types import QuantityType, Type

FILE = Path(__file__).with_name("known_prices.json")


@record
class KnownPrice:
    """`low` and `high` are in USD and canonical units; `shown` is the range as its source states it.

    `dimension` lists exponents of base dimensions; `attributes` are the names it is for, all where there are none.
    """

    what: str
    dimension: tuple[tuple[str, int], ...]
    attributes: tuple[str, ...]
    low: float
    high: float
    shown: str
    source: str
    checked: str


@cache
def known_prices() -> tuple[KnownPrice, ...]:
    return tuple(
        KnownPrice(
            entry["what"],
            tuple(sorted((name, power) for name, power in entry["dimension"].items())),
            tuple(entry["attributes"]),
            entry["low"] * entry["factor"],
            entry["high"] * entry["factor"],
            entry["shown"],
            entry["source"],
            entry["checked"],
        )
        for entry in json.loads(FILE.read_text(encoding="utf-8"))["prices"]
    )


@cache
def dollars() -> dict[str, float]:
    """What one unit of a currency is worth, to one digit: enough to find a factor of a thousand."""
    content = json.loads(FILE.read_text(encoding="utf-8"))["dollars"]
    return {currency: float(worth) for currency, worth in content.items()}


def known_price(type_: Type, attribute: str) -> KnownPrice | None:
    """The range of prices of this dimension."""
    if not isinstance(type_, QuantityType):
        return None
    exponents = tuple(sorted((str(name), int(power)) for name, power in type_.dimension.exponents))
    for price in known_prices():
        if price.dimension == exponents and (not price.attributes or attribute in price.attributes):
            return price
    return None


def near(price: KnownPrice, amount: float, currency: str) -> bool:
    """Whether an amount lies within the range or not too far from it; currencies that are not listed always do."""
    worth = dollars().get(currency)
    return worth is None or price.low <= amount * worth <= price.high
