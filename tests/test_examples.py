"""Each example is right, comes out as it expects, and lies beside the report that it makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcolang import pipeline
from tcolang.base.frame import listing
from tcolang.base.source import SourceFile
from tcolang.base.world import World
from tcolang.engine.settings import Settings
from tcolang.report.output import Style, output_formats
from tests.documents import ROOT

PUBLISHED = ROOT / "examples" / "published"
"""Other people's numbers, one file each, without reports: test_published.py looks at them."""

EXAMPLES = sorted(
    path
    for path in ROOT.glob("examples/*/*.tco")
    if path.parent != PUBLISHED and "\ndecision " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_is_right_and_its_report_is_the_one_that_is_committed(path: Path) -> None:
    world = World(path.parent)
    checked = pipeline.check(world, SourceFile(path.name, path.read_text(encoding="utf-8")))
    assert checked.diagnostics == (), listing(checked.diagnostics)
    program = checked.value.program
    assert program is not None
    tests = pipeline.run_tests(program, Settings())
    assert tests and [test.title for test in tests if not test.passed] == []
    made = pipeline.results(program, Settings())
    assert made.value is not None and not made.failed, listing(made.diagnostics)
    (markdown,) = (known for known in output_formats() if known.name == "markdown")
    report = path.with_name("report.md")
    assert report.exists(), "run `make examples`"
    assert markdown.render(made.value, Style()).encode() == report.read_bytes(), "if this was meant: `make examples`"


def test_each_folder_has_one_decision_and_says_what_to_look_at() -> None:
    folders = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir() and path != PUBLISHED)
    assert [path.parent for path in EXAMPLES] == folders
    for folder in folders:
        readme = (folder / "README.md").read_text(encoding="utf-8")
        assert f"tco report examples/{folder.name}/" in readme and f"tco test examples/{folder.name}/" in readme
