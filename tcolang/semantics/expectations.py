"""Expectations, tests and scenarios."""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.base.cycles import strong_components
from tcolang.base.diagnostics import Label
from tcolang.base.record import replace
from tcolang.base.suggest import did_you_mean
from tcolang.semantics.check import check, sentence
from tcolang.semantics.operators import needs_flag
from tcolang.semantics.overrides import overrides
from tcolang.semantics.problems import names as problems
from tcolang.semantics.program import Expectation, Scenario, Test
from tcolang.semantics.scope import FileScope, Scope, Tables
from tcolang.syntax import items


def expectation(item: items.Expect, file: FileScope, tables: Tables) -> Expectation | None:
    """What must hold on every run; None after a finding."""
    scope = Scope(tables, file, "expect")
    term = check(item.condition, scope)
    because = sentence(item.because, scope) if item.because else None
    if not needs_flag(term, scope):
        return None
    return Expectation(term, because, item.condition.span.text, item.condition.span)


def test(item: items.Test, file: FileScope, tables: Tables) -> Test:
    """A test: expectations under a scenario and with inputs of its own."""
    scope = Scope(tables, file, "value")
    under = [line for line in item.lines if isinstance(line, items.Under)]
    names = _scenario_names(tables)
    if len(under) > 1:
        scope.report(
            problems.SET_TWICE,
            "a test stands under one scenario",
            under[1].span,
            labels=(Label(under[0].span, "this is the first"),),
            help="let one of the two extend the other",
        )
    if under and under[0].path.text not in names:
        scope.report(
            problems.UNKNOWN_SCENARIO,
            f"there is no scenario `{under[0].path.text}`",
            under[0].path.span,
            help=did_you_mean(under[0].path.text, names) or "declare it: `scenario NAME { … }`",
        )
    given = overrides([line for line in item.lines if isinstance(line, items.Given)], scope)
    made = [expectation(line, file, tables) for line in item.lines if isinstance(line, items.Expect)]
    if not made:
        scope.report(problems.EMPTY_TEST, "a test that expects nothing cannot fail", item.span, help="add `expect …`")
    kept = tuple(e for e in made if e is not None)
    return Test(item.title, under[0].path.text if under else None, given, kept, item.span)


def scenario(block: items.Block, file: FileScope, names: list[str], tables: Tables) -> Scenario:
    """Overrides, nothing else."""
    scope = Scope(tables, file, "value")
    lines = []
    for member in block.members:
        if isinstance(member, items.Attribute):
            lines.append(member)
        elif not isinstance(member, items.Allow):
            scope.report(
                problems.NOT_HERE,
                "a scenario holds overrides `path = value`, nothing else",
                member.span,
                help="`tickets = base * 3`",
            )
    extends = block.extends.text if block.extends else None
    if extends is not None and (extends not in names or extends == block.name.text):
        scope.report(
            problems.UNKNOWN_SCENARIO,
            f"there is no scenario `{extends}` to extend",
            block.name.span,
            help=did_you_mean(extends, names),
        )
        extends = None
    return Scenario(block.name.text, block.title, extends, overrides(lines, scope), block.doc, block.name.span)


def extending(
    scenarios: Mapping[str, Scenario], names: Mapping[str, items.Name], tables: Tables
) -> dict[str, Scenario]:
    """The scenarios, those that extend each other in a circle without what they extend, after a finding."""
    graph = {name: [made.extends] if made.extends else [] for name, made in scenarios.items()}
    circles = [circle for circle in strong_components(graph) if len(circle) > 1]
    for circle in circles:
        Scope(tables, tables.main, "value").report(
            problems.CYCLE,
            "scenarios extend each other in a circle: " + " → ".join([*circle, circle[0]]),
            names[circle[0]].span,
            labels=tuple(Label(names[name].span, "and this one") for name in circle[1:]),
            help="let one of them extend none of the others",
        )
    cut = {name for circle in circles for name in circle}
    return {name: replace(made, extends=None) if name in cut else made for name, made in scenarios.items()}


def _scenario_names(tables: Tables) -> list[str]:
    return [
        item.name.text
        for file in tables.files.values()
        for item in file.loaded.module.items
        if isinstance(item, items.Block) and item.kind.text == "scenario"
    ]
