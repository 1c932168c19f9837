"""What `optimal()` has found, how sure that is the best, and whether one more would pay."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tcolang.engine.allowance import Excluded
from tcolang.engine.binding import Binding
from tcolang.engine.optimal import Marginal, Optimum
from tcolang.model.costmodel import Choice
from tcolang.report.amounts import money
from tcolang.report.blocks import Block, Bullets, Code, Heading, Paragraph, Prose, Section, Table, prose
from tcolang.report.results import Results
from tcolang.report.words import place
from tcolang.units.quantity import percentage, readable

NOTHING = 1e-9
"""A gap as small as the error of the numbers themselves."""


def optima(results: Results) -> Section | None:
    """None where nothing was to be found."""
    if not results.optima:
        return None
    blocks: list[Block] = []
    for optimum in results.optima:
        blocks += [Heading(Code(optimum.option)), *_blocks(optimum, results)]
    return Section("The best sizes and routes", tuple(blocks))


def _blocks(optimum: Optimum, results: Results) -> Iterator[Block]:
    choices = [choice for choice in results.model.choices if choice.option == optimum.option]
    yield Bullets(tuple(_found(choice, optimum) for choice in choices))
    yield Paragraph(_proof(optimum, results.currency))
    if not optimum.allowed:
        yield Paragraph(
            "All ways that were judged are vetoed, and there are too many to judge them all: this is the "
            "cheapest of them, and the vetoes stand."
        )
    held_back = [
        *(_excluded(each, results.currency) for each in optimum.excluded),
        *(_held_back(binding, results.currency) for binding in optimum.bindings),
    ]
    if held_back:
        yield Bullets(tuple(held_back))
    if optimum.neighbours:
        rows = tuple(
            (prose(readable(n.value), " × ", Code(_deployment(n.key, choices))), money(n.cost, results.currency))
            for n in (*optimum.neighbours,)
        )
        yield Table(("Instead", "Mean cost of the option"), rows, numeric=frozenset((1,)))
    marginals = tuple(_marginal(m, choices) for m in optimum.marginals)
    if marginals:
        yield Bullets(marginals)


def _found(choice: Choice, optimum: Optimum) -> Prose:
    if choice.sort == "assignment":
        chosen = [d for d, k in zip(choice.deployments, choice.keys, strict=True) if optimum.values[k] == 1]
        return prose(Code(choice.workload), " is served by ", Code(", ".join(chosen)), " (", place(choice.span), ")")
    sizes = ", then ".join(readable(optimum.values[key]) for key in choice.keys)
    what = prose(sizes, " replicas of ", Code(choice.deployments[0]), " carry what they can of ")
    return prose(what, Code(choice.workload), ", the rest spills over (", place(choice.span), ")")


def _excluded(excluded: Excluded, currency: str) -> Prose:
    rules = [part for rule in excluded.rules for part in (Code(rule), " and ")][:-1]
    ways = "way that is cheaper" if excluded.ways == 1 else f"{excluded.ways:,} ways that are cheaper"
    verb, veto = ("rules", "veto") if len(excluded.rules) == 1 else ("rule", "vetoes")
    saved = (
        f", by {money(excluded.saved, currency)}"
        if excluded.ways == 1
        else f", by up to {money(excluded.saved, currency)}"
    )
    one = "a " if excluded.ways == 1 else ""
    return prose(f"Held back by the {veto} ", *rules, f", which {verb} out {one}{ways}{saved}")


def _held_back(binding: Binding, currency: str) -> Prose:
    workloads = [part for workload in binding.workloads[:5] for part in (Code(workload), ", ")][:-1]
    if len(binding.workloads) > 5:
        workloads.append(f" and {len(binding.workloads) - 5} more")
    what = Code(binding.deployment)
    if binding.sort == "veto":
        there = (
            f"there it would cost {money(binding.saved, currency)} less" if binding.saved else "there it costs no less"
        )
        return prose(
            "Held back by the veto ", Code(binding.name), ", which rules out ", what, " for ", *workloads, f": {there}"
        )
    if binding.sort == "load":
        return prose("Held back by the load of ", *workloads, ": what there is of ", what, " carries all of it")
    if binding.sort == "cost":
        return prose(
            "Held back by the cost of one more replica of ",
            what,
            ": what it would carry of ",
            *workloads,
            " costs less elsewhere",
        )
    words = binding.words.split(".")[0].strip()
    busy = f"{words[:1].lower()}{words[1:]}" or "the work"
    return prose(
        what,
        f" is held back by {busy}, which is {percentage(binding.share, 2)} of what keeps its copies busy (",
        Code(binding.name),
        ")",
    )


def _proof(optimum: Optimum, currency: str) -> str:
    cost = f"The option then costs {money(optimum.cost, currency)} in present value on average."
    allowed = " that the vetoes allow" if optimum.excluded else ""
    if optimum.method == "exhaustive" and optimum.futures == 1:
        return f"{cost} All {optimum.tried:,} possible ways were evaluated; none{allowed} costs less."
    if optimum.method == "exhaustive" and optimum.proven:
        return (
            f"{cost} All {optimum.tried:,} possible ways were evaluated in the same {optimum.futures:,} futures; none"
            f"{allowed} costs less on average."
        )
    if optimum.method == "exhaustive":
        return (
            f"{cost} All {optimum.tried:,} possible ways were evaluated in the same {optimum.futures:,} futures, and "
            f"those that this left open ({optimum.finalists:,}) in all; none of them costs less on average. The others "
            "are left out by six standard errors, not by proof."
        )
    if optimum.method == "linear program" and optimum.futures == 1 and optimum.proven:
        gap = _gap(optimum.cost, optimum.bound)
        if gap < NOTHING:
            return f"{cost} A linear program proves that no way{allowed} costs less."
    if math.isfinite(optimum.bound):
        return f"{cost} {_bounded(optimum, allowed, currency)}"
    return (
        f"{cost} This is the best of {optimum.tried:,} ways that were evaluated; it is not proven that none costs less"
        f"{_why_not(optimum)}."
    )


def _bounded(optimum: Optimum, allowed: str, currency: str) -> str:
    """How far from the best it may be, in the futures in which that is known."""
    bound = f"{money(optimum.bound, currency)}, which is {percentage(_gap(optimum.there, optimum.bound))} less"
    if optimum.finalists:
        there = f"In the same {optimum.futures:,} futures, where it costs {money(optimum.there, currency)}"
        said = f"{there}, a linear program proves that no way{allowed} costs less than {bound}"
    else:
        over = "" if optimum.futures == 1 else " on average"
        said = f"A linear program proves that no way{allowed} costs less{over} than {bound}"
    if optimum.without == "allowance":
        return f"{said}; the vetoes rule out what it found, and this is the best allowed one that a search found."
    if optimum.proven or optimum.futures == 1:
        return f"{said}."
    return f"{said}: it counts the replicas of a mean load, and whole ones in each future are more."


def _gap(cost: float, bound: float) -> float:
    return (cost - bound) / abs(cost) if cost else 0.0


def _why_not(optimum: Optimum) -> str:
    if optimum.without == "highspy":
        return ": the linear program that would prove it needs `pip install tcolang[optimal]`"
    return ", since no linear program describes how the costs add up"


def _deployment(key: str, choices: list[Choice]) -> str:
    return next(choice.deployments[0] for choice in choices if key in choice.keys)


def _marginal(marginal: Marginal, choices: list[Choice]) -> Prose:
    pays = "pays" if marginal.used >= marginal.needed else "does not pay"
    used, needed = percentage(marginal.used, 2), percentage(marginal.needed, 2)
    what = f"Replica {marginal.replica} would be used {used} of the time and needs {needed}: it {pays}. ("
    return prose(what, Code(_deployment(marginal.key, choices)), ")")
