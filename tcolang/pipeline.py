"""The whole program on one page: load, check, evaluate, decide, render.

Each step is one function of one stage. Nothing heavy is imported before it is needed: `check` does without numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tcolang.base.diagnostics import Diagnostic, Outcome, in_order
from tcolang.base.problem import Severity
from tcolang.base.record import record, replace
from tcolang.base.registry import collect
from tcolang.base.source import SourceFile, Span
from tcolang.base.world import World
from tcolang.engine.settings import few
from tcolang.model.build import build
from tcolang.model.costmodel import CostModel, OptionModel, Question
from tcolang.semantics.allowances import Allowed, without_allowed
from tcolang.semantics.analyse import analyse
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.load import load
from tcolang.semantics.program import Expectation, Override, Program
from tcolang.semantics.settings import with_settings
from tcolang.version import __version__

if TYPE_CHECKING:
    from tcolang.decide.coverage import Coverage
    from tcolang.decide.decision import Decision
    from tcolang.decide.expectations import ExpectationResult
    from tcolang.decide.filling import Filled
    from tcolang.engine.breakeven import BreakEven
    from tcolang.engine.evaluation import Evaluation
    from tcolang.engine.optimal import Optimum
    from tcolang.engine.payback import Paid
    from tcolang.engine.settings import Settings
    from tcolang.report.crossings import Crossings
    from tcolang.report.results import Results, ScenarioResult

VOLUMES = tuple(2.0 ** (i / 5) for i in range(-30, 31))
"""Multiples of the stated volume for which the cost of every option is drawn: from a 64th to 64 times."""

SET = "(set)"

Curve = tuple[tuple[float, float], ...]
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


@record
class Checked:
    """A program and its model; either is None where errors left nothing to go on with. `allowed` are findings that
    are meant, each with what says so; `built` is the model with the findings of making it."""

    program: Program | None
    model: CostModel | None
    allowed: tuple[Allowed, ...] = ()
    built: Outcome[CostModel | None] | None = None


@record
class Decided:
    """A model with its evaluation and the decision made from it. `late` is what expectations ask of the decision."""

    model: CostModel
    evaluation: Evaluation
    decision: Decision
    expectations: tuple[ExpectationResult, ...]
    optima: tuple[Optimum, ...]
    late: Mapping[str, object]


def check(
    world: World,
    file: SourceFile,
    settings: Sequence[str] = (),
    lint: bool = False,
    as_of: float | None = None,
    findings_only: bool = False,
) -> Outcome[Checked]:
    """Everything that can be found without evaluating. `settings` are overrides `path=value` of whoever asks: they
    become a scenario of the program, called `SET`. With `lint` also what is no mistake but deserves a look; `as_of` is
    the date by which a file without a decision is judged. With `findings_only` program and model are good for nothing
    else, and what many specs share is worked out once."""
    program = _program(world, file, settings, findings_only)
    if program.failed or program.value is None:
        return Outcome(Checked(program.value, None), program.diagnostics)
    model = build(program.value, _builtins(), extent="findings" if findings_only else "all")
    found = (*program.diagnostics, *model.diagnostics)
    if lint and model.value is not None and not model.failed:
        from tcolang.lint.run import lint as linted

        looked = linted(program.value, model.value, (*found, *_of_rules(program.value)), as_of)
        return Outcome(Checked(program.value, model.value, looked.value, model), looked.diagnostics)
    findings, allowed = without_allowed(found, program.value.allowances)
    return Outcome(Checked(program.value, model.value, allowed, model), in_order(findings))


def decide_under(
    program: Program,
    settings: Settings,
    overrides: Sequence[Override] = (),
    expectations: Sequence[Expectation] | None = None,
    scenario: str = "",
    more: Callable[[CostModel], Iterable[str]] = lambda model: (),
    progress: Progress | None = None,
    built: Outcome[CostModel | None] | None = None,
) -> Outcome[Decided | None]:
    """Evaluates and decides, with inputs overridden. `more` names further nodes to keep; `built` is the model where
    nothing is overridden and it was made before."""
    from tcolang.decide.filling import filled
    from tcolang.engine.evaluate import evaluate

    whole = filled(program, _builtins(), settings, overrides, expectations, scenario, built)
    if whole.value is None:
        return Outcome(None, whole.diagnostics)
    model = whole.value.model
    keep = (*_decided_from(model), *more(model))
    evaluated = evaluate(model, settings, keep, _told(progress, "evaluating"), averaged=True)
    return _decided(program, settings, overrides, whole.value, whole.diagnostics, evaluated)


def _decided_from(model: CostModel) -> tuple[str, ...]:
    """The keys of the nodes whose values a decision and its findings are made from."""
    from tcolang.decide.keys import needed_keys
    from tcolang.decide.unequal import compared_keys

    lines = (key for option in model.options for key in (option.at_once, option.at_end) if key in model.index)
    required = (case.key for case in model.requirements)
    return tuple(dict.fromkeys((*sorted(needed_keys(model)), *required, *lines, *compared_keys(model))))


def _decided(
    program: Program,
    settings: Settings,
    overrides: Sequence[Override],
    whole: Filled,
    found: tuple[Diagnostic, ...],
    evaluated: Outcome[Evaluation | None],
) -> Outcome[Decided | None]:
    """`found` are the findings of making the model."""
    from tcolang.decide.decide import decide
    from tcolang.decide.expectations import check_expectations, late_values
    from tcolang.decide.requirements import failed_requirements
    from tcolang.decide.unequal import priced, unequal

    model = whole.model
    if evaluated.value is None:
        return Outcome(None, in_order((*found, *evaluated.diagnostics)))
    decided = decide(model, evaluated.value)
    failed = failed_requirements(model, evaluated.value)
    findings = (
        *priced(found, model, evaluated.value),
        *evaluated.diagnostics,
        *decided.diagnostics,
        *failed,
        *unequal(model, evaluated.value),
    )
    if decided.value is None or any(finding.severity is Severity.ERROR for finding in failed):
        return Outcome(None, in_order(findings))
    paybacks = (_paybacks(model, evaluated.value, monthly) for monthly in (0.0, _monthly_rate(model)))
    late = dict(late_values(decided.value, *paybacks))
    chosen = {key: value for optimum in whole.optima for key, value in optimum.values.items()}
    late |= {q.name: _answer(q, program, overrides, settings, chosen) for q in model.questions}
    expected = check_expectations(model.expectations, model, evaluated.value, late)
    result = Decided(model, evaluated.value, decided.value, expected.value, whole.optima, late)
    return Outcome(result, in_order((*findings, *expected.diagnostics)))


def results(
    program: Program,
    settings: Settings,
    scenario: str = "",
    overrides: Sequence[Override] = (),
    progress: Progress | None = None,
    thorough: bool = False,
    built: Outcome[CostModel | None] | None = None,
) -> Outcome[Results | None]:
    """All that a report is written from: the decision, its scenarios, break-even and payback. `thorough`: and what
    would change the answer, what to measure first, and what sharing changed. `built` is the model of the program as
    it stands, where it was made before."""
    from tcolang.report.results import Expected, Results

    layers = (*scenario_overrides(program, scenario), *scenario_overrides(program, SET), *overrides)
    expectations = () if scenario or SET in program.scenarios else None
    ready = built if not layers and expectations is None else None
    decided, told = _with_scenarios(program, settings, layers, expectations, scenario, progress, ready)
    if decided.value is None:
        return Outcome(None, decided.diagnostics)
    one = decided.value
    counting, allowed = without_allowed(decided.diagnostics, program.allowances)
    break_evens, curves, futures = _break_evens(one, settings, progress)
    chosen = {key: value for optimum in one.optima for key, value in optimum.values.items()}
    if progress is not None:
        progress("what would change it", 0, 1)
    made = Results(
        model=one.model,
        evaluation=one.evaluation,
        decision=one.decision,
        version=__version__,
        break_evens=break_evens,
        curves=curves,
        curve_futures=futures,
        paybacks=_months(one.model, one.evaluation),
        findings=counting,
        allowed=allowed,
        optima=one.optima,
        expectations=tuple(Expected(e.text, e.result == "true", e.because, e.span.where) for e in one.expectations),
        scenarios=told,
    )
    if thorough:
        from tcolang.decide.portfolio import portfolio
        from tcolang.decide.sure import how_sure

        sure = how_sure(one.model, one.evaluation, one.decision, settings)
        shared = portfolio(program, _builtins(), settings, one.model, one.decision, layers, scenario, chosen)
        made = replace(made, sureness=sure, portfolio=shared)
    return Outcome(made, counting)


def _with_scenarios(
    program: Program,
    settings: Settings,
    layers: Sequence[Override],
    expectations: Sequence[Expectation] | None,
    scenario: str,
    progress: Progress | None,
    ready: Outcome[CostModel | None] | None,
) -> tuple[Outcome[Decided | None], tuple[ScenarioResult, ...]]:
    """The decision, and what is recommended in every other scenario, evaluated together."""
    from tcolang.decide.filling import filled
    from tcolang.decide.recommended import recommended, recommended_keys
    from tcolang.decide.requirements import failed_requirements
    from tcolang.engine.evaluate import evaluate_together
    from tcolang.report.keys import reported_keys
    from tcolang.report.results import ScenarioResult

    whole = filled(program, _builtins(), settings, layers, expectations, scenario, ready)
    if whole.value is None:
        return Outcome(None, whole.diagnostics), ()
    stated = whole.value.model
    names = [name for name in program.scenarios if name not in (scenario, SET)]
    found = {n: filled(program, _builtins(), settings, scenario_overrides(program, n), (), n).value for n in names}
    models = {name: other.model for name, other in found.items() if other is not None}
    required = {name: [case.key for case in model.requirements] for name, model in models.items()}
    asked = [(stated, (*_decided_from(stated), *reported_keys(stated)))]
    asked += [(m, (*sorted(recommended_keys(m)), *required[name])) for name, m in models.items()]
    evaluated, *others = evaluate_together(asked, settings, _told(progress, "evaluating"))
    told: list[ScenarioResult] = []
    for (name, model), other in zip(models.items(), others, strict=True):
        seen = other.value
        if seen is None or any(f.severity is Severity.ERROR for f in failed_requirements(model, seen)):
            continue
        chosen = recommended(model, seen)
        if chosen is not None:
            title = program.scenarios[name].title
            told.append(ScenarioResult(name, title, chosen.option, chosen.costs, chosen.scores))
    return _decided(program, settings, layers, whole.value, whole.diagnostics, evaluated), tuple(told)


def sensitivity(program: Program, settings: Settings, scenario: str = "") -> Outcome[Results | None]:
    """The decision with every input moved until another option comes out best; nothing else of a report."""
    from tcolang.decide.sure import how_sure
    from tcolang.report.results import Results

    overrides = scenario_overrides(program, scenario)
    found = decide_under(program, settings, overrides, (), scenario)
    decided = found.value
    if decided is None:
        return Outcome(None, found.diagnostics)
    sure = how_sure(decided.model, decided.evaluation, decided.decision, settings, thorough=True)
    return Outcome(Results(decided.model, decided.evaluation, decided.decision, __version__, sureness=sure))


@record
class TestResult:
    """A test, or the expectations at the top of a spec as one. `findings` are what it failed by, and expectations that
    another seed might turn."""

    title: str
    span: Span
    passed: bool
    findings: tuple[Diagnostic, ...]


def run_tests(
    program: Program,
    settings: Settings,
    progress: Progress | None = None,
    seen: Callable[[TestResult, Decided], None] = lambda result, decided: None,
) -> tuple[TestResult, ...]:
    """The expectations of the spec as it stands, then each test under its scenario and with its inputs. `seen` is
    given each that could be decided, with what it was found from."""
    if program.decision is None:
        return ()
    cases = [("expectations of the spec", program.decision.span, "", (), program.expectations)] * bool(
        program.expectations
    ) + [(t.title, t.span, t.under or "", t.given, t.expectations) for t in program.tests]
    found: list[TestResult] = []
    for i, (title, span, under, given, expectations) in enumerate(cases):
        if progress is not None:
            progress("testing", i, len(cases))
        layers = (*scenario_overrides(program, under), *given)
        decided = decide_under(program, settings, layers, expectations, under)
        failed = decided.value is None or decided.failed
        told = tuple(d for d in decided.diagnostics if d.severity is Severity.ERROR or _doubts(d, expectations))
        found.append(TestResult(title, span, not failed, told))
        if decided.value is not None:
            seen(found[-1], decided.value)
    return tuple(found)


def run_tests_with_coverage(
    program: Program, settings: Settings, progress: Progress | None = None
) -> tuple[tuple[TestResult, ...], Coverage]:
    """The same, and what they say of the rules: which held, failed and were unknown, and which changes they notice."""
    from tcolang.decide.coverage import Run, coverage

    runs: list[Run] = []

    def seen(result: TestResult, one: Decided) -> None:
        runs.append(Run(result.title, one.model, one.evaluation, one.decision, one.late, result.passed))

    results = run_tests(program, settings, progress, seen)
    if progress is not None:
        progress("changing rules", 0, 1)
    return results, coverage(program.rules, program.main.path, runs)


def untested_rules(program: Program, covered: Coverage) -> tuple[Diagnostic, ...]:
    """The project's rules that lack a test in which they hold, fail or are unknown, but for those that are allowed."""
    from tcolang.decide.untested import untested

    lacking, _ = without_allowed(in_order(tuple(untested(covered))), program.allowances)
    return lacking


def _doubts(finding: Diagnostic, expectations: Sequence[Expectation]) -> bool:
    """Whether it says of an expectation that it holds, or does not, by a hair."""
    from tcolang.decide.problems import THRESHOLD_WITHIN_NOISE

    inside = finding.span
    return (
        finding.problem is THRESHOLD_WITHIN_NOISE
        and inside is not None
        and any(e.span.file == inside.file and e.span.start <= inside.start < e.span.end for e in expectations)
    )


def explanation(
    program: Program, settings: Settings, node: str, depth: int, scenario: str = ""
) -> Outcome[str | tuple[str, ...] | None]:
    """The tree of a value; the names of all values where there is none of that name."""
    from tcolang.engine.evaluate import evaluate
    from tcolang.report.explain import explain, keys_to_explain

    built = build(program, _builtins(), scenario_overrides(program, scenario), (), scenario)
    model = built.value
    if model is None or built.failed:
        return Outcome(None, built.diagnostics)
    if node not in model.index and node not in model.unknown:
        return Outcome(tuple(key for key in model.index if not key.startswith("(") and "@" not in key))
    evaluated = evaluate(model, settings, sorted(keys_to_explain(model, node)))
    if evaluated.value is None:
        return Outcome(None, evaluated.diagnostics)
    return Outcome(explain(model, evaluated.value, node, depth))


def break_even_over(
    program: Program,
    settings: Settings,
    first: str,
    second: str,
    over: str,
    span: tuple[float, float],
    scenario: str = "",
) -> Outcome[Crossings | None]:
    """Every crossing of two options' mean costs within factors of an input, or of all volumes where `over` is ''; over
    all futures of the settings. Raises `NotReachableError`."""
    from tcolang.decide.filling import filled
    from tcolang.engine.breakeven import break_even, refused
    from tcolang.engine.evaluate import evaluate
    from tcolang.engine.within import Reach, within
    from tcolang.report.crossings import Crossings

    overrides = scenario_overrides(program, scenario)
    whole = filled(program, _builtins(), settings, overrides, (), scenario)
    if whole.value is None:
        return Outcome(None, whole.diagnostics)
    chosen = {key: value for optimum in whole.value.optima for key, value in optimum.values.items()}
    model = build(program, _builtins(), overrides, (), scenario, chosen, over).value
    costs = [option.results["tco"] for option in whole.value.model.options if option.name in (first, second)]
    too_large = refused(model, first, second, settings) if model is not None else None
    if too_large is not None:
        return Outcome(None, in_order((*whole.diagnostics, too_large)))
    stated = evaluate(whole.value.model, settings, [over] if over else costs)
    if model is None or stated.value is None:
        return Outcome(None, in_order((*whole.diagnostics, *stated.diagnostics)))
    reach = within(over, model.node(over).type, stated.value.values[over], span) if over else Reach(span)
    found = break_even(model, first, second, settings, reach.span)
    utilised = {o.name: o.results["relative_utilisation"] for o in model.options if "relative_utilisation" in o.results}
    used: list[dict[str, float]] = []
    for crossing in found.crossings:
        seen = evaluate(model, replace(settings, scale=(crossing.factor,)), utilised.values()).value
        used.append({name: seen.estimate(key).mean for name, key in utilised.items()} if seen else {})
    value = stated.value.estimate(over).mean if over else 1.0
    return Outcome(Crossings(model, found, over, value, tuple(used), reach.end))


def scenario_overrides(program: Program, name: str) -> tuple[Override, ...]:
    """Those of a scenario, after those of the one it extends."""
    chain: list[Override] = []
    seen: set[str] = set()
    while name and name not in seen and name in program.scenarios:
        seen.add(name)
        chain[:0] = program.scenarios[name].overrides
        name = program.scenarios[name].extends or ""
    return tuple(chain)


def _answer(
    question: Question,
    program: Program,
    overrides: Sequence[Override],
    settings: Settings,
    chosen: Mapping[str, float],
) -> float | None:
    """The value of an input at the first crossing of two options' mean costs; None where there is none."""
    from tcolang.engine.breakeven import break_even
    from tcolang.engine.evaluate import evaluate
    from tcolang.engine.within import NotReachableError, within

    over, span = question.over, (question.low, question.high)
    model = build(program, _builtins(), overrides, (), chosen=chosen, over=over).value
    if model is None:
        return None
    stated = evaluate(model, settings, [over]).value if over else None
    if over:
        if stated is None:
            return None
        try:
            span = within(over, model.node(over).type, stated.values[over], span).span
        except NotReachableError:
            return None
    found = break_even(model, question.first, question.second, few(settings), span)
    if not found.crossings:
        return None
    return found.crossings[0].factor * (stated.estimate(over).mean if stated is not None else 1.0)


def _program(world: World, file: SourceFile, settings: Sequence[str], shared: bool = False) -> Outcome[Program | None]:
    project = with_settings(load(world, file), settings, SET, world.limits)
    if project.failed:
        # Names would be missing because of what could not be read, so only what stands here is reported.
        return Outcome(None, in_order(project.diagnostics))
    program = analyse(project.value, _builtins(), world.limits, shared)
    return Outcome(program.value, in_order((*project.diagnostics, *program.diagnostics)))


def _of_rules(program: Program) -> tuple[Diagnostic, ...]:
    """What is wrong with the rules of the file itself; those of the packs it uses are judged where they stand."""
    own = program.main.path
    if program.pack is None and not any(rule.span.file.path == own for rule in program.rules):
        return ()
    from tcolang.decide.packs.findings import pack_findings

    return pack_findings(program)


def _builtins() -> tuple[Builtin, ...]:
    return collect("tcolang.semantics.builtins", Builtin)


def _break_evens(
    one: Decided, settings: Settings, progress: Progress | None
) -> tuple[tuple[BreakEven, ...], dict[str, Curve], int]:
    """The recommended option, or the cheapest, against each other one; the cost of all against volume; and over how
    many futures."""
    from tcolang.engine.breakeven import study_volume

    if progress is not None:
        progress("break-even", 0, 1)
    names = [option.name for option in one.model.options]
    decision = one.model.decision
    baseline = decision.baseline if decision and decision.baseline in names else None
    firsts = dict.fromkeys((one.decision.recommended or one.decision.cheapest, *([baseline] if baseline else [])))
    sets = dict.fromkeys(frozenset((first, name)) for first in firsts for name in names if name != first)
    pairs: list[tuple[str, str]] = []
    for pair in sets:
        first, second = sorted(pair, key=lambda name: (name not in firsts, names.index(name)))
        pairs.append((first, second))
    study = study_volume(one.model, names, pairs, few(settings), VOLUMES)
    curves = {name: tuple(zip(VOLUMES, costs, strict=True)) for name, costs in study.costs.items()}
    return study.break_evens, curves, study.futures


def _paybacks(model: CostModel, evaluation: Evaluation, monthly: float) -> Mapping[str, float | None]:
    """In months, infinite where never; against the baseline, unknown for the baseline itself. Costs are discounted at
    the rate per month `monthly`."""
    from tcolang.engine.payback import discounted, payback

    found: dict[str, float | None] = {}
    for name, (option, baseline) in _against_baseline(model, evaluation).items():
        months = payback(discounted(option, monthly), discounted(baseline, monthly))
        found[name] = None if option is baseline else float("inf") if months is None else months
    return found


def _monthly_rate(model: CostModel) -> float:
    """Of discounting; 0 where no rate is stated."""
    from tcolang.semantics.terms import Constant
    from tcolang.semantics.types import GrowthType

    node = model.node("decision.discount_rate") if "decision.discount_rate" in model.index else None
    if node is None or not isinstance(node.term, Constant) or not isinstance(node.term.type, GrowthType):
        return 0.0
    return float((1.0 + node.term.value) ** (1.0 / (node.term.type.period or 12.0)) - 1.0)


def _against_baseline(model: CostModel, evaluation: Evaluation) -> dict[str, tuple[Paid, Paid]]:
    """What each option pays and what the baseline does; nothing where there is no baseline."""
    paid = {option.name: _paid(option, evaluation) for option in model.options}
    baseline = paid.get(model.decision.baseline or "") if model.decision else None
    return {} if baseline is None else {name: (each, baseline) for name, each in paid.items()}


def _paid(option: OptionModel, evaluation: Evaluation) -> Paid:
    """Purchases and one-off payments fall due at the start of their month, instalments at its end, all else accrues
    over it."""
    from tcolang.engine.payback import Paid

    monthly = evaluation.by_month(option.results["monthly"])
    at_once, at_end = (
        evaluation.by_month(key) if key in evaluation.values else (0.0,) * evaluation.months
        for key in (option.at_once, option.at_end)
    )
    evenly = tuple(all_ - once - end for all_, once, end in zip(monthly, at_once, at_end, strict=True))
    return Paid(at_once, evenly, at_end)


def _months(model: CostModel, evaluation: Evaluation) -> dict[str, int | None]:
    from tcolang.engine.payback import paid_back_by

    against = _against_baseline(model, evaluation)
    return {name: paid_back_by(*pair) for name, pair in against.items() if pair[0] is not pair[1]}


def _told(progress: Progress | None, what: str) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, of: progress(what, done, of)
