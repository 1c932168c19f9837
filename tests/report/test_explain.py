"""Where a number comes from, as a tree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tcolang.base.record import replace
from tcolang.cli.main import run
from tcolang.engine.evaluation import Evaluation
from tcolang.model.costmodel import CostModel
from tcolang.report.explain import explain, explain_problem, keys_to_explain
from tcolang.semantics.terms import Symbol
from tcolang.semantics.types import TextType
from tests.report.sample import PROBLEM, at, sample
from tests.report.test_escape import HOSTILE

TREE = """\
ratio: 0.25
│  = price / tickets
│  formula, ask.tco:15
├─ price: 2.30 EUR per 1M tokens
│  │  = 2.50 USD per 1M tokens
│  │  formula, ask.tco:14
│  ├─ tickets: 100,000 requests/month (55,000–145,000)
│  │     = 90k to 110k requests/month
│  │     assumption, ask.tco:7, measured
│  │     source: Helpdesk export, checked 2026-01-01, https://bi.example.com/helpdesk
│  │     note: twelve months
│  └─ rate: 3%/year
│        = 3%/year
│        assumption, ask.tco:8, assumed
└─ tickets: 100,000 requests/month (55,000–145,000) (see above)
"""


def test_a_tree_shows_each_value_in_full_once() -> None:
    results = sample()
    assert explain(results.model, results.evaluation, "ratio") == TREE


def test_what_lies_deeper_is_counted() -> None:
    results = sample()
    lines = explain(results.model, results.evaluation, "ratio", depth=1).splitlines()
    assert lines[6] == "│  └─ … reads 2 values that are not shown at this depth"
    assert explain(results.model, results.evaluation, "ratio", depth=0).splitlines()[-1] == (
        "└─ … reads 2 values that are not shown at this depth"
    )


def test_a_monthly_value_has_its_first_and_last_month() -> None:
    results = sample()
    shown = explain(results.model, results.evaluation, "own.box.hardware.cash")
    assert shown.startswith(
        "own.box.hardware.cash: 4,000 EUR/month on average over the months; first 96,000 EUR/month, last 0 EUR/month"
    )


def test_words_and_what_was_not_kept() -> None:
    results = sample()
    word = replace(
        results.model.node("ratio"), term=Symbol("restricted", TextType(), at("tco 1")), doc="Who may see it."
    )
    nodes = tuple(word if node.key == "ratio" else node for node in results.model.nodes)
    model = replace(results.model, nodes=nodes)
    shown = explain(model, replace(results.evaluation, values={}), "ratio", depth=1)
    assert shown.startswith(
        "ratio: restricted\n│  = price / tickets\n│  formula, ask.tco:15\n│  about: Who may see it.\n"
    )
    assert "├─ price: not evaluated\n" in shown


def test_what_is_unknown_says_which_fact_is_missing() -> None:
    results = sample()
    shown = explain(results.model, results.evaluation, "notice")
    assert shown == "notice is unknown: nobody has stated api.notice_period\n"
    with pytest.raises(KeyError):
        explain(results.model, results.evaluation, "nothing")


def test_all_ancestors_are_kept() -> None:
    assert keys_to_explain(sample().model, "ratio") == {"ratio", "price", "tickets", "rate"}
    assert keys_to_explain(sample().model, "notice") == frozenset()


def test_long_chains_do_not_recurse() -> None:
    model, evaluation = _chain(5_000)
    assert len(keys_to_explain(model, "n4999")) == 5_000
    assert explain(model, evaluation, "n4999", depth=5_000).count("n0:") == 1


@pytest.mark.parametrize("said", HOSTILE)
def test_a_spec_sends_nothing_to_the_terminal(said: str) -> None:
    results = sample(said)
    shown = explain(results.model, results.evaluation, "ratio")
    assert all(character.isprintable() for character in shown.replace("\n", ""))
    assert len(shown.splitlines()) == len(TREE.splitlines())


def test_the_page_of_a_problem() -> None:
    assert explain_problem(PROBLEM) == (
        "warning[TCO302] stale-source\n\nPrices change.\n\n"
        "This is reported:\n\n    tco 1\n\nThis is fine:\n\n    tco 1\n"
    )


def _chain(length: int) -> tuple[CostModel, Evaluation]:
    results = sample()
    first = replace(results.model.node("ratio"), key="n0", parents=())
    nodes = [first, *(replace(first, key=f"n{i}", parents=(f"n{i - 1}",)) for i in range(1, length))]
    model = replace(results.model, nodes=tuple(nodes), index={node.key: i for i, node in enumerate(nodes)})
    return model, replace(results.evaluation, values={node.key: np.ones((1, 1)) for node in nodes})


def test_no_name_of_the_model_s_own_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path)]) == 0
    for option in ("api", "rented"):
        capsys.readouterr()
        assert (
            run(["explain", str(tmp_path / "assistant.tco"), f"{option}.tco", "--depth", "30", "--samples", "50"]) == 0
        )
        names = [line.lstrip("│├└─ ").partition(":")[0] for line in capsys.readouterr().out.splitlines()]
        assert "chat.requests" in names
        assert not [name for name in names if "@" in name or name.startswith("(")]
