"""What is made of measurements: ratios, goals, the table, the page, the picture."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.benchmarks.__main__ import PAGE, PICTURE, README
from tests.benchmarks.__main__ import RESULTS as RESULTS_FILE
from tests.benchmarks.cases.growth import slope
from tests.benchmarks.drawing import drawing
from tests.benchmarks.page import REASONS, UNEXPLAINED, excerpt, page, shown, table
from tests.benchmarks.rows import Line, Results, absent, measured, ratios, read, write
from tests.benchmarks.timing import Taken, TaskError, in_turn

EVEN = Line("files", (10, 100, 1_000), (0.5, 5.0, 50.0), (1e6, 1e6, 2e6))
ROWS = (
    measured("a", "Start-up", "one", [2.0, 1.0, 9.0], "× pass", 2.5),
    measured("b", "Start-up", "two", [3.0, 4.0], "× pass", 2.5, note="0.1 s"),
    measured("c", "Peers", "three", [1234.5], "× ours", 1000.0, more=True),
    absent("d", "Peers", "four", "not installed", 4.0, more=True),
    measured("e", "Peers", "five", [0.012345], "s"),
)
RESULTS = Results("2026-01-31", False, 61.4, {"cores": "2"}, {"black": "1.0"}, {"pint": "no"}, ROWS, (EVEN,))


def test_a_row_is_the_median_and_knows_whether_the_goal_is_reached() -> None:
    assert [row.value for row in ROWS] == [2.0, 3.5, 1234.5, None, 0.012345]
    assert (ROWS[0].least, ROWS[0].most, ROWS[0].rounds) == (1.0, 9.0, 3)
    assert [row.reached for row in ROWS] == [True, False, True, False, None]


def test_ratios_are_of_one_round() -> None:
    ones = [Taken(2.0, 8.0, 0), Taken(9.0, 4.0, 0)]
    others = [Taken(1.0, 2.0, 0), Taken(3.0, 1.0, 0)]
    assert ratios(ones, others) == [2.0, 3.0]
    assert ratios(ones, others, clock=True) == [4.0, 4.0]


def test_results_come_back_from_their_file(tmp_path: Path) -> None:
    write(RESULTS, tmp_path / "results.json")
    assert read(tmp_path / "results.json") == RESULTS


def test_the_table_tells_every_row() -> None:
    lines = table(RESULTS).splitlines()
    assert "  one         2.00 × pass; goal ≤ 2.5: reached; 1.00 to 9.00" in lines
    assert "  two         3.50 × pass; goal ≤ 2.5: **missed**; 3.00 to 4.00; 0.1 s" in lines
    assert lines[-1] == "2 of 4 goals reached, in 61 s"


def test_the_page_has_goals_and_says_why_one_is_missed() -> None:
    text = page(RESULTS, {"b": "Because of this."})
    assert "| two (0.1 s) | 3.50 × pass | 3.00 to 4.00 | ≤ 2.5 | **missed** |" in text
    assert "| three | 1,230 × ours | – | ≥ 1,000 | reached |" in text
    assert "| four (not installed) | – | – | ≥ 4 | **missed** |" in text
    assert "| files | 1,000 | 50.0 | 2.0 |" in text
    assert "- two (× pass): Because of this." in text
    assert f"- four (Peers): {UNEXPLAINED}" in text


def test_the_excerpt_has_what_was_measured() -> None:
    rows = (measured("files cold", "Files", "many", [0.5], "× Lark"), absent("rules tco", "Rules", "few", "failed"))
    text = excerpt(Results("2026-01-31", False, 1.0, {"cores": "2"}, {}, {}, rows))
    assert [line for line in text.splitlines() if line.startswith("| ")][1:] == [
        "| --- | ---: |",
        "| many | 0.500 × Lark |",
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(0.012345, "0.0123"), (1.0, "1.00"), (123.4, "123"), (999.6, "1,000"), (12345.0, "12,300")]
)
def test_numbers_have_three_digits(value: float, text: str) -> None:
    assert shown(value) == text


def test_even_growth_lies_on_the_line_of_even_growth() -> None:
    text = drawing([EVEN])
    root = ET.fromstring(text)
    assert root.tag.endswith("svg")
    ends = re.findall(r'class="even" d="M([\d.]+ [\d.]+)L([\d.]+ [\d.]+)"', text)[0]
    marks = re.findall(r'class="time" cx="([\d.]+)" cy="([\d.]+)"', text)
    assert [" ".join(marks[0]), " ".join(marks[2])] == list(ends)
    assert drawing([EVEN]) == text


def test_a_slope_is_what_one_more_costs() -> None:
    assert slope(EVEN, 0, 1) == pytest.approx(0.05)
    assert slope(EVEN, -2, -1) == pytest.approx(0.05)


def test_tasks_take_turns_and_those_that_fail_are_left_out() -> None:
    done: list[str] = []

    def task(name: str) -> Taken:
        done.append(name)
        if name == "b" and len(done) > 3:
            raise TaskError("no more")
        return Taken(float(len(done)), 0.0, 0)

    taken, failed = in_turn({"a": lambda: task("a"), "b": lambda: task("b"), "c": lambda: task("c")}, 2, 60.0)
    assert done == ["a", "b", "c", "a", "b", "c", "a", "c"]
    assert {name: [each.processor for each in found] for name, found in taken.items()} == {"a": [4, 7], "c": [6, 8]}
    assert failed == {"b": "no more"}
    assert len(in_turn({"a": lambda: task("a")}, 9, 0.0)[0]["a"]) == 1


def test_the_pages_say_what_was_measured() -> None:
    """Once there are results: `python -m tests.benchmarks --page` writes the pages again."""
    assert README.read_text(encoding="utf-8").count("<!-- benchmarks -->\n") == 1
    for file in RESULTS_FILE.parent.glob(RESULTS_FILE.name):
        results = read(file)
        assert not results.quick
        assert set(tomllib.loads(REASONS.read_text(encoding="utf-8"))) <= {row.key for row in results.rows}
        assert PAGE.read_text(encoding="utf-8") == page(results)
        assert PICTURE.read_text(encoding="utf-8") == drawing(results.growth)
        assert excerpt(results) in README.read_text(encoding="utf-8")
