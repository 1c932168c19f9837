"""Whether what a spec expects came true, with the values on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tcolang.base.diagnostics import Diagnostic, Label, Outcome
from tcolang.base.record import record
from tcolang.base.source import Span
from tcolang.decide.conditions import judge, leaves, missing_facts
from tcolang.decide.decision import ConditionRecord, Decision, Reading, Truth
from tcolang.decide.noise import within_noise
from tcolang.decide.picture import picture
from tcolang.decide.problems import EXPECTATION_FAILED, EXPECTATION_UNKNOWN
from tcolang.decide.reading import reader, told
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel, ExpectCase

_MOST = 3
"""Parts of a condition whose values stand in the message."""


@record
class ExpectationResult:
    """`text` is the condition as written, `because` its reason, filled in ('' where none is given)."""

    text: str
    result: Truth
    condition: ConditionRecord
    because: str
    span: Span
    labels: tuple[Label, ...] = ()


def check_expectations(
    cases: Iterable[ExpectCase], model: CostModel, evaluation: Evaluation, late: Mapping[str, object]
) -> Outcome[tuple[ExpectationResult, ...]]:
    """In the order given. `late` names what is known only after the decision, as `late_values` gives it."""
    cases = tuple(cases)
    read = reader(model, evaluation, late)
    results: list[ExpectationResult] = []
    for case in cases:
        condition = judge(case.condition, read)
        because = told(case.because, read) if case.because else ""
        labels = picture(case, condition, model, evaluation) if condition.result != "true" else ()
        results.append(ExpectationResult(case.text, condition.result, condition, because, case.span, labels))
    findings = tuple(_finding(result) for result in results if result.result != "true")
    return Outcome(tuple(results), (*findings, *within_noise(cases, model, evaluation, read)))


def late_values(
    decision: Decision, paybacks: Mapping[str, float | None], discounted: Mapping[str, float | None] | None = None
) -> Mapping[str, object]:
    """What expectations can ask of a decision: `NAME.recommendation` (`none` where there is none), `NAME.confidence`,
    `NAME.vetoed`, and of each option `OPTION.vetoed`, `OPTION.payback` and, from `discounted`,
    `OPTION.payback_discounted` (months; infinite where it never pays back, None where that is not known)."""
    values: dict[str, object] = {
        f"{decision.name}.recommendation": decision.recommended or "none",
        f"{decision.name}.confidence": decision.confidence,
        f"{decision.name}.vetoed": tuple(option.name for option in decision.options if option.vetoes),
    }
    for option in decision.options:
        values[f"{option.name}.vetoed"] = bool(option.vetoes)
        values[f"{option.name}.payback"] = paybacks.get(option.name)
        values[f"{option.name}.payback_discounted"] = (discounted or {}).get(option.name)
    return values


_LOOK = "`tco explain SPEC NAME` shows where a value comes from: mend the spec, or expect what holds now"


def _finding(result: ExpectationResult) -> Diagnostic:
    note = f"expected because {result.because}" if result.because else ""
    if result.result == "false":
        message = f"`{result.text}` does not hold: {_values(result.condition)}"
        return Diagnostic(EXPECTATION_FAILED, message, result.span, note, result.labels, _LOOK)
    facts = missing_facts((result.condition,))
    named = " and ".join(f"`{fact}`" for fact in facts)
    return Diagnostic(
        EXPECTATION_UNKNOWN,
        f"whether `{result.text}` holds is not known: nothing says what {named} is",
        result.span,
        note,
        result.labels,
        help=f"state `{facts[0]}`, or ask `known({facts[0]})`" if facts else "",
    )


def _values(condition: ConditionRecord) -> str:
    """Of the parts by which a condition is false."""
    told = tuple(dict.fromkeys(_explained(leaf) for leaf in _culprits(condition)))
    return "; ".join(told[:_MOST]) + ("; …" if len(told) > _MOST else "")


def _culprits(condition: ConditionRecord) -> Iterator[ConditionRecord]:
    """Of what should all hold those that do not; else all there are."""
    if condition.operator != "and":
        return leaves(condition)
    return (leaf for item in condition.items if item.result != "true" for leaf in leaves(item))


def _explained(leaf: ConditionRecord) -> str:
    """The values of its sides, but for those that read as they are written."""
    values = " and ".join(_valued(reading) for reading in leaf.readings if reading.shown != reading.text)
    return values or " ".join(f"`{reading.text}`" for reading in leaf.readings)


def _valued(reading: Reading) -> str:
    return f"`{reading.text}` is {reading.shown}"
