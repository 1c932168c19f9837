"""What a decision itself has to report: nothing left, vetoes that depend on a missing fact, thumbs that disagree."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.diagnostics import Diagnostic, Label
from tcolang.base.source import Span
from tcolang.decide.decision import Decision, RuleRecord
from tcolang.decide.problems import NOTHING_ALLOWED, THUMB_DISAGREES, VETO_ON_UNKNOWN
from tcolang.decide.showing import shown_value
from tcolang.model.costmodel import CostModel
from tcolang.semantics.types import QuantityType
from tcolang.units.dimension import base

_MONEY = QuantityType(base("money"))


def findings(decision: Decision, model: CostModel, span: Span) -> tuple[Diagnostic, ...]:
    """`span` is that of the decision's block."""
    currency = model.decision.currency if model.decision else "money"
    return (
        *_nothing_allowed(decision, span),
        *_unknown_vetoes(decision),
        *_disagreements(decision, currency),
    )


def _nothing_allowed(decision: Decision, span: Span) -> Iterator[Diagnostic]:
    if decision.recommended is not None:
        return
    vetoes = [record for record in decision.rules if record.action == "veto" and record.result == "true"]
    labels = {record.span: Label(record.span, f"`{record.rule}` vetoes {_names([record])}") for record in vetoes}
    ways = " or ".join(_joined(rules) for rules in decision.conflict_sets)
    yield Diagnostic(
        NOTHING_ALLOWED,
        f"every option of `{decision.name}` is vetoed",
        span,
        note=f"an option would be left without {ways}",
        labels=tuple(labels.values()),
        help="add an option that passes, or `without PACK.RULE because … by … until …` for a rule that does not apply",
    )


def _unknown_vetoes(decision: Decision) -> Iterator[Diagnostic]:
    cases: dict[tuple[str, tuple[str, ...]], list[RuleRecord]] = {}
    for record in decision.rules:
        if record.action == "veto" and record.result == "unknown":
            cases.setdefault((record.rule, record.missing), []).append(record)
    for (rule, missing), records in cases.items():
        facts = _joined(missing)
        yield Diagnostic(
            VETO_ON_UNKNOWN,
            f"whether `{rule}` vetoes {_names(records)} is not known: nothing says what {facts} is",
            records[0].span,
            note="this rule would take out what it vetoes",
            help=f"state {facts}",
        )


def _disagreements(decision: Decision, currency: str) -> Iterator[Diagnostic]:
    spans = {record.rule: record.span for record in decision.rules}
    for case in decision.disagreements:
        thumb, cost = (shown_value(value, _MONEY, None, currency) for value in (case.thumb_cost, case.cost_cost))
        yield Diagnostic(
            THUMB_DISAGREES,
            f"`{case.rule}` speaks for `{case.thumb}`, the computed cost for `{case.cost}`",
            spans[case.rule],
            note=f"over the horizon `{case.thumb}` costs {thumb}, `{case.cost}` {cost}; the rule yields to that",
            help="look for a cost that is left out; where there is none, switch the rule off: "
            f'`without {case.rule.replace("/", ".")} because "…" by "…" until …`',
        )


def _names(records: list[RuleRecord]) -> str:
    return _joined(tuple(dict.fromkeys(record.option for record in records)))


def _joined(words: tuple[str, ...]) -> str:
    return " and ".join(f"`{word}`" for word in words)
