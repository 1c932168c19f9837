"""The report on a screen of 80 columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from tcolang.cli.main import run
from tcolang.report.output import Style, output_formats
from tests.report.sample import sample
from tests.report.test_escape import HOSTILE

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def terminal(said: str | None = None, *, colour: bool = False, width: int = 80) -> str:
    (chosen,) = (each for each in output_formats() if each.name == "terminal")
    return chosen.render(sample(said), Style(colour=colour, width=width))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_it_fits_the_screen(width: int) -> None:
    assert max(cell_len(line) for line in terminal(width=width).splitlines()) <= width


def test_it_opens_with_the_verdict() -> None:
    assert terminal(width=200).splitlines()[0] == (
        "Choose own: Our own machine (leaning, 0.81; runner-up mixed, 0.19; on cost alone api, 0.82)"
    )


def test_there_is_no_escape_sequence_unless_colour_is_asked_for() -> None:
    assert "\x1b" not in terminal()
    coloured = terminal(colour=True)
    assert _ESCAPES.search(coloured)
    assert [line.rstrip() for line in _ESCAPES.sub("", coloured).splitlines()] == terminal().splitlines()


@pytest.mark.parametrize("said", HOSTILE)
def test_a_spec_sends_nothing_to_the_terminal(said: str) -> None:
    shown = _ESCAPES.sub("", terminal(said, colour=True))
    assert all(character.isprintable() for character in shown.replace("\n", ""))
    assert "\x1b" not in terminal(said)


def test_columns_that_find_no_room_are_left_out() -> None:
    assert "P50, EUR" not in terminal(width=80).split("THE OPTIONS")[1].splitlines()[1]
    assert "P50, EUR" in terminal(width=140).split("THE OPTIONS")[1].splitlines()[1]


def test_a_chart_is_a_few_characters() -> None:
    assert "api  ▃▅█  108 to 432 thousand EUR" in terminal()


def test_a_long_name_is_broken_where_its_words_meet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "rented_open_model_on_eight_gpus_in_frankfurt"
    assert run(["init", str(tmp_path)]) == 0
    spec = tmp_path / "assistant.tco"
    spec.write_text(re.sub(r"\brented\b(?=[\].]| \")", name, spec.read_text("utf-8")), encoding="utf-8")
    capsys.readouterr()
    assert run(["report", str(spec), "--format", "terminal", "--samples", "200"]) == 0
    table = capsys.readouterr().out.split("THE OPTIONS")[1].split("Cost: ")[0]
    parts = [line.split(" ")[0] for line in table.splitlines()]
    assert "".join(parts[parts.index("rented_open_") :]).startswith(name)
    assert {"model_on_", "eight_gpus_"} <= set(parts)
