"""Which deployments the vetoes forbid for which workload, before anything is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tcolang.base.diagnostics import Outcome
from tcolang.base.record import replace
from tcolang.decide.keys import needed_keys
from tcolang.decide.plan import plan_of
from tcolang.decide.rests import rests_on
from tcolang.decide.rules import judge_rules
from tcolang.engine.allowance import FREE, Judge
from tcolang.engine.binding import Forbidden
from tcolang.engine.candidates import Filling
from tcolang.engine.evaluate import evaluate
from tcolang.engine.settings import Settings
from tcolang.model.build import Extent
from tcolang.model.costmodel import Choice, CostModel, RuleCase
from tcolang.semantics.program import Program, Rule

Made = Callable[[Program, Mapping[str, float], Extent], Outcome[CostModel | None]]


def forbidden(
    choices: Sequence[Choice], program: Program, asking: Program, made: Made, settings: Settings
) -> tuple[Forbidden, Judge]:
    """By option and key of an assignment the rules that veto serving there, wherever all else goes; and who judges
    the other vetoes, of a way to fill in an option as a whole.

    `asking` is the program with the options that ask and without rules. What rests on nothing that `optimal()` chooses
    is left out: it vetoes the option however that is filled in, or not at all.
    """
    by_place: list[Rule] = []
    by_whole: list[Rule] = []
    scopes: set[str] = set()
    for rule in program.rules:
        if rule.action == "veto" and "option" in rule.over:
            scope = rests_on(rule, program, asking)
            if scope == "place" and "workload" in rule.over:
                by_place.append(rule)
            elif scope != "nothing":
                by_whole.append(rule)
                scopes.add(scope)
    asked = [choice for choice in choices if choice.sort == "assignment"]
    places = _places(asked, replace(asking, rules=tuple(by_place)), made, settings) if by_place and asked else {}
    return places, _judge(choices, program, asking, tuple(by_whole), scopes, made, settings) if by_whole else FREE


def _places(asked: Sequence[Choice], judged: Program, made: Made, settings: Settings) -> Forbidden:
    """One model for each custody tells, in which every workload goes there."""
    verdicts: dict[tuple[str, str], tuple[str, ...]] = {}
    for custody in dict.fromkeys(c for choice in asked for c in choice.custodies):
        going = {k: float(c == custody) for ch in asked for k, c in zip(ch.keys, ch.custodies, strict=True)}
        vetoed = _vetoed(made(judged, going, "facts").value, settings)
        for choice in asked:
            for key, where in zip(choice.keys, choice.custodies, strict=True):
                if where == custody:
                    held = [
                        case.rule for case in vetoed if (case.option, case.workload) == (choice.option, choice.workload)
                    ]
                    verdicts[choice.option, key] = tuple(dict.fromkeys(held))
    return verdicts


def _judge(
    choices: Sequence[Choice],
    program: Program,
    asking: Program,
    rules: tuple[Rule, ...],
    scopes: set[str],
    made: Made,
    settings: Settings,
) -> Judge:
    """One model for each way, as it would be decided on. Only where costs count are those of the other options worked
    out."""
    costs = "way" in scopes or "use" in scopes

    def vetoes(option: str, filling: Filling) -> tuple[str, ...]:
        judged = replace(program if "way" in scopes else asking, rules=rules, criteria={}, expectations=())
        model = made(judged, filling, "costs" if costs else "facts").value
        return tuple(dict.fromkeys(case.rule for case in _vetoed(model, settings) if case.option == option))

    return Judge(vetoes, scopes <= {"use"} and all(choice.sort == "assignment" for choice in choices))


def _vetoed(model: CostModel | None, settings: Settings) -> list[RuleCase]:
    """The rules that veto, with what they speak of."""
    if model is None:
        return []
    evaluation = evaluate(model, settings, sorted(needed_keys(model))).value
    records = judge_rules(plan_of(model), evaluation).records if evaluation is not None else ()
    return [case for case, record in zip(model.rules, records, strict=False) if record.result == "true"]
