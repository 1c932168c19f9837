"""A second evaluator, as simple as can be: one number at a time, by recursion, with formulas of its own.

It shares nothing with the engine and the builtins but the model and the numbers that are drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tcolang.model.costmodel import CostModel, Node
from tcolang.semantics.terms import Apply, Constant, Dated, Draw, NodeValue, Symbol, Term
from tcolang.semantics.types import ChoiceType, GrowthType
from tcolang.uncertain.distribution import Distribution

NAN = math.nan

PARAMETERS = {
    "grow": ("amount", "rate"),
    "decline": ("amount", "rate"),
    "phase_in": ("amount", "from", "over"),
    "step": ("before", "after", "at"),
    "once": ("amount", "at"),
    "every": ("amount", "period", "from"),
    "capex": ("quantity", "unit_price", "life", "resale"),
    "annuity": ("price", "life", "rate", "resale", "from"),
    "delay": ("flow", "by"),
    "plan": ("amount", "at", "lead"),
}


@dataclass(slots=True)
class Reference:
    """`drawn` has, for the key and the distribution of each draw, one number per future; without any there is one
    future. `volume` takes the place of the node of that name."""

    model: CostModel
    drawn: Mapping[tuple[str, Distribution], Sequence[float]]
    volume: float = 1.0
    known: dict[tuple[int, int, int], float] = field(default_factory=dict)

    @property
    def months(self) -> int:
        assert self.model.decision is not None
        return self.model.decision.horizon

    @property
    def start(self) -> int:
        assert self.model.decision is not None
        return self.model.decision.start

    @property
    def futures(self) -> int:
        return max((len(numbers) for numbers in self.drawn.values()), default=1)

    def value(self, key: str, month: int, future: int) -> float:
        """Of a node, in a month (from 0) of a future (from 0)."""
        if key == self.model.volume:
            return self.volume
        node = self.model.node(key)
        return self.of(node.term, node, month, future)

    def of(self, term: Term, node: Node, month: int, future: int) -> float:
        place = (id(term), month, future)
        if place not in self.known:
            try:
                self.known[place] = self.calculated(term, node, month, future)
            except (ArithmeticError, ValueError):
                self.known[place] = NAN
        return self.known[place]

    def calculated(self, term: Term, node: Node, month: int, future: int) -> float:
        match term:
            case Constant():
                return float(term.value)
            case Symbol(value, ChoiceType() as choice):
                return float(choice.values.index(value))
            case Symbol(value):
                return float(value[1:]) / 100
            case Draw():
                key = node.draw + (f"#{term.ordinal}" if term.ordinal else "")
                return self.drawn[key, term.distribution][future]
            case NodeValue():
                return self.value(term.key, month, future)
            case Dated():
                now = [part for since, part in term.segments if since <= self.start + month]
                return self.of(now[-1], node, month, future)
            case Apply():
                return FUNCTIONS[term.function](Call(self, term, node, month, future))
            case _:
                raise AssertionError(term)


@dataclass(frozen=True, slots=True)
class Call:
    """One application of a function, in one month of one future."""

    reference: Reference
    term: Apply
    node: Node
    month: int
    future: int

    @property
    def view(self) -> object:
        return dict(self.term.settings).get("view", "cash")

    @property
    def now(self) -> int:
        return self.reference.start + self.month

    @property
    def months(self) -> int:
        return self.reference.months

    @property
    def every_month(self) -> range:
        return range(self.months)

    def setting(self, name: str, otherwise: object = None) -> object:
        return dict(self.term.settings).get(name, otherwise)

    def at(self, place: int, month: int | None = None, future: int | None = None) -> float:
        return self.reference.of(
            self.term.arguments[place],
            self.node,
            self.month if month is None else month,
            self.future if future is None else future,
        )

    def all(self) -> list[float]:
        return [self.at(place) for place in range(len(self.term.arguments))]

    def place(self, name: str) -> int | None:
        """Of a parameter of a builtin; None where it was left out."""
        given = self.setting("given", PARAMETERS[self.term.function][: len(self.term.arguments)])
        assert isinstance(given, tuple)
        return given.index(name) if name in given else None

    def named(self, name: str, otherwise: float = 0.0, month: int | None = None) -> float:
        place = self.place(name)
        return otherwise if place is None else self.at(place, month)

    def over_futures(self, place: int, month: int | None = None) -> list[float]:
        return [self.at(place, month, future) for future in range(self.reference.futures)]

    def period(self) -> float:
        stated = self.setting("period")
        if isinstance(stated, int | float):
            return float(stated)
        for argument in self.term.arguments:
            if isinstance(argument.type, GrowthType) and argument.type.period is not None:
                return argument.type.period
        return 1.0


def nearly(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def up(x: float) -> float:
    """The smallest whole number that is not clearly below."""
    return float(next(n for n in (math.floor(x), math.floor(x) + 1) if reaches(n, x)))


def reaches(n: int, x: float) -> bool:
    return n >= x or abs(x - n) <= 1e-9 * abs(n) + 1e-12


def down(x: float) -> float:
    return -up(-x)


def whole_months(life: float) -> int:
    return max(1, math.floor(life + 0.5))


def quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = min(math.floor(place), len(ordered) - 2) if len(ordered) > 1 else 0
    if len(ordered) == 1:
        return ordered[0]
    return ordered[low] * (1 - (place - low)) + ordered[low + 1] * (place - low)


def mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


# Arithmetic and logic


def added(call: Call) -> float:
    signs = call.setting("signs")
    assert isinstance(signs, tuple)
    return math.fsum(sign * value for sign, value in zip(signs, call.all(), strict=True))


def multiplied(call: Call) -> float:
    powers = call.setting("powers")
    assert isinstance(powers, tuple)
    result = 1.0
    for power, value in zip(powers, call.all(), strict=True):
        result = result * value if power > 0 else result / value
    return result


def powered(call: Call) -> float:
    exponent = call.setting("exponent")
    assert isinstance(exponent, int)
    return math.pow(call.at(0), exponent)


def compared(decide: Callable[[float, float], bool]) -> Callable[[Call], float]:
    return lambda call: float(decide(call.at(0), call.at(1)))


def chosen(call: Call) -> float:
    return call.at(1) if call.at(0) != 0 else call.at(2)


def about(call: Call) -> float:
    left, right, within = call.all()
    allowed = abs(within * right) if call.setting("relative") else within
    return float(abs(left - right) <= allowed or nearly(abs(left - right), allowed))


# Over time


def compounding(call: Call, base: Callable[[float], float]) -> float:
    """Each month's rate holds until the next month; the first one's also from the origin to the start."""
    period = call.period()
    origin = call.setting("origin", call.reference.start)
    assert isinstance(origin, int | float)
    rate = call.place("rate")
    assert rate is not None
    result = math.pow(base(call.at(rate, 0)), (call.reference.start - origin) / period)
    for month in range(call.month):
        result *= math.pow(base(call.at(rate, month)), 1 / period)
    return call.at(0) * result


def phased(call: Call) -> float:
    elapsed, span = call.now - call.named("from"), call.named("over")
    if span <= 0:
        return call.at(0) if elapsed >= 0 else 0.0
    return call.at(0) * min(max(elapsed / span, 0.0), 1.0)


def stepped(call: Call) -> float:
    return call.named("after") if call.now >= up(call.named("at")) else call.named("before")


def paid_once(call: Call) -> float:
    return call.at(0) if call.view != "at_horizon" and call.now == down(call.named("at")) else 0.0


def paid_every(call: Call) -> float:
    """Counts payment after payment."""
    if call.view == "at_horizon":
        return 0.0
    period, first = call.named("period"), call.named("from", call.reference.start)
    count, payment = 0, 0
    while first + payment * period < call.now + 1 - 1e-9:
        count += first + payment * period >= call.now - 1e-9
        payment += 1
    return call.at(0) * count


def bought(call: Call) -> list[tuple[int, float, int]]:
    """Month, units and life of each purchase, as a clerk would enter them."""
    purchases: list[tuple[int, float, int]] = []
    for month in call.every_month:
        alive = sum(units for since, units, life in purchases if since + life > month)
        needed = call.named("quantity", month=month)
        if needed - alive > 1e-9 * abs(needed):
            purchases.append((month, needed - alive, whole_months(call.named("life", month=month))))
    return purchases


def invested(call: Call) -> float:
    result = 0.0
    for since, units, life in bought(call):
        price, resale = call.named("unit_price", month=since), call.named("resale", month=since)
        if call.view == "at_horizon":
            result -= units * resale if since + life >= call.months else 0.0
        elif call.view == "charge":
            result += units * (price - resale) / life if since <= call.month < since + life else 0.0
        else:
            result += units * price if since == call.month and call.view == "cash" else 0.0
            result -= units * resale if since + life == call.month else 0.0
    return result


def instalment(call: Call) -> float:
    """What is owed after the last payment is the resale: found by following the debt month by month."""
    life = whole_months(call.named("life", month=0))
    first = down(call.named("from", call.reference.start, month=0))
    if call.view == "at_horizon" or not first <= call.now < first + life:
        return 0.0
    price, resale = call.named("price", month=0), call.named("resale", month=0)
    rate = math.pow(1 + call.named("rate", month=0), 1 / call.period()) - 1
    owed_per_unit_paid = sum((1 + rate) ** month for month in range(life))
    return (price * (1 + rate) ** life - resale) / owed_per_unit_paid


def later(call: Call) -> float:
    since = call.month - int(up(call.named("by")))
    return call.at(0, since) if since >= 0 else 0.0


def planned(call: Call) -> float:
    at, lead = call.place("at"), call.place("lead")
    assert at is not None
    share = call.at(at, 0)
    later_by = 0.0 if lead is None else max(quantile(call.over_futures(lead, k), share) for k in call.every_month)
    return reached(call.over_futures(0, min(call.month + int(up(later_by)), call.months - 1)), share)


def reached(values: Sequence[float], share: float) -> float:
    """The least of the values that so large a share of them does not exceed."""
    return next(v for v in sorted(values) if sum(other <= v for other in values) >= share * len(values) - 1e-9)


def fewest(call: Call) -> float:
    """Counts up with Erlang's C as a textbook has it."""
    load, limit = call.at(0), call.at(1)
    n = 0
    while load > 0 and textbook_c(n, load) > limit * (1 + 1e-9):
        n += 1
    return float(n)


def arrivals(call: Call) -> float:
    """Counts up with the textbook's probabilities."""
    m, share = call.at(0), call.at(1)
    n, sum_ = 0, math.exp(-m)
    while sum_ < share * (1 - 1e-12):
        n += 1
        sum_ += math.exp(-m + n * math.log(m) - math.lgamma(n + 1))
    return float(n)


def live(call: Call) -> float:
    return float(call.month >= call.at(0) - 1e-9)


def peak(call: Call) -> float:
    values = call.all()
    flows, ratios = values[0::2], values[1::2]
    profiles = call.setting("profiles")
    if not isinstance(profiles, tuple) or None in profiles:
        return sum(flow * ratio for flow, ratio in zip(flows, ratios, strict=True))
    curves = [
        [flow * hour * len(profile) / sum(profile) for hour in profile]
        for flow, profile in zip(flows, profiles, strict=True)
    ]
    return max(math.fsum(hour) for hour in zip(*curves, strict=True))


def present_value(call: Call) -> float:
    """Backwards: what is there at the end of a month is discounted over it, then the month's own flow is added."""
    period = call.period()
    worth = call.at(2, call.months - 1) if len(call.term.arguments) > 2 else 0.0
    for month in reversed(call.every_month):
        late = call.at(3, month) if len(call.term.arguments) > 3 else 0.0
        worth = call.at(0, month) - late + (worth + late) / math.pow(1 + call.at(1, month), 1 / period)
    return worth


def largest(call: Call) -> float:
    *vendors, total = (mean(call.over_futures(place)) for place in range(len(call.term.arguments)))
    return 0.0 if total == 0 else max(vendors, default=0.0) / total


def carried(call: Call) -> float:
    """The load-duration curve piece by piece, each cut where it meets the capacity."""
    capacity, load = call.all()
    curve = call.setting("curve")
    assert isinstance(curve, tuple)
    highest: float = max(level for _, one, other in curve for level in (one, other))
    limit = max(capacity, 0.0) / load if load > 0 else highest
    share: float = min(sum(time * below(limit, one, other) for time, one, other in curve), 1.0)
    match call.setting("what"):
        case "share":
            return share
        case "peak":
            return min(limit, highest) / share if share > 0 else highest
        case _:
            return max(highest - limit, 0.0) / (1 - share) if share < 1 else 0.0


def below(limit: float, one: float, other: float) -> float:
    """The mean of what lies below the limit, of a level that goes straight from one to the other."""
    if max(one, other) <= limit:
        return (one + other) / 2
    if min(one, other) >= limit:
        return limit
    met = (limit - one) / (other - one)
    first, last = (one + limit) / 2, limit
    return met * first + (1 - met) * last if one < other else met * last + (1 - met) * (limit + other) / 2


def picked(call: Call) -> float:
    values = call.setting("values")
    assert isinstance(values, tuple)
    return float(values[int(call.at(0))])


def ramp(call: Call) -> float:
    value, none, full = call.all()
    return min(max((value - none) / (full - none), 0.0), 1.0)


def waiting(call: Call) -> float:
    """Erlang's C as a textbook has it."""
    return textbook_c(int(down(call.at(0))), call.at(1))


def textbook_c(n: int, a: float) -> float:
    if a == 0:
        return 0.0
    if a >= n:
        return 1.0
    top = a**n / math.factorial(n) * n / (n - a)
    return top / (sum(a**k / math.factorial(k) for k in range(n)) + top)


FUNCTIONS: Mapping[str, Callable[[Call], float]] = {
    "sum": added,
    "product": multiplied,
    "negate": lambda call: -call.at(0),
    "power": powered,
    "==": compared(nearly),
    "!=": compared(lambda a, b: not nearly(a, b)),
    "<": compared(lambda a, b: a < b and not nearly(a, b)),
    "<=": compared(lambda a, b: a < b or nearly(a, b)),
    ">": compared(lambda a, b: a > b and not nearly(a, b)),
    ">=": compared(lambda a, b: a > b or nearly(a, b)),
    "and": lambda call: float(all(value != 0 for value in call.all())),
    "or": lambda call: float(any(value != 0 for value in call.all())),
    "not": lambda call: float(call.at(0) == 0),
    "if": chosen,
    "in": lambda call: float(any(nearly(call.at(0), item) for item in call.all()[1:])),
    "approx": about,
    "grow": lambda call: compounding(call, lambda rate: 1 + rate),
    "decline": lambda call: compounding(call, lambda rate: 1 - rate),
    "phase_in": phased,
    "step": stepped,
    "once": paid_once,
    "every": paid_every,
    "capex": invested,
    "annuity": instalment,
    "delay": later,
    "cumulative": lambda call: math.fsum(call.at(0, month) for month in range(call.month + 1)),
    "total": lambda call: math.fsum(call.at(0, month) for month in call.every_month),
    "average": lambda call: mean([call.at(0, month) for month in call.every_month]),
    "first_year": lambda call: mean([call.at(0, month) for month in call.every_month[:12]]),
    "in_month": lambda call: call.at(0, int(down(call.at(1, 0))) - call.reference.start),
    "peak_so_far": lambda call: max(call.at(0, month) for month in range(call.month + 1)),
    "plan": planned,
    "ceil": lambda call: up(call.at(0)),
    "floor": lambda call: down(call.at(0)),
    "round": lambda call: math.copysign(down(abs(call.at(0)) + 0.5), call.at(0)),
    "abs": lambda call: abs(call.at(0)),
    "min": lambda call: min(call.all()),
    "max": lambda call: max(call.all()),
    "mean": lambda call: mean(call.over_futures(0)),
    "chance": lambda call: mean(call.over_futures(0)),
    "percentile": lambda call: quantile(call.over_futures(0), call.at(1)),
    "scale": ramp,
    "exp": lambda call: math.exp(call.at(0)),
    "carried": carried,
    "picked": picked,
    "erlang_c": waiting,
    "erlang_servers": fewest,
    "poisson": arrivals,
    "live": live,
    "last_month": lambda call: call.at(0, call.months - 1),
    "peak_flow": peak,
    "discounted": present_value,
    "share_of_largest": largest,
    **{
        f"p{share}": lambda call, share=share: quantile(call.over_futures(0), share / 100)  # type: ignore[misc]
        for share in (5, 10, 25, 50, 75, 80, 90, 95)
    },
}
