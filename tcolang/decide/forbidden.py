"""Which deployments the vetoes forbid for which workload, before anything is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tcolang.base.diagnostics import Outcome
from tcolang.base.record import replace
from tcolang.decide.keys import needed_keys
from tcolang.decide.reading import reader
from tcolang.decide.rules import judge_rules
from tcolang.engine.binding import Forbidden
from tcolang.engine.candidates import FUTURES
from tcolang.engine.evaluate import evaluate
from tcolang.engine.settings import Settings
from tcolang.model.build import Extent
from tcolang.model.costmodel import Choice, CostModel
from tcolang.semantics.program import Program, Rule
from tcolang.semantics.results import OPTION_RESULTS
from tcolang.semantics.terms import Apply, AttributeOf, Global, OfOption, OfVariable, ResultOf, Sentence, Term

Made = Callable[[Program, Mapping[str, float], Extent], Outcome[CostModel | None]]


def forbidden(
    choices: Sequence[Choice], program: Program, asking: Program, made: Made, settings: Settings
) -> Forbidden:
    """By option and key of an assignment the rules that would veto serving there. One model for each custody tells,
    in which every workload goes there; `asking` is the program with the options that ask and without rules."""
    rules = tuple(r for r in program.rules if r.action == "veto" and {"option", "workload"} <= set(r.over))
    assignments = [choice for choice in choices if choice.sort == "assignment"]
    if not rules or not assignments:
        return {}
    costs = any(_reads_results(rule, program) for rule in rules)
    judged = replace(program if costs else asking, rules=rules, criteria={})
    verdicts: dict[tuple[str, str], tuple[str, ...]] = {}
    for custody in dict.fromkeys(c for choice in assignments for c in choice.custodies):
        going = {k: float(c == custody) for ch in assignments for k, c in zip(ch.keys, ch.custodies, strict=True)}
        vetoed = _vetoed(made(judged, going, "costs" if costs else "facts").value, settings)
        for choice in assignments:
            for key, where in zip(choice.keys, choice.custodies, strict=True):
                if where == custody:
                    verdicts[choice.option, key] = tuple(vetoed.get((choice.option, choice.workload), ()))
    return verdicts


def _vetoed(model: CostModel | None, settings: Settings) -> dict[tuple[str, str], list[str]]:
    """By option and workload the rules that speak of both and veto."""
    if model is None:
        return {}
    quick = replace(settings, samples=min(FUTURES, settings.samples))
    evaluation = evaluate(model, quick, sorted(needed_keys(model))).value
    rules = judge_rules(model, reader(model, evaluation)) if evaluation is not None else ()
    found: dict[tuple[str, str], list[str]] = {}
    for rule in rules:
        if rule.result == "true":
            found.setdefault((rule.option, rule.workload), []).append(rule.rule)
    return found


def _reads_results(rule: Rule, program: Program) -> bool:
    """Whether it rests on what options cost or publish: without that, no cost has to be worked out."""
    waiting: list[Term] = [*rule.conditions, *(u.condition for u in rule.exceptions), *_told(rule.because)]
    while waiting:
        match waiting.pop():
            case AttributeOf(OfOption()):
                return True
            case AttributeOf(OfVariable("option"), name) if name in OPTION_RESULTS and name != "family":
                return True
            case ResultOf(_, name) if name != "farthest":
                return True
            case Global(key) if key in program.formulas and program.formulas[key].reads_results:
                return True
            case Apply() as apply:
                waiting += apply.arguments
            case _:
                pass
    return False


def _told(sentence: Sentence) -> list[Term]:
    return [part for part in sentence.parts if not isinstance(part, str)]
