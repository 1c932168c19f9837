"""The model of many formulas with openfisca-core: `peer_openfisca FORMULAS MONTHS FILE`.

A formula is a variable, a future a person, a month a period. It computes in 32 bits.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import numpy as np

from tests.benchmarks.model import GROWTH, INPUTS, expressions, read_by
from tests.benchmarks.timing import serve
from tests.benchmarks.workers.generated import module_of


def main(formulas: int, months: int, file: str) -> None:
    x = np.load(file)
    system = _system(formulas)
    builder = importlib.import_module("openfisca_core.simulations").SimulationBuilder
    periods = [f"{2026 + at // 12}-{at % 12 + 1:02d}" for at in range(months)]

    def task() -> float:
        simulation = builder().build_default_simulation(system, count=x.shape[1])
        for number, row in enumerate(x):
            simulation.set_input(f"x{number}", "eternity", row)
        answers = (simulation.calculate(f"f{formulas - 1}", period).astype(np.float64) for period in periods)
        return float(sum(answers).mean())

    serve({}, task)


def _system(formulas: int) -> Any:
    core = {name: importlib.import_module(f"openfisca_core.{name}") for name in _PARTS}
    person = core["entities"].build_entity(key="person", plural="persons", label="A future", is_person=True)
    system = core["taxbenefitsystems"].TaxBenefitSystem([person])
    base = {"value_type": float, "entity": person}
    eternity, month = core["periods"].ETERNITY, core["periods"].MONTH
    for i in range(INPUTS):
        system.add_variable(_variable(core, f"x{i}", {**base, "definition_period": eternity}))
    functions = module_of(_source(formulas))
    for i in range(formulas):
        formula = {"definition_period": month, "formula": getattr(functions, f"f{i}")}
        system.add_variable(_variable(core, f"f{i}", {**base, **formula}))
    return system


_PARTS = ("entities", "periods", "taxbenefitsystems", "variables")


def _variable(core: dict[str, Any], name: str, attributes: dict[str, Any]) -> Any:
    return type(name, (core["variables"].Variable,), attributes)


def _source(formulas: int) -> str:
    """Each reads the others by name, as OpenFisca's formulas do."""
    lines = []
    for i, text in enumerate(expressions(formulas)):
        lines.append(f"def f{i}(person, period):")
        for name in read_by(text):
            if name == "g":
                lines.append(f"    g = {1.0 + GROWTH!r} ** ((period.start.year - 2026) * 12 + period.start.month - 1)")
            else:
                lines.append(f"    {name} = person({name!r}, period)")
        lines.append(f"    return {text}")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
