"""The formats of a difference: what a hostile spec writes does nothing in any of them, and none grows too long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tcolang.base.world import schemas_directory
from tests.diff.repositories import PRICES, SPEC, Repo, Said, made, tco

FORMATS = ("text", "json", "markdown", "github-comment", "gitlab-comment")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    monkeypatch.delenv("CI", raising=False)
    one = made(tmp_path / "repo")
    monkeypatch.chdir(one.folder)
    return one


def shown(capsys: pytest.CaptureFixture[str], format_: str, *words: str) -> Said:
    said = tco(capsys, "diff", "spec.tco", "--format", format_, "--samples", "100", *words)
    assert said.out, said.err
    return said


def test_json_is_as_its_schema_says(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads((schemas_directory() / "diff.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    missing = []
    for edit in (_nothing, _flip, _broken_base, _new_spec):
        edit(repo)
        said = shown(capsys, "json", "--fail-on-flip")
        found = json.loads(said.out)
        assert list(validator.iter_errors(found)) == []
        assert said.out.isascii()
        missing.append(found["decisions"][0]["missing"])
    assert missing == [None, None, "unreadable", "new"]


def _nothing(repo: Repo) -> None:
    """The committed files as they are."""


def _flip(repo: Repo) -> None:
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 4.00 USD")


def _broken_base(repo: Repo) -> None:
    repo.write(spec="tco 1\n{{")
    repo.commit()
    repo.write(spec=SPEC)


def _new_spec(repo: Repo) -> None:
    repo.git("rm", "-q", "--cached", "spec.tco")
    repo.git("commit", "-qm", "gone")


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_input_gives_the_same_bytes(format_: str, repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 0.5 to 6 USD")
    once = shown(capsys, format_, "--fail-on-flip")
    assert shown(capsys, format_, "--fail-on-flip") == once
    assert once.out.endswith("\n") and str(repo.folder) not in once.out


def test_a_comment_has_the_decision_first_then_why_then_what_to_do_then_numbers(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 4.00 USD")
    lines = shown(capsys, "github-comment", "--fail-on-flip", "--id", "costs").out.splitlines()
    assert lines[0] == "<!-- tcolang:report id=costs -->"
    assert lines[1] == ("### TCO +10,500 USD over 10 months (+105%) · 1 recommendation changed · 1 guardrail breached")
    assert lines[5].startswith("| `chat_cost` (`spec.tco:5`) | **small → large**")
    order = ["**Why it flipped**", "**Needs attention**", "<summary>What changed", "<summary>Options", "<sub>"]
    places = [next(number for number, line in enumerate(lines) if mark in line) for mark in order]
    assert places == sorted(places)
    assert lines[-1] == "<sub>newest source 2026-01-05 · all figures certain · tcolang 0.1.0</sub>"


def test_the_name_of_a_comment_cannot_end_it(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    first = shown(capsys, "github-comment", "--id", "a --> <b>\n@all").out.splitlines()[0]
    assert first == "<!-- tcolang:report id=a-b-all -->"


_HOSTILE = "x | y ` z <img src=x> @everyone #12 !7 %3 &9 [a](javascript:x) GH-1 https://evil.example"


def _planted(repo: Repo) -> None:
    """Text of a stranger in every place that a difference shows."""
    text = _HOSTILE
    rule = (
        f'rule mine "{text}" {{\n  for each option\n  when option.family == api\n  then warn\n  because "{text}"\n}}\n'
    )
    repo.write(
        spec=SPEC.replace('"export"', f'"{text}"').replace("1M requests", "2M requests") + "\n" + rule,
        prices=PRICES.replace("Price list", text).replace('vendor = "A"', f'vendor = "{text}"'),
    )


@pytest.mark.parametrize("format_", ["markdown", "github-comment", "gitlab-comment"])
def test_text_of_a_stranger_does_nothing_in_markdown(
    format_: str, repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    _planted(repo)
    out = shown(capsys, format_).out
    assert "everyone" in out, "the text is shown at all"
    for harm in ("<img", "@everyone", " [a](", "GH-1", "https://evil"):
        assert harm not in out, harm
    assert "#12" not in out.replace("&#124;", "")
    tables = [line for line in out.splitlines() if line.startswith("|")]
    widths = {line.count(" | ") for line in tables}
    assert all("&#124;" in line or "x | y" not in line for line in tables) and widths <= {1, 2, 3, 4}
    if format_ == "gitlab-comment":
        assert all(harm not in out for harm in ("!7", "%3", "&amp;9"))


def test_of_more_changes_than_a_comment_holds_a_few_are_shown_and_the_rest_counted(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"{'long_name_' * 12}{number}" for number in range(200)]
    note = "é" * 200
    rule = 'rule r{} "R" {{\n  for each option\n  when option.family == api\n  then warn\n  because "{}"\n}}\n'
    repo.write(spec=SPEC + "".join(f'assume {name}: number = 1 note "{note}"\n' for name in names))
    repo.commit()
    assumed = "".join(f'assume {name}: number = 1.{"7" * 50} note "{note}"\n' for name in names)
    ruled = "".join(rule.format(number, "é" * 2000) for number in range(50))
    assert len(assumed.encode()) > 60_000 and len(ruled.encode()) > 60_000
    repo.write(spec=SPEC.replace("requests = volume", "requests = volume * 2") + assumed + ruled)
    whole = shown(capsys, "markdown").out
    out = shown(capsys, "github-comment").out
    assert len(out.encode()) <= 60_000
    # 50 rules warn of 2 options, and 10 of these are shown; of 200 assumptions and 50 rules, 20.
    assert "and 90 more like these" in whole and "230 more" in whole
    assert out.count("<details>") == out.count("</details>")
    assert out.endswith("</sub>\n")


def test_whole_sections_are_dropped_the_last_one_first() -> None:
    from tcolang.diff.markup import LIMIT, comment
    from tcolang.diff.told import Told
    from tcolang.report.blocks import Paragraph, Section

    sections = tuple(Section(f"Page {n}", (Paragraph("é" * 10_000),), folded=True) for n in range(4))
    out = comment(Told("Heading", sections, "footer"), "x")
    assert len(out.encode()) <= LIMIT
    assert "Page 1" in out and "Page 2" not in out
    assert "2 sections left out" in out and out.endswith("<sub>footer</sub>\n")
    huge = comment(Told("é" * 40_000, sections, "footer"), "x")
    assert len(huge.encode()) <= LIMIT and "`tco diff` shows all of it" in huge


@pytest.mark.parametrize("format_", FORMATS)
def test_the_name_of_a_file_does_nothing_either(format_: str, repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    name = "x \x1b[31m|`<img>@all#1\n.tco"
    (repo.folder / name).write_text(SPEC.replace("chat_cost", "other"), encoding="utf-8")
    repo.commit()
    repo.edit(name, "= 1M requests", "= 2M requests")
    said = tco(capsys, "diff", name, "--format", format_, "--samples", "100", "--max-increase", "0")
    assert said.code == 1
    assert "\x1b" not in said.out + said.err and said.err.count("\n") == 1
    if format_ not in ("text", "json"):
        shown_as = said.out.replace("&#124;", "")
        assert "<img" not in shown_as and "@all" not in shown_as and "#1" not in shown_as
