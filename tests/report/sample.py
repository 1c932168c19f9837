"""A decision made by hand, whose every figure is known in closed form; its texts can be set to something hostile.

Over 24 months and 101 futures u = 0.50, 0.51 … 1.50 (mean 1, P5 0.55, P50 1, P95 1.45):

`api` pays 10,000 EUR × u a month for inference. `own` pays 8,000 EUR a month for people and 96,000 EUR for a machine
in the first month, charged at 2,000 EUR a month, of which 12,000 EUR come back at the end. `mixed` pays 5,000 EUR × u
for inference and 7,500.50 EUR for people a month. Present values are 0.9 times what is paid. 3,650,000 tokens a month
are asked for, which is 120,000 a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tcolang.base.diagnostics import Diagnostic
from tcolang.base.problem import Problem, Severity, spec
from tcolang.base.record import replace
from tcolang.base.source import SourceFile, Span
from tcolang.decide.decision import (
    ConditionRecord,
    Decision,
    Disagreement,
    ExceptionRecord,
    OptionRecord,
    Pairwise,
    RuleRecord,
    ScoreTerm,
    Truth,
    VetoPrice,
)
from tcolang.engine.breakeven import BreakEven, Crossing
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import (
    CostModel,
    CriterionModel,
    LeftOut,
    Line,
    Node,
    NodeSort,
    OptionModel,
    Resale,
    RoutedShare,
    RuleCase,
    Told,
)
from tcolang.report.results import Expected, Results, ScenarioResult
from tcolang.semantics import program
from tcolang.semantics.program import Program, Provenance, Segment, Source, Value
from tcolang.semantics.terms import Apply, Constant, Draw, NodeValue, Symbol, Term
from tcolang.semantics.types import GrowthType, QuantityType, TextType, Type
from tcolang.uncertain.distribution import Distribution
from tcolang.uncertain.summary import summarise
from tcolang.units.dimension import NUMBER, base
from tcolang.units.standard import STANDARD
from tcolang.units.unit import Unit

MONTHS = 24
U = np.linspace(0.5, 1.5, 101)
TEXT = """\
tco 1
decision ask "Own machines or an API?" {
  discount_rate = 8%/year
  owner = "Head of Support"
}
source helpdesk "Helpdesk export" { url = "https://bi.example.com/helpdesk" }
assume tickets: request/month = 90k to 110k requests/month source helpdesk
assume rate: growth = 3%/year
api_line
own_line
mixed_line
rule no_strangers
rule fast
let price: USD per 1M tokens = 2.50 USD per 1M tokens
let ratio = 0.25
fx USD from 2026-01-01 = 0.92 EUR
without box.hosting
"""
FILE = SourceFile("ask.tco", TEXT)
MONEY = QuantityType(base("money"))
FLOW = QuantityType(base("money") / base("time"))
TOKENS = QuantityType(base("token") / base("time"))
PLAIN = QuantityType(NUMBER)
SHARE = QuantityType(NUMBER, share=True)
BAD = spec("tco 1\n")
PROBLEM = Problem("TCO302", "stale-source", Severity.WARNING, "Prices change.", BAD, BAD)

Figures = NDArray[np.float64]


def at(text: str) -> Span:
    start = TEXT.index(text)
    return Span(FILE, start, start + len(text))


def unit(text: str) -> Unit:
    found = STANDARD.parse(text)
    assert isinstance(found, Unit)
    return found


@dataclass
class Sample:
    """Collects nodes and their values; `said` replaces every text that a user writes."""

    said: str | None = None
    nodes: dict[str, Node] = field(default_factory=dict)
    values: dict[str, Figures] = field(default_factory=dict)

    def text(self, ordinary: str) -> str:
        return ordinary if self.said is None else self.said

    def add(
        self,
        key: str,
        values: Figures | float,
        type_: Type = MONEY,
        sort: NodeSort = "cost",
        *,
        unit: Unit | None = None,
        term: Term | None = None,
        span: Span | None = None,
        text: str = "",
        provenance: Provenance | None = None,
        parents: tuple[str, ...] = (),
    ) -> str:
        array = np.atleast_2d(np.asarray(values, dtype=float))
        span = span or at("tco 1")
        self.values[key] = array
        self.nodes[key] = Node(
            key=key,
            sort=sort,
            term=term or Constant(0.0, type_, span),
            parents=parents,
            type=type_,
            unit=unit,
            monthly=array.shape[0] > 1,
            uncertain=array.shape[1] > 1,
            draw=key,
            grade=None,
            provenance=provenance or Provenance(),
            doc="",
            text=self.text(text or key),
            span=span,
        )
        return key

    def line(
        self,
        option: str,
        component: str,
        name: str,
        category: str,
        cash: Figures,
        charge: Figures,
        back: float = 0.0,
    ) -> Line:
        """`cash` and `charge` have shape (months, 1 or futures)."""
        prefix = f"{option}.{component}.{name}"
        nominal = np.atleast_2d(cash.sum(axis=0)) - back
        span = at(f"{option}_line")
        written = f"{component} * {name}"
        resale = None
        if back:
            credit = self.add(f"{prefix}.credit", np.zeros((MONTHS, 1)), FLOW, span=span)
            resold = self.add(f"{prefix}.resold", -0.9 * back, span=span)
            resale = Resale(credit, resold, self.add(f"{prefix}.before", 0.9 * (nominal + back), span=span))
        return Line(
            key=prefix,
            component=component,
            name=name,
            category=category,
            cash=self.add(f"{prefix}.cash", cash, FLOW, span=span, text=written),
            charge=self.add(f"{prefix}.charge", charge, FLOW, span=span),
            at_horizon=self.add(f"{prefix}.back", -back, span=span) if back else None,
            nominal=self.add(f"{prefix}.nominal", nominal, span=span),
            tco=self.add(f"{prefix}.tco", 0.9 * nominal, span=span),
            span=span,
            resale=resale,
        )

    def option(self, name: str, family: str, title: str, lines: tuple[Line, ...]) -> OptionModel:
        results = {
            "tco": self.add(f"{name}.tco", self._sum(line.tco for line in lines), span=at(f"{name}_line")),
            "tco_nominal": self.add(f"{name}.tco_nominal", self._sum(line.nominal for line in lines)),
            "charge": self.add(f"{name}.charge", self._sum(line.charge for line in lines).sum(axis=0)),
            "tokens": self.add(f"{name}.tokens", 3_650_000.0, TOKENS),
            "availability": self.add(f"{name}.availability", 0.999, SHARE),
        }
        left_out: tuple[LeftOut, ...] = ()
        if name == "own":
            price = self.add("own.box.hosting.tco", 4_321.0)
            because = self.text("spare rack, already paid")
            left_out = (LeftOut("box", "hosting", because, price, at("without box.hosting")),)
        return OptionModel(
            name=name,
            title=self.text(title),
            family=family,  # type: ignore[arg-type]
            routes=(RoutedShare("chat", f"{name}_pool", f"{name}.tokens", "100%", at(f"{name}_line")),),
            bridge=None,
            staff=(),
            lines=lines,
            left_out=left_out,
            results=results,
            farthest={"chat": "managed_endpoint" if family == "api" else "own_site"},
            categories=tuple(dict.fromkeys(line.category for line in lines)),
            doc="",
            span=at(f"{name}_line"),
        )

    def _sum(self, keys: object) -> Figures:
        return sum((self.values[key] for key in keys), start=np.zeros((1, 1)))  # type: ignore[attr-defined]


def each_month(amount: float | Figures) -> Figures:
    return np.ones((MONTHS, 1)) * amount


def sample(said: str | None = None) -> Results:
    """The results of the decision above; `own` is recommended, `api` ruled out."""
    made = Sample(said)
    bought = np.zeros((MONTHS, 1))
    bought[0] = 96_000.0
    flow = each_month(10_000.0 * U)
    half = each_month(5_000.0 * U)
    options = (
        made.option("api", "api", "Vendor API", (made.line("api", "acme", "output", "inference", flow, flow),)),
        made.option(
            "own",
            "self_host",
            "Our own machine",
            (
                made.line("own", "mlops", "pay", "people", each_month(8_000.0), each_month(8_000.0)),
                made.line("own", "box", "hardware", "hardware", bought, each_month(2_000.0), back=12_000.0),
            ),
        ),
        made.option(
            "mixed",
            "hybrid",
            "Some of both",
            (
                made.line("mixed", "acme", "output", "inference", half, half),
                made.line("mixed", "mlops", "pay", "people", each_month(7_500.5), each_month(7_500.5)),
            ),
        ),
    )
    _inputs(made)
    keys = tuple(made.nodes)
    model = CostModel(
        program=_program(made),
        decision=_question(made),
        nodes=tuple(made.nodes.values()),
        index={key: place for place, key in enumerate(keys)},
        unknown={"notice": ("api.notice_period",)},
        options=options,
        criteria=(CriterionModel("speed", made.text("Live soon"), "worth.speed", {}, at("rule fast")),),
        rules=(),
        expectations=(),
        published=("tickets", "rate", "price", "ratio", "notice"),
        correlations=(("tickets", "rate", 0.6),),
    )
    evaluation = Evaluation(MONTHS, U.size, 2, 7, made.values)
    return Results(
        model=model,
        evaluation=evaluation,
        decision=_decision(made, evaluation),
        version="1.2.3",
        break_evens=(
            _break_even("api", Crossing(1.25, "equal", "api", "own"), Crossing(2.0, "step", "own", "api")),
            _break_even("mixed"),
        ),
        curves={
            "own": ((0.5, 240_000.0), (1.0, 248_400.0), (2.0, 280_000.0)),
            "api": ((0.5, 108_000.0), (1.0, 216_000.0), (2.0, 432_000.0)),
        },
        paybacks={"own": None, "mixed": 5, "api": 0},
        findings=(
            Diagnostic(
                PROBLEM,
                made.text("the price list is from 2024"),
                at("source helpdesk"),
                note=made.text("prices of `api` fell since"),
                help=made.text("look again"),
            ),
        ),
        expectations=(
            Expected(made.text("ask.recommendation == own"), True, "", "ask.tco:3"),
            Expected(made.text("own.tco < 200k EUR"), False, made.text("it was, last year"), "ask.tco:4"),
        ),
        scenarios=(ScenarioResult("cheap", made.text("Cheaper API"), "mixed", {"own": 250_000.0, "mixed": 90_000.0}),),
    )


def _break_even(other: str, *crossings: Crossing) -> BreakEven:
    return BreakEven("own", other, (0.1, 10.0), crossings, bool(crossings), (), (), ())


def _inputs(made: Sample) -> None:
    helpdesk = _source(made)
    requests = unit("request/month")
    draw = Draw(Distribution("lognormal", (("p5", 9e4), ("p95", 1.1e5))), 0, TOKENS, at("assume tickets"))
    made.add(
        "tickets",
        100_000 * U,
        QuantityType(base("request") / base("time")),
        "assumption",
        unit=requests,
        term=Apply("product", (draw, Constant(1.0, PLAIN, at("assume tickets"))), TOKENS, at("assume tickets")),
        span=at("assume tickets"),
        text="90k to 110k requests/month",
        provenance=Provenance(helpdesk, made.text("twelve months")),
    )
    made.add("rate", 0.03, GrowthType(12), "assumption", span=at("assume rate"), text="3%/year")
    price = STANDARD.parse_per("USD", _million(), "tokens")
    assert isinstance(price, Unit)
    made.add(
        "price",
        2.3e-6,
        QuantityType(base("money") / base("token")),
        "formula",
        unit=price,
        span=at("let price"),
        text="2.50 USD per 1M tokens",
        parents=("tickets", "rate"),
        term=NodeValue("tickets", TOKENS, at("let price")),
    )
    made.add(
        "ratio", 0.25, PLAIN, "formula", span=at("let ratio"), parents=("price", "tickets"), text="price / tickets"
    )
    default = Provenance(note=made.text("assumed: common"), is_default=True)
    made.add("box.pue", 1.4, PLAIN, "default", provenance=default)
    made.add("between", 5.0)
    made.add("USD", 0.92, PLAIN, "rate", span=at("fx USD"))


def _million() -> Decimal:
    return Decimal(1_000_000)


def _source(made: Sample) -> Source:
    url = "https://bi.example.com/helpdesk" if made.said is None else made.said
    title = made.text("Helpdesk export")
    return Source("helpdesk", title, url, 2026 * 12 + 0.0, "measured", at("source helpdesk"), "2026-01-01")


def _question(made: Sample) -> program.Decision:
    growth, words = GrowthType(12), TextType()
    rate, owner = at("discount_rate = 8%/year"), at('owner = "Head of Support"')
    facts = {
        "discount_rate": Value(
            (Segment(None, Constant(0.08, growth, rate), Provenance(), True, rate),), growth, None, rate
        ),
        "owner": Value(
            (Segment(None, Symbol(made.text("Head of Support"), words, owner), Provenance(), True, owner),),
            words,
            None,
            owner,
        ),
    }
    start = 2026 * 12
    names = ("api", "own", "mixed")
    title = made.text("Own machines or an API?")
    return program.Decision(
        "ask", "ask", title, "EUR", start, MONTHS, float(start), names, "api", facts, "", at("decision ask")
    )


def _program(made: Sample) -> Program:
    switch = program.RuleSwitch(
        "pack/two_stacks", None, made.text("one stack only"), made.text("CTO"), 2027 * 12.0, at("rule fast")
    )
    empty = Program(FILE, (FILE,), STANDARD, {}, {}, {}, {}, {}, {}, (), (), {}, None, {}, {}, (), (), (), ())
    return replace(
        empty,
        sources={"helpdesk": _source(made)},
        packs=(program.Pack("pack", "1.0.0", "ab" * 32, at("tco 1")),),
        switches=(switch,),
    )


def _decision(made: Sample, evaluation: Evaluation) -> Decision:
    records = (
        _record(evaluation, "api", "api", 0.5, chance=0.82, best=0.0, vetoes=("no_strangers",)),
        _record(evaluation, "own", "self_host", 0.5, chance=0.0, best=0.81),
        _record(evaluation, "mixed", "hybrid", 0.25, chance=0.18, best=0.19),
    )
    veto = _rule(made, "no_strangers", "api", "veto", "Restricted data stays here.")
    fast = _rule(made, "fast", "mixed", "avoid", "Mixed is late.")
    unclear = replace(_rule(made, "notice", "mixed", "avoid", ""), result="unknown", missing=("api.notice_period",))
    thumb = replace(_rule(made, "volume_low", "api", "prefer", "Low volume speaks for the API."), stepped_back=True)
    return Decision(
        name="ask",
        options=records,
        recommended="own",
        runner_up="mixed",
        cheapest="api",
        cheapest_allowed="own",
        confidence="leaning",
        acceptability=0.81,
        tie_step="score",
        pairs=(
            _pair(evaluation, "api", 0.18),
            _pair(evaluation, "mixed", 0.74),
        ),
        veto_prices=(VetoPrice(("no_strangers",), "api", 16_200.0),),
        strategy_premium=16_200.0,
        conflict_sets=(),
        disagreements=(Disagreement("volume_low", "api", "own", 216_000.0, 248_400.0),),
        rules=(veto, fast, unclear, thumb, _rule(made, "no_monitoring", "own", "warn", "No line for monitoring.")),
        unknown=("api.notice_period",),
        worths={"speed": 20_000.0},
    )


def _record(
    evaluation: Evaluation,
    name: str,
    family: str,
    standing: float,
    *,
    chance: float,
    best: float,
    vetoes: tuple[str, ...] = (),
) -> OptionRecord:
    cost = evaluation.estimate(f"{name}.tco")
    term = ScoreTerm("speed", 20_000.0, standing, 20_000.0 * standing, name == "mixed", ())
    score = term.money - cost.mean
    return OptionRecord(name, family, cost, (term,), score, 0.0, vetoes, (), (), chance, 0.01, best)


def _rule(made: Sample, name: str, option: str, action: str, text: str) -> RuleRecord:
    case = RuleCase(
        rule=name,
        title=made.text(name),
        option=option,
        workload="",
        conditions=(),
        exceptions=(),
        yields_to_cost=False,
        action=action,  # type: ignore[arg-type]
        criterion="speed" if action in ("prefer", "avoid") else None,
        degree=None,
        because=Told((made.text(text),) if text else ()),
        span=at("rule no_strangers") if action == "veto" else at("rule fast"),
    )
    return RuleRecord(case, "true", None, False, (), _Nothing())


def ruled(like: RuleRecord, *, result: Truth = "true", missing: tuple[str, ...] = (), **case: Any) -> RuleRecord:
    """A record of a case that differs from another's."""
    return replace(like, case=replace(like.case, **case), result=result, missing=missing)


class _Nothing:
    """Nothing was read."""

    def conditions(self, case: RuleCase) -> tuple[ConditionRecord, ...]:
        return ()

    def exceptions(self, case: RuleCase) -> tuple[ExceptionRecord, ...]:
        return ()

    def told(self, text: Told) -> str:
        return "".join(map(str, text.parts))


def _pair(evaluation: Evaluation, other: str, cheaper: float) -> Pairwise:
    gap = evaluation.values[f"{other}.tco"][0] - evaluation.values["own.tco"][0]
    return Pairwise(other, summarise(gap, 2), cheaper, 0.01, material=other == "api")
