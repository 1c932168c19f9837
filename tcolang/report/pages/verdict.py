"""The verdict: one line that decides, and a few sentences that everybody who signs can read."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.decide.decision import OptionRecord, Pairwise, VetoPrice
from tcolang.decide.showing import shown_date
from tcolang.report.amounts import chance, money, money_between, month, out_of_one
from tcolang.report.arguments import missing_for_vetoes
from tcolang.report.blocks import Block, Bullets, Code, Paragraph, Prose, Strong, listed, prose
from tcolang.report.results import Results
from tcolang.report.words import by_rule, confidence, counted, named, tie_step
from tcolang.semantics.terms import Constant, Symbol
from tcolang.uncertain.summary import quantile

_BUDGET = 0.8
_STORED = 1e-9
"""Less, relative to an amount, is how numbers are stored."""


def heading(results: Results) -> Prose:
    """Recommendation, confidence in a word and a number, runner-up, and the winner on cost alone."""
    chosen = results.decision.recommended
    if chosen is None:
        return "No option is allowed: each is ruled out by a rule"
    if len(results.decision.options) == 1:
        return prose("The only option is ", *_titled(results, chosen))
    return prose(_call(results), *_titled(results, chosen), " (", *_in_brackets(results, chosen), ")")


def verdict(results: Results) -> tuple[Block, ...]:
    """What the heading means, in sentences: cost, runner-up, confidence, and what rules and strategy cost a year."""
    chosen = results.decision.recommended
    if chosen is None:
        return _conflict(results)
    record = results.decision.option(chosen)
    sentences = [_conditions(results, record), _cost(results, record), _runner_up(results), _confidence(results)]
    premium = [_cost_alone(results), _premium(results)]
    blocks: list[Block] = [_paragraph(sentences), _paragraph(premium)]
    prices = tuple(_veto_prices(results))
    if prices:
        blocks.append(Bullets(prices))
    blocks.append(_paragraph([_answering(results)]))
    return tuple(block for block in blocks if not (isinstance(block, Paragraph) and block.prose == ()))


def _titled(results: Results, chosen: str) -> tuple[Prose, ...]:
    title = results.option(chosen).title
    return (Code(chosen), f": {title}") if title else (Code(chosen),)


def _call(results: Results) -> str:
    match results.decision.confidence:
        case "conditional":
            return "On condition: "
        case "no_clear_winner":
            return "No clear winner, a little ahead: "
        case _:
            return "Stay with " if results.decision.recommended == results.question.baseline else "Choose "


def _in_brackets(results: Results, chosen: str) -> Iterator[Prose]:
    decision = results.decision
    yield confidence(decision.confidence)
    if decision.acceptability is not None:
        yield f", {out_of_one(decision.acceptability)}"
    if decision.runner_up is not None:
        yield "; runner-up "
        yield Code(decision.runner_up)
        yield f", {out_of_one(decision.option(decision.runner_up).acceptability)}"
    cheapest = decision.option(decision.cheapest)
    yield "; cheapest as well" if cheapest.name == chosen else prose("; on cost alone ", Code(cheapest.name))
    yield f", {out_of_one(cheapest.chance_cheapest)}"


def _paragraph(sentences: list[Prose]) -> Paragraph:
    pieces: list[Prose] = []
    for sentence in sentences:
        if sentence:
            pieces.extend((" ", sentence) if pieces else (sentence,))
    return Paragraph(prose(*pieces))


def _conditions(results: Results, record: OptionRecord) -> Prose:
    """The missing fact heads the report."""
    hinges = results.decision.hinges
    if not record.conditional_on and not hinges:
        return ""
    parts: list[Prose] = [Strong("This holds only on condition.")]
    if record.conditional_on:
        rules = listed(tuple(Code(rule) for rule in record.conditional_on))
        facts = listed(tuple(Code(fact) for fact in missing_for_vetoes(results, record.name)))
        parts += [" It is not known whether it is ruled out by ", rules, ", because nobody has stated "]
        parts += [facts or "a fact it needs", "."]
    for hinge in hinges:
        facts, rules = listed(tuple(map(Code, hinge.missing))), listed(tuple(map(Code, hinge.rules)))
        parts += [" Nobody has stated ", facts, ": if it turns out that ", rules]
        parts += [" holds, " if len(hinge.rules) == 1 else " hold, ", Code(hinge.instead), " comes out best."]
    return prose(*parts)


def _cost(results: Results, record: OptionRecord) -> Prose:
    question, currency, cost = results.question, results.currency, record.cost
    nominal = results.evaluation.estimate(results.option(record.name).results["tco_nominal"]).mean
    period = f"Over {counted(question.horizon, 'month')} from {month(question.start)}"
    said = prose(f"{period} it costs ", Strong(money(cost.mean, currency)), " in present value")
    discounted = abs(nominal - cost.mean) > _STORED * abs(nominal)
    later = "; in present value what is paid later counts for less" if discounted else ""
    if cost.p5 != cost.p95:
        tco = results.option(record.name).results["tco"]
        budget = quantile(results.evaluation.futures(tco), _BUDGET)
        said = prose(
            said,
            f" on average; nine futures in ten lie between {money_between(cost, currency).replace(' to ', ' and ')}, "
            f"and four in five stay below {money(budget, currency)}, the figure for a budget",
        )
    monthly = money(nominal / question.horizon, currency)
    return prose(said, f". That is {monthly} a month, paid as it falls due{later}.")


def _runner_up(results: Results) -> Prose:
    pair = _pair(results)
    if pair is None:
        return ""
    gap, currency = pair.difference, results.currency
    more = "more" if gap.mean >= 0 else "less"
    material = "a material difference" if pair.material else "no material difference"
    amount = money(abs(gap.mean), currency)
    said = prose("The runner-up, ", named(results, pair.other), f", costs {amount} {more}, which is {material}")
    if gap.p5 != gap.p95:
        cheaper = chance(pair.chance_cheaper)
        said = prose(said, f"; the chance that the recommended option is the cheaper of the two is {cheaper}")
    return prose(said, ".")


def _pair(results: Results) -> Pairwise | None:
    return next((pair for pair in results.decision.pairs if pair.other == results.decision.runner_up), None)


def _confidence(results: Results) -> Prose:
    decision = results.decision
    if decision.acceptability is None or len(decision.options) == 1:
        return ""
    over = "possible futures"
    if results.model.criteria:
        over = "possible futures, each with the criteria worth half to twice what is stated"
    said = f"It comes out best, among the options that are allowed, in {chance(decision.acceptability)} of {over}."
    if decision.tie_step != "score":
        said += f" The scores are too close to tell apart; what decided: {tie_step(decision.tie_step)}."
    return said


def _cost_alone(results: Results) -> Prose:
    decision = results.decision
    if decision.cheapest == decision.recommended:
        return ""
    cheapest = decision.option(decision.cheapest)
    said = prose(
        "On cost alone it would be ",
        named(results, cheapest.name),
        f" at {money(cheapest.cost.mean, results.currency)}, the cheapest in {chance(cheapest.chance_cheapest)} of "
        "futures",
    )
    if cheapest.vetoes:
        said = prose(said, ", but it is ruled out by ", listed(tuple(Code(rule) for rule in cheapest.vetoes)))
    return prose(said, ".")


def _premium(results: Results) -> Prose:
    premium = results.decision.strategy_premium
    if premium <= 0:
        return ""
    return prose(
        "Rules and strategy, which are not about money, cost ",
        Strong(f"{money(premium, results.currency)} a year"),
        " more than the cheapest option.",
    )


def _veto_prices(results: Results) -> Iterator[Prose]:
    places = by_rule(results)
    for price in results.decision.veto_prices:
        one = len(price.rules) == 1
        without = "without it" if one else "without them"
        said: Prose = f"{'costs' if one else 'together cost'} nothing: {without} the recommendation would be the same"
        if price.instead != results.decision.recommended:
            said = prose(f"{_priced(price, results.currency)}: {without} the recommendation would be ", _instead(price))
        rules = listed(tuple(prose(Code(r), " (", Code(places.get(r, "a rule pack")), ")") for r in price.rules))
        yield prose("The rule " if one else "The rules ", rules, " ", said, ".")


def _priced(price: VetoPrice, currency: str) -> str:
    """Money is saved by a rule that takes out what costs more and would be worth it."""
    saves = price.per_year < 0
    verb = "save" if saves else "cost"
    amount = money(abs(price.per_year), currency)
    return f"{f'{verb}s' if len(price.rules) == 1 else f'together {verb}'} {amount} a year"


def _instead(price: VetoPrice) -> Prose:
    dearer = ", which costs more and comes out best" if price.per_year < 0 else ""
    return prose(Code(price.instead), dearer)


def _answering(results: Results) -> Prose:
    """Who answers for the decision, and when it is looked at again."""
    said = {name: value.segments[-1].term for name, value in results.question.values.items() if value.segments}
    owner, review = said.get("owner"), said.get("review")
    parts: list[Prose] = []
    if isinstance(owner, Symbol):
        parts.append(prose("Owner: ", owner.value))
    if isinstance(review, Constant):
        parts.append(f"to be looked at again: {shown_date(review.value)}")
    return listed(tuple(parts), last=" · ")


def _conflict(results: Results) -> tuple[Block, ...]:
    sets = results.decision.conflict_sets
    said = "There is no recommendation. An option would be left without these rules, the smallest sets there are:"
    items = tuple(prose("without ", listed(tuple(Code(rule) for rule in rules))) for rules in sets)
    return (Paragraph(said), Bullets(items)) if items else (Paragraph("There is no recommendation."),)
