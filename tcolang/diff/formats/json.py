"""`--format json`: for programs, by `specs/schemas/diff.schema.json`; null is what there is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tcolang.base.diagnostics import Diagnostic
from tcolang.decide.decision import RuleRecord
from tcolang.diff.changes import Change
from tcolang.diff.difference import Difference, Side
from tcolang.diff.guardrails import Breach
from tcolang.diff.output import DiffFormat
from tcolang.diff.pages.causes import on_recommended
from tcolang.report import escape
from tcolang.units.quantity import exact9
from tcolang.version import __version__

FORMAT_VERSION = 1

Object = dict[str, Any]


def render(differences: Sequence[Difference], breaches: Sequence[Breach], name: str) -> str:
    """The name makes no difference."""
    found = {
        "format_version": FORMAT_VERSION,
        "version": __version__,
        "changed": any(difference.changed for difference in differences),
        "breaches": [{"guardrail": b.name, "path": b.path, "message": b.text} for b in breaches],
        "decisions": [_difference(difference) for difference in differences],
    }
    return escape.json(found)


def _difference(one: Difference) -> Object:
    return {
        "path": one.path,
        "decision": one.side.decision.name,
        "changed": one.changed,
        "missing": one.missing or None,
        "recommendation_changed": one.flipped,
        "increase": _number(one.increase),
        "before": _side(one.base),
        "after": _side(one.head),
        "method": one.shares.method or None,
        "shares": _shares(one),
        "switched": _number(one.switched),
        "without_effect": [_change(change) for change in one.shares.silent],
        "rules_fired": [_rule(record) for record in one.fired],
        "rules_silenced": [_rule(record) for record in one.silenced],
        "unknown_new": list(one.unknown),
        "unknown_gone": list(one.known),
        "findings_new": [_finding(finding) for finding in one.findings],
        "findings_gone": [_finding(finding) for finding in one.mended],
        "findings_newly_allowed": [{**_finding(f), "reason": a.reason} for f, a in one.newly_allowed],
        "base_errors": [_finding(finding) for finding in one.broken],
    }


def _side(side: Side | None) -> Object | None:
    if side is None:
        return None
    decision = side.decision
    return {
        "currency": side.currency,
        "horizon_months": side.horizon,
        "recommended": decision.recommended,
        "confidence": decision.confidence,
        "tco": _number(side.cost),
        "options": [
            {"name": option.name, "tco": exact9(option.cost.mean), "vetoes": list(option.vetoes)}
            for option in decision.options
        ],
        "workloads": _workloads(side),
    }


def _workloads(side: Side) -> list[str]:
    return sorted({route.workload for option in side.model.options for route in option.routes})


def _shares(one: Difference) -> list[Object]:
    if one.base is None or one.head is None:
        return []
    recommended = dict(_recommended(one))
    return [
        {
            "changes": [_change(change) for change in share.changes],
            "recommended": _number(recommended.get(number)),
            "options": {name: exact9(effect) for name, effect in share.effects.items()},
        }
        for number, share in enumerate(one.shares.shares)
    ]


def _recommended(one: Difference) -> list[tuple[int, float]]:
    places = {id(share): number for number, share in enumerate(one.shares.shares)}
    return [(places[id(share)], effect) for share, effect in on_recommended(one)]


def _change(change: Change) -> Object:
    return {
        "name": change.name,
        "sort": change.sort,
        "before": change.before or None,
        "after": change.after or None,
        "where": change.where.where,
    }


def _rule(record: RuleRecord) -> Object:
    return {
        "rule": record.rule,
        "action": record.action,
        "option": record.option or None,
        "workload": record.workload or None,
        "text": record.text,
        "where": record.span.where,
    }


def _finding(finding: Diagnostic) -> Object:
    return {
        "code": finding.problem.code,
        "severity": finding.severity.word,
        "message": finding.message,
        "where": finding.span.where if finding.span else None,
    }


def _number(value: float | None) -> float | None:
    return None if value is None else exact9(value)


JSON = DiffFormat("json", render)
