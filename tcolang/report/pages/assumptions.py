"""What the figures rest on: each input that is uncertain, assumed or a default, with its source and place."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.decide.showing import shown_date
from tcolang.model.costmodel import Node
from tcolang.report.amounts import NONE, mean, month, symbol, value
from tcolang.report.blocks import Block, Code, Heading, Link, Paragraph, Prose, Section, Table, prose
from tcolang.report.results import Results
from tcolang.report.words import place
from tcolang.semantics.program import Provenance
from tcolang.semantics.terms import Apply, Dated, Draw, Listing, Term
from tcolang.uncertain.distribution import describe

_HEADERS = ("Name", "Value", "Family", "Source", "Checked", "Grade", "Where")
_DEFAULT = "default of the standard library"


def assumptions(results: Results) -> Section:
    """What was stated first, the defaults of the kinds after it; in the order of the model."""
    stated = tuple(node for node in results.model.nodes if node.sort in ("assumption", "input") and _matters(node))
    defaults = tuple(node for node in results.model.nodes if node.sort == "default")
    blocks: list[Block] = []
    for title, nodes in (("Stated in the spec", stated), ("Defaults of the standard library", defaults)):
        if nodes:
            rows = tuple(_row(results, node) for node in nodes)
            blocks += [Heading(title), Table(_HEADERS, rows, spare=frozenset((2, 4, 5)))]
    note = "Value: what is certain, or P50 (P5–P95). A grade tells how well a figure is founded: "
    note += "measured, contracted, estimated or assumed."
    blocks.append(Paragraph(note if blocks else "Nothing is uncertain, assumed or left to a default."))
    return Section("Assumptions", tuple(blocks), folded=True)


def families(term: Term) -> tuple[str, ...]:
    """The families of the uncertain constants in a term, each once."""
    found: dict[str, None] = {}
    waiting = [term]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Draw):
            found[describe(current.distribution)] = None
        waiting.extend(reversed(tuple(_parts(current))))
    return tuple(found)


def source(provenance: Provenance) -> Prose:
    """Its title as a link where it has an address; else the note, or that nobody says."""
    found = provenance.source
    default = _DEFAULT if provenance.is_default else ""
    said: Prose = provenance.note or ("" if default else "no source")
    if found is not None:
        said = Link(found.title or found.key, found.url) if found.url else found.title or found.key
        said = prose(said, f"; {provenance.note}") if provenance.note else said
    return prose(default, "; " if default and said else "", said)


def shown(results: Results, node: Node) -> str:
    """The value of a node, by dates where it has several."""
    word = symbol(node)
    if word is not None:
        return word
    if node.key not in results.evaluation.values:
        return node.text or NONE
    if not node.monthly:
        return value(node, results.evaluation.estimate(node.key), results.currency)
    months = results.evaluation.by_month(node.key)
    ends = [mean(node, months[index], results.currency) for index in (0, -1)]
    start = results.question.start
    span = f"{ends[0]} in {month(start)}, {ends[1]} in {month(start + len(months) - 1)}"
    return ends[0] if ends[0] == ends[1] and not node.uncertain else f"{span}{_range(results, node)}"


def _range(results: Results, node: Node) -> str:
    if not node.uncertain:
        return ""
    return f"; over the horizon {value(node, results.evaluation.estimate(node.key), results.currency)}"


def _matters(node: Node) -> bool:
    return node.sort == "assumption" or node.uncertain


def _parts(term: Term) -> Iterator[Term]:
    match term:
        case Apply():
            yield from term.arguments
        case Dated():
            yield from (value for _, value in term.segments)
        case Listing():
            yield from term.items
        case _:
            return


def _row(results: Results, node: Node) -> tuple[Prose, ...]:
    provenance = node.provenance
    checked = provenance.source.checked if provenance.source is not None else None
    return (
        Code(node.key),
        shown(results, node),
        ", ".join(families(node.term)) or ("computed" if node.uncertain else "certain"),
        source(provenance),
        shown_date(checked) if checked is not None else NONE,
        node.grade or provenance.grade,
        place(node.span),
    )
