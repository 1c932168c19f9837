"""Several workloads, one recommendation: what each would do alone, what sharing changes, and who bears it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tcolang.base.record import record, replace
from tcolang.decide.allocation import Part, Used, allocate, use
from tcolang.decide.decide import decide
from tcolang.decide.decision import Decision
from tcolang.decide.keys import needed_keys
from tcolang.engine.evaluate import evaluate
from tcolang.engine.evaluation import Evaluation
from tcolang.engine.settings import Settings
from tcolang.model.build import build
from tcolang.model.costmodel import CostModel
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.program import Override, Program, Provenance, Segment
from tcolang.semantics.terms import Constant

FUTURES = 1_000
"""Enough to compare means; all workloads see the same ones."""


@record
class Alone:
    """A workload with the requests of all others at zero, and without the vetoes that speak of the others. `option` is
    what comes out best then (None: everything is ruled out); `known` is False where it cannot be computed. `costs` are
    the mean costs of all options, and `categories` those of the option recommended for all, by category."""

    workload: str
    known: bool
    option: str | None
    costs: Mapping[str, float]
    categories: Mapping[str, float]


@record
class Portfolio:
    """`together` are the costs by category of the recommended option with all workloads, in the same futures. `parts`
    is empty where the cost without one of the workloads cannot be computed."""

    alone: tuple[Alone, ...]
    together: Mapping[str, float]
    parts: tuple[Part, ...] = ()

    @property
    def saved(self) -> float | None:
        """What the recommended option costs less than if each workload paid for it by itself."""
        if not all(each.known for each in self.alone):
            return None
        apart = sum(sum(each.categories.values()) for each in self.alone)
        return apart - sum(self.together.values())

    def shared(self) -> tuple[tuple[str, float], ...]:
        """The categories in which something is saved, the largest first."""
        saved = {name: -amount for name, amount in self.together.items()}
        for each in self.alone:
            for name, amount in each.categories.items():
                saved[name] = saved.get(name, 0.0) + amount
        total = sum(self.together.values())
        return tuple(
            sorted(((n, a) for n, a in saved.items() if a > 1e-9 * total), key=lambda item: (-item[1], item[0]))
        )


def portfolio(
    program: Program,
    builtins: Sequence[Builtin],
    settings: Settings,
    model: CostModel,
    decision: Decision,
    overrides: Sequence[Override] = (),
    scenario: str = "",
    chosen: Mapping[str, float] | None = None,
) -> Portfolio | None:
    """None for a single workload, and where nothing is recommended. `overrides`, `scenario` and `chosen` are those that
    `model` was built with."""
    workloads = tuple(dict.fromkeys(r.workload for o in model.options for r in o.routes))
    if len(workloads) < 2 or decision.recommended is None:
        return None
    quick = replace(settings, samples=min(FUTURES, settings.samples))

    def without(zero: Sequence[str]) -> CostModel | None:
        none = [_nothing(model, workload) for workload in zero]
        return build(program, builtins, (*overrides, *none), (), scenario, chosen).value

    alone: list[Alone] = []
    used: list[Used | None] = []
    for workload in workloads:
        others = without([other for other in workloads if other != workload])
        alone.append(_alone(workload, others, decision.recommended, quick))
        used.append(use(without([workload]), decision.recommended, quick))
    together = evaluate(model, quick, _line_keys(model, decision.recommended)).value
    if together is None:
        return Portfolio(tuple(alone), {})
    costs = {each.workload: sum(each.categories.values()) for each in alone if each.known}
    everything = use(model, decision.recommended, quick)
    parts = allocate(costs, everything, dict(zip(workloads, used, strict=True))) if everything else ()
    return Portfolio(tuple(alone), _by_category(model, decision.recommended, together), parts)


def _nothing(model: CostModel, workload: str) -> Override:
    node = model.node(f"{workload}.requests")
    value = Segment(None, Constant(0.0, node.type, node.span), Provenance(), True, node.span)
    return Override(node.key, (value,), True, node.span)


def _alone(workload: str, made: CostModel | None, recommended: str, settings: Settings) -> Alone:
    unknown = Alone(workload, False, None, {}, {})
    if made is None:
        return unknown
    of_it = tuple(rule for rule in made.rules if rule.workload in ("", workload))
    model = replace(made, rules=of_it)
    seen = evaluate(model, settings, sorted({*needed_keys(model), *_line_keys(model, recommended)})).value
    decided = decide(model, seen).value if seen is not None else None
    if seen is None or decided is None:
        return unknown
    costs = {option.name: option.cost.mean for option in decided.options}
    return Alone(workload, True, decided.recommended, costs, _by_category(model, recommended, seen))


def _line_keys(model: CostModel, option: str) -> list[str]:
    return [line.tco for o in model.options if o.name == option for line in o.lines]


def _by_category(model: CostModel, option: str, seen: Evaluation) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in (line for o in model.options if o.name == option for line in o.lines):
        found[line.category] = found.get(line.category, 0.0) + seen.estimate(line.tco).mean
    return found
