"""Random cost models over every function, with values in a range in which a difference in the last digit stays one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tcolang.model.costmodel import CostModel, Node
from tcolang.semantics.terms import Apply, Constant, Dated, NodeValue, Symbol, Term
from tests.engine.made import (
    START,
    Written,
    apply,
    dated,
    growth,
    model,
    node,
    over,
    percentile,
    spread,
    times,
    total_of,
)

PERCENTILES = ("P5", "P50", "P80", "P95")


@dataclass(frozen=True, slots=True)
class Pick:
    """Draws the parts of a model; `keys` are the nodes so far."""

    draw: st.DrawFn
    keys: tuple[str, ...]
    months: int

    def number(self, low: float, high: float) -> float:
        return round(self.draw(st.floats(low, high)), 3)

    def whole(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def flag(self) -> bool:
        return self.draw(st.booleans())

    def one_of(self, items: tuple[str, ...]) -> str:
        return self.draw(st.sampled_from(items))

    def value(self) -> Written:
        """A node, or rarely a number."""
        return self.number(0.5, 50.0) if self.whole(0, 5) == 0 else self.one_of(self.keys)

    def small(self, most: float) -> Term:
        """A value between 0 and `most`."""
        return apply("min", apply("abs", self.value()), most)

    def positive(self) -> Term:
        return total_of(apply("abs", self.value()), self.number(0.5, 2.0))

    def date(self) -> float:
        return START + self.whole(0, self.months - 1) + self.draw(st.sampled_from((0.0, 0.5)))

    def rate(self) -> Term:
        """Certain, uncertain or dated, from 0 to 8 percent of its period."""
        certain = growth(self.number(0.0, 0.08), self.draw(st.sampled_from((1.0, 12.0))))
        kind = self.whole(0, 2)
        if kind == 0:
            return certain
        return times(0.001, self.small(40.0)) if kind == 1 else dated((START - 3, 0.02), (START + 2, 0.05))

    def flags(self) -> Term:
        operator = self.one_of(("<", "<=", ">", ">=", "==", "!="))
        return apply(operator, self.value(), self.value())

    def money(self) -> tuple[Term, Term]:
        price = self.positive()
        return price, times(self.number(0.0, 0.5), price)


def _bounded(made: Term) -> Term:
    """So that products of products do not run away, and what is left of a difference has its digits."""
    return apply("max", apply("min", made, 1e3), -1e3)


def _capex(pick: Pick) -> Term:
    price, resale = pick.money()
    view = pick.one_of(("cash", "charge", "resale", "at_horizon"))
    life = total_of(pick.number(1.0, 9.0), pick.small(3.0))
    quantity = apply("ceil", pick.small(30.0)) if pick.flag() else pick.small(30.0)
    return apply("capex", quantity, price, life, resale, view=view)


def _annuity(pick: Pick) -> Term:
    price, resale = pick.money()
    first = (pick.date(),) if pick.flag() else ()
    return apply("annuity", price, pick.number(1.0, 15.0), pick.rate(), resale, *first)


def _every(pick: Pick) -> Term:
    first = (pick.date(),) if pick.flag() else ()
    return apply("every", pick.value(), pick.draw(st.sampled_from((0.25, 1.0, 2.0, 2.5, 7.0))), *first)


def _peak(pick: Pick) -> Term:
    streams = pick.whole(1, 3)
    arguments = [part for _ in range(streams) for part in (pick.small(100.0), pick.number(1.0, 4.0))]
    profile = st.lists(st.floats(0.5, 9.0), min_size=3, max_size=3).map(lambda day: tuple(day * 56))
    profiles = tuple(pick.draw(profile if pick.whole(0, 4) else st.none()) for _ in range(streams))
    return apply("peak_flow", *arguments, profiles=profiles, streams=streams)


def _vendors(pick: Pick) -> Term:
    parts = [pick.positive() for _ in range(pick.whole(0, 3))]
    return apply("share_of_largest", *parts, total_of(*parts, 1.0))


def _discounted(pick: Pick) -> Term:
    back = (apply("negate", pick.small(50.0)),) if pick.flag() else ()
    late = (pick.small(5.0),) if back and pick.flag() else ()
    return apply("discounted", pick.positive(), pick.rate(), *back, *late)


def _carried(pick: Pick) -> Term:
    """What spills over is a small difference where nearly all is carried, so there it is asked of a small capacity."""
    what, load = pick.one_of(("share", "peak", "spilled")), pick.positive()
    capacity = times(pick.number(0.1, 0.9), load) if what == "spilled" else pick.positive()
    low = pick.number(0.1, 0.8)
    middle = pick.number(low, 1.0)
    high = 4.0 - 2.0 * middle - low
    return apply("carried", capacity, load, curve=((0.5, low, middle), (0.5, middle, high)), what=what)


def _picked(pick: Pick) -> Term:
    return apply("picked", apply("floor", pick.small(2.0)), values=(3.0, 1.5, 7.0))


MAKERS: tuple[Callable[[Pick], Term], ...] = (
    lambda p: total_of(p.value(), p.value(), p.value(), signs=(1, 1, 1)),
    lambda p: total_of(times(3.0, p.positive()), p.small(1.0), signs=(1, -1)),
    lambda p: _bounded(times(p.value(), p.value())),
    lambda p: _bounded(over(p.value(), p.positive())),
    lambda p: apply("negate", p.value()),
    lambda p: _bounded(apply("power", p.positive(), exponent=p.whole(-3, 3))),
    lambda p: apply("if", p.flags(), p.value(), p.value()),
    lambda p: apply("if", apply("and", p.flags(), p.flags()), p.value(), p.value()),
    lambda p: apply("if", apply("or", p.flags(), apply("not", p.flags())), p.value(), p.value()),
    lambda p: apply("in", apply("ceil", p.small(5.0)), 1.0, 3.0, apply("floor", p.small(5.0))),
    lambda p: apply("approx", p.value(), p.value(), p.number(0.1, 0.9), relative=p.flag()),
    lambda p: apply("grow", p.value(), p.rate(), origin=START - p.whole(0, 20)),
    lambda p: apply("grow", p.value(), p.rate()),
    lambda p: apply("decline", p.value(), p.rate()),
    lambda p: apply("phase_in", p.value(), p.date(), p.number(0.0, 8.0)),
    lambda p: apply("step", p.value(), p.value(), p.date()),
    lambda p: apply("once", p.value(), p.date()),
    _every,
    _capex,
    _annuity,
    lambda p: apply("delay", p.value(), p.small(4.0)),
    lambda p: apply("cumulative", p.value()),
    lambda p: apply("total", p.positive()),
    lambda p: apply("average", p.positive()),
    lambda p: apply("first_year", p.positive()),
    lambda p: apply("in_month", p.value(), p.date()),
    lambda p: apply("peak_so_far", p.value()),
    lambda p: apply("plan", p.value(), percentile(p.one_of(PERCENTILES))),
    lambda p: apply("plan", p.value(), percentile(p.one_of(PERCENTILES)), p.small(3.0)),
    lambda p: apply(p.one_of(("ceil", "floor", "round", "abs")), p.value()),
    lambda p: apply(p.one_of(("min", "max")), p.value(), p.value(), p.value()),
    lambda p: apply(p.one_of(("mean", "p5", "p10", "p25", "p50", "p75", "p80", "p90", "p95")), p.positive()),
    lambda p: apply("percentile", p.value(), percentile(p.one_of(PERCENTILES))),
    lambda p: apply("chance", p.flags()),
    lambda p: apply("scale", p.value(), 30.0, 10.0),
    # A load within a rounding error of the servers would be one that they can or cannot serve.
    lambda p: apply("erlang_servers", total_of(times(0.93, apply("floor", p.small(12.0))), 0.31), 0.173),
    lambda p: apply("poisson", total_of(p.small(40.0), 0.37), percentile(p.one_of(PERCENTILES))),
    lambda p: apply("erlang_c", p.small(12.0), total_of(times(0.93, apply("floor", p.small(12.0))), 0.31)),
    lambda p: apply("live", p.small(9.0)),
    lambda p: apply("last_month", p.value()),
    lambda p: apply("exp", apply("negate", p.small(5.0))),
    _carried,
    _picked,
    _peak,
    _vendors,
    _discounted,
)


def _inputs(pick: Pick) -> list[Node]:
    """Certain, monthly, uncertain, and both."""
    low = pick.number(0.5, 5.0)
    later = (spread(low, low + 2.0), spread(low * 2.0, low * 3.0))
    return [
        node("certain", pick.number(0.5, 20.0)),
        node("monthly", dated((START - 5, pick.number(1.0, 9.0)), (START + 2, pick.number(1.0, 9.0)))),
        node("uncertain", spread(low, low + pick.number(0.5, 20.0))),
        node("other", total_of(spread(1.0, 4.0), spread(2.0, 9.0, ordinal=1))),
        node("both", dated((START, later[0]), (START + 3, later[1]))),
        node("sized", times("uncertain", "volume")),
    ]


class RandomModel:
    """`text` shows it where a test fails. No dataclass: of those hypothesis prints every field."""

    def __init__(self, model: CostModel, text: str) -> None:
        self.model = model
        self.text = text

    def __repr__(self) -> str:
        return self.text

    @property
    def keys(self) -> list[str]:
        return [n.key for n in self.model.nodes]


@st.composite
def cost_models(draw: st.DrawFn) -> RandomModel:
    """Of up to 16 nodes over up to 8 months."""
    months = draw(st.integers(1, 8))
    nodes = _inputs(Pick(draw, (), months))
    for number in range(draw(st.integers(3, 10))):
        pick = Pick(draw, tuple(n.key for n in nodes), months)
        nodes.append(node(f"node{number}", draw(st.sampled_from(MAKERS))(pick)))
    correlations = (("uncertain", "other", 0.5),) if draw(st.booleans()) else ()
    text = "; ".join(f"{n.key} = {_written(n.term)}" for n in nodes)
    return RandomModel(model(nodes, months=months, correlations=correlations), f"{months} months: {text}")


def _written(made: Term) -> str:
    match made:
        case Apply(name, arguments):
            settings = [f"{k}={v}" for k, v in made.settings if k != "profiles"]
            return f"{name}({', '.join([*map(_written, arguments), *settings])})"
        case Constant() | Symbol():
            return str(made.value)
        case NodeValue():
            return made.key
        case Dated():
            return f"[{', '.join(f'{since}: {_written(part)}' for since, part in made.segments)}]"
        case _:
            return "draw"
