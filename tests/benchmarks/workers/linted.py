"""The static checks of a pack of twenty rules over twelve facts: a task looks at it once, and says which faults it has."""

from __future__ import annotations

from pathlib import Path

from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.decide.packs.findings import pack_findings
from tcolang.pipeline import check
from tests.benchmarks.rulebook import pack
from tests.benchmarks.timing import serve


def main() -> None:
    program = check(World(Path.cwd()), SourceFile("linted.tco", pack())).value.program
    assert program is not None
    serve({}, lambda: [[one.problem.code, one.message.split("`")[1]] for one in pack_findings(program)])


if __name__ == "__main__":
    main()
