"""Exchange rates and rank correlations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tcolang.base.diagnostics import Label
from tcolang.semantics.check import check, months_of
from tcolang.semantics.literals import number_of
from tcolang.semantics.paths import find_owner
from tcolang.semantics.problems import names as name_problems
from tcolang.semantics.problems import units as problems
from tcolang.semantics.program import Correlation, ExchangeRate, Program
from tcolang.semantics.scope import FileScope, Scope, Tables, is_poison
from tcolang.semantics.terms import Apply, AttributeOf, ExchangeTo, Global, OfComponent, Term
from tcolang.semantics.types import QuantityType
from tcolang.semantics.values import provenance
from tcolang.semantics.words import words
from tcolang.syntax import items, nodes
from tcolang.syntax.walk import children
from tcolang.uncertain.correlation import correlation_mistake
from tcolang.units.dimension import base
from tcolang.units.money import MINOR_DIGITS
from tcolang.units.unit import Unit


def exchange_rate(item: items.ExchangeRate, file: FileScope, tables: Tables) -> ExchangeRate:
    """`fx USD from 2026-01-01 = 0.92 EUR`: what one USD is worth, in the currency that the value is written in."""
    scope = Scope(tables, file, "value")
    other = _currency_of(item.value, scope) or ""
    sound = item.currency.text in MINOR_DIGITS and other != "" and other != item.currency.text
    if item.currency.text not in MINOR_DIGITS:
        scope.report(
            problems.BAD_RATE,
            f"`{item.currency.text}` is no currency of ISO 4217",
            item.currency.span,
            help="three capitals: `fx USD from 2026-01-01 = 0.88 to 0.95 EUR`",
        )
    elif not sound:
        scope.report(
            problems.BAD_RATE,
            "an exchange rate says what one unit of a currency is worth in another",
            item.span,
            help="`fx USD from 2026-01-01 = 0.88 to 0.95 EUR`",
        )
    # The amount is the rate itself, so it must not be exchanged.
    currency, tables.currency = tables.currency, other
    term = check(item.value, scope)
    tables.currency = currency
    if sound and not is_poison(term) and term.type != QuantityType(base("money")):
        term = scope.wrong(
            problems.WRONG_TYPE,
            "an exchange rate is an amount of money",
            item.value.span,
            note=f"this is {words(term.type)}",
            help="`fx USD from 2026-01-01 = 0.88 to 0.95 EUR`",
        )
    number = number_of(term)
    if sound and ((number is not None and number <= 0) or _names_money(term)):
        helps = "write the amount here: one that is named elsewhere is in the currency of the decision already"
        scope.report(
            problems.BAD_RATE,
            "an exchange rate is stated as an amount above zero",
            item.value.span,
            help=f"what one {item.currency.text} is worth: `0.9 {other}`" if number is not None else helps,
        )
    reference = file.loaded.origin == "std"
    return ExchangeRate(
        item.currency.text,
        other,
        months_of(item.since),
        term,
        file.stem,
        provenance(item.clauses, scope),
        reference or any(isinstance(clause, items.FlatClause) for clause in item.clauses),
        reference,
        item.span,
    )


def _names_money(term: Term) -> bool:
    named = False
    stack = [term]
    while stack:
        part = stack.pop()
        if isinstance(part, Apply):
            stack += part.arguments
        elif isinstance(part, Global | AttributeOf) and isinstance(part.type, QuantityType):
            named = named or part.type.dimension.exponent("money") != 0
    return named


def stated_once(rates: Sequence[ExchangeRate], tables: Tables) -> None:
    """A finding for a second rate between two currencies from one date, and for rates both ways."""
    ways: dict[tuple[str, str], ExchangeRate] = {}
    for rate in rates:
        if not rate.reference and rate.other:
            back = ways.get((rate.other, rate.currency))
            if back is not None and (rate.currency, rate.other) not in ways:
                Scope(tables, tables.main, "value").report(
                    name_problems.SET_TWICE,
                    f"between {rate.currency} and {rate.other} there are rates both ways, which need not agree",
                    rate.span,
                    labels=(Label(back.span, "the other way here"),),
                    help="keep those of one way: the other is worked out",
                )
            ways.setdefault((rate.currency, rate.other), rate)
    seen: dict[tuple[str, str, float], ExchangeRate] = {}
    for rate in rates:
        before = seen.setdefault((rate.currency, rate.other, rate.since), rate)
        if before is not rate and not rate.reference and not before.reference:
            Scope(tables, tables.main, "value").report(
                name_problems.SET_TWICE,
                f"the rate from {rate.currency} to {rate.other} is stated twice for one date",
                rate.span,
                labels=(Label(before.span, "stated here first"),),
                help="keep one of them",
            )


def missing_rates(program: Program, tables: Tables) -> None:
    """A finding for each foreign currency that cannot be exchanged, where it is first used."""
    home = program.decision.currency if program.decision else None
    if home is None:
        _mixed(program, tables)
        return
    stated = {(r.currency, r.other) for r in program.rates if not r.reference}
    known = {(r.currency, r.other) for r in program.rates}
    needed = [(code, span, stated) for code, span in tables.exchanged.items()]
    needed += [(c, span, known) for c, span in tables.exchanged_by_tool.items() if c not in tables.exchanged]
    wrong = [finding.span for finding in tables.findings if finding.problem is problems.WRONG_TYPE and finding.span]
    for code, span, rates in needed:
        if any(w.file.path == span.file.path and w.start <= span.start and span.end <= w.end for w in wrong):
            # It should be no amount of money at all, so a rate would not help.
            continue
        if (code, home) not in rates and (home, code) not in rates and code != home:
            Scope(tables, tables.main, "value").report(
                problems.NO_RATE,
                f"there is no exchange rate from {code} to {home}",
                span,
                help=_state(code, _month(program), home),
            )


_ADDED = ("sum", "min", "max", "if", "coalesce", "==", "!=", "<", "<=", ">", ">=")
"""Functions of which all that is read is in one currency."""


def _mixed(program: Program, tables: Tables) -> None:
    """Without a decision amounts stay in the currency they are written in, and whoever imports them brings the rates. A
    finding where two are written in one expression."""
    stated = {(r.currency, r.other) for r in program.rates if not r.reference}
    for term in _written(program):
        for apply in _applied(term):
            met = list(dict.fromkeys(code for argument in apply.arguments for code in _currencies(argument)))
            if len(met) > 1 and (met[0], met[1]) not in stated and (met[1], met[0]) not in stated:
                Scope(tables, tables.main, "value").report(
                    problems.NO_RATE,
                    f"there is no exchange rate from {met[1]} to {met[0]}",
                    apply.span,
                    help=_state(met[1], "2026-01-01", met[0]),
                )
                break


def _written(program: Program) -> Iterator[Term]:
    """What the project's own files say."""
    for assumption in program.assumptions.values():
        yield from (segment.term for segment in assumption.value.segments)
    for declared in program.formulas.values():
        yield declared.formula.term
    for component in program.components.values():
        yield from (segment.term for value in component.values.values() for segment in value.segments)
    for kind in program.kinds.values():
        if not kind.span.file.shipped:
            yield from (formula.term for formula in kind.formulas.values())
            yield from (cost.term for cost in kind.costs.values())


def _applied(term: Term) -> Iterator[Apply]:
    stack = [term]
    while stack:
        part = stack.pop()
        if isinstance(part, Apply):
            if part.function in _ADDED:
                yield part
            stack += part.arguments


def _currencies(term: Term) -> list[str]:
    """Those in which its amounts are written, in order of writing."""
    found: list[str] = []
    stack = [term]
    while stack:
        part = stack.pop()
        if isinstance(part, ExchangeTo):
            found.append(part.currency)
        elif isinstance(part, Apply):
            stack += reversed(part.arguments)
    return found


def correlation(item: items.Correlate, file: FileScope, tables: Tables) -> Correlation | None:
    """Two uncertain values by the keys of their nodes; an impossible set is found when all are known."""
    scope = Scope(tables, file, "value")
    left, right = _uncertain(item.left, scope), _uncertain(item.right, scope)
    value = number_of(check(item.value, scope))
    if value is None:
        scope.report(
            problems.BAD_CORRELATION, "a correlation is a number from -1 to 1", item.value.span, help="`= 0.6`"
        )
    if left is None or right is None or value is None:
        return None
    mistake = correlation_mistake([(left, right, value)])
    if mistake is not None:
        scope.report(problems.BAD_CORRELATION, mistake.message, item.span, help=mistake.help)
        return None
    return Correlation(left, right, value, item.span)


def _uncertain(path: nodes.Path, scope: Scope) -> str | None:
    """The key of the node of an assumption or of a component's attribute."""
    file = scope.file
    if len(path.names) == 1 or path.names[0] in file.loaded.imports:
        inner = file if len(path.names) == 1 else scope.tables.files.get(file.loaded.imports[path.names[0]])
        declared = inner.values.get(path.names[-1]) if inner and len(path.names) <= 2 else None
        if declared is not None and declared.sort == "assume":
            return declared.key
    owner = find_owner(nodes.Path(path.names[:-1], path.span), scope) if len(path.names) > 1 else None
    if owner is not None and isinstance(owner.owner, OfComponent) and path.names[-1] in owner.kinds[0].attributes:
        return f"{owner.owner.key}.{path.names[-1]}"
    scope.report(
        name_problems.UNKNOWN_NAME,
        f"`{path.text}` is no assumption and no attribute of a component",
        path.span,
        help="`correlate chat.input_tokens, search.input_tokens = 0.6`",
    )
    return None


def _currency_of(node: nodes.Expression, scope: Scope) -> str | None:
    """The currency of the first amount in it."""
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, nodes.Quantity):
            found = scope.tables.units.parse(part.unit.text) if part.unit is not None else None
            if isinstance(found, Unit) and found.currency is not None:
                return found.currency
        stack += reversed(children(part))
    return None


def _state(code: str, date: str, home: str) -> str:
    """Without a number: whoever pastes the line should have to look one up."""
    return f'state what one {code} is worth, and since when: `fx {code} from {date} = RATE {home} note "…"`'


def _month(program: Program) -> str:
    start = program.decision.start if program.decision else 0
    return f"{start // 12}-{start % 12 + 1:02}-01"
