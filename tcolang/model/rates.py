"""Exchange rates as nodes: the spec's own, or the reference rates that ship with the tool."""

from __future__ import annotations

from tcolang.model.drafts import Context, Draft, Drafts, one, value
from tcolang.model.keys import Instantiate, dated
from tcolang.semantics.program import ExchangeRate, Segment
from tcolang.semantics.terms import Apply, Constant, ExchangeTo, Term
from tcolang.semantics.types import NUMBER_TYPE


def rate_value(term: ExchangeTo, drafts: Drafts, instantiate: Instantiate) -> Term:
    """What one unit of a currency is worth in the decision's. Inverses of a rate are known, chains are not."""
    home = drafts.home
    if not home or term.currency == home:
        return Constant(1.0, NUMBER_TYPE, term.span)
    key = f"fx.{term.currency}"
    rates, inverse = _rates(drafts, term.currency, home)
    if not rates:
        # Without a rate there has been a finding already, where the currency was first used.
        return Constant(1.0, NUMBER_TYPE, term.span)

    def make() -> Draft:
        segments = [_segment(rate, inverse) for rate in rates]
        inner = dated(key, segments, NUMBER_TYPE, drafts, instantiate, Context())
        first = rates[-1]
        text = f"1 {first.currency} in {first.other}"
        draw = f"{first.stem}.fx.{first.currency}"
        return Draft(key, "rate", inner, NUMBER_TYPE, None, draw, first.provenance, text, first.span.text, first.span)

    drafts.ask(key, make)
    return value(key, NUMBER_TYPE, term.span)


def _rates(drafts: Drafts, currency: str, home: str) -> tuple[list[ExchangeRate], bool]:
    """The rates to use, oldest first, and whether they are to be inverted; the spec's own go before reference ones."""
    for reference in (False, True):
        known = [rate for rate in drafts.program.rates if rate.reference is reference]
        direct = [rate for rate in known if (rate.currency, rate.other) == (currency, home)]
        if direct:
            return sorted(direct, key=lambda rate: rate.since), False
        inverse = [rate for rate in known if (rate.currency, rate.other) == (home, currency)]
        if inverse:
            return sorted(inverse, key=lambda rate: rate.since), True
    return [], False


def _segment(rate: ExchangeRate, inverse: bool) -> Segment:
    term = rate.term
    if inverse:
        term = Apply("product", (one(rate.span), rate.term), NUMBER_TYPE, rate.span, (("powers", (1, -1)),))
    return Segment(rate.since, term, rate.provenance, rate.flat, rate.span)
