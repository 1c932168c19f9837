"""What many specs share is worked out once, and nothing that is found is other for that, whatever was checked before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcolang import pipeline
from tcolang.base.diagnostics import Diagnostic
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.model import build as building
from tcolang.model import judged
from tcolang.semantics import analyse, foundation
from tests.benchmarks import written
from tests.projects import BASE, changed, world

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/*.tco"))
PACK = """\
tco 1

pack quiet version "1.0.0"

criterion ease {
  worth = 1k EUR/year
}

rule busy "Is asked much" {
  for each option, workload
  when workload.requests > 2k requests/month
  then warn
  because "{workload} is asked much of {option}"
}

rule easy "Is easy" {
  for each option
  when option.lead_time < 1 month
  then prefer option on ease
  because "{option} is there at once"
}
"""
UNSURE = ("requests = 1_000 requests/month", "requests = 1_000 to 3_000 requests/month")


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known from other tests."""
    monkeypatch.setattr(foundation, "_KEPT", {})
    monkeypatch.setattr(judged, "_KEPT", {})


def _found(text: str, pack: str = PACK, *, shared: bool = True) -> tuple[Diagnostic, ...]:
    files = world({"spec.tco": text, "quiet.tco": pack})
    return pipeline.check(files, SourceFile("spec.tco", text), lint=True, findings_only=shared).diagnostics


def _counted(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[object]:
    """The first argument of each call of a function of a module from now on."""
    calls: list[object] = []
    whole = getattr(module, name)

    def counted(*arguments: object, **named: object) -> object:
        calls.append(arguments[0])
        return whole(*arguments, **named)

    monkeypatch.setattr(module, name, counted)
    return calls


@pytest.mark.parametrize("forwards", [True, False])
def test_findings_do_not_depend_on_what_was_checked_before(forwards: bool) -> None:
    for path in EXAMPLES if forwards else reversed(EXAMPLES):
        project, file = World(path.parent), SourceFile(path.name, path.read_text("utf-8"))
        shared = [pipeline.check(project, file, lint=True, findings_only=True).diagnostics for _ in range(2)]
        alone = pipeline.check(project, file, lint=True).diagnostics
        assert shared == [alone, alone], path


def test_kinds_and_rules_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = _counted(monkeypatch, analyse, "check_kind")
    rules = _counted(monkeypatch, analyse, "rule")
    cases = _counted(monkeypatch, building, "rule_case")
    counts: list[tuple[int, int, int]] = []
    for number in range(3):
        file = SourceFile(f"{number}.tco", written.spec(number))
        assert pipeline.check(world({}), file, lint=True, findings_only=True).diagnostics == ()
        counts.append((len(kinds), len(rules), len(cases)))
    assert counts[0][1] == 63
    assert counts == [counts[0]] * 3


def test_a_condition_that_cannot_be_judged_is_found_after_specs_in_which_it_can() -> None:
    assert "TCO231" not in [one.problem.code for one in _found(BASE)]
    for _ in range(2):
        found = _found(changed(UNSURE))
        assert found == _found(changed(UNSURE), shared=False)
        assert [one.span.text for one in found if one.span and one.span.file.path == "quiet.tco"] == [
            "workload.requests"
        ]
    assert _found(BASE) == _found(BASE, shared=False)


def test_a_criterion_that_another_spec_had_is_lacking_in_the_next() -> None:
    criterion = "criterion ease {\n  worth = 1k EUR/year\n}\n"
    without = PACK.replace(criterion, "")
    own = changed(more=criterion)
    for text in (own, BASE, own, BASE):
        assert _found(text, without) == _found(text, without, shared=False)
    assert any("there is no criterion `ease`" in one.message for one in _found(BASE, without))


def test_amounts_of_a_pack_are_exchanged_into_the_currency_of_each_spec() -> None:
    dear = PACK.replace("1k EUR/year", "1k ISK/year")
    for currency in ("EUR", "USD", "EUR"):
        text = changed(("currency = EUR", f"currency = {currency}"), ("price = 100 EUR", f"price = 100 {currency}"))
        found = _found(text, dear)
        assert found == _found(text, dear, shared=False)
        assert any(f"from ISK to {currency}" in one.message for one in found), found


def test_the_limit_on_values_counts_what_is_not_made() -> None:
    """A spec that has too many values has them whether the cases of its rules are made or not."""
    from tcolang.base.limits import Limits

    for nodes in range(5, 60):
        files = world({"quiet.tco": PACK}, Limits(nodes=nodes))
        shared, alone = (
            pipeline.check(files, SourceFile("spec.tco", BASE), lint=True, findings_only=only).diagnostics
            for only in (True, False)
        )
        assert shared == alone, nodes
