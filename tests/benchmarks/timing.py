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
import tempfile
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


class TaskError(Exception):
    """A task could not be carried out; the text says why, for the table."""


def command(
    words: Sequence[object], environment: Mapping[str, str], folder: Path = ROOT, patience: float = PATIENCE
) -> Taken:
    """Runs a command; raises `TaskError` where it takes too long, or its exit code is not 0."""
    before = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in words],
        cwd=folder,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    with process.stderr as stream:
        said = _until_the_end(process, stream, before + patience)
    _, status, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    if clock > patience:
        raise TaskError(f"not done in {patience:.0f} s")
    if process.returncode != 0:
        raise TaskError(f"exit code {process.returncode}: {_last_line(said)}")
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

    def __init__(self, words: Sequence[object], environment: Mapping[str, str], patience: float = PATIENCE) -> None:
        self.patience = patience
        self.said = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the process lives)
        self.process = subprocess.Popen(
            [str(word) for word in words],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
        )
        self.told: Any = self._line()

    def once(self) -> tuple[Taken, Any]:
        """How long the task took, and its result."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(b"go\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise TaskError(self._why()) from None
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
                raise TaskError(f"not done in {self.patience:.0f} s")
        line = self.process.stdout.readline()
        if not line:
            raise TaskError(self._why())
        return json.loads(line)

    def _why(self) -> str:
        self.process.communicate()
        self.said.seek(0)
        return _last_line(self.said.read().decode(errors="replace"))


def serve(told: object, task: Callable[[], object]) -> None:
    """The other end of a `Worker`: does the task whenever a line is read, until there are none."""
    import resource

    # What a library prints is not to come in between.
    mouth = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def say(line: object) -> None:
        mouth.write(json.dumps(line) + "\n")
        mouth.flush()

    say(told)
    for _ in sys.stdin:
        clock, processor = time.perf_counter(), time.process_time()
        result = task()
        processor, clock = time.process_time() - processor, time.perf_counter() - clock
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        say({"processor": processor, "clock": clock, "memory": memory, "result": result})


def in_turn(
    tasks: Mapping[str, Callable[[], Taken]], rounds: int, seconds: float, warm: bool = True
) -> tuple[dict[str, list[Taken]], dict[str, str]]:
    """Each task once in every round, so that a slow moment of the machine falls on all; with `warm` after a round that
    is not counted. When the seconds are up no further round is begun, but for the first that counts.

    Tasks that fail are left out from then on, with the reason.
    """
    taken: dict[str, list[Taken]] = {name: [] for name in tasks}
    failed: dict[str, str] = {}
    end = time.perf_counter() + seconds
    for number in range(rounds + warm):
        if number > warm and time.perf_counter() > end:
            break
        for name, task in tasks.items():
            if name in failed:
                continue
            try:
                found = task()
            except TaskError as why:
                failed[name] = str(why)
                continue
            if number >= warm:
                taken[name].append(found)
    return {name: found for name, found in taken.items() if name not in failed}, failed
