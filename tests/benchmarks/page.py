"""The table: as text for whoever runs the benchmark, and as docs/benchmarks.md, from the results alone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from tests.benchmarks.rows import Results, Row

REASONS = Path(__file__).with_name("reasons.toml")
UNEXPLAINED = "Not explained yet."


def table(results: Results) -> str:
    """For a terminal."""
    lines: list[str] = []
    width = max((len(row.what) for row in results.rows), default=0)
    for group, rows in groupby(results.rows, key=lambda row: row.group):
        lines.append(f"\n{group}")
        for row in rows:
            found = f"{row.what:{width}}  {_value(row):>9} {row.unit}"
            told = [
                found,
                f"goal {_goal(row)}: {_outcome(row)}" if row.goal is not None else "",
                _spread(row),
                row.note,
            ]
            lines.append("  " + "; ".join(part for part in told if part))
    for name, why in results.missing.items():
        lines.append(f"\n{name} is left out: {why}")
    goals = [row for row in results.rows if row.goal is not None]
    reached = sum(row.reached is True for row in goals)
    lines.append(f"\n{reached} of {len(goals)} goals reached, in {results.seconds:.0f} s")
    return "\n".join(lines) + "\n"


def page(results: Results, reasons: Mapping[str, str] | None = None) -> str:
    """The Markdown page. `reasons` say why a goal is not reached, by key; those of `REASONS` where none are given."""
    if reasons is None:
        reasons = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    return "\n".join(_page(results, reasons)) + "\n"


def excerpt(results: Results) -> str:
    """The lines of the README's table: those of `EXCERPT` that were measured."""
    rows = {row.key: row for row in results.rows}
    lines = [
        "",
        "How fast it is: medians, each a ratio within one run ([all of it](docs/benchmarks.md), with machine and goals).",
        "",
        "| | |",
        "| --- | ---: |",
    ]
    lines += [f"| {rows[key].what} | {_value(rows[key])} {rows[key].unit} |" for key in EXCERPT
              if key in rows and rows[key].value is not None]  # fmt: skip
    lines += ["", f"{results.date}, {results.where.get('processor', '')}, {results.where.get('cores', '?')} cores", ""]
    return "\n".join(lines)


EXCERPT = (
    "startup tco --version / python -c pass",
    "startup tco check, cached / python -c pass",
    "startup tco check, not cached / black",
    "startup tco report / python -c pass",
    "files cold",
    "files cached",
    "evaluation numpy",
    "evaluation fast",
    "peer pint / engine",
    "rules tco",
    "knowing",
    "optimal small",
)


def _page(results: Results, reasons: Mapping[str, str]) -> Iterator[str]:
    yield from _HEAD
    facts = ", ".join(_FACTS.get(name, name + " {}").format(fact) for name, fact in results.where.items())
    yield f"{results.date}: {facts}. All of it took {results.seconds:.0f} s."
    if results.quick:
        yield "\n**These are the figures of a quick run, with small sizes and few rounds: they mean little.**"
    for group, rows in groupby(results.rows, key=lambda row: row.group):
        yield f"\n## {group}\n"
        if group in _COMPARED:
            yield f"{_COMPARED[group]}\n"
        yield "| | median | least to most | goal | |"
        yield "| --- | ---: | ---: | ---: | --- |"
        yield from map(_line, rows)
    missed = [row for row in results.rows if row.reached is False]
    if missed:
        yield "\n## Goals that are not reached\n"
        yield from (f"- {row.what} ({row.unit or row.group}): {reasons.get(row.key, UNEXPLAINED)}" for row in missed)
    if results.growth:
        yield "\n## How it grows\n"
        yield "![Time and memory against size, for five axes, on logarithmic scales](growth.svg)\n"
        yield from _growth(results)
    yield "\n## Compared with\n"
    yield ", ".join(f"{name} {version}" for name, version in results.versions.items()) + "."
    for name, why in results.missing.items():
        yield f"\n{name} is left out: {why}."


_COMPARED = {
    "Rules": "Twenty rules of two conditions each, over ten facts; every engine has read its rules beforehand. The record has for every"
    " rule,\nwhether it holds or not, how each condition came out and every value that it read; its words, units, grades and places are"
    " those\nof the rules, and are put to it where somebody reads them. Written out it is the `rules` of the trace document, all of it as"
    " text:\nsome 20 kB, with each reason filled in. zen-engine's trace is a dictionary of the rows that held and the facts, some 3 kB"
    " as JSON;\nit says nothing of rows that did not hold. rule-engine and regopy tell which rules hold."
}
_FACTS = {"cores": "{} cores", **dict.fromkeys(("machine", "processor", "system", "compiler"), "{}")}
_HEAD = (
    "# Benchmarks",
    "",
    "`make bench` measures all of this side by side in one run, some ten minutes long, and writes this page. It installs what it",
    "compares with into `.bench`; `make bench BENCH=--quick` shows in a minute or two that it works.",
    "",
    "What is compared takes turns, so that a slow moment falls on all; the ratio is taken in each round, and the table has the",
    "median of the rounds. Times are those of the processor, and on the clock where several cores share the work. Models, rules",
    "and files are equal in content, and what comes out is compared: where results differ there is no figure.",
    "",
)


def _line(row: Row) -> str:
    value = f"{_value(row)} {row.unit}" if row.value is not None else "–"
    note = f"{row.what} ({row.note})" if row.note else row.what
    return f"| {note} | {value} | {_spread(row) or '–'} | {_goal(row) or '–'} | {_outcome(row)} |"


def _growth(results: Results) -> Iterator[str]:
    yield "| | size | seconds | MB |"
    yield "| --- | ---: | ---: | ---: |"
    for line in results.growth:
        for size, seconds, memory in zip(line.sizes, line.seconds, line.memory, strict=True):
            yield f"| {line.axis} | {size:,} | {shown(seconds)} | {memory / 1e6:.1f} |"


def _value(row: Row) -> str:
    return shown(row.value) if row.value is not None else "–"


def _spread(row: Row) -> str:
    if row.least is None or row.most is None or row.rounds < 2:
        return ""
    return f"{shown(row.least)} to {shown(row.most)}"


def _goal(row: Row) -> str:
    if row.goal is None:
        return ""
    return f"{'≥' if row.more else '≤'} {row.goal:,g}"


def _outcome(row: Row) -> str:
    return {None: "", True: "reached", False: "**missed**"}[row.reached]


def shown(value: float) -> str:
    """Three digits."""
    if value >= 999.5:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:#.3g}".rstrip(".")
