"""The record of a decision as a JSON document, format 1; its schema is `specs/schemas/trace.schema.json`.

Numbers have 9 significant digits and are in canonical units (the decision's currency, months); null is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import Any

from tcolang.base.source import Span
from tcolang.decide.decision import (
    ConditionRecord,
    Decision,
    OptionRecord,
    Pairwise,
    Reading,
    RuleRecord,
    ScoreTerm,
)
from tcolang.decide.showing import shown_date
from tcolang.decide.sureness import Sureness
from tcolang.decide.sureness_record import sureness_record
from tcolang.model.costmodel import CostModel
from tcolang.uncertain.summary import Estimate
from tcolang.units.quantity import exact9

FORMAT_VERSION = 1


def trace(decision: Decision, model: CostModel, sureness: Sureness | None = None) -> dict[str, Any]:
    """Ready for `json.dumps`; `model` is the one that was decided on. Without `sureness` there is no `how_sure`."""
    asked = model.decision
    assert asked is not None
    how_sure = {"how_sure": sureness_record(sureness)} if sureness is not None else {}
    return {
        "format_version": FORMAT_VERSION,
        "decision": {
            "name": decision.name,
            "currency": asked.currency,
            "start": shown_date(float(asked.start)),
            "horizon_months": asked.horizon,
            "scenario": model.scenario or None,
        },
        "as_of": shown_date(asked.as_of),
        "packs": [{"name": pack.name, "version": pack.version, "sha256": pack.sha256} for pack in model.program.packs],
        "recommendation": _recommendation(decision),
        "tie": {"step": decision.tie_step},
        "options": [_option(option) for option in decision.options],
        "pairs": [_pair(pair) for pair in decision.pairs],
        "veto_prices": [
            {"rules": list(price.rules), "instead": price.instead, "per_year": _number(price.per_year)}
            for price in decision.veto_prices
        ],
        "conflict_sets": [list(rules) for rules in decision.conflict_sets],
        "disagreements": [
            {
                "rule": case.rule,
                "thumb": {"option": case.thumb, "cost": _number(case.thumb_cost)},
                "cost": {"option": case.cost, "cost": _number(case.cost_cost)},
            }
            for case in decision.disagreements
        ],
        "worths": {name: _number(worth) for name, worth in decision.worths.items()},
        "unknown": list(decision.unknown),
        "hinges": [
            {"instead": hinge.instead, "rules": list(hinge.rules), "missing": list(hinge.missing)}
            for hinge in decision.hinges
        ],
        "rules": traced(decision.rules),
        **how_sure,
    }


def traced(rules: Iterable[RuleRecord]) -> list[dict[str, Any]]:
    """The rules of the document."""
    return [_rule(rule) for rule in rules]


def _recommendation(decision: Decision) -> dict[str, Any]:
    return {
        "option": decision.recommended,
        "runner_up": decision.runner_up,
        "confidence": decision.confidence,
        "acceptability": _number(decision.acceptability),
        "cheapest": decision.cheapest,
        "cheapest_allowed": decision.cheapest_allowed,
        "strategy_premium_per_year": _number(decision.strategy_premium),
    }


def _option(option: OptionRecord) -> dict[str, Any]:
    return {
        "name": option.name,
        "family": option.family,
        "cost": _estimate(option.cost),
        "score": {
            "value": _number(option.score),
            "standard_error": _number(option.score_error),
            "terms": [_term(term) for term in option.terms],
        },
        "vetoes": list(option.vetoes),
        "conditional_on": list(option.conditional_on),
        "missing": list(option.missing),
        "chance_cheapest": _chance(option.chance_cheapest, option.chance_cheapest_error),
        "acceptability": _number(option.acceptability),
    }


def _term(term: ScoreTerm) -> dict[str, Any]:
    return {
        "criterion": term.criterion,
        "worth": _number(term.worth),
        "standing": _number(term.standing),
        "money": _number(term.money),
        "assumed": term.assumed,
        "rules": list(term.rules),
    }


def _pair(pair: Pairwise) -> dict[str, Any]:
    return {
        "other": pair.other,
        "difference": _estimate(pair.difference),
        "chance_cheaper": _chance(pair.chance_cheaper, pair.chance_error),
        "material": pair.material,
    }


def _rule(rule: RuleRecord) -> dict[str, Any]:
    return {
        "rule": rule.rule,
        "title": rule.title,
        "option": rule.option or None,
        "workload": rule.workload or None,
        "result": rule.result,
        "action": rule.action,
        "criterion": rule.criterion or None,
        "degree": _number(rule.degree),
        "stepped_back": rule.stepped_back,
        "missing": list(rule.missing),
        "text": rule.text,
        "conditions": _conditions(rule.conditions),
        "exceptions": [
            {"label": exception.label, "condition": condition}
            for exception, condition in zip(
                rule.exceptions, _conditions(exception.condition for exception in rule.exceptions), strict=True
            )
        ],
        "span": _span(rule.span),
    }


def _conditions(records: Iterable[ConditionRecord]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    todo = [(record, made) for record in records]
    for record, place in todo:
        items: list[dict[str, Any]] = []
        place.append(
            {
                "result": record.result,
                "operator": record.operator,
                "readings": [_reading(reading) for reading in record.readings],
                "items": items,
            }
        )
        todo.extend((item, items) for item in record.items)
    return made


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "text": reading.text,
        "shown": reading.shown,
        "value": _number(reading.value),
        "node": reading.key or None,
        "grade": reading.grade or None,
        "missing": list(reading.missing),
        "span": _span(reading.span),
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "mean": _number(estimate.mean),
        "p5": _number(estimate.p5),
        "p50": _number(estimate.p50),
        "p95": _number(estimate.p95),
        "standard_error": _number(estimate.standard_error),
    }


def _chance(share: float, error: float) -> dict[str, Any]:
    return {"value": _number(share), "standard_error": _number(error)}


def _span(span: Span) -> dict[str, Any]:
    line, column = span.file.line_and_column(span.start)
    return {"path": span.file.path, "line": line, "column": column}


def _number(value: float | None) -> float | None:
    """Null for what is unknown, and for what never happens."""
    return exact9(value) if value is not None and isfinite(value) else None
