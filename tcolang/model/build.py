"""From a checked program to its cost model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from tcolang.base.cycles import one_cycle, strong_components
from tcolang.base.diagnostics import Label, Outcome, in_order
from tcolang.base.record import record, replace
from tcolang.base.source import Span
from tcolang.model import problems
from tcolang.model.axes import axes
from tcolang.model.cases import Finish, criteria, expect_cases, requirement_cases, rule_case, rule_cases
from tcolang.model.comparable import comparable
from tcolang.model.conditions import Operands
from tcolang.model.costmodel import (
    CostModel,
    CriterionModel,
    ExpectCase,
    LeftOut,
    Line,
    Node,
    OptionModel,
    Question,
    RequirementCase,
    RoutedShare,
    RuleCase,
)
from tcolang.model.drafts import VOLUME, Draft, Drafts, one, value
from tcolang.model.grades import grade
from tcolang.model.inspect import failed_requirements, inspect, zero_divisors
from tcolang.model.instantiate import instantiate
from tcolang.model.judged import are_sound, judged, most_nodes, pending, to_be_made
from tcolang.model.keys import attribute_value, global_value
from tcolang.model.lay_out import Layout, lay_out
from tcolang.model.needs import needs_option
from tcolang.model.profiles import profile_of
from tcolang.model.published import cost_lines, end_key, once_key, results
from tcolang.model.simplify import Unknown, simplify
from tcolang.model.volume import as_stated, read
from tcolang.model.words import stray, undecided
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.problems.names import CYCLE
from tcolang.semantics.program import Expectation, Option, Override, Program, Provenance, Rule, Segment
from tcolang.semantics.terms import Apply, Dated, Draw, Global, Symbol, Term
from tcolang.semantics.timing import retimed
from tcolang.semantics.types import NUMBER_TYPE, WORDS, FlagType, GrowthType, QuantityType
from tcolang.uncertain.correlation import correlation_mistake

Extent: TypeAlias = Literal["all", "findings", "costs", "facts"]


def build(
    program: Program,
    builtins: Sequence[Builtin],
    overrides: Sequence[Override] = (),
    expectations: Sequence[Expectation] | None = None,
    scenario: str = "",
    chosen: Mapping[str, float] | None = None,
    over: str = "",
    extent: Extent = "all",
) -> Outcome[CostModel | None]:
    """All nodes in order. `overrides` are applied in the order given, each over the one before; `chosen` holds what
    `optimal()` has found, by key. `over` is the key of the input that break-even moves, in place of all volumes. Less
    than all of the model is quicker: `findings` leaves out cases of rules in which nothing is found, `costs` what no
    cost or rule rests on, `facts` the costs as well. None after an error that leaves no order (a cycle)."""
    whole = extent in ("all", "findings")
    program = retimed(program, overrides)
    drafts = Drafts(program, _by_target(program, overrides), chosen=chosen or {})
    _words(drafts, results=False)
    layouts = [lay_out(option, drafts) for option in _compared(program)]
    paid: list[tuple[Layout, tuple[Line, ...], tuple[LeftOut, ...]]] = []
    published: dict[str, dict[str, str]] = {}
    for layout in layouts:
        if drafts.full:
            return _too_many(drafts)
        lines, out = ((), ()) if extent == "facts" else cost_lines(layout, drafts)
        paid.append((layout, lines, out))
        published[layout.option.name] = {} if extent == "facts" else results(layout, lines, drafts)
    if extent != "facts":
        _words(drafts, results=True)
    # What is correlated is drawn together, whether anything rests on it or not.
    apart = _everything_else(layouts, drafts) if whole or program.correlations else []
    if drafts.full:
        return _too_many(drafts)
    operands = Operands(drafts)
    stated = program.expectations if expectations is None else expectations
    argued = criteria(tuple(program.criteria.values()), layouts, operands) if program.decision else []
    off = {s.target for s in program.switches if s.value is None}
    rules = [r for r in program.rules if r.id not in off] if program.decision else []
    unmade = _Unmade(rules, layouts, drafts) if extent == "findings" else None
    cases = rule_cases(rules if unmade is None else unmade.not_pending, layouts, operands)
    expected = expect_cases(stated, operands) if program.decision else []
    required = requirement_cases(layouts, operands) if whole else []
    _apart(apart, drafts)
    if drafts.full:
        return _too_many(drafts)
    if unmade is not None and len(drafts.made) + unmade.most > program.limits.nodes:
        return build(program, builtins, overrides, expectations, scenario, chosen, over)
    _scale(drafts, over)
    builder = _Builder(drafts, {b.name: b for b in builtins})
    if not builder.order():
        return Outcome(None, in_order(drafts.findings))
    if unmade is not None:
        unmade.judge(builder, operands)
    options = tuple(builder.option(layout, lines, out, published[layout.option.name]) for layout, lines, out in paid)
    if whole:
        inspect(drafts, builder.nodes, options)
        comparable(drafts, options)
    argument = _Argument(argued, cases, expected, required, tuple(operands.questions))
    model = builder.model(options, argument, scenario)
    blamed = failed_requirements(drafts, model)
    if whole:
        zero_divisors(drafts, builder.nodes, blamed)
    return Outcome(model, in_order(drafts.findings))


@record
class _Argument:
    """All that argues, asks or requires, before it is known what is unknown."""

    criteria: list[CriterionModel]
    rules: list[RuleCase]
    expectations: list[ExpectCase]
    requirements: list[RequirementCase]
    questions: tuple[Question, ...]


class _Unmade:
    """Rules of packs in a spec of which no more than the findings are asked for."""

    def __init__(self, rules: Sequence[Rule], layouts: Sequence[Layout], drafts: Drafts) -> None:
        main = drafts.program.main.path
        of_packs = [rule for rule in rules if rule.span.file.path != main]
        self.pending = pending(judged(of_packs), layouts, drafts)
        self.most = most_nodes(self.pending) if self.pending is not None else 0
        self.not_pending = [r for r in rules if r.span.file.path == main] if self.pending is not None else rules

    def judge(self, builder: _Builder, operands: Operands) -> None:
        """Makes the cases of which it is not known that nothing is found."""
        if self.pending is None:
            return
        drafts, nodes, words = builder.drafts, builder.nodes, builder.words
        cases = to_be_made(self.pending, drafts, nodes, words)
        if not cases:
            return
        finish = Finish(drafts, nodes, words)

        def make() -> None:
            made = [rule_case(rule, context, operands) for rule, context in cases]
            builder.operands()
            for case in made:
                finish.rule(case)

        if drafts.silent(make):
            are_sound(self.pending, drafts, nodes, words)


def _by_target(program: Program, overrides: Sequence[Override]) -> dict[str, list[Override]]:
    """Departures from a pack's parameters count as the first overrides."""
    found: dict[str, list[Override]] = {}
    for switch in program.switches:
        if switch.value is not None:
            note = f"{switch.because} ({switch.by})"
            segment = Segment(None, switch.value, Provenance(None, note), True, switch.span)
            found.setdefault(switch.target, []).append(Override(switch.target, (segment,), True, switch.span))
    for override in overrides:
        found.setdefault(override.target, []).append(override)
    return found


def _compared(program: Program) -> list[Option]:
    if program.decision is None:
        return list(program.options.values())
    return [program.options[name] for name in program.decision.options if name in program.options]


def _too_many(drafts: Drafts) -> Outcome[CostModel | None]:
    """Nothing is evaluated in part."""
    program = drafts.program
    most = program.limits.nodes
    drafts.report(
        problems.TOO_MANY_VALUES,
        f"the model has more than {most:,} values, and that is the limit",
        program.decision.span if program.decision else Span(program.main, 0, 0),
        help="compare fewer options at once, or raise the limit: TCO_LIMIT_NODES",
    )
    return Outcome(None, in_order(drafts.findings))


def _words(drafts: Drafts, *, results: bool) -> None:
    """Formulas at the top of a file that are no numbers, each after those it reads; those that read results at last."""
    for key, declared in drafts.program.formulas.items():
        if isinstance(declared.formula.type, WORDS) and declared.reads_results is results:
            global_value(Global(key, declared.formula.type, declared.formula.span), drafts, instantiate)


def _everything_else(layouts: Sequence[Layout], drafts: Drafts) -> list[str]:
    """Values that no option reads are part of the model too: they can be explained, and their cycles found.

    Returns the components of imported files that nothing reaches: a catalogue may hold what this decision has no use
    for.
    """
    program = drafts.program
    for key in (*program.assumptions, *program.formulas):
        declared = program.assumptions.get(key)
        item = declared.value if declared else program.formulas[key].formula
        global_value(Global(key, item.type, item.span), drafts, instantiate)
        drafts.settle()
    reached = {key for layout in layouts for key in layout.reached}
    apart = [key for key in program.components if "." in key and key not in reached]
    runs = _runs(drafts)
    for key in program.components:
        if "." not in key or key in reached:
            _whole(key, runs.get(key, ()), drafts)
    drafts.settle()
    return apart


def _runs(drafts: Drafts) -> dict[str, list[str]]:
    """By deployment the options that run it."""
    found: dict[str, list[str]] = {}
    for option, deployment in drafts.streams:
        found.setdefault(deployment, []).append(option)
    return found


def _apart(keys: Sequence[str], drafts: Drafts) -> None:
    """What nothing rests on: that a price begins later, or is old, is no matter there."""
    drafts.settle()
    drafts.quiet = True
    for key in keys:
        _whole(key, (), drafts)
    drafts.settle()
    drafts.quiet = False


def _whole(key: str, options: Sequence[str], drafts: Drafts) -> None:
    """All that a component states and works out."""
    program = drafts.program
    component = program.components[key]
    if drafts.full:
        return
    kind = program.kinds[component.kind]
    for name in kind.attributes:
        attribute_value(key, name, None, drafts, instantiate)
    if kind.role == "workload":
        profile_of(key, drafts)
    for name in kind.formulas:
        if not needs_option(program, kind.name, name):
            attribute_value(key, name, None, drafts, instantiate)
    for option in options:
        for name in kind.formulas:
            attribute_value(key, name, option, drafts, instantiate)
        drafts.settle()
        if drafts.full:
            return


def _scale(drafts: Drafts, over: str) -> None:
    """One node multiplies what break-even moves: the requests of every workload, or one input."""
    program = drafts.program
    span = Span(program.main, 0, 0)
    drafts.made[VOLUME] = Draft(
        VOLUME, "input", one(span), NUMBER_TYPE, None, VOLUME, Provenance(), "How much of the stated volume", "1", span
    )
    workloads = [key for key, c in program.components.items() if program.kinds[c.kind].role == "workload"]
    scaled = [over] if over else [f"{workload}.requests" for workload in workloads]
    as_stated(drafts, scaled)
    for key in scaled:
        draft = drafts.made.get(key)
        if draft is not None:
            factors = (value(VOLUME, NUMBER_TYPE, draft.span), draft.term)
            term = Apply("product", factors, draft.type, draft.span, (("powers", (1, 1)),))
            drafts.made[key] = replace(draft, term=term)


class _Builder:
    """Orders the drafts, resolves unknowns, and makes nodes of them."""

    def __init__(self, drafts: Drafts, builtins: dict[str, Builtin]) -> None:
        self.drafts = drafts
        self.builtins = builtins
        self.nodes: dict[str, Node] = {}
        self.words: dict[str, Symbol] = {}

    def order(self) -> bool:
        """False after a cycle, which is reported with every edge and its line."""
        parents = {key: tuple(read(draft.term)) for key, draft in self.drafts.made.items()}
        sound = True
        for component in strong_components(parents):
            key = component[0]
            if len(component) > 1 or key in parents[key]:
                self._cycle(one_cycle(component, parents))
                sound = False
            elif sound:
                self._node(self.drafts.made[key], parents[key])
        return sound

    def operands(self) -> None:
        """Of cases that are made when all else is in order; no other node reads them."""
        seen = self.nodes.keys() | self.words.keys() | self.drafts.unknown.keys()
        for key in [key for key in self.drafts.made if key not in seen]:
            self._node(self.drafts.made[key], tuple(read(self.drafts.made[key].term)))

    def _cycle(self, keys: list[str]) -> None:
        shown = [key for key in keys if "@" not in key] or keys
        drafts = [self.drafts.made[key] for key in keys]
        labels = tuple(
            Label(draft.span, f"`{draft.key}` reads `{following}`")
            for draft, following in zip(drafts[1:], [*keys[2:], keys[0]], strict=True)
        )
        second = keys[1] if len(keys) > 1 else keys[0]
        self.drafts.report(
            CYCLE,
            "values depend on each other in a circle: " + " → ".join([*shown, shown[0]]),
            drafts[0].span,
            note=f"`{keys[0]}` reads `{second}`",
            labels=labels,
            help="state one of them as a number of its own",
        )

    def _node(self, draft: Draft, reads: tuple[str, ...]) -> None:
        growths = {k: n.type for k in reads if (n := self.nodes.get(k)) and isinstance(n.type, GrowthType)}
        term = simplify(draft.term, self.drafts.unknown, growths)
        if isinstance(term, Unknown):
            self.drafts.unknown[draft.key] = term.missing
            return
        if isinstance(term, Symbol) and not isinstance(draft.type, QuantityType | FlagType):
            self.words[draft.key] = term
            return
        wrong = stray(term)
        if wrong is not None:
            undecided(wrong, self.drafts)
            self.drafts.unknown[draft.key] = (draft.key,)
            return
        parents = tuple(dict.fromkeys(reads if term is draft.term else read(term)))
        monthly, uncertain = axes(term, self.nodes, self.builtins)
        type_ = term.type if isinstance(draft.type, GrowthType) else draft.type
        self.nodes[draft.key] = Node(
            draft.key, draft.sort, term, parents, type_, draft.unit, monthly, uncertain, draft.draw,
            grade(draft, [self.nodes[p] for p in parents]), draft.provenance, draft.doc, draft.text, draft.span,
        )  # fmt: skip

    def option(
        self, layout: Layout, lines: tuple[Line, ...], out: tuple[LeftOut, ...], published: dict[str, str]
    ) -> OptionModel:
        facts = self.drafts.facts[layout.option.name]
        routes = tuple(RoutedShare(r.workload, r.deployment, r.key, r.text, r.span) for r in layout.routed)
        staff = tuple((a.role, f"{layout.option.name}.staff.{a.role}") for a in layout.option.staff)
        known = {name: key for name, key in published.items() if key in self.nodes}
        once, end = (
            key if key in self.nodes else "" for key in (once_key(layout.option.name), end_key(layout.option.name))
        )
        return OptionModel(
            layout.option.name, layout.option.title, facts.family, routes, layout.option.bridge, staff, lines, out,
            known, facts.farthest, facts.categories, layout.option.doc, layout.option.span, once, end,
            facts.familyless,
        )  # fmt: skip

    def model(self, options: tuple[OptionModel, ...], argument: _Argument, scenario: str) -> CostModel:
        program = self.drafts.program
        finish = Finish(self.drafts, self.nodes, self.words)
        return CostModel(
            program=program,
            decision=program.decision,
            nodes=tuple(self.nodes.values()),
            index={key: i for i, key in enumerate(self.nodes)},
            unknown=dict(self.drafts.unknown),
            options=options,
            criteria=tuple(finish.criterion(c) for c in argument.criteria),
            rules=tuple(finish.rule(r) for r in argument.rules),
            expectations=tuple(finish.expectation(e) for e in argument.expectations),
            published=tuple(self._published()),
            correlations=self._correlations(),
            volume=VOLUME,
            choices=tuple(self.drafts.choices),
            questions=argument.questions,
            requirements=tuple(finish.requirements(argument.requirements)),
            scenario=scenario,
        )

    def _published(self) -> Iterator[str]:
        program = self.drafts.program
        for key in (*program.assumptions, *program.formulas):
            if "." not in key and key in self.nodes:
                yield key

    def _here(self, key: str, span: Span) -> str:
        """A key as it is written in the file of a span."""
        if span.file.path == self.drafts.program.main.path:
            return key
        return key.removeprefix(f"{span.file.path.rsplit('/', 1)[-1].removesuffix('.tco')}.")

    def _correlations(self) -> tuple[tuple[str, str, float], ...]:
        found: list[tuple[str, str, float]] = []
        for c in self.drafts.program.correlations:
            nodes = [self.nodes.get(key) for key in (c.left, c.right)]
            certain = [key for key, node in zip((c.left, c.right), nodes, strict=True) if not node or not _draws(node)]
            if any(key in self.drafts.overrides for key in certain):
                # A scenario states it for certain, so there is nothing left to correlate.
                continue
            if certain:
                self.drafts.report(
                    problems.NOT_UNCERTAIN,
                    f"`{certain[0]}` has no interval of its own, so it cannot be correlated",
                    c.span,
                    help="correlate the uncertain inputs it is worked out from",
                )
                continue
            found.append((nodes[0].draw, nodes[1].draw, c.value))  # type: ignore[union-attr]
        if found and correlation_mistake(found) is not None:
            span = self.drafts.program.correlations[-1].span
            # Once more by the names under which that file knows them, so that the remedy can be pasted there.
            known = {node.draw: key for key, node in self.nodes.items()}
            named = [(self._here(known[a], span), self._here(known[b], span), rho) for a, b, rho in found]
            mistake = correlation_mistake(named)
            assert mistake is not None
            self.drafts.report(problems.IMPOSSIBLE_CORRELATIONS, mistake.message, span, help=mistake.help)
            return ()
        return tuple(found)


def _draws(node: Node) -> bool:
    stack: list[Term] = [node.term]
    while stack:
        term = stack.pop()
        if isinstance(term, Draw):
            return True
        stack += term.arguments if isinstance(term, Apply) else ()
        stack += [part for _, part in term.segments] if isinstance(term, Dated) else ()
    return False
