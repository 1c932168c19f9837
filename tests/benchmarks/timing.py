"""Measuring: whole commands by what the system says they used, and workers that repeat one task when told to.

Processor time (user and system, of all threads and children) is what is compared where one core works, since it hardly
depends on what else the machine does; the time on the clock where several cores share the work.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds that one task may take."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the processor and on the clock, and the most memory that was in use, in bytes."""

    processor: float
    clock: float
    memory: int


class Failed(Exception):
    """A task could not be carried out; the text says why, for the table."""


def command(
    words: Sequence[str], environment: Mapping[str, str], folder: Path = ROOT, fine: Sequence[int] = (0,)
) -> Taken:
    """Runs a command; raises `Failed` where it takes too long, or its exit code is not one of `fine`."""
    before = time.perf_counter()
    process = subprocess.Popen(
        words, cwd=folder, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    with process.stderr as stream:
        said = _until_the_end(process, stream, before + PATIENCE)
    _, status, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    if clock > PATIENCE:
        raise Failed(f"not done in {PATIENCE:.0f} s")
    if process.returncode not in fine:
        raise Failed(f"exit code {process.returncode}: {_last_line(said)}")
    return Taken(used.ru_utime + used.ru_stime, clock, used.ru_maxrss * 1024)


def _until_the_end(process: subprocess.Popen[bytes], stream: Any, deadline: float) -> str:
    """What the command says on its standard error; it is ended when the time is up."""
    said = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(stream, selectors.EVENT_READ)
        while True:
            if not waiting.select(max(0.0, deadline - time.perf_counter())):
                process.kill()
                return ""
            read = os.read(stream.fileno(), 65536)
            if not read:
                return said.decode(errors="replace")
            said = (said + read)[-4096:]


def _last_line(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[-1][:200] if lines else "nothing said"


class Worker:
    """A process that has prepared a task and does it once whenever it is asked to.

    It writes a line of JSON when it is ready, with what it has to tell (`told`), and one after each time: how long it
    took, and what came out.
    """

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], patience: float = PATIENCE) -> None:
        self.patience = patience
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.told: Any = self._line()

    def once(self) -> tuple[Taken, Any]:
        """How long the task took, and its result."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(b"go\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Failed(self._why()) from None
        found = self._line()
        return Taken(found["processor"], found["clock"], found["memory"]), found["result"]

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _line(self) -> Any:
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            if not waiting.select(self.patience):
                self.stop()
                raise Failed(f"not done in {self.patience:.0f} s")
        line = self.process.stdout.readline()
        if not line:
            raise Failed(self._why())
        return json.loads(line)

    def _why(self) -> str:
        _, said = self.process.communicate()
        return _last_line(said.decode(errors="replace"))


def serve(told: object, task: Callable[[], object]) -> None:
    """The other end of a `Worker`: does the task whenever a line is read, until there are none."""
    import resource

    def say(line: object) -> None:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    say(told)
    for _ in sys.stdin:
        clock, processor = time.perf_counter(), time.process_time()
        result = task()
        processor, clock = time.process_time() - processor, time.perf_counter() - clock
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        say({"processor": processor, "clock": clock, "memory": memory, "result": result})


def in_turn(tasks: Mapping[str, Callable[[], Taken]], rounds: int) -> tuple[dict[str, list[Taken]], dict[str, str]]:
    """Each task once in every round, after a round that is not counted; so a slow moment of the machine falls on all.
    Tasks that fail are left out from then on, with the reason."""
    taken: dict[str, list[Taken]] = {name: [] for name in tasks}
    failed: dict[str, str] = {}
    for number in range(rounds + 1):
        for name, task in tasks.items():
            if name in failed:
                continue
            try:
                found = task()
            except Failed as why:
                failed[name] = str(why)
                continue
            if number:
                taken[name].append(found)
    return {name: found for name, found in taken.items() if name not in failed}, failed
