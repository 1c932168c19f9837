"""What each command says is what stands in `tests/golden`: after a change that was meant, `python -m tests.goldens`."""

from __future__ import annotations

import re

import pytest

from tcolang.cli.dispatch import names
from tests.goldens import CALLS, FOLDER, path_of, texts


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return texts()


@pytest.mark.parametrize("name", CALLS)
def test_a_command_says_what_it_said(name: str, told: dict[str, str]) -> None:
    assert told[name] == path_of(name).read_text(encoding="utf-8"), "if this was meant: python -m tests.goldens"


def test_every_command_has_its_help_a_good_call_and_a_wrong_one() -> None:
    assert sorted(CALLS) == sorted(("tco", *names()))
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{name}.txt" for name in CALLS)
    for name in CALLS:
        text = path_of(name).read_text(encoding="utf-8")
        codes = re.findall(r"^--- exit ([0-9]+)$", text, re.MULTILINE)
        assert codes[0] == "0" and codes[1] in "01" and codes[-1] == "2", (name, codes)
        assert "--help" in text.partition("\n")[0] and "Traceback" not in text and "internal error:" not in text
