"""What each command says: its help, a good call and a wrong one, each with its exit code, in `tests/golden`.

After a change that was meant, `python -m tests.goldens` writes the files anew; read the difference before you commit it.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from tcolang.cli.main import run
from tcolang.version import __version__
from tests.diff.repositories import Repo, made
from tests.documents import ROOT
from tests.projects import QUIET

FOLDER = ROOT / "tests" / "golden"

SPEC = """\
tco 1

use quiet

decision chat_cost "Which model answers our chat?" {
  currency = USD
  start = 2026-01
  horizon = 10 months
  baseline = large
}

assume volume: request/month = 1M requests/month note "counted in 2025-12"

workload chat "Support chat" {
  requests = volume
  input_tokens = 1_000 tokens/request note "logs of 2025-12"
  output_tokens = 0 tokens/request note "a classifier: it answers by a probability"
}

hosted_model cheap "Small" {
  vendor = "A"
  input_price = 1.00 USD per 1M tokens note "price list of 2026-01"
  output_price = 4.00 USD per 1M tokens note "price list of 2026-01"
}

hosted_model dear "Large" {
  vendor = "B"
  input_price = 2.00 USD per 1M tokens note "price list of 2026-01"
  output_price = 8.00 USD per 1M tokens note "price list of 2026-01"
}

option small "The small model" {
  serve chat {
    cheap = 100%
  }
}

option large "The large model" {
  serve chat {
    dear = 100%
  }
}

scenario more "Twice the volume" {
  volume = base * 2
}

expect chat_cost.recommendation == small because "both are good enough"

test "the large one is chosen where it is given away" {
  given dear.input_price = 0 USD per 1M tokens
  expect chat_cost.recommendation == large
}
"""
"""A million requests of a thousand tokens: 1,000 USD a month with the small model, 2,000 with the large one."""

BROKEN = "tco 1\n\nlet fee = 5 EURO\nlet price = \n"

FILES = {
    "spec.tco": SPEC,
    QUIET[0]: QUIET[1],
    "broken.tco": BROKEN,
    "untidy.tco": "tco 1\nlet  fee=5 EUR # a month\n",
    "tcolang.toml": 'specs = ["spec.tco"]\nmax_increase_pct = 5\n',
}

CALLS: Mapping[str, tuple[str, ...]] = {
    "tco": ("--help", "--version", "chekc", "--verison"),
    "break-even": ("spec.tco small large", "spec.tco small large --over dear.input_price", "spec.tco small larg"),
    "check": ("spec.tco", "broken.tco", "spec.tco --select stale-sauce"),
    "comment": ("github --dry-run", "gitlab spec.tco"),
    "completion": ("fish", "powershell"),
    "config": ("", "missing"),
    "diff": ("", "spec.tco --format json --exit-code", "--against no-such-branch"),
    "explain": ("spec.tco small.tco", "TCO203", "spec.tco small.tca"),
    "fmt": ("--diff untidy.tco", "broken.tco", "missing.tco"),
    "graph": ("spec.tco --focus dear.output_price", "spec.tco --focus chat.request"),
    "init": ("new", "new"),
    "kinds": ("load_balancer", "hosted_modle"),
    "report": ("spec.tco --samples 100", "spec.tco --scenario mor"),
    "rule": ("stale-source", "stale-sauce"),
    "schema": ("", "config", "konfig"),
    "sensitivity": ("spec.tco --samples 100", "spec.tco --scenario mor"),
    "test": ("spec.tco", "spec.tco --output-format tap"),
}
"""By command what stands behind its name; the last is wrong. Each has its `--help` as well."""


def texts() -> dict[str, str]:
    """The text of each file, by the name of its command."""
    with TemporaryDirectory() as place, _as_in_a_pipe(), chdir(place):
        repo = made(Path(place), FILES)
        _change(repo)
        return {name: "\n".join(_told(name, words) for words in _calls(name)) for name in CALLS}


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.txt"


def main() -> int:
    """Writes the files, and removes those of commands that there are no longer."""
    FOLDER.mkdir(exist_ok=True)
    found = texts()
    for name, text in found.items():
        path_of(name).write_text(text, encoding="utf-8", newline="\n")
    for path in FOLDER.iterdir():
        if path.stem not in found:
            path.unlink()
    return 0


def _change(repo: Repo) -> None:
    """The small model becomes a fifth dearer."""
    repo.edit("spec.tco", "input_price = 1.00 USD", "input_price = 1.20 USD")


def _calls(name: str) -> Iterator[tuple[str, ...]]:
    before = () if name == "tco" else (name,)
    if before:
        yield (name, "--help")
    for call in CALLS[name]:
        yield (*before, *call.split())


def _told(name: str, words: tuple[str, ...]) -> str:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(words)
    said = {"stdout": out.getvalue(), "stderr": err.getvalue()}
    parts = [f"$ tco {' '.join(words)}\n", *(f"--- {stream}\n{text}" for stream, text in said.items() if text)]
    text = "".join((*parts, f"--- exit {code}\n")).replace(__version__, "VERSION")
    # What ships is edited often, and on which line something stands in it is tested elsewhere.
    return re.sub(r"(std|rules)(/\w+\.tco):[0-9]+", r"\1\2:LINE", text)


@contextmanager
def _as_in_a_pipe() -> Iterator[None]:
    """Nothing of where it runs counts: no width of a screen, no CI, no settings of git, no cache."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    clean = {"COLUMNS": "80", "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    with patch.dict(os.environ, kept | clean, clear=True):
        yield


if __name__ == "__main__":
    sys.exit(main())
