"""Works out how sure a decision is, from the futures that it was made from and a few hundred cases more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tcolang.base.record import record, replace
from tcolang.decide.decide import decide, decided_by
from tcolang.decide.decision import Decision
from tcolang.decide.foundation import founded
from tcolang.decide.keys import needed_keys
from tcolang.decide.operands import operands_of
from tcolang.decide.plan import Plan, plan_of
from tcolang.decide.reading import reader
from tcolang.decide.rules import judge_rules
from tcolang.decide.sureness import Flip, Known, Sureness, Unflipped
from tcolang.engine.chances import share_failing
from tcolang.engine.evaluation import Evaluation, Values
from tcolang.engine.flips import (
    FARTHEST,
    UNKNOWN,
    Direction,
    Leaders,
    RawFlip,
    flips,
    leaders_of,
    pairs_of,
)
from tcolang.engine.knowing import drawn_inputs, futures, worth_of_knowing, worth_of_knowing_all
from tcolang.engine.moving import (
    Bonus,
    Case,
    Movable,
    ancestors,
    evaluations,
    leads,
    movable,
    movable_inputs,
    scores,
)
from tcolang.engine.settings import Settings
from tcolang.model.costmodel import CostModel

MOST = 6
"""Inputs of which flip points are looked for without being asked for all of them."""

_TRIED = 3.0
_TRIED_FUTURES = 30
_PAIRED = 4
_FURTHER = 1.25
_HALVINGS = 5


@record
class _Asked:
    """The options that are allowed, with the keys of their costs and what they have beside their cost, in money."""

    model: CostModel
    decision: Decision
    settings: Settings
    names: tuple[str, ...]
    costs: tuple[str, ...]
    bonuses: tuple[float, ...]
    stated: int


def how_sure(
    model: CostModel, evaluation: Evaluation, decision: Decision, settings: Settings, thorough: bool = False
) -> Sureness | None:
    """None where nothing is recommended. `evaluation` is the one that was decided on. With `thorough` every input is
    moved, and those that vetoes read with all rules judged again in each case; else the few that matter most."""
    if decision.recommended is None:
        return None
    asked = _asked(model, decision, settings)
    inputs = movable_inputs(model, asked.costs)
    costs = futures(evaluation, asked.costs)
    found = _Flips((), (), None, 0, False)
    if len(asked.names) > 1 and inputs:
        found = _all_flips(asked, inputs, _tried(asked, inputs), thorough)
    return Sureness(
        found.flips,
        found.unflipped,
        found.pair,
        found.left_out,
        found.close,
        worth_of_knowing_all(costs, asked.bonuses),
        _known(asked, costs),
        founded(model, model.node(asked.costs[asked.stated]).key, settings),
    )


def _asked(model: CostModel, decision: Decision, settings: Settings) -> _Asked:
    allowed = [option for option in decision.options if not option.vetoes]
    keys = {option.name: option.results["tco"] for option in model.options if "tco" in option.results}
    names = tuple(option.name for option in allowed)
    bonuses = tuple(option.score + option.cost.mean for option in allowed)
    stated = names.index(decision.recommended or "")
    return _Asked(model, decision, settings, names, tuple(keys[name] for name in names), bonuses, stated)


def _known(asked: _Asked, costs: Sequence[Values]) -> tuple[Known, ...]:
    """Those worth most first, then those that the difference rests on most."""
    rival = asked.decision.runner_up
    pair = (asked.stated, asked.names.index(rival)) if rival is not None else None
    drawn = drawn_inputs(asked.model, asked.costs, asked.settings)
    names: dict[str, str] = {}
    for node in asked.model.nodes:
        if node.uncertain:
            names.setdefault(node.draw, node.key)
    told = worth_of_knowing(drawn, costs, asked.bonuses, pair)
    made = [Known(names.get(each.draw.split("#")[0], each.draw), each.worth, each.share) for each in told]
    return tuple(sorted(made, key=lambda known: (-round(known.worth, 6), -known.share, known.key)))


# Flip points


@record
class _Flips:
    flips: tuple[Flip, ...]
    unflipped: tuple[Unflipped, ...]
    pair: Flip | None
    left_out: int
    close: bool


def _all_flips(asked: _Asked, inputs: Sequence[str], tried: Mapping[str, _Tried], thorough: bool) -> _Flips:
    by_need = sorted(inputs, key=lambda key: (tried[key].left, key))
    moved = tuple(by_need if thorough else by_need[:MOST])
    able = movable(asked.model, (*asked.costs, *moved, *_measured(asked)), moved, asked.settings)
    leaders = leaders_of(lambda cases: _scores(asked, able, cases))
    if leaders([{}])[0] != asked.stated:
        return _Flips((), (), None, 0, True)
    limits = _limits(asked.model, able, moved)
    read = _read_by_vetoes(asked.model, moved) if thorough else ()
    others = tuple(key for key in moved if key not in read)
    raw = _nearest(others, limits, leaders, asked.stated)
    if read:
        raw |= _nearest(read, limits, _judging(asked, read), asked.stated)
    signs = {key: tried[key].sign for key in moved[:_PAIRED]}
    paired = _pair(signs, raw, limits, leaders, asked.stated)
    nearest = sorted((found for found in raw.values() if found is not None), key=lambda found: found.ratio)
    said = _judged(asked, able, [*nearest, *paired])
    none = tuple(Unflipped(key, 1.0 / FARTHEST, limits[key]) for key in moved if raw[key] is None)
    left_out = len(inputs) - len(moved)
    single = tuple(sorted(said[: len(nearest)], key=lambda flip: flip.ratio))
    return _Flips(single, none, said[len(nearest)] if paired else None, left_out, False)


@record
class _Tried:
    """What is left of the recommended option's lead, in money, when an input is at its third or its threefold, the one
    that leaves less; and which way that is: up (1) or down (−1)."""

    left: float
    sign: int


def _tried(asked: _Asked, inputs: Sequence[str]) -> dict[str, _Tried]:
    few = replace(asked.settings, samples=min(_TRIED_FUTURES, asked.settings.samples))
    able = movable(asked.model, (*asked.costs, *inputs, *_measured(asked)), inputs, few)
    limits = _limits(asked.model, able, inputs)
    cases: list[Case] = []
    for key in inputs:
        cases += [{key: min(_TRIED, limits[key])}, {key: 1.0 / _TRIED}]
    lead = leads(_scores(asked, able, cases), asked.stated)
    tried: dict[str, _Tried] = {}
    for place, key in enumerate(inputs):
        up, down = lead[2 * place], lead[2 * place + 1]
        tried[key] = _Tried(min(up, down), 1 if up < down else -1)
    return tried


def _measured(asked: _Asked) -> tuple[str, ...]:
    """What is measured of the options, and may change with an input."""
    names = frozenset(asked.names)
    found = (m.key for c in asked.model.criteria for name, m in c.measures.items() if name in names)
    return tuple(dict.fromkeys(key for key in found if key is not None and key in asked.model.index))


def _scores(asked: _Asked, able: Movable, cases: Sequence[Case]) -> Values:
    """Of shape (options, cases): vetoes and arguments as they are, costs and measures as they become."""
    return scores(able, asked.costs, [_bonus(asked, name) for name in asked.names], cases)


def _bonus(asked: _Asked, name: str) -> Bonus:
    measures = {criterion.name: criterion.measures.get(name) for criterion in asked.model.criteria}
    fixed, measured = 0.0, []
    for term in asked.decision.option(name).terms:
        measure = measures[term.criterion]
        if measure is not None and measure.key in asked.model.index:
            measured.append((term.worth, measure.key or ""))
        else:
            fixed += term.money
    return Bonus(fixed, tuple(measured))


def _limits(model: CostModel, able: Movable, moved: Sequence[str]) -> dict[str, float]:
    """How many times each input may be multiplied: a share is never above one."""
    (stated,) = evaluations(able, moved, [{}])
    limits: dict[str, float] = {}
    for key in moved:
        largest = float(stated.values[key].max())
        share = getattr(model.node(key).type, "share", False)
        limits[key] = min(FARTHEST, 1.0 / largest) if share and largest > 0.0 else FARTHEST
    return limits


def _nearest(
    keys: Sequence[str], limits: Mapping[str, float], leaders: Leaders, stated: int
) -> dict[str, RawFlip | None]:
    """Upwards or downwards, whichever is nearer."""
    ways = [Direction(((key, sign),), limits[key] if sign > 0 else FARTHEST) for key in keys for sign in (1, -1)]
    found = flips(ways, leaders, stated)
    nearest: dict[str, RawFlip | None] = {}
    for place, key in enumerate(keys):
        both = [each for each in found[2 * place : 2 * place + 2] if each is not None]
        nearest[key] = min(both, key=lambda each: each.ratio) if both else None
    return nearest


def _pair(
    signs: Mapping[str, int],
    raw: Mapping[str, RawFlip | None],
    limits: Mapping[str, float],
    leaders: Leaders,
    stated: int,
) -> list[RawFlip]:
    """Of the inputs that matter most, the two that together have to move least, if that is less than one alone has to;
    `signs` tell which way each brings another option nearer."""
    caps = {key: limits[key] if signs[key] > 0 else FARTHEST for key in signs}
    alone = [found.ratio for found in raw.values() if found is not None]
    found = [each for each in flips(pairs_of(signs, caps), leaders, stated) if each is not None]
    nearer = [each for each in found if each.ratio < min(alone, default=FARTHEST + 1.0)]
    return [min(nearer, key=lambda each: each.ratio)] if nearer else []


# With all rules judged again


def _read_by_vetoes(model: CostModel, moved: Sequence[str]) -> tuple[str, ...]:
    """The inputs on which rests what a veto asks for."""
    cases = [case for case in model.rules if case.action == "veto"]
    read = {operand.key for case in cases for operand in operands_of(case) if operand.key is not None}
    found = ancestors(model, sorted(read))
    return tuple(key for key in moved if key in found)


def _judging(asked: _Asked, moved: Sequence[str]) -> Leaders:
    judge = _judge(asked, moved)

    def leaders(cases: Sequence[Case]) -> Sequence[int]:
        return [asked.names.index(name) if name in asked.names else UNKNOWN for name in judge(cases)]

    return leaders


def _judge(asked: _Asked, moved: Sequence[str]) -> Callable[[Sequence[Case]], list[str | None]]:
    """The option with the highest score in each case, among those that no rule excludes there. What few futures move in
    the arguments, such as a percentile, is taken off: scores are told apart by what the case changes."""
    keys = tuple(sorted({*needed_keys(asked.model), *(case.key for case in asked.model.requirements)}))
    able = movable(asked.model, keys, moved, asked.settings)
    as_stated = decide(asked.model, evaluations(able, keys, [{}])[0]).value
    off = {o.name: o.score + o.cost.mean for o in as_stated.options} if as_stated is not None else {}
    plan = plan_of(asked.model)
    off = {name: bonus - off[name] for name, bonus in zip(asked.names, asked.bonuses, strict=True) if name in off}

    def judge(cases: Sequence[Case]) -> list[str | None]:
        return [_leader(plan, seen, off) for seen in evaluations(able, keys, cases)]

    return judge


def _leader(plan: Plan, seen: Evaluation, off: Mapping[str, float]) -> str | None:
    model = plan.model
    if any(share_failing(seen, case.key) > 0 for case in model.requirements):
        return None
    read = reader(model, seen)
    # Nobody is told of the cases, so nothing is looked for but the decision.
    decision = decided_by(judge_rules(plan, seen).records, model, seen, read)
    allowed = [option for option in decision.options if not option.vetoes] if decision is not None else []
    return max(allowed, key=lambda o: (o.score + off.get(o.name, 0.0), o.name)).name if allowed else None


def _judged(asked: _Asked, able: Movable, found: Sequence[RawFlip]) -> tuple[Flip, ...]:
    if not found:
        return ()
    keys = tuple(dict.fromkeys(key for each in found for key, _ in each.direction.exponents))
    judge = _judge(asked, keys)
    ratios, again = _further(found, judge, asked.names[asked.stated])
    (stated,) = evaluations(able, keys, [{}])
    made: list[Flip] = []
    for each, ratio, judged in zip(found, ratios, again, strict=True):
        case = each.direction.at(ratio)
        means_ = tuple(stated.estimate(key).mean for key in case)
        made.append(Flip(tuple(case), tuple(case.values()), means_, asked.names[each.leader], judged))
    return tuple(made)


def _further(
    found: Sequence[RawFlip], judge: Callable[[Sequence[Case]], list[str | None]], stated: str
) -> tuple[list[float], list[str | None]]:
    """Where the rules, judged again, still speak for what is recommended: whether they do a quarter further on too, and
    if not, from where on."""
    ratios = [each.ratio for each in found]
    again = judge([each.direction.at(each.ratio) for each in found])
    lows = list(ratios)
    highs = [min(_FURTHER * each.ratio, each.direction.limit) for each in found]
    open_ = [place for place, name in enumerate(again) if name == stated]
    told = judge([found[place].direction.at(highs[place]) for place in open_])
    turned = {place: name for place, name in zip(open_, told, strict=True) if name != stated}
    for _ in range(_HALVINGS):
        tried = {place: (lows[place] * highs[place]) ** 0.5 for place in turned}
        told = judge([found[place].direction.at(ratio) for place, ratio in tried.items()])
        for (place, ratio), name in zip(tried.items(), told, strict=True):
            if name == stated:
                lows[place] = ratio
            else:
                highs[place], turned[place] = ratio, name
    for place, name in turned.items():
        ratios[place], again[place] = highs[place], name
    return ratios, again
