"""Real git repositories with small specs in them, and `tco` run in them."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tcolang.cli.main import run

SPEC = """\
tco 1

import prices as our

decision chat_cost "Which API?" {
  currency = USD
  start = 2026-01
  horizon = 10 months
  options = [small, large]
}

assume volume: request/month = 1M requests/month note "export"

workload chat "Support chat" {
  requests = volume
  input_tokens = 1_000 tokens/request note "logs"
  output_tokens = 0 tokens/request note "logs"
}

option small "The small model" {
  serve chat {
    our.cheap = 100%
  }
}

option large "The large model" {
  serve chat {
    our.dear = 100%
  }
  cost setup as migration = once(500 USD, at = 2026-01) note "two days"
}
"""

PRICES = """\
tco 1

source list "Price list" {
  url = "https://example.com/prices"
  checked = 2026-01-05
  grade = contracted
}

hosted_model cheap "Small" {
  vendor = "A"
  input_price = 1.00 USD per 1M tokens source list
  output_price = 4.00 USD per 1M tokens source list
}

hosted_model dear "Large" {
  vendor = "B"
  input_price = 2.00 USD per 1M tokens source list
  output_price = 8.00 USD per 1M tokens source list
}
"""
"""A million requests of a thousand tokens are 1,000 USD a month with the small model, 2,000 with the large one; over
ten months without a discount 10,000 and 20,000 plus 500."""

FILES = {"spec.tco": SPEC, "prices.tco": PRICES}


@dataclass(frozen=True, slots=True)
class Repo:
    folder: Path

    def git(self, *words: str) -> str:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always")
        environment = {**clean, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *identity, *words], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    def write(self, **files: str) -> None:
        """`spec="…"` is the text of spec.tco."""
        for stem, text in files.items():
            (self.folder / f"{stem}.tco").write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (old, name)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def commit(self, message: str = "a change") -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD").strip()


def made(folder: Path, files: dict[str, str] | None = None) -> Repo:
    """A repository with one commit on `main`."""
    folder.mkdir(parents=True, exist_ok=True)
    repo = Repo(folder)
    repo.git("init", "--quiet", "--initial-branch=main")
    for name, text in (FILES if files is None else files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    repo.commit("the first")
    return repo


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str


def tco(capsys: pytest.CaptureFixture[str], *words: str) -> Said:
    """`tco` in this process, in the current folder."""
    capsys.readouterr()
    code = run(list(words))
    out, err = capsys.readouterr()
    return Said(code, out, err)
