"""What tests say of rules, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tcolang.base.display import one_line
from tcolang.base.record import replace
from tcolang.base.source import Span
from tcolang.cli.finding_format import ends
from tcolang.cli.shown import Shown
from tcolang.decide.coverage import CHOOSING, ConditionCoverage, Coverage, RuleCoverage

_MOST = 20
_HEAD = ("rule", "held", "failed", "unknown", "conditions", "thresholds", "changes")


def coverage_text(covered: Coverage) -> str:
    """A line for each rule of the project, and for each that ships and held in some test; a sum for each pack; what no
    test notices of the project's rules. Ends without a newline."""
    shown = [rule for rule in covered.rules if not rule.span.file.shipped or rule.held]
    rows = [_HEAD, *(_row(rule) for rule in shown)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    lines = [f"rules in {_count(len(covered.tests), 'test')}: in how many each held, failed and was unknown;"]
    lines += [
        "conditions that came out both ways; thresholds tried just under and over; changes that a test notices",
        "",
    ]
    lines += [_line(row, widths) for row in rows]
    lines += ["", *_packs(covered), *_choices(covered)]
    missed = [(rule, one) for rule in shown for one in rule.mutants if not one.killed_by]
    missed = [(rule, one) for rule, one in missed if not rule.span.file.shipped]
    if missed:
        lines += ["", "changes that no test notices:"]
        lines += [f"  {rule.rule}: {one.text} ({one.span.where})" for rule, one in missed[:_MOST]]
        lines += [f"  … and {len(missed) - _MOST} more"] if len(missed) > _MOST else []
    if covered.failing:
        lines += ["", f"not counted, since they fail: {', '.join(covered.failing)}"]
    return "\n".join(one_line(line).rstrip() for line in lines)


def seen_from_here(covered: Coverage, shown: Shown) -> Coverage:
    """With places as the user knows them."""
    rules = [
        replace(
            rule,
            span=shown.span(rule.span),
            conditions=tuple(replace(one, span=shown.span(one.span)) for one in rule.conditions),
            mutants=tuple(replace(one, span=shown.span(one.span)) for one in rule.mutants),
        )
        for rule in covered.rules
    ]
    return replace(covered, rules=tuple(rules))


def coverage_json(covered: Coverage) -> dict[str, Any]:
    """All that is known, in the order of the rules."""
    mutants = covered.mutants
    return {
        "tests": list(covered.tests),
        "failing": list(covered.failing),
        "rules": [_rule(rule) for rule in covered.rules],
        "options": [
            {"option": one.option, "recommended": list(one.recommended), "vetoed": list(one.vetoed)}
            for one in covered.options
        ],
        "mutants": {
            "made": len(mutants),
            "killed": covered.killed,
            "not_tried": sum(not one.tried and not one.killed_by for one in mutants),
            "score": covered.score,
        },
    }


def _row(rule: RuleCoverage) -> tuple[str, ...]:
    conditions = [one for one in rule.conditions if {"true", "false"} <= set(one.results)]
    thresholds = [one for one in rule.conditions if one.threshold]
    tried = [one for one in thresholds if {"under", "over"} <= set(one.near)]
    killed = sum(bool(one.killed_by) for one in rule.mutants)
    return (
        rule.rule,
        *(str(len(titles)) for titles in (rule.held, rule.failed, rule.unknown)),
        f"{len(conditions)} of {len(rule.conditions)}",
        f"{len(tried)} of {len(thresholds)}" if thresholds else "-",
        f"{killed} of {len(rule.mutants)}" if rule.mutants else "-",
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *others = row
    return "  ".join([f"{name:<{widths[0]}}", *(f"{text:>{w}}" for text, w in zip(others, widths[1:], strict=True))])


def _packs(covered: Coverage) -> Iterator[str]:
    for pack in dict.fromkeys(rule.rule.partition("/")[0] for rule in covered.rules):
        rules = [rule for rule in covered.rules if rule.rule.partition("/")[0] == pack]
        part = Coverage(covered.tests, covered.failing, tuple(rules), ())
        seen = [sum(map(bool, titles)) for titles in zip(*((r.held, r.failed, r.unknown) for r in rules), strict=True)]
        said = (
            f"{pack}: of {_count(len(rules), 'rule')} {seen[0]} held, {seen[1]} failed, {seen[2]} unknown in some test"
        )
        if part.score is not None:
            said += f"; {part.killed} of {len(part.mutants)} changes noticed, {part.score}%"
        untried = sum(not one.tried and not one.killed_by for one in part.mutants)
        yield said + (f"; {untried} not tried: too many" if untried else "")
    if any(rule.action not in CHOOSING for rule in covered.rules):
        yield "Rules that warn or advise change no recommendation, so no test can notice a change of them."


def _choices(covered: Coverage) -> Iterator[str]:
    for one in covered.options:
        yield f"option {one.option}: recommended in {_count(len(one.recommended), 'test')}, vetoed in {len(one.vetoed)}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _rule(rule: RuleCoverage) -> dict[str, Any]:
    return {
        "rule": rule.rule,
        "title": rule.title,
        "action": rule.action,
        **_place(rule.span),
        "held": list(rule.held),
        "failed": list(rule.failed),
        "unknown": list(rule.unknown),
        "conditions": [_condition(one) for one in rule.conditions],
        "mutants": [
            {"text": one.text, **_place(one.span), "killed_by": list(one.killed_by), "tried": one.tried}
            for one in rule.mutants
        ],
    }


def _condition(one: ConditionCoverage) -> dict[str, Any]:
    near = [word for word in ("under", "at", "over") if word in one.near] if one.threshold else None
    results = [word for word in ("true", "false", "unknown") if word in one.results]
    return {"text": one.text, **_place(one.span), "exception": one.exception or None, "results": results, "near": near}


def _place(span: Span) -> dict[str, Any]:
    line, column, _, _ = ends(span)
    return {"path": span.file.path, "line": line, "column": column}
