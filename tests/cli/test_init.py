"""The first spec works as it is, and nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcolang.cli.main import run


def test_the_first_spec_is_without_findings_and_decides(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    told = capsys.readouterr()
    assert told.out == "" and "tco report assistant.tco" in told.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["assistant.tco", "tcolang.toml"]
    assert run(["check", "assistant.tco", "--fail-on", "info"]) == 0, capsys.readouterr().out
    assert run(["fmt", "--check", "assistant.tco"]) == 0
    assert run(["test", "assistant.tco"]) == 0
    capsys.readouterr()
    assert run(["report", "assistant.tco", "--samples", "1000"]) == 0
    assert capsys.readouterr().out.startswith("# Choose `rented`")
    assert run(["config"]) == 0
    assert 'specs = ["assistant.tco"]' in capsys.readouterr().out


def test_every_block_of_it_has_a_word_of_explanation() -> None:
    from importlib.resources import files

    text = files("tcolang.cli").joinpath("first", "assistant.tco").read_text("utf-8")
    assert sum(line.startswith("#") for line in text.splitlines()) >= 8
    assert text.startswith("## ")


def test_a_folder_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path / "a" / "b")]) == 0
    assert (tmp_path / "a" / "b" / "assistant.tco").is_file()
    assert str(tmp_path / "a" / "b" / "assistant.tco") in capsys.readouterr().err


@pytest.mark.parametrize("name", ["assistant.tco", "tcolang.toml"])
def test_nothing_is_overwritten(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_text("mine")
    assert run(["init", str(tmp_path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_a_link_to_nowhere_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "assistant.tco").symlink_to(tmp_path / "elsewhere.tco")
    assert run(["init", str(tmp_path)]) == 2
    assert not (tmp_path / "elsewhere.tco").exists()
