"""What the options of a program cost, and nothing else of it."""

from __future__ import annotations

from collections.abc import Mapping

from tcolang.base.registry import collect
from tcolang.decide.filling import filled
from tcolang.engine.evaluate import evaluate
from tcolang.engine.settings import Settings
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.program import Program


def mean_costs(program: Program, settings: Settings) -> Mapping[str, float] | None:
    """The mean TCO of each option; None where the program has errors."""
    built = filled(program, collect("tcolang.semantics.builtins", Builtin), settings).value
    if built is None:
        return None
    keys = {option.name: option.results["tco"] for option in built.model.options if "tco" in option.results}
    evaluated = evaluate(built.model, settings, keys.values()).value
    if evaluated is None:
        return None
    return {name: evaluated.estimate(key).mean for name, key in keys.items()}
