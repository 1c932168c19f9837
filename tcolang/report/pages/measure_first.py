"""Measure first: which uncertain figure is worth finding out before deciding, and up to how much."""

from __future__ import annotations

from tcolang.decide.sureness import Known, Sureness
from tcolang.report.amounts import NONE, chance, money
from tcolang.report.blocks import Block, Bullets, Chart, Code, Paragraph, Prose, Section, Series, Table, prose
from tcolang.report.results import Results
from tcolang.units.quantity import rounded

_SHOWN = 10
_NAMED = 3
_NEGLIGIBLE = 1e-5
"""As a share of the cost: what a sampled figure cannot tell from nothing."""


def measure_first(results: Results) -> Section | None:
    """None where nothing is uncertain, or nothing else is allowed."""
    sure = results.sureness
    if sure is None or not sure.known or results.decision.runner_up is None:
        return None
    blocks: list[Block] = [_all(results, sure)]
    named = tuple(_said(results, known) for known in worth_knowing(results, sure)[:_NAMED])
    if named:
        blocks.append(Bullets(named))
    shown = tuple(sorted(sure.known, key=lambda known: (-_worth(results, known), -known.share, known.key))[:_SHOWN])
    rows = tuple((Code(k.key), _amount(results, k), chance(k.share)) for k in shown)
    headers = ("Figure", f"Worth knowing, {results.currency}, up to", "Part of what is uncertain")
    blocks += [Table(headers, rows, numeric=frozenset((1, 2))), _chart(shown), _note()]
    return Section("Measure first", tuple(blocks))


def worth_knowing(results: Results, sure: Sureness) -> tuple[Known, ...]:
    """Those that could change the choice, the most valuable first."""
    return tuple(known for known in sure.known if _worth(results, known) > 0.0)


def _worth(results: Results, known: Known) -> float:
    recommended = results.decision.recommended
    cost = results.decision.option(recommended).cost.mean if recommended else 0.0
    return known.worth if known.worth > _NEGLIGIBLE * abs(cost) else 0.0


def _all(results: Results, sure: Sureness) -> Paragraph:
    if sure.all_known <= 0.0:
        said = "The same option comes out best in every future: finding out more would change nothing."
        return Paragraph(said)
    amount = money(sure.all_known, results.currency)
    said = f"Knowing every uncertain figure exactly before deciding would be worth up to {amount}"
    if not worth_knowing(results, sure):
        return Paragraph(f"{said}; no single one of them would change the choice by itself.")
    return Paragraph(f"{said}: more than that no study, trial or benchmark can be worth.")


def _said(results: Results, known: Known) -> Prose:
    amount = money(known.worth, results.currency)
    return prose("Knowing ", Code(known.key), f" exactly would be worth up to {amount}.")


def _amount(results: Results, known: Known) -> str:
    worth = _worth(results, known)
    return money(worth, results.currency).removesuffix(f" {results.currency}") if worth else NONE


def _chart(shown: tuple[Known, ...]) -> Chart:
    values = tuple(float(rounded(100.0 * known.share, 3)) if known.share else 0.0 for known in shown)
    title = "What the difference to the runner-up depends on"
    labels = tuple(known.key for known in shown)
    return Chart("bars", title, "figure", "%", labels, (Series("part of what is uncertain", values),))


def _note() -> Paragraph:
    return Paragraph(
        "Part of what is uncertain: how much of the ups and downs of the difference in cost between the recommended "
        "option and the runner-up goes away when this figure is known. A dash: knowing it would not change the choice."
    )
