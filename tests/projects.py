"""Whole small projects, held in memory: what is found in them, and what their values come to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tcolang import pipeline
from tcolang.base.diagnostics import Diagnostic, Outcome
from tcolang.base.limits import Limits
from tcolang.base.problem import Example
from tcolang.base.source import SourceFile
from tcolang.base.world import Reading, Unread, World
from tcolang.engine.evaluate import evaluate
from tcolang.engine.settings import Settings
from tcolang.model.build import build
from tcolang.model.costmodel import CostModel
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.program import Program

Values = NDArray[np.float64]
FEW = Settings(samples=40)

BASE = """\
tco 1

use quiet

decision d "What does it cost?" {
  currency = EUR
  start = 2026-01
  horizon = 12 months
}

workload chat "Chat" {
  requests = 1_000 requests/month
  input_tokens = 100 tokens/request
  output_tokens = 50 tokens/request
}

kind flat : deployment {
  custody: custody = managed_endpoint
  price: money/month
  cost rent as compute = price
}

flat box "A box" {
  price = 100 EUR/month
}

option own {
  serve chat {
    box = 100%
  }
}
"""
"""A box for 100 EUR a month over twelve months, judged by a pack without rules."""

QUIET = ("quiet.tco", 'tco 1\n\npack quiet version "1.0.0"\n')


def added(*texts: str) -> str:
    """The base spec with more at its end."""
    return "\n".join([BASE, *texts]) + "\n"


def changed(*passages: tuple[str, str], more: str = "") -> str:
    """The base spec with passages replaced, and perhaps more at its end."""
    text = BASE
    for old, new in passages:
        assert old in text, old
        text = text.replace(old, new, 1)
    return f"{text}\n{more}\n"


class InMemory(World):
    """A project without a disk. What a real one refuses is tested with real files."""

    files: Mapping[str, str]

    def read(self, relative: str) -> Reading:
        return self.files.get(relative, Unread("missing", "there is no such file"))


def world(files: Mapping[str, str], limits: Limits | None = None) -> InMemory:
    made = InMemory(Path("/nowhere"), limits or Limits())
    object.__setattr__(made, "files", files)
    return made


def checked(text: str, *others: tuple[str, str], limits: Limits | None = None) -> Outcome[pipeline.Checked]:
    """The spec `spec.tco` with the files beside it, as `tco check` sees it."""
    files = dict((("spec.tco", text), QUIET, *others))
    return pipeline.check(world(files, limits), SourceFile("spec.tco", text))


def findings(text: str, *others: tuple[str, str], limits: Limits | None = None) -> tuple[Diagnostic, ...]:
    return checked(text, *others, limits=limits).diagnostics


def codes(text: str, *others: tuple[str, str], limits: Limits | None = None) -> list[str]:
    return [finding.problem.code for finding in findings(text, *others, limits=limits)]


def only(text: str, *others: tuple[str, str], limits: Limits | None = None) -> Diagnostic:
    """The one finding of a spec."""
    found = findings(text, *others, limits=limits)
    assert len(found) == 1, [f"{f.problem.code} {f.message}" for f in found]
    return found[0]


def program_of(text: str, *others: tuple[str, str]) -> Program:
    """The checked program of a spec without errors."""
    outcome = checked(text, *others)
    assert not outcome.failed, [f"{f.problem.code} {f.message}" for f in outcome.diagnostics]
    assert outcome.value.program is not None
    return outcome.value.program


def model_of(text: str, *others: tuple[str, str], scenario: str = "") -> CostModel:
    """The model of a spec without errors, under one of its scenarios."""
    program = program_of(text, *others)
    built = build(program, builtins(), pipeline.scenario_overrides(program, scenario), None, scenario)
    assert not built.failed and built.value is not None, [f"{f.problem.code} {f.message}" for f in built.diagnostics]
    return built.value


def values_of(
    keys: list[str], text: str, *others: tuple[str, str], scenario: str = "", settings: Settings = FEW
) -> dict[str, Values]:
    """By key, in canonical units, of shape (1 or months, 1 or futures)."""
    model = model_of(text, *others, scenario=scenario)
    missing = [key for key in keys if key not in model.index]
    assert not missing, (missing, sorted(model.index), dict(model.unknown))
    evaluated = evaluate(model, settings, keys)
    assert evaluated.value is not None, [f"{f.problem.code} {f.message}" for f in evaluated.diagnostics]
    return {key: evaluated.value.values[key] for key in keys}


def number(key: str, text: str, *others: tuple[str, str], scenario: str = "") -> float:
    """A value that is one number: the same in each month and future."""
    array = values_of([key], text, *others, scenario=scenario)[key]
    assert array.shape == (1, 1), (key, array.shape)
    return float(array[0, 0])


def months(key: str, text: str, *others: tuple[str, str], scenario: str = "") -> list[float]:
    """A value that is one number for each month."""
    array = values_of([key], text, *others, scenario=scenario)[key]
    assert array.shape[1] == 1, (key, array.shape)
    return [float(v) for v in array[:, 0]]


def all_findings(example: Example, samples: int = 2_000) -> list[Diagnostic]:
    """Everything that is found in an example: on checking it and, if it can be, on evaluating and testing it."""
    files = dict(example.files)
    path, text = example.files[0]
    outcome = pipeline.check(world(files), SourceFile(path, text))
    found = list(outcome.diagnostics)
    program = outcome.value.program
    if not outcome.failed and program is not None and program.decision is not None:
        settings = Settings(samples=samples)
        found += pipeline.results(program, settings).diagnostics
        found += [finding for result in pipeline.run_tests(program, settings) for finding in result.findings]
    return list(dict.fromkeys(found))


def all_codes(example: Example, samples: int = 2_000) -> list[str]:
    """Their codes."""
    return [finding.problem.code for finding in all_findings(example, samples)]


def builtins() -> tuple[Builtin, ...]:
    from tcolang.base.registry import collect

    return collect("tcolang.semantics.builtins", Builtin)
