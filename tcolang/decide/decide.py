"""From an evaluated cost model to a decision: vetoes, then one score in money, then how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tcolang.base.diagnostics import Outcome
from tcolang.base.record import replace
from tcolang.decide.acceptability import acceptabilities, confidence
from tcolang.decide.arguments import balances
from tcolang.decide.decision import Decision, Hinge, OptionRecord, RuleRecord
from tcolang.decide.disagreements import disagreements
from tcolang.decide.findings import findings
from tcolang.decide.hinges import hinges
from tcolang.decide.noise import within_noise
from tcolang.decide.pairs import pairs
from tcolang.decide.plan import plan_of
from tcolang.decide.reading import Read, reader
from tcolang.decide.rules import judge_rules
from tcolang.decide.score import scored
from tcolang.decide.thresholds import DEFAULT_THRESHOLDS, Thresholds
from tcolang.decide.ties import Apart, choose
from tcolang.decide.vetoes import conflict_sets, veto_prices, vetoes_on
from tcolang.engine.chances import chances_lowest, difference
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel


def decide(
    model: CostModel, evaluation: Evaluation, thresholds: Thresholds = DEFAULT_THRESHOLDS
) -> Outcome[Decision | None]:
    """The recommendation with its record, all money as present value in the decision's currency; None where there is
    no decision or no option. `evaluation` holds the values that `needed_keys` names."""
    read = reader(model, evaluation)
    decision = decided_by(judge_rules(plan_of(model), evaluation).records, model, evaluation, read, thresholds)
    if model.decision is None or decision is None:
        return Outcome(None)
    noise = within_noise(model.rules, model, evaluation, read)
    return Outcome(decision, (*findings(decision, model, model.decision.span), *noise))


def decided_by(
    rules: tuple[RuleRecord, ...],
    model: CostModel,
    evaluation: Evaluation,
    read: Read,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Decision | None:
    """What follows from how the rules came out; None where there is no decision or no option."""
    costs = {option.name: option.results["tco"] for option in model.options if "tco" in option.results}
    if model.decision is None or not costs:
        return None
    worths = {criterion.name: evaluation.estimate(criterion.worth).mean for criterion in model.criteria}
    options = _with_acceptability(option_records(model, evaluation, costs, rules, worths, read), costs, evaluation)
    return _decided(model, evaluation, thresholds, costs, rules, worths, options)


def option_records(
    model: CostModel,
    evaluation: Evaluation,
    costs: Mapping[str, str],
    rules: Sequence[RuleRecord],
    worths: Mapping[str, float],
    read: Read,
) -> Iterator[OptionRecord]:
    """In the order of the decision; acceptability is not known yet."""
    arguments = balances(rules)
    chances = dict(zip(costs, chances_lowest(evaluation, list(costs.values())), strict=True))
    for option in model.options:
        if option.name not in costs:
            continue
        cost = evaluation.estimate(costs[option.name])
        score = scored(option.name, model, worths, arguments, read)
        vetoes = vetoes_on(option.name, rules)
        chance, chance_error = chances[option.name]
        yield OptionRecord(
            name=option.name,
            family=option.family,
            cost=cost,
            terms=score.terms,
            score=score.bonus - cost.mean,
            score_error=cost.standard_error,
            vetoes=vetoes.held,
            conditional_on=vetoes.unknown,
            missing=_missing(option.name, rules, score.missing),
            chance_cheapest=chance,
            chance_cheapest_error=chance_error,
            acceptability=0.0,
        )


def _missing(option: str, rules: Sequence[RuleRecord], measures: tuple[str, ...]) -> tuple[str, ...]:
    """What is not known about an option and could change the choice: vetoes first, then arguments, then measures."""
    facts = [fact for record in rules if record.option == option and record.action == "veto" for fact in record.missing]
    for record in rules:
        if record.option == option and record.action in ("prefer", "avoid") and not record.stepped_back:
            facts.extend(record.missing)
    return tuple(dict.fromkeys((*facts, *measures)))


def _with_acceptability(
    options: Iterator[OptionRecord], costs: Mapping[str, str], evaluation: Evaluation
) -> tuple[OptionRecord, ...]:
    records = tuple(options)
    shares = acceptabilities([option for option in records if not option.vetoes], costs, evaluation)
    return tuple(replace(option, acceptability=shares.get(option.name, 0.0)) for option in records)


def _decided(
    model: CostModel,
    evaluation: Evaluation,
    thresholds: Thresholds,
    costs: Mapping[str, str],
    rules: tuple[RuleRecord, ...],
    worths: Mapping[str, float],
    options: tuple[OptionRecord, ...],
) -> Decision:
    assert model.decision is not None
    years = model.decision.horizon / 12
    far = apart(evaluation, costs, thresholds)
    allowed = [option for option in options if not option.vetoes]
    choice = choose(allowed, far)
    best = choice.option if choice else None
    others = [option for option in allowed if option is not best]
    turning = hinges(best, others, rules, worths, _measured(model)) if best else ()
    cheapest = _cheapest(options)
    return Decision(
        name=model.decision.name,
        options=options,
        recommended=best.name if best else None,
        runner_up=max(others, key=lambda option: (option.score, option.name)).name if others else None,
        cheapest=cheapest.name,
        cheapest_allowed=_cheapest(allowed).name if allowed else None,
        confidence=confidence(best, thresholds, turning) if best else "none",
        acceptability=best.acceptability if best else None,
        tie_step=choice.step if choice else "score",
        pairs=pairs(best, options, costs, evaluation, thresholds) if best else (),
        veto_prices=veto_prices(options, best, years, far),
        strategy_premium=(best.cost.mean - cheapest.cost.mean) / years if best else 0.0,
        conflict_sets=conflict_sets(options),
        disagreements=disagreements(rules, options, costs, evaluation, thresholds),
        rules=rules,
        unknown=_unknown(rules, options, best, turning),
        worths=worths,
        hinges=turning,
    )


def _measured(model: CostModel) -> frozenset[tuple[str, str]]:
    """The options and criteria on which nothing argues, since a measure is stated."""
    return frozenset((option, criterion.name) for criterion in model.criteria for option in criterion.measures)


def _cheapest(options: Sequence[OptionRecord]) -> OptionRecord:
    return min(options, key=lambda option: option.cost.mean)


def apart(evaluation: Evaluation, costs: Mapping[str, str], thresholds: Thresholds) -> Apart:
    """Scores differ from costs by certain amounts, so their difference has the standard error of that of the costs."""
    known: dict[frozenset[str], float] = {}

    def far(one: str, other: str) -> float:
        pair = frozenset((one, other))
        if pair not in known:
            known[pair] = difference(evaluation, costs[one], costs[other]).estimate.standard_error
        return thresholds.tie_errors * known[pair]

    return far


def _unknown(
    rules: Sequence[RuleRecord],
    options: Sequence[OptionRecord],
    best: OptionRecord | None,
    turning: Sequence[Hinge],
) -> tuple[str, ...]:
    """Every fact that is missing, the most important first: those under a veto of the recommended option, those that
    the decision hinges on, those under other vetoes, those that could change a score, and those that only a warning or
    a piece of advice asks for."""
    vetoes = [record for record in rules if record.action == "veto"]
    facts = [fact for record in vetoes if best and record.option == best.name for fact in record.missing]
    facts.extend(fact for hinge in turning for fact in hinge.missing)
    facts.extend(fact for record in vetoes for fact in record.missing)
    facts.extend(fact for option in options for fact in option.missing)
    facts.extend(fact for record in rules for fact in record.missing)
    return tuple(dict.fromkeys(facts))
