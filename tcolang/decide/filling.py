"""What `optimal()` stands for, filled in: the cheapest way among those that no veto forbids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tcolang.base.diagnostics import Diagnostic, Outcome, in_order
from tcolang.base.problem import Example, Problem, Severity
from tcolang.base.record import record, replace
from tcolang.decide.decide import decide
from tcolang.decide.keys import needed_keys
from tcolang.engine.candidates import FUTURES
from tcolang.engine.evaluate import evaluate
from tcolang.engine.optimal import Optimum, optimise
from tcolang.engine.settings import Settings
from tcolang.model.build import build
from tcolang.model.costmodel import Choice, CostModel
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.problems.examples import changed
from tcolang.semantics.program import Expectation, Override, Program

_LOCAL = """cloud_node box "8 GPUs" {
  gpus = 8 GPU
  price = 20 USD/hour
  custody = cloud_tenant
}

rented_pool pool "Open weights" {
  node = box
  prefill = 30k tokens/second
  decode = 5k tokens/second
}
"""
_OTHER = """hosted_model other {
  vendor = "B"
  input_price = 1 USD per 1M tokens
  output_price = 2 USD per 1M tokens
}
"""
_CHAT = "requests = 100k requests/month\n  data_class = restricted"


def _restricted(example: Example) -> Example:
    (name, text), *others = example.files
    return Example(((name, text.replace("requests = 100k requests/month", _CHAT)), *others))


NOTHING_ALLOWED = Problem(
    "TCO507",
    "nothing-allowed-to-choose",
    Severity.ERROR,
    "`optimal()` chooses among what the vetoes allow; here they forbid every way.",
    bad=_restricted(changed("small = 100%", "small = optimal()\n    other = optimal()", _OTHER)),
    good=_restricted(changed("small = 100%", "small = optimal()\n    pool = optimal()", _LOCAL)),
)


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
        NOTHING_ALLOWED,
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
