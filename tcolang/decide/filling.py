"""What `optimal()` stands for, filled in: the cheapest way among those that no veto forbids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tcolang.base.diagnostics import Diagnostic, Outcome, in_order
from tcolang.base.record import record, replace
from tcolang.decide.decide import decide
from tcolang.decide.keys import needed_keys
from tcolang.decide.problems import NO_WAY_ALLOWED
from tcolang.engine.candidates import FUTURES
from tcolang.engine.evaluate import evaluate
from tcolang.engine.optimal import Optimum, optimise
from tcolang.engine.settings import Settings
from tcolang.model.build import build
from tcolang.model.costmodel import Choice, CostModel
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.program import Expectation, Override, Program


@record
class Filled:
    """The model with everything filled in, and how that was found."""

    model: CostModel
    optima: tuple[Optimum, ...]


def filled(
    program: Program,
    builtins: Sequence[Builtin],
    settings: Settings,
    overrides: Sequence[Override] = (),
    expectations: Sequence[Expectation] | None = None,
    scenario: str = "",
) -> Outcome[Filled | None]:
    """A model without `optimal()` as it is; None after an error."""

    def made(chosen: Mapping[str, float]) -> Outcome[CostModel | None]:
        return build(program, builtins, overrides, expectations, scenario, chosen)

    first = made({})
    model = first.value
    if model is None or first.failed:
        return Outcome(None, first.diagnostics)
    if not model.choices:
        return Outcome(Filled(model, ()), first.diagnostics)
    allowed = _allowed(model, made, settings)
    optima, impossible = optimise(model, settings, allowed)
    if impossible:
        return Outcome(None, in_order((*first.diagnostics, *(_nothing(choice) for choice in impossible))))
    last = made({key: value for optimum in optima for key, value in optimum.values.items()})
    if last.value is None or last.failed:
        return Outcome(None, last.diagnostics)
    return Outcome(Filled(last.value, optima), last.diagnostics)


def _nothing(choice: Choice) -> Diagnostic:
    return Diagnostic(
        NO_WAY_ALLOWED,
        f"no way to serve `{choice.workload}` is allowed: every one of {', '.join(choice.deployments)} is vetoed",
        choice.span,
        help="add a deployment whose custody the rules allow",
    )


Made = Callable[[Mapping[str, float]], Outcome[CostModel | None]]


def _allowed(model: CostModel, made: Made, settings: Settings) -> dict[tuple[str, str], bool]:
    """By option and key of an assignment: whether serving there would be vetoed. One model for each custody tells, in
    which every workload goes there."""
    choices = [choice for choice in model.choices if choice.sort == "assignment"]
    verdicts: dict[tuple[str, str], bool] = {}
    for custody in dict.fromkeys(c for choice in choices for c in choice.custodies):
        going = {k: float(c == custody) for ch in choices for k, c in zip(ch.keys, ch.custodies, strict=True)}
        vetoed = _vetoed(made(going).value, settings)
        for choice in choices:
            for key, where in zip(choice.keys, choice.custodies, strict=True):
                if where == custody:
                    verdicts[choice.option, key] = (choice.option, choice.workload) not in vetoed
    return verdicts


def _vetoed(model: CostModel | None, settings: Settings) -> set[tuple[str, str]]:
    """Options and workloads for which a rule that speaks of both vetoes."""
    if model is None:
        return set()
    quick = replace(settings, samples=min(FUTURES, settings.samples))
    evaluation = evaluate(model, quick, sorted(needed_keys(model))).value
    decision = decide(model, evaluation).value if evaluation is not None else None
    rules = decision.rules if decision is not None else ()
    return {(r.option, r.workload) for r in rules if r.action == "veto" and r.result == "true" and r.workload}
