"""One rule engine on the same rules and facts: `rules tco|tco_written|zen|zen_written|rule_engine|regopy`.

A task is `TIMES` decisions; its result is what holds in each case, by name of the rule. Rules are laid out before, as each
engine does it once for all decisions. Our record has a truth for every condition of every rule and all values that they
read; written, it is the rules of the trace document, with their words, units, grades and places. zen-engine's trace comes
as a dictionary, which written is JSON as well.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable

from tests.benchmarks.rulebook import CASES, conditions, decision_table, facts, rego, spec
from tests.benchmarks.timing import serve

TIMES = 8 * CASES

Decide = Callable[[int], list[str]]


def main(engine: str) -> None:
    engines = {
        "tco": lambda: _tco(written=False),
        "tco_written": lambda: _tco(written=True),
        "zen": lambda: _zen(written=False),
        "zen_written": lambda: _zen(written=True),
        "rule_engine": _rule_engine,
        "regopy": _regopy,
    }
    decide = engines[engine]()

    def task() -> list[list[str]]:
        found = [decide(number % CASES) for number in range(TIMES)]
        return found[:CASES]

    serve({"decisions": TIMES}, task)


def _tco(written: bool) -> Decide:
    import numpy as np

    from tcolang.base.record import replace
    from tcolang.decide.operands import operands_of
    from tcolang.decide.plan import plan_of
    from tcolang.decide.rules import judge_rules
    from tcolang.decide.trace import traced
    from tcolang.engine.evaluate import evaluate
    from tcolang.engine.evaluation import Evaluation
    from tcolang.engine.settings import Settings
    from tests.benchmarks.workers.checked import model_of

    model = model_of(spec())
    # The default pack would speak as well.
    model = replace(model, rules=tuple(case for case in model.rules if case.rule.startswith("spec/")))
    read = {operand.key for case in model.rules for operand in operands_of(case) if operand.key is not None}
    stated = evaluate(model, Settings(samples=1), sorted(read)).value
    assert stated is not None
    given = []
    for case in range(CASES):
        values = {key: np.full((1, 1), value) for key, value in facts(case).items()}
        given.append(Evaluation(stated.months, 1, 1, 1, {**stated.values, **values}))
    plan = plan_of(model)
    names = [rule.case.rule.removeprefix("spec/") for rule in plan.rules]

    def decide(case: int) -> list[str]:
        judged = judge_rules(plan, given[case])
        if written:
            assert json.dumps(traced(judged.records), ensure_ascii=False)
        return [name for name, rule in zip(names, plan.rules, strict=True) if judged.truths[rule.result] == "true"]

    return decide


def _zen(written: bool) -> Decide:
    zen = importlib.import_module("zen")
    decision = zen.ZenEngine().create_decision(json.dumps(decision_table()))

    def decide(case: int) -> list[str]:
        made = decision.evaluate(facts_of[case], {"trace": True})
        assert json.dumps(made["trace"], ensure_ascii=False) if written else made["trace"]
        return [each["rule"] for each in made["result"]]

    facts_of = [facts(case) for case in range(CASES)]
    return decide


def _rule_engine() -> Decide:
    """It tells which rules match, and keeps no record."""
    rules = [importlib.import_module("rule_engine").Rule(text) for text in conditions()]
    facts_of = [facts(case) for case in range(CASES)]
    return lambda case: [f"r{number}" for number, rule in enumerate(rules) if rule.matches(facts_of[case])]


def _regopy() -> Decide:
    """It tells which rules hold, and keeps no record."""
    rego_ = importlib.import_module("regopy").Interpreter()
    rego_.add_module("bench", rego())
    facts_of = [facts(case) for case in range(CASES)]

    def decide(case: int) -> list[str]:
        rego_.set_input(facts_of[case])
        held = json.loads(str(rego_.query("data.bench.holds")))["expressions"][0]
        return sorted(held, key=lambda name: int(name[1:]))

    return decide


if __name__ == "__main__":
    main(sys.argv[1])
