"""Published worked examples: what their sources say, and what the specs of `examples/published` come to.

`python -m tests.published` writes the table of `docs/published.md` anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import floor, isclose, log10
from pathlib import Path
from typing import Any

from tcolang import pipeline
from tcolang.base.diagnostics import Diagnostic
from tcolang.base.problem import Severity
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.decide.decision import ConditionRecord
from tcolang.decide.expectations import ExpectationResult
from tcolang.engine.settings import Settings
from tcolang.semantics.program import Program

ROOT = Path(__file__).parents[1]
SPECS = ROOT / "examples" / "published"
CASES = ROOT / "tests" / "cases"
PAGE = ROOT / "docs" / "published.md"

NAMES = tuple(sorted(path.stem for path in CASES.glob("*.json")))
HEADING = "| Source | What it checks | Theirs | Ours |"

_MAGNITUDES = {"": 1.0, "k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}
_LITERAL = re.compile(r"(-?[0-9][0-9_]*(?:\.[0-9]+)?)([kMBT]?)(%?)")
# Of a figure that is right without a tolerance stated for it.
_CLOSE = 1e-3
_SAME = 1e-8


@dataclass(frozen=True, slots=True)
class Claim:
    """What a source says under `key`, or what it should say. `holds` is None where the source is known to be wrong in a
    way that its own arithmetic reproduces: such a claim is not expected of anybody."""

    key: str
    value: float | str
    tolerance: float
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Told:
    """An expectation that names a key. `number` is the figure in it as written, `ours` what the left side comes to in
    the same unit (both None for words), `tolerance` in that unit."""

    key: str
    because: str
    refutes: bool
    true: bool
    theirs: str
    number: float | None
    ours: float | None
    tolerance: float
    word: str


@dataclass(frozen=True, slots=True)
class Run:
    """A spec with all of its expectations and tests evaluated. Only errors count: that sources leave out people, spares
    and headroom is what the warnings are for."""

    errors: tuple[Diagnostic, ...]
    told: tuple[Told, ...]


def case(name: str) -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def claims(name: str) -> tuple[Claim, ...]:
    return tuple(_claims(case(name)))


def spec(name: str) -> str:
    return (SPECS / f"{name}.tco").read_text(encoding="utf-8")


@cache
def run(name: str, text: str = "") -> Run:
    """`text` takes the place of the spec."""
    file = SourceFile(f"{name}.tco", text or spec(name))
    checked = pipeline.check(World(SPECS), file)
    program = checked.value.program
    errors = list(_errors(checked.diagnostics))
    if checked.failed or program is None:
        return Run(tuple(errors), ())
    told: list[Told] = []
    keys = {claim.key for claim in claims(name)}
    for results, found in _evaluated(program):
        errors += _errors(found)
        told += [t for result in results if (t := _told(result, keys)) is not None]
    return Run(tuple(errors), tuple(told))


def rows(name: str) -> tuple[str, ...]:
    """The rows of a case in the table, in the order of its spec; the first names the source."""
    found = case(name)
    address = found["url"].partition(" ")[0]
    title = f"[{found['source_title']}]({address})" if "://" in address else found["source_title"]
    source = f"{title}, {found['date']}: [spec](../examples/published/{name}.tco)".replace("|", "\\|")
    return tuple(f"| {'' if i else source} | {_row(told)} |" for i, told in enumerate(run(name).told))


def _errors(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    return (finding for finding in found if finding.severity is Severity.ERROR)


def _claims(found: Mapping[str, Any]) -> Iterator[Claim]:
    each = found.get("matches_detail") or found.get("per_output_match") or {}
    right = found.get("expected_for_tool") or {}
    wrong = set(found.get("source_claims_not_to_reproduce") or ())
    for key, output in found["outputs"].items():
        value, tolerance = output["value"], float(output["rounding_tolerance"])
        reproduces = bool(each.get(key, found["matches"] is not False))
        holds = (None if reproduces else False) if key in wrong else reproduces
        yield Claim(key, _value(value), tolerance, holds)
        other = right.get(key, value)
        if isinstance(other, int | float) and abs(float(other) - float(value)) > max(tolerance, _SAME * abs(value)):
            yield Claim(key, float(other), tolerance, True)
    for key, value in right.items():
        if key not in found["outputs"]:
            plain = _value(value)
            yield Claim(key, plain, _CLOSE * abs(plain) if isinstance(plain, float) else 0.0, True)


def _value(value: object) -> float | str:
    """Words and yes or no as text."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).lower()
    return float(value)


def _evaluated(program: Program) -> Iterator[tuple[tuple[ExpectationResult, ...], tuple[Diagnostic, ...]]]:
    settings = Settings()
    runs = [("", (), program.expectations)] + [(t.under or "", t.given, t.expectations) for t in program.tests]
    for under, given, expectations in runs:
        layers = (*pipeline.scenario_overrides(program, under), *given)
        decided = pipeline.decide_under(program, settings, layers, expectations, under)
        yield decided.value.expectations if decided.value else (), decided.diagnostics


def _told(result: ExpectationResult, keys: set[str]) -> Told | None:
    key, colon, because = result.because.partition(": ")
    if not colon or key not in keys:
        return None
    refutes = result.condition.operator == "not"
    condition = result.condition.items[0] if refutes else result.condition
    true = result.result == "true"
    number, ours, tolerance = _figures(condition)
    compared = condition.operator in ("==", "~=")
    theirs = condition.readings[1].text if compared else because.partition(",")[0]
    word = condition.readings[0].shown if compared else "the same"
    return Told(key, because, refutes, true, theirs, number, ours, tolerance, word)


def _figures(condition: ConditionRecord) -> tuple[float | None, float | None, float]:
    """The figure on the right as written, the value of the left side in its unit, and the tolerance."""
    if condition.operator not in ("~=", "=="):
        return None, None, 0.0
    left, right = condition.readings[:2]
    written = _LITERAL.match(right.text)
    if written is None or left.value is None or not right.value:
        return None, None, 0.0
    number = float(written[1].replace("_", "")) * _MAGNITUDES[written[2]]
    within = condition.readings[2].value if condition.operator == "~=" else 0.0
    scale = number / right.value
    return number, left.value * scale, abs((within or 0.0) * scale)


def same(told: Told, claim: Claim) -> bool:
    """Whether the figure in an expectation is that of a claim; shares may be written in percent."""
    return told.key == claim.key and _scale(told, claim) is not None


def tolerance_of(told: Told, claim: Claim) -> float:
    return told.tolerance * (_scale(told, claim) or 1.0)


def allowed(claim: Claim) -> float:
    """A figure that is stated as exact may differ by what floating point and whole numbers do to it."""
    return max(claim.tolerance * (1 + 1e-9), _SAME * abs(claim.value) if isinstance(claim.value, float) else 0.0)


def _scale(told: Told, claim: Claim) -> float | None:
    if told.number is None or not isinstance(claim.value, float):
        return None
    percent = "%" in told.theirs
    scales = (0.01, 1.0) if percent else (1.0,)
    return next((s for s in scales if isclose(told.number * s, claim.value, rel_tol=1e-12)), None)


def _row(told: Told) -> str:
    label = f"`{told.key}`: {told.because}".replace("|", "\\|")
    theirs = told.theirs.replace("_", ",") if told.number is not None else told.theirs
    return f"{label} | {theirs}{' (wrong)' if told.refutes else ''} | {_shown(told)}"


def _shown(told: Told) -> str:
    """With one digit more than the tolerance asks for, and the magnitude and unit of the figure it is compared with."""
    written = _LITERAL.match(told.theirs)
    if written is None or told.ours is None:
        return told.word
    magnitude = _MAGNITUDES[written[2]]
    ours, tolerance = told.ours / magnitude, told.tolerance / magnitude
    digits = 10 if tolerance == 0 else max(0, 1 - floor(log10(tolerance)))
    # Twelve digits are as many as arithmetic in any order has in common.
    text = f"{float(f'{ours:.12g}'):,.{digits}f}"
    if tolerance == 0:
        text = text.rstrip("0").rstrip(".")
    return text + told.theirs[written.end(1) :]


def page(text: str) -> str:
    """The page with its table made anew."""
    before, _, _ = text.partition(HEADING)
    table = [HEADING, "| --- | --- | --- | --- |", *(row for name in NAMES for row in rows(name))]
    return before + "\n".join(table) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
