"""From parsed files to a checked program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from tcolang.base.diagnostics import Outcome, in_order
from tcolang.base.limits import Limits
from tcolang.semantics import program
from tcolang.semantics.allowances import allowances
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.collect import collect_names
from tcolang.semantics.components import component
from tcolang.semantics.decisions import decision
from tcolang.semantics.expectations import expectation, extending, scenario, test
from tcolang.semantics.foundation import Foundation, foundation, keep_foundation
from tcolang.semantics.kinds import check_formula, check_kind, declare_attributes, formula
from tcolang.semantics.load import Project
from tcolang.semantics.options import option
from tcolang.semantics.order import in_order as in_order_of_need
from tcolang.semantics.packs import main_pack, packs, switches
from tcolang.semantics.rates import correlation, exchange_rate, missing_rates, stated_once
from tcolang.semantics.references import components_end, kinds_end
from tcolang.semantics.rules import criterion, rule
from tcolang.semantics.scope import Declared, FileScope, Scope, Tables
from tcolang.semantics.typing import typed
from tcolang.semantics.values import value_of
from tcolang.syntax import items

Sort = TypeVar("Sort")


def analyse(
    project: Project, builtins: tuple[Builtin, ...], limits: Limits, shared: bool = False
) -> Outcome[program.Program]:
    """Checks everything; what is wrong is left out of the program after a finding. With `shared`, what standard kinds
    and packs come to is not worked out again for each spec; formulas then stand in the order of an earlier one."""
    tables = Tables(project, limits, {b.name: b for b in builtins})
    tables.check_global = check_global
    collect_names(tables)
    known = foundation(tables) if shared else None
    for draft in tables.kinds.values():
        if known is None or draft.name not in known.kinds:
            declare_attributes(draft, tables)
        draft.check_formula = lambda kind, name: check_formula(kind, name, tables)
    sound = kinds_end(tables)
    for one in in_order_of_need(tables):
        if isinstance(one, Declared):
            check_global(tables, one)
        else:
            check_formula(*one, tables)
    ready: Mapping[str, program.Kind] = known.kinds if known is not None else {}
    kinds = {name: ready.get(name) or check_kind(draft, tables) for name, draft in tables.kinds.items()}
    components = {key: component(draft, tables) for key, draft in tables.components.items()}
    if sound:
        components_end(components, kinds, tables)
    options = {name: option(block, tables.option_files[name], tables) for name, block in tables.options.items()}
    decided = decision(tables.decision, tables.main, tables) if tables.decision else None
    rest = _Rest(tables, known)
    rates = tuple(rest.rates.values())
    built = program.Program(
        main=project.main.module.file,
        files=tuple(loaded.module.file for loaded in project.files),
        units=tables.units,
        choices=dict(tables.choices),
        kinds=kinds,
        components=components,
        assumptions=dict(tables.assumptions),
        formulas=dict(tables.formulas),
        sources={s.key: s for f in tables.files.values() for s in f.sources.values()},
        rates=rates,
        correlations=tuple(c for f, i in _all(tables, items.Correlate) if (c := correlation(i, f, tables))),
        options=options,
        decision=decided,
        scenarios=rest.scenarios(),
        criteria=rest.criteria,
        rules=tuple(r for r in rest.rules.values() if r is not None),
        expectations=tuple(e for f, i in _all(tables, items.Expect) if (e := expectation(i, f, tables))),
        tests=tuple(test(i, f, tables) for f, i in _all(tables, items.Test)),
        packs=packs(tables),
        switches=switches(tables, rest.criteria, decided),
        allowances=allowances(tables, decided.as_of if decided else None),
        limits=limits,
        pack=main_pack(tables),
    )
    stated_once(rates, tables)
    missing_rates(built, tables)
    if shared and known is None:
        keep_foundation(tables, built, rest.rates, rest.made, tuple(rest.criteria), rest.rules)
    return Outcome(built, in_order(tables.findings))


def check_global(tables: Tables, declared: Declared) -> None:
    """One `assume` or `let` at the top of a file, once."""
    if declared.key in tables.assumptions or declared.key in tables.formulas:
        return
    tables.under_way.add(declared.key)
    item = declared.item
    if isinstance(item, items.Assume):
        scope = Scope(tables, declared.file, "value")
        type_, unit = typed(item.typing, scope, item.name.text) if item.typing else (None, None)
        value = value_of(declared.file.assumes[item.name.text], scope, type_, unit, item.name.text)
        text = item.value.span.text
        tables.assumptions[declared.key] = program.Assumption(declared.key, value, item.doc, text, item.name.span)
    elif isinstance(item, items.Let):
        scope = Scope(tables, declared.file, "global")
        made = formula(item, scope)
        tables.formulas[declared.key] = program.GlobalFormula(declared.key, made, bool(scope.reads_results))
    tables.under_way.discard(declared.key)


def _all(tables: Tables, sort: type[Sort]) -> Iterator[tuple[FileScope, Sort]]:
    files = list(tables.files.values())
    standard = [tables.standard] if tables.standard else []
    for file in (*files, *standard):
        for item in file.loaded.module.items:
            if isinstance(item, sort):
                yield file, item


class _Rest:
    """What argues, and rates, each by the identity of its item. Criteria come first, since rules name them. A spec's
    criterion goes before a pack's of the same name."""

    def __init__(self, tables: Tables, known: Foundation | None) -> None:
        self.tables = tables
        stated = known.rates if known is not None else {}
        found = _all(tables, items.ExchangeRate)
        self.rates = {id(i): stated.get(id(i)) or exchange_rate(i, f, tables) for f, i in found}
        self.made: dict[int, program.Criterion | None] = {}
        self.criteria = self._criteria(known.criteria if known is not None else {})
        same = known is not None and known.argued == tuple(self.criteria)
        self.rules = self._rules(known.rules if known is not None and same else {})

    def _criteria(self, known: Mapping[int, program.Criterion | None]) -> dict[str, program.Criterion]:
        found: dict[str, program.Criterion] = {}
        blocks = [(f, b) for f, b in _all(self.tables, items.Block) if b.kind.text == "criterion"]
        for file, block in sorted(blocks, key=lambda pair: pair[0].loaded.origin != "pack"):
            made = known[id(block)] if id(block) in known else criterion(block, file, self.tables)
            self.made[id(block)] = made
            if made is not None:
                before = found.get(made.name)
                measure = made.measure if made.measure is not None or before is None else before.measure
                found[made.name] = program.Criterion(
                    made.name, made.title or (before.title if before else ""), made.worth, measure, made.doc, made.span
                )
        return found

    def _rules(self, known: Mapping[int, program.Rule | None]) -> dict[int, program.Rule | None]:
        found: dict[int, program.Rule | None] = {}
        for file, item in _all(self.tables, items.Rule):
            place = id(item)
            found[place] = known[place] if place in known else rule(item, file, file.stem, self.criteria, self.tables)
        return found

    def scenarios(self) -> dict[str, program.Scenario]:
        blocks = [(f, b) for f, b in _all(self.tables, items.Block) if b.kind.text == "scenario"]
        names = [b.name.text for _, b in blocks]
        made = {b.name.text: scenario(b, f, names, self.tables) for f, b in blocks}
        return extending(made, {b.name.text: b.name for _, b in blocks}, self.tables)
