"""The documents say what is true: their specs run, their excerpts are excerpts, their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tcolang.base.frame import listing
from tcolang.base.registry import collect
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.cli.codes import problems
from tcolang.semantics.builtin import Builtin
from tcolang.semantics.distributions import DISTRIBUTIONS
from tcolang.semantics.results import CATEGORIES, DECISION_RESULTS, OPTION_FUNCTIONS, OPTION_RESULTS
from tcolang.syntax.layout import layout
from tests.documents import ROOT, Block, added, blocks, pages
from tests.judging import judged

LANGUAGE = pages("specs/language")
EXTENDING = pages("docs/extending")
PAGES = (
    *pages("."),
    *pages("docs"),
    *pages("docs/decisions"),
    *EXTENDING,
    *LANGUAGE,
    *sorted(ROOT.glob("examples/*/*.md")),
)

SPECS = [
    block
    for page in (*LANGUAGE, *EXTENDING)
    for block in blocks(page)
    if block.language == "tco" and not block.settings.keys() & {"file", "from"}
]
EXCERPTS = [block for page in PAGES for block in blocks(page) if "from" in block.settings]
NAMED = {block.settings["name"]: block for block in SPECS if "name" in block.settings}

each_spec = pytest.mark.parametrize("block", SPECS, ids=[block.where for block in SPECS])


@each_spec
def test_a_spec_has_the_findings_that_are_told_and_no_other(block: Block, tmp_path: Path) -> None:
    for name, text in _files(block).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = judged(World(tmp_path), SourceFile("spec.tco", _spec(block))).findings
    told = {code for word in ("error", "warning") if word in block.settings for code in block.settings[word].split(",")}
    assert {finding.problem.code for finding in found} == told, listing(found)
    words = {finding.severity.word for finding in found}
    assert ("error" in words) == ("error" in block.settings)
    shown = _shown_below(block)
    assert shown is None or shown.text.strip() == listing(found).strip()


@pytest.mark.parametrize("block", EXCERPTS, ids=[block.where for block in EXCERPTS])
def test_an_excerpt_stands_in_the_file_that_it_is_from(block: Block) -> None:
    """In this order; `…` stands for what is left out."""
    rest = (ROOT / block.settings["from"]).read_text(encoding="utf-8")
    for part in re.split(r"^\s*…\n", block.text, flags=re.MULTILINE):
        _, found, rest = rest.partition(part.strip("\n"))
        assert found, part


def test_every_statement_of_the_language_stands_in_a_chapter() -> None:
    grammar = (ROOT / "tcolang/syntax/grammar.lark").read_text(encoding="utf-8")
    words = set(re.findall(r'"([a-z]+)"', re.sub(r"//[^\n]*", "", grammar))) - {"statement"}
    shown = " ".join(block.text for page in LANGUAGE for block in blocks(page) if block.language == "tco")
    assert words - set(re.findall(r"[a-z]+", shown)) == set()


def test_every_function_is_described_as_it_describes_itself() -> None:
    builtins = collect("tcolang.semantics.builtins", Builtin)
    rows = _rows("specs/language/11-functions.md")
    described = {f"{b.name}{b.signature}": b.summary for b in builtins}
    assert {_code(row[0]): row[1].replace(r"\|", "|") for row in rows if "->" in row[0]} == described


def test_every_word_of_a_closed_list_is_explained() -> None:
    assert _first_words("04-kinds.md", "Category") == set(CATEGORIES)
    assert _first_words("05-options.md", "Result") == {*OPTION_RESULTS, *OPTION_FUNCTIONS}
    assert _first_words("08-decisions-and-rules.md", "Result") == set(DECISION_RESULTS)
    assert _first_words("07-uncertainty.md", "Distribution") == set(DISTRIBUTIONS)


def test_every_standard_kind_and_fact_is_listed() -> None:
    kinds: dict[str, set[str]] = {}
    for path in sorted((ROOT / "specs/std").glob("*.tco")):
        text = path.read_text(encoding="utf-8")
        for statement in layout(SourceFile(path.name, text)).statements:
            if statement.word == "kind":
                body = text[statement.start : statement.end]
                kinds[statement.name] = set(re.findall(r"^  (\w+)\??:", body, re.MULTILINE))
    facts = {"decision": "08-decisions-and-rules.md", "option": "05-options.md"}
    for kind, page in facts.items():
        assert _first_words(page, "Fact") == kinds.pop(kind)
    assert _first_words("04-kinds.md", "Kind") == set(kinds)


def test_codes_that_are_named_exist() -> None:
    known = set(problems())
    for page in PAGES:
        # A template declares what there is not yet.
        text = re.sub(r"```python template=.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert set(re.findall(r"TCO[0-9]{3}", text)) <= known, page


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        assert "://" in target or (page.parent / target).exists(), target
    for named in re.findall(r"`((?:tcolang|specs|rules|examples|tests|docs)/[\w./-]*\w)`", text):
        assert (ROOT / named).exists() or re.search(r"\b(NAME|X|x)\b", named), named


def _spec(block: Block) -> str:
    """A block that is added to another one, with it."""
    base = block.settings.get("on")
    return block.text if base is None else added(_spec(NAMED[base]), block.text)


def _files(block: Block) -> dict[str, str]:
    """The files of its page that a spec can import."""
    return {b.settings["file"]: b.text for b in blocks(block.page) if "file" in b.settings}


def _shown_below(block: Block) -> Block | None:
    """The next block of the page, if it is what is printed about this one."""
    later = [other for other in blocks(block.page) if other.line > block.line]
    return later[0] if later and "printed" in later[0].settings else None


def _rows(page: str) -> list[list[str]]:
    """The cells of all tables of a page."""
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if line.startswith("| ")]


def _first_words(page: str, heading: str) -> set[str]:
    """The names in the first column of the table under this heading, without what stands in brackets behind them."""
    lines = (ROOT / "specs/language" / page).read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    names: set[str] = set()
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        names.update(re.findall(r"`(\w+)[^`]*`", line.split("|")[1]))
    return names


def _code(cell: str) -> str:
    return cell.strip("`").replace(r"\|", "|")
