"""What `optimal()` stands for, filled in: the cheapest way among those that no veto forbids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tcolang.base.diagnostics import Diagnostic, Label, Outcome, in_order
from tcolang.base.record import record, replace
from tcolang.decide.forbidden import forbidden
from tcolang.decide.problems import NO_WAY_ALLOWED
from tcolang.engine.candidates import NotFiniteError
from tcolang.engine.failures import not_finite_somewhere
from tcolang.engine.optimal import Barred, Optimum, optimise
from tcolang.engine.settings import Settings
from tcolang.model.build import Extent, build
from tcolang.model.costmodel import Choice, CostModel
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.options import is_optimal
from tcolang.semantics.program import Expectation, Option, Override, Program


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
    built: Outcome[CostModel | None] | None = None,
) -> Outcome[Filled | None]:
    """A model without `optimal()` as it is; None after an error. `built` is what was made of the program before, where
    nothing overrides it."""

    def made(stated: Program, chosen: Mapping[str, float], extent: Extent = "all") -> Outcome[CostModel | None]:
        return build(stated, builtins, overrides, expectations, scenario, chosen, extent=extent)

    asking = _asking(program)
    first = made(asking, {}, "costs") if asking is not None else None
    if asking is None or first is None or first.value is None or first.failed or not first.value.choices:
        # What is wrong is told about all of the program, not about a part of it.
        whole = built if built is not None else made(program, {})
        model = None if whole.value is None or whole.failed else whole.value
        return Outcome(Filled(model, ()) if model else None, whole.diagnostics)
    ruled_out, judge = forbidden(first.value.choices, program, asking, made, settings)
    try:
        optima = optimise(first.value, settings, ruled_out, judge)
    except NotFiniteError as wrong:
        return Outcome(None, (not_finite_somewhere(first.value.node(str(wrong))),))
    if optima.impossible or optima.barred:
        nothing = [_nothing(choice) for choice in optima.impossible]
        nothing += [_barred(each, program) for each in optima.barred]
        return Outcome(None, in_order((*made(program, {}).diagnostics, *nothing)))
    last = made(program, {key: value for optimum in optima.found for key, value in optimum.values.items()})
    if last.value is None or last.failed:
        return Outcome(None, last.diagnostics)
    return Outcome(Filled(last.value, optima.found), last.diagnostics)


def _asking(program: Program) -> Program | None:
    """The program with nothing but the options that ask for an `optimal()`; None where none does."""
    decision = program.decision
    if decision is None:
        return None
    names = tuple(name for name in decision.options if name in program.options and _asks(program.options[name]))
    if not names:
        return None
    return replace(program, decision=replace(decision, options=names), rules=(), criteria={}, expectations=())


def _asks(option: Option) -> bool:
    routes = [route for serve in option.serves for route in serve.routes]
    return any(is_optimal(stated) for route in routes for stated in (route.share, route.size) if stated is not None)


def _nothing(choice: Choice) -> Diagnostic:
    return Diagnostic(
        NO_WAY_ALLOWED,
        f"no way to serve `{choice.workload}` is allowed: every one of {', '.join(choice.deployments)} is vetoed",
        choice.span,
        help="add a deployment whose custody the rules allow",
    )


def _barred(barred: Barred, program: Program) -> Diagnostic:
    labels = tuple(Label(rule.span, "this rule") for rule in program.rules if rule.id in barred.rules)
    rules = ", ".join(f"`{rule}`" for rule in barred.rules)
    return Diagnostic(
        NO_WAY_ALLOWED,
        f"no way to fill in `{barred.option}` is allowed: all {barred.ways:,} are vetoed, by {rules}",
        program.options[barred.option].span,
        labels=labels,
        help="add a deployment or a route that the rules allow, or change the rule",
    )
