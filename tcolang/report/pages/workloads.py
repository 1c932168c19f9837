"""The workloads: how the recommended option serves each, what each would do alone, and what sharing changes."""

from __future__ import annotations

from tcolang.decide.portfolio import Alone, Portfolio
from tcolang.report.amounts import NONE, chance, money, scale, scaled_currency
from tcolang.report.blocks import (
    Block,
    Bullets,
    Chart,
    Code,
    Heading,
    Paragraph,
    Prose,
    Section,
    Series,
    Table,
    listed,
    prose,
)
from tcolang.report.results import Results
from tcolang.report.words import named, spoken
from tcolang.units.quantity import readable, rounded

_SHARED = 3
_ROUNDING = 1e-6


def workloads(results: Results) -> Section | None:
    """None where nothing is recommended."""
    name = results.decision.recommended
    if name is None:
        return None
    blocks: list[Block] = [_routes(results, name)]
    if results.portfolio is not None:
        blocks.append(Bullets(tuple(_alone(results, name, each) for each in results.portfolio.alone)))
        blocks += _saved(results, name, results.portfolio)
        blocks += _borne(results, results.portfolio)
    blocks += [Heading("People and vendors"), _capacity(results), Paragraph(_capacity_note())]
    return Section("The workloads", tuple(blocks), folded=True)


def _routes(results: Results, name: str) -> Table:
    option = results.option(name)
    served: dict[str, list[Prose]] = {}
    for route in option.routes:
        served.setdefault(route.workload, []).append(prose(Code(route.deployment), f" {route.text}"))
    alone = {each.workload: each for each in results.portfolio.alone} if results.portfolio is not None else {}
    rows = tuple((Code(key), listed(tuple(parts)), _choice(alone.get(key))) for key, parts in served.items())
    return Table(("Workload", "Served by", "Alone it would be"), rows)


def _choice(alone: Alone | None) -> Prose:
    if alone is None or not alone.known:
        return NONE
    return Code(alone.option) if alone.option is not None else _NOTHING


_NOTHING = "nothing: all is ruled out"


def _alone(results: Results, name: str, alone: Alone) -> Prose:
    """What sharing changed for this workload, in words."""
    if not alone.known:
        return prose("What ", Code(alone.workload), " would do alone cannot be computed with no other requests.")
    if alone.option is None:
        return prose(Code(alone.workload), " alone would be ruled out everywhere.")
    if alone.option == name:
        return prose(Code(alone.workload), " alone would go the same way.")
    costs = f"{money(alone.costs[alone.option], results.currency)} against {money(alone.costs[name], results.currency)}"
    said = prose(Code(alone.workload), " alone would go to ", named(results, alone.option), f", at {costs}")
    return prose(said, "; together ", _why(results, name, alone.option))


def _why(results: Results, name: str, instead: str) -> Prose:
    record = results.decision.option(instead)
    if record.vetoes:
        rules = listed(tuple(Code(rule) for rule in record.vetoes))
        return prose("it is ruled out by ", rules, ", because of the other workloads.")
    return prose("it goes to ", Code(name), ", which serves all of them with what is paid for once.")


def _saved(results: Results, name: str, portfolio: Portfolio) -> list[Block]:
    saved = portfolio.saved
    shared = [(n, a) for n, a in portfolio.shared() if a > _ROUNDING * sum(portfolio.together.values())]
    if saved is None or not shared:
        return []
    amount = money(abs(saved), results.currency)
    parts = listed(tuple(f"{spoken(n)} ({money(a, results.currency)})" for n, a in shared[:_SHARED]))
    less = "less" if saved >= 0 else "more"
    said = prose(
        "Served together, ", Code(name), f" costs {amount} {less} than if each workload paid for it by itself; "
    )
    return [Paragraph(prose(said, "most of that is ", parts, ".")), _chart(results, name, portfolio)]


def _chart(results: Results, name: str, portfolio: Portfolio) -> Chart:
    amounts = [sum(portfolio.together.values()), *(sum(each.categories.values()) for each in portfolio.alone)]
    unit = scale(max(amounts), thousands_from=10_000)
    labels = ("together", *(f"{each.workload} alone" for each in portfolio.alone))
    values = tuple(float(rounded(amount / unit, 4)) if amount else 0.0 for amount in amounts)
    title = f"Cost of {name}, together and each alone"
    return Chart("bars", title, "workloads", scaled_currency(unit, results.currency), labels, (Series(name, values),))


def _borne(results: Results, portfolio: Portfolio) -> list[Block]:
    if not portfolio.parts:
        return []
    currency = results.currency
    rows = tuple(
        (
            Code(part.workload),
            chance(part.peak),
            money(part.alone, currency),
            money(part.incremental, currency),
            money(part.allocated, currency),
        )
        for part in portfolio.parts
    )
    headers = ("Workload", "Part of the peak", "Alone", "Adds", "Bears")
    note = (
        "Alone: what the recommended option would cost for this workload only. Adds: what it costs more with it than "
        "without. Bears: what it adds, and of what no workload adds by itself a part by its contribution to the peak."
    )
    return [Table(headers, rows, numeric=frozenset(range(1, 5))), Paragraph(note)]


def _capacity(results: Results) -> Table:
    rows = tuple(_people(results, record.name) for record in results.ranked())
    headers = ("Option", "People assigned, FTE", "Who know the stack needed, FTE", "There now, FTE", "Largest vendor")
    return Table(headers, rows, numeric=frozenset(range(1, 5)))


def _people(results: Results, name: str) -> tuple[Prose, ...]:
    option = results.option(name)
    assigned = [_mean(results, key) for _, key in option.staff]
    total = sum(amount for amount in assigned if amount is not None)
    share = _mean(results, option.results.get("vendor_share", ""))
    return (
        Code(name),
        readable(total) if assigned and total else "0",
        _figure(_mean(results, f"{name}.expertise_needed")),
        _figure(_mean(results, "decision.mlops_team")),
        NONE if share is None else chance(share),
    )


def _figure(value: float | None) -> str:
    return NONE if value is None else readable(value) if value else "0"


def _mean(results: Results, key: str) -> float | None:
    return results.evaluation.estimate(key).mean if key in results.evaluation.values else None


def _capacity_note() -> str:
    return (
        "People assigned: the staff that the option pays for, whatever it serves. Largest vendor: the part of the cost "
        "that goes to one vendor. A dash: nobody has stated it."
    )
