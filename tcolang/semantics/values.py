"""What an attribute or assumption is set to: its segments in time, each with its term and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tcolang.base.diagnostics import Label
from tcolang.base.suggest import did_you_mean
from tcolang.semantics.check import check, months_of
from tcolang.semantics.literals import number_of
from tcolang.semantics.problems import names as name_problems
from tcolang.semantics.problems import units as problems
from tcolang.semantics.program import Provenance, Segment, Source, Value
from tcolang.semantics.scope import FileScope, Scope, is_poison, natural_unit
from tcolang.semantics.terms import Constant, Draw, Listing, Symbol, Term
from tcolang.semantics.types import (
    WORDS,
    AnyType,
    GrowthType,
    ListType,
    QuantityType,
    ReferenceType,
    Type,
)
from tcolang.semantics.words import fits, words
from tcolang.syntax import items, nodes
from tcolang.units.dimension import Dimension
from tcolang.units.unit import Unit


def value_of(
    lines: Sequence[items.Attribute | items.Assume], scope: Scope, type_: Type | None, unit: Unit | None, name: str
) -> Value:
    """All lines that set one name, checked against its type. Dates must rise; a line without a date stands alone."""
    _dates_rise(lines, scope, name)
    segments: list[Segment] = []
    for line in lines:
        inner = scope.within(counter=type(scope.counter)())
        term = check(line.value, inner, type_)
        if type_ is not None:
            term = accepted(term, type_, unit, scope, name)
        scope.reads_results += [span for span in inner.reads_results if span not in scope.reads_results]
        since = months_of(line.since) if line.since else None
        flat = any(isinstance(clause, items.FlatClause) for clause in line.clauses)
        segments.append(Segment(since, term, provenance(line.clauses, scope), flat, line.value.span))
    actual = next((s.term.type for s in segments if not is_poison(s.term)), AnyType())
    joined = _joined(type_, actual)
    if isinstance(joined, WORDS):
        _undated(lines, joined, scope, name)
    _one_period(segments, scope)
    return Value(tuple(segments), joined, unit or natural_unit(joined), lines[0].span)


def _undated(lines: Sequence[items.Attribute | items.Assume], type_: Type, scope: Scope, name: str) -> None:
    dated = [line.since for line in lines if line.since is not None]
    if dated:
        scope.report(
            problems.WORD_WITH_DATE,
            f"`{name}` is {words(type_)}, which does not change over time",
            dated[0].span,
            help=f"`{name} = …` without a date; what differs from a date on is another component or option",
        )


def _joined(type_: Type | None, actual: Type) -> Type:
    """The declared type, with the period that a growth is stated with."""
    if type_ is None or (isinstance(type_, GrowthType) and isinstance(actual, GrowthType)):
        return actual
    return type_


def _one_period(segments: list[Segment], scope: Scope) -> None:
    periods = {s.term.type.period for s in segments if isinstance(s.term.type, GrowthType)}
    if len(periods) > 1:
        scope.report(
            problems.GROWTH_ARITHMETIC,
            "the segments of a growth are stated over different periods",
            segments[-1].span,
            help="state all of them per month, or all per year",
        )


def accepted(term: Term, type_: Type, unit: Unit | None, scope: Scope, name: str) -> Term:
    """The term, or after a finding one that fits everywhere, where it is not what `name` takes."""
    if is_poison(term):
        return term
    if isinstance(type_, ReferenceType):
        return _accepted_reference(term, type_, scope, name)
    if isinstance(type_, ListType) and isinstance(term, Listing) and not term.items:
        return term
    if not fits(term.type, type_):
        wanted = unit.text if unit and unit.text else words(type_)
        return scope.wrong(
            problems.WRONG_TYPE,
            f"`{name}` is {words(type_)}",
            term.span,
            note=f"this is {words(term.type)}",
            help=_lacking(term, type_, unit) or f"`{name}` takes {wanted}",
        )
    number = number_of(term)
    if isinstance(type_, QuantityType) and type_.share and number is not None and not 0 <= number <= 1:
        return scope.wrong(
            problems.SHARE_OUTSIDE,
            f"`{name}` is a share, and {number * 100:.15g}% lies outside 0–100%",
            term.span,
            help="35% is written `35%` or `0.35`",
        )
    return term


def _lacking(term: Term, wanted: Type, unit: Unit | None) -> str:
    """Which factor a quantity lacks: `EUR/year` for `money/year-FTE` lacks `FTE`."""
    actual = term.type
    if not isinstance(actual, QuantityType) or not isinstance(wanted, QuantityType):
        return ""
    ratio = wanted.dimension / actual.dimension
    if not isinstance(term, Constant | Draw) and not re.match(r"[-+(]*[0-9]", term.span.text):
        return _factors(ratio)
    under = [base for base, power in ratio.exponents if power < 0]
    over = [base for base, power in ratio.exponents if power > 0]
    parts = [f"is not stated per {base}" for base in under] + [f"lacks {base}" for base in over]
    written = f": write `… {unit.text}`" if unit and unit.text else ""
    if (
        not written
        and under == ["time"]
        and not over
        and re.fullmatch(r"[0-9][0-9._]*[kMBT]? [A-Z]{3}", term.span.text)
    ):
        written = f": write `{term.span.text}/year`"
    return f"the amount {' and '.join(parts)}{written}" if parts else ""


def _factors(ratio: Dimension) -> str:
    """By what something that is worked out has to be multiplied and divided to measure what is asked for."""
    by = {sign: [base for base, power in ratio.exponents if power * sign > 0] for sign in (1, -1)}
    parts = [f"{verb} by {' and '.join(by[sign])}" for sign, verb in ((1, "multiply"), (-1, "divide")) if by[sign]]
    return f"{' and '.join(parts)} what is worked out here, or state what it does measure" if parts else ""


def _accepted_reference(term: Term, type_: ReferenceType, scope: Scope, name: str) -> Term:
    if isinstance(term, Symbol) and isinstance(term.type, ReferenceType):
        kind = scope.tables.kinds.get(term.type.kind)
        if kind is not None and (kind.role if type_.role else kind.name) == type_.kind:
            return term
    is_ = words(term.type) if not isinstance(term.type, ReferenceType) else f"a {term.type.kind}"
    return scope.wrong(
        name_problems.WRONG_KIND,
        f"`{name}` names {words(type_)}, and this is {is_}",
        term.span,
        help=f"components of that kind: {', '.join(_of_kind(type_, scope)) or 'there are none yet'}",
    )


def _of_kind(type_: ReferenceType, scope: Scope) -> list[str]:
    found = [
        draft.key
        for draft in scope.tables.components.values()
        if (draft.kind.role if type_.role else draft.kind.name) == type_.kind
    ]
    return sorted(found)[:12]


def provenance(clauses: tuple[items.Clause, ...], scope: Scope) -> Provenance:
    """Where a value comes from, by its `source` and `note`."""
    source: Source | None = None
    note = ""
    for clause in clauses:
        if isinstance(clause, items.SourceClause):
            source = _source(clause.path, scope)
        elif isinstance(clause, items.NoteClause):
            note = clause.text
    return Provenance(source, note)


def _source(path: nodes.Path, scope: Scope) -> Source | None:
    file: FileScope | None = scope.file
    if len(path.names) == 2:
        alias = scope.file.loaded.imports.get(path.names[0], "")
        file = scope.tables.standard if alias == "std" else scope.tables.files.get(alias)
    found = file.sources.get(path.names[-1]) if file else None
    if found is None:
        known = list(file.sources) if file else []
        scope.report(
            name_problems.UNKNOWN_SOURCE,
            f"there is no source `{path.text}`",
            path.span,
            help=did_you_mean(path.names[-1], known)
            or f'declare it: `source {path.names[-1]} "title" {{ … }}`, or write `note "…"`',
        )
    return found


def _dates_rise(lines: Sequence[items.Attribute | items.Assume], scope: Scope, name: str) -> None:
    """Two lines without a date set a name twice; dates that do not rise hide a line."""
    before = lines[0]
    for line in lines[1:]:
        if line.since is None or before.since is None:
            scope.report(
                name_problems.SET_TWICE,
                f"`{name}` is set twice",
                line.span,
                labels=(Label(before.span, "set here first"),),
                help=f"a history has a date in every line: `{name} from 2026-01 = …`",
            )
        elif months_of(line.since) <= months_of(before.since):
            scope.report(
                problems.DATES_FALL,
                f"the dates of `{name}` do not rise",
                line.since.span,
                labels=(Label(before.since.span, "this is later, or the same"),),
                help="one line per change, the newest last",
            )
        before = line
