"""What every case is given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.environment import Environment
from tests.benchmarks.timing import PATIENCE, Worker


@dataclass(frozen=True, slots=True)
class Bench:
    """`scratch` is a folder that goes when the benchmark ends. With `quick` sizes are small, and so are rounds."""

    environment: Environment
    scratch: Path
    quick: bool

    def size(self, full: int, quick: int) -> int:
        return quick if self.quick else full

    def worker(self, name: str, *words: object, patience: float = PATIENCE) -> Worker:
        module = f"tests.benchmarks.workers.{name}"
        command = [self.environment.python, "-m", module, *words]
        return Worker(command, self.environment.variables, patience)
