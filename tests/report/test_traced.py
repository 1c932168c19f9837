"""What the Markdown argues is in the trace: every rule it names, and every number of its reasons."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tcolang import pipeline
from tcolang.base.source import SourceFile
from tcolang.base.world import World, rules_directory, schemas_directory
from tcolang.engine.settings import Settings
from tcolang.report.output import Style, output_formats
from tests.documents import ROOT

EXAMPLE = ROOT / "examples/support-assistant/support.tco"
SIZES = {"M": 1e6, "B": 1e9, "%": 0.01, "": 1.0}


@cache
def written() -> dict[str, str]:
    """The report on an example, by format."""
    text = EXAMPLE.read_text(encoding="utf-8")
    program = pipeline.check(World(EXAMPLE.parent), SourceFile(EXAMPLE.name, text)).value.program
    assert program is not None
    results = pipeline.results(program, Settings(samples=400)).value
    assert results is not None
    return {each.name: each.render(results, Style()) for each in output_formats()}


def leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from leaves(each)
    else:
        yield node


def argued(markdown: str) -> str:
    """Why, and why not the others."""
    return markdown[markdown.index("\n## Why\n") : markdown.index("\n## What is not known")]


def strange(markdown: str, trace: Any, report: Any) -> list[str]:
    """Rules and numbers of the reasons that are not in the trace: numbers of a sentence that names a rule in what the
    trace says of that rule, or of costs that contradict it; others anywhere in the trace, or as what two options differ
    by in a term of their scores. Where costs cross is told by the report for programs."""
    of_rule: dict[str, str] = {}
    for rule in trace["rules"]:
        said = " ".join(each for each in leaves(rule) if isinstance(each, str))
        of_rule[rule["rule"]] = f"{of_rule.get(rule['rule'], '')} {said}"
    crossing = [*numbers(trace["disagreements"]), *numbers(report["break_even"])]
    terms = [{term["criterion"]: term["money"] for term in o["score"]["terms"]} for o in trace["options"]]
    anywhere = [*numbers(trace), *(abs(a[n] - b[n]) for a, b in product(terms, terms) for n in a.keys() & b.keys())]
    found: list[str] = []
    for line in argued(markdown).splitlines():
        named = re.findall(r"`(\w+/\w+)`", line)
        found += (name for name in named if name not in of_rule)
        texts = " ".join(of_rule.get(name, "") for name in named)
        for digits, size in re.findall(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)([MB%]?)(?!\w)", re.sub("`[^`]*`", "", line)):
            value, last = _read(digits, size)
            near = any(abs(each - value) <= last / 2 * 1.000001 for each in (crossing if named else anywhere))
            if not near and not re.search(rf"(?<![\d.,]){re.escape(digits + size)}(?![\d%])", texts):
                found.append(f"{digits}{size}")
    return found


def numbers(node: Any) -> list[float]:
    return [abs(each) for each in leaves(node) if isinstance(each, int | float) and not isinstance(each, bool)]


def _read(digits: str, size: str) -> tuple[float, float]:
    """A number and the worth of its last digit that counts: the third, where more are shown and they are zeros."""
    plain = digits.replace(",", "")
    places = len(plain.partition(".")[2])
    last = 10.0**-places if places else 10.0 ** max(0, len(plain) - max(3, len(plain.rstrip("0"))))
    return float(plain) * SIZES[size], last * SIZES[size]


def sources() -> tuple[Any, Any]:
    return json.loads(written()["trace"]), json.loads(written()["json"])


def test_the_trace_follows_its_schema_and_names_its_packs_by_their_content() -> None:
    trace, _ = sources()
    Draft202012Validator(json.loads((schemas_directory() / "trace.schema.json").read_text("utf-8"))).validate(trace)
    text = (rules_directory() / "self_host_or_api.tco").read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert f"sha256 `{digest}`" in written()["markdown"], "in the footer"
    assert [pack["sha256"] for pack in trace["packs"]] == [digest]


def test_every_rule_and_number_of_the_reasons_is_in_the_trace() -> None:
    markdown = written()["markdown"]
    assert argued(markdown).count("`self_host_or_api/") > 5
    assert strange(markdown, *sources()) == []


@pytest.mark.parametrize(
    ("said", "invented"),
    [
        ("self_host_or_api/thin_rota", "self_host_or_api/no_such_rule"),
        ("takes 4 FTE", "takes 41 FTE"),
        ("less than 60%", "less than 61%"),
        ("3.15M EUR in present value, the least", "3.16M EUR in present value, the least"),
        ("79,800 EUR more", "79,900 EUR more"),
    ],
)
def test_what_is_invented_is_not(said: str, invented: str) -> None:
    markdown = written()["markdown"]
    assert said in argued(markdown)
    assert strange(markdown.replace(said, invented), *sources()) != []
