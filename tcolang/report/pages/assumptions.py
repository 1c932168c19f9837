"""What the figures rest on: each that is stated or a default, and what the rules assume, with source and place."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.decide.keys import needed_keys
from tcolang.engine.moving import ancestors
from tcolang.model.costmodel import Node
from tcolang.report.amounts import NONE, exactly, mean, month, symbol, value
from tcolang.report.blocks import Block, Code, Heading, Link, Paragraph, Prose, Section, Table, prose
from tcolang.report.results import Results
from tcolang.report.words import place
from tcolang.semantics.program import Provenance
from tcolang.semantics.terms import Apply, Constant, Dated, Draw, Listing, NodeValue, Term
from tcolang.uncertain.distribution import describe

_HEADERS = ("Name", "Value", "Family", "Source", "Checked", "Grade", "Where")
_STATED = ("assumption", "input")
_DEFAULT = "default of the standard library"


def assumptions(results: Results) -> Section:
    """What was stated first, in the order in which it is written, so that the figures of a component stand together;
    then the defaults of the kinds, and what the rule packs assume."""
    blocks: list[Block] = []
    for title, nodes in (
        ("Stated in the spec", _stated(results)),
        ("Defaults of the standard library", tuple(node for node in results.model.nodes if node.sort == "default")),
        ("Of the rules", tuple(node for node in results.model.nodes if _in_pack(results, node))),
    ):
        if nodes:
            rows = tuple(_row(results, node) for node in nodes)
            blocks += [Heading(title), Table(_HEADERS, rows, spare=frozenset((2, 4, 5)))]
    note = "Value: what is certain, or P50 (P5–P95). A grade tells how well a figure is founded: "
    note += "measured, contracted, estimated or assumed."
    blocks.append(Paragraph(note if blocks else "Nothing is stated, assumed or left to a default."))
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
    written = isinstance(node.term, Constant) or not _unscaled(results, node)
    if written and not (node.monthly or node.uncertain):
        return exactly(node, results.evaluation.estimate(node.key).mean, results.currency)
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


def _stated(results: Results) -> tuple[Node, ...]:
    """In the order of the files, the main one first. Facts about the decision have a place of their own, and what only
    repeats another figure is shown by that one."""
    model = results.model
    read = ancestors(model, (*needed_keys(model), *(line.tco for option in model.options for line in option.lines)))
    chosen = (node for node in model.nodes if node.sort in _STATED and _matters(results, node, node.key in read))
    files = (model.program.main, *model.program.files)
    order = {file.path: place for place, file in reversed(tuple(enumerate(files)))}
    return tuple(sorted(chosen, key=lambda node: (order.get(node.span.file.path, len(files)), node.span.start)))


def _matters(results: Results, node: Node, read: bool) -> bool:
    """Figures of a catalogue, and of components that no option uses, count only where something reads them."""
    if node.key == results.model.volume or _in_pack(results, node) or _repeats(node):
        return False
    if node.key.startswith("decision."):
        return node.uncertain
    return read or (node.sort == "assumption" and node.span.file.path == results.model.program.main.path)


def _repeats(node: Node) -> bool:
    return isinstance(node.term, NodeValue) and node.provenance.source is None and not node.provenance.note


def _in_pack(results: Results, node: Node) -> bool:
    """Whether a rule pack assumes it."""
    return node.sort == "assumption" and any(pack.span.file == node.span.file for pack in results.model.program.packs)


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


def _unscaled(results: Results, node: Node) -> tuple[str, ...]:
    """What it is worked out from, but for the factor by which break-even moves all requests."""
    return tuple(parent for parent in node.parents if parent != results.model.volume)


def _said(results: Results, node: Node) -> Prose:
    """Its source; the formula of what is worked out from other figures and has none."""
    if _unscaled(results, node) and node.provenance.source is None and not node.provenance.note:
        return prose("worked out: ", Code(node.text))
    return source(node.provenance)


def _row(results: Results, node: Node) -> tuple[Prose, ...]:
    provenance = node.provenance
    checked = provenance.source.checked_on if provenance.source is not None else ""
    return (
        Code(node.key),
        shown(results, node),
        ", ".join(families(node.term)) or ("computed" if node.uncertain else "certain"),
        _said(results, node),
        checked or NONE,
        node.grade or provenance.grade,
        place(node.span),
    )
