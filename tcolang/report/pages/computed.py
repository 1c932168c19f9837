"""How it was computed: enough to get the same figures again."""

from __future__ import annotations

from tcolang.model.costmodel import Node
from tcolang.report.amounts import month
from tcolang.report.blocks import Block, Bullets, Code, Heading, Prose, Section, listed, prose
from tcolang.report.pages.assumptions import shown, source
from tcolang.report.results import Results
from tcolang.report.words import counted, place
from tcolang.semantics.program import Pack, Value


def computed(results: Results) -> Section:
    """Versions, seed, samples, packs with their hashes, conventions, exchange rates, and the facts that were stated."""
    blocks: list[Block] = [Bullets((*_method(results), *map(_pack, results.model.program.packs)))]
    for title, items in (
        ("Facts stated about the decision", _facts(results)),
        ("Exchange rates", tuple(_rate(results, node) for node in results.model.nodes if node.sort == "rate")),
        ("Correlations", _correlations(results)),
    ):
        if items:
            blocks += [Heading(title), Bullets(items)]
    return Section("How it was computed", tuple(blocks), folded=True)


def _method(results: Results) -> tuple[Prose, ...]:
    evaluation, question = results.evaluation, results.question
    batches = counted(evaluation.batches, "independent batch", "independent batches")
    futures = f"{counted(evaluation.samples, 'future')} in {batches}"
    return (
        prose("Spec: ", Code(results.model.program.main.path), ", with ", _files(results)),
        f"Tool: tcolang {results.version}",
        f"{futures} of Latin hypercube samples, seed {evaluation.seed}",
        f"{counted(evaluation.months, 'month')} from {month(question.start)}; amounts in {results.currency}",
        _discounting(results),
        *((prose("Scenario: ", Code(results.model.scenario)),) if results.model.scenario else ()),
    )


def _files(results: Results) -> Prose:
    program = results.model.program
    others = tuple(Code(file.path) for file in program.files if file.path != program.main.path)
    return listed(others) if others else "no other files"


def _discounting(results: Results) -> Prose:
    rate = results.question.values.get("discount_rate")
    if rate is None:
        return "Costs are not discounted, since no rate is stated"
    return prose(
        "Costs of month k, counted from 0, are divided by (1 + rate)^(k/12), instalments due at its end by "
        "(1 + rate)^((k+1)/12), with ",
        _written(rate),
        "; before tax",
    )


def _pack(pack: Pack) -> Prose:
    return prose("Rule pack ", Code(pack.name), f" {pack.version}, sha256 ", Code(pack.sha256))


def _facts(results: Results) -> tuple[Prose, ...]:
    return tuple(prose(_written(value), " (", place(value.span), ")") for value in results.question.values.values())


def _written(value: Value) -> Prose:
    return Code(value.span.text)


def _rate(results: Results, node: Node) -> Prose:
    return prose(Code(node.key), f": {shown(results, node)} (", source(node.provenance), ", ", place(node.span), ")")


def _correlations(results: Results) -> tuple[Prose, ...]:
    return tuple(
        prose(Code(one), " and ", Code(other), f": rank correlation {number:g}")
        for one, other, number in results.model.correlations
    )
