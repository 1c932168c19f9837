"""The report for programs, by `specs/schemas/report.schema.json`: numbers of nine digits, null for what is unknown."""

from __future__ import annotations

from typing import Any

from tcolang.base.diagnostics import Diagnostic, in_order
from tcolang.base.source import Span
from tcolang.decide.decision import OptionRecord
from tcolang.decide.showing import per
from tcolang.decide.sureness_record import portfolio_record, sureness_record
from tcolang.engine.breakeven import BreakEven
from tcolang.model.costmodel import Line, Node
from tcolang.report import escape
from tcolang.report.amounts import converted, month
from tcolang.report.arguments import Argument, reasons, why_not
from tcolang.report.output import OutputFormat, Style
from tcolang.report.regretted import regretted
from tcolang.report.results import Results
from tcolang.report.totals import at_horizon, paid_by_month, planned_tokens_a_day, resale_mean
from tcolang.semantics.program import Source
from tcolang.semantics.types import DateType, FlagType, GrowthType, QuantityType
from tcolang.uncertain.summary import Estimate
from tcolang.units.quantity import exact9

FORMAT_VERSION = 1

Object = dict[str, Any]


def render(results: Results, style: Style) -> str:
    """The style makes no difference."""
    return escape.json(_report(results))


def _report(results: Results) -> Object:
    question = results.question
    return {
        "format_version": FORMAT_VERSION,
        "decision": {
            "name": question.name,
            "currency": question.currency,
            "start": month(question.start),
            "horizon_months": question.horizon,
        },
        "recommendation": _recommendation(results),
        "options": [_option(results, record) for record in results.decision.options],
        "values": {key: _value(results, key) for key in results.model.published},
        "break_even": [_break_even(results, found) for found in results.break_evens],
        "findings": [_finding(finding) for finding in in_order(results.findings)],
        "inputs": _inputs(results),
        "how_sure": sureness_record(results.sureness) if results.sureness is not None else None,
        "portfolio": portfolio_record(results.portfolio) if results.portfolio is not None else None,
        "regret": _regret(results),
    }


def _regret(results: Results) -> Object:
    """Losses in the order of the cases, null where an option is ruled out in one."""
    cases, rows = regretted(results)
    return {
        "cases": [{"name": case.name, "title": case.title or None} for case in cases],
        "options": [
            {"option": row.option, "losses": [_number(loss) for loss in row.losses], "largest": _number(row.largest)}
            for row in rows
        ],
    }


def _recommendation(results: Results) -> Object:
    decision = results.decision
    chosen = decision.recommended
    others = (option.name for option in decision.options if option.name != chosen)
    return {
        "option": chosen,
        "family": decision.option(chosen).family if chosen is not None else None,
        "confidence": decision.confidence,
        "acceptability": _number(decision.acceptability),
        "runner_up": decision.runner_up,
        "vetoed": [option.name for option in decision.options if option.vetoes],
        "reasons": [_argument(argument) for argument in reasons(results)],
        "why_not": {name: [_argument(argument) for argument in why_not(results, name)] for name in others},
    }


def _argument(argument: Argument) -> Object:
    return {"rule": argument.rule, "text": argument.text, "where": argument.where}


def _option(results: Results, record: OptionRecord) -> Object:
    option = results.option(record.name)
    monthly = [exact9(amount) for amount in paid_by_month(results, option)]
    return {
        "name": record.name,
        "family": record.family,
        "tco": _estimate(record.cost),
        "tco_nominal": _estimate(results.evaluation.estimate(option.results["tco_nominal"])),
        "first_month": monthly[0],
        "monthly": monthly,
        "at_horizon": exact9(at_horizon(results, option)),
        "lines": [_line(results, line) for line in option.lines],
        "chance_cheapest": _number(record.chance_cheapest),
        "vetoes": list(record.vetoes),
    }


def _line(results: Results, line: Line) -> Object:
    return {
        "name": f"{line.component}.{line.name}" if line.component else line.name,
        "category": line.category,
        "tco": _estimate(results.evaluation.estimate(line.tco)),
        "nominal": _estimate(results.evaluation.estimate(line.nominal)),
        "resale": exact9(resale_mean(results, line)),
    }


def _value(results: Results, key: str) -> Object:
    """A plain number has no unit; a word, or what is unknown, has no number either."""
    node = results.model.node(key) if key in results.model.index else None
    if node is None or node.key not in results.evaluation.values:
        return {"unit": _unit(results, node), "mean": None, "p5": None, "p50": None, "p95": None}
    return {"unit": _unit(results, node), **_estimate(results.evaluation.estimate(key), _factor(node))}


def _unit(results: Results, node: Node | None) -> str | None:
    if node is None:
        return None
    match node.type:
        case GrowthType(period):
            return f"%{per(period)}"
        case DateType():
            return "months since 0000-01"
        case FlagType():
            return "flag"
        case QuantityType() if node.unit is not None:
            return converted(node.unit, results.currency).text or None
        case _:
            return None


def _factor(node: Node) -> float:
    """Of canonical units in the unit as written; a growth in hundredths; dates and flags as they are."""
    if isinstance(node.type, GrowthType):
        return 0.01
    return float(node.unit.factor) if node.unit is not None and isinstance(node.type, QuantityType) else 1.0


def _break_even(results: Results, found: BreakEven) -> Object:
    tokens = planned_tokens_a_day(results)
    return {
        "first": found.first,
        "second": found.second,
        "span": [exact9(end) for end in found.span],
        "proven": found.proven,
        "futures": found.futures,
        "crossings": [
            {
                "factor": exact9(crossing.factor),
                "tokens_per_day": exact9(crossing.factor * tokens) if tokens is not None else None,
                "kind": crossing.kind,
                "cheaper_below": crossing.cheaper_below,
                "cheaper_above": crossing.cheaper_above,
            }
            for crossing in found.crossings
        ],
    }


def _finding(finding: Diagnostic) -> Object:
    return {
        "code": finding.problem.code,
        "name": finding.problem.name,
        "severity": finding.severity.word,
        "message": finding.message,
        "where": _where(finding.span),
        "help": finding.help or None,
    }


def _inputs(results: Results) -> Object:
    program = results.model.program
    packs = [{"name": pack.name, "version": pack.version, "sha256": pack.sha256} for pack in program.packs]
    return {
        "samples": results.evaluation.samples,
        "seed": results.evaluation.seed,
        "versions": {"tcolang": results.version, "packs": packs},
        "sources": [_source(source) for source in program.sources.values()],
    }


def _source(source: Source) -> Object:
    return {
        "name": source.key,
        "title": source.title,
        "url": source.url or None,
        "checked": source.checked_on or None,
        "grade": source.grade,
        "where": source.span.where,
    }


def _estimate(estimate: Estimate, factor: float = 1.0) -> Object:
    numbers = {"mean": estimate.mean, "p5": estimate.p5, "p50": estimate.p50, "p95": estimate.p95}
    return {name: exact9(number / factor) for name, number in numbers.items()}


def _number(value: float | None) -> float | None:
    return exact9(value) if value is not None else None


def _where(span: Span | None) -> str | None:
    return span.where if span is not None else None


JSON = OutputFormat("json", ".json", "application/json", render)
