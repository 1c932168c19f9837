"""A spec through the whole program: what is found in it, and the model and its values where nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tcolang import pipeline
from tcolang.base.diagnostics import Diagnostic, as_told_last, in_order
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel
from tcolang.semantics.allowances import without_allowed


@dataclass(frozen=True, slots=True)
class Judged:
    """`evaluation` has the values that were asked for; both are None where an error left nothing to evaluate."""

    findings: tuple[Diagnostic, ...]
    model: CostModel | None = None
    evaluation: Evaluation | None = None


def judged(world: World, file: SourceFile, wanted: Iterable[str] = ()) -> Judged:
    """Its expectations and tests are run as `tco test` runs them; what they find is among the findings."""
    wanted = tuple(wanted)
    checked = pipeline.check(world, file)
    program = checked.value.program
    if checked.failed or program is None or program.decision is None:
        return Judged(checked.diagnostics)
    settings = Settings(limits=world.limits)
    decided = pipeline.decide_under(program, settings, more=lambda model: [key for key in wanted if key in model.index])
    found = as_told_last((*checked.diagnostics, *decided.diagnostics))
    findings, _ = without_allowed(found, program.allowances)
    tested = [finding for test in pipeline.run_tests(program, settings) for finding in test.findings]
    every = in_order((*findings, *tested))
    if decided.value is None:
        return Judged(every)
    return Judged(every, decided.value.model, decided.value.evaluation)
