"""What is kept between two checks: never anything else than a check anew would find."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from tcolang import pipeline
from tcolang.base.diagnostics import Outcome
from tcolang.base.limits import Limits
from tcolang.base.problem import Problem
from tcolang.base.registry import collect
from tcolang.base.source import SourceFile
from tcolang.base.world import World, rules_directory
from tcolang.cli import fresh
from tcolang.cli.cache import edition as editions
from tcolang.cli.cache.findings import FindingsCache
from tcolang.cli.cache.folder import EDITIONS, ENTRIES, VARIABLE, Folder, cache_home
from tcolang.cli.checked import Checked, check_all
from tcolang.cli.main import run
from tcolang.semantics import parsed
from tcolang.syntax.items import Module
from tcolang.syntax.parse import parse as whole_file

PROBLEMS = collect("tcolang", Problem, key=attrgetter("code"))
CATALOG = 'tco 1\n\nassume rate: USD/hour = 3 USD/hour note "a guess"\n'
SPEC = "tco 1\n\nimport catalog as our\n\nlet twice = 2 * our.rate\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A spec that imports another file; the cache lies beside their folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "spec.tco").write_text(SPEC, encoding="utf-8")
    (folder / "catalog.tco").write_text(CATALOG, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    return folder


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The specs that were really checked, in order."""
    done: list[str] = []
    check = pipeline.check

    def counted(world: World, file: SourceFile, **how: Any) -> Outcome[pipeline.Checked]:
        done.append(file.path)
        return check(world, file, **how)

    monkeypatch.setattr(pipeline, "check", counted)
    return done


def _told(checked: Checked) -> object:
    return (checked.findings, checked.files, checked.allowed)


def _entries(home: Path) -> list[Path]:
    return sorted(path for path in home.rglob("*") if path.is_file())


@pytest.mark.parametrize("problem", PROBLEMS[::12], ids=attrgetter("code"))
def test_what_is_kept_is_what_was_found(problem: Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, text in problem.bad.files:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    anew = check_all(["spec.tco"])
    first = check_all(["spec.tco"], cache=FindingsCache(Folder(tmp_path / "kept", "one")))

    def never(*_: object) -> None:
        raise AssertionError("checked although nothing has changed")

    monkeypatch.setattr(pipeline, "check", never)
    again = check_all(["spec.tco"], cache=FindingsCache(Folder(tmp_path / "kept", "one")))
    assert _told(anew) == _told(first) == _told(again)
    assert {one.severity for one in anew.findings} == {one.severity for one in again.findings}


def test_what_has_not_changed_is_not_checked_again(project: Path, checks: list[str]) -> None:
    assert [run(["check", "."]), run(["check", "."])] == [0, 0]
    assert checks == ["catalog.tco", "spec.tco"]


def test_after_an_edit_only_what_reads_the_file_is_checked(project: Path, checks: list[str]) -> None:
    (project / "other.tco").write_text("tco 1\n\nlet x = 2\n", encoding="utf-8")
    run(["check", "."])
    checks.clear()
    (project / "catalog.tco").write_text(CATALOG.replace("rate", "price"), encoding="utf-8")
    assert run(["check", "."]) == 1
    assert checks == ["catalog.tco", "spec.tco"]
    checks.clear()
    (project / "catalog.tco").write_text(CATALOG, encoding="utf-8")
    assert run(["check", "."]) == 0
    assert checks == ["catalog.tco", "spec.tco"]


def test_of_an_edited_project_only_what_was_edited_is_parsed(
    project: Path, smallest_spec: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[str] = []

    def counted(file: SourceFile, limits: Limits) -> Outcome[Module]:
        done.append(file.path)
        return whole_file(file, limits)

    def report() -> tuple[list[str], str]:
        parsed._module.cache_clear()
        done.clear()
        assert run(["report", "spec.tco", "--samples", "50"]) == 0
        return sorted(done), capsys.readouterr().out

    monkeypatch.setattr(parsed, "parse", counted)
    spec = smallest_spec.replace("tco 1\n", "tco 1\n\nimport catalog as our\n", 1)
    # A comment is a part of what is kept, since it can say which findings are meant.
    (project / "spec.tco").write_text(f"{spec}\nlet twice = 2 * our.rate # of the catalogue\n", encoding="utf-8")
    first, text = report()
    assert first == ["catalog.tco", "spec.tco"]
    assert report() == ([], text)
    (project / "catalog.tco").write_text(CATALOG.replace("= 3", "= 4"), encoding="utf-8")
    edited, changed = report()
    assert edited == ["catalog.tco"] and changed != text
    monkeypatch.setenv(VARIABLE, "")
    assert report() == (["catalog.tco", "spec.tco"], changed)


def test_a_file_with_mistakes_is_not_kept(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "spec.tco").write_text("tco 1\n\nlet = 3\n", encoding="utf-8")
    assert [run(["explain", "spec.tco", "x"]), run(["explain", "spec.tco", "x"])] == [1, 1]
    assert capsys.readouterr().err.count("error[TCO001]") == 2
    assert _entries(tmp_path / "kept") == []


def test_a_file_that_was_missing_is_looked_for_again(project: Path, checks: list[str]) -> None:
    (project / "catalog.tco").unlink()
    assert [run(["check", "spec.tco"]), run(["check", "spec.tco"])] == [1, 1]
    assert checks == ["spec.tco"]
    (project / "catalog.tco").write_text(CATALOG, encoding="utf-8")
    assert run(["check", "spec.tco"]) == 0


@pytest.mark.parametrize("words", [["--as-of", "2026-03"], ["--no-cache"]])
def test_another_date_is_another_check(project: Path, checks: list[str], words: list[str]) -> None:
    run(["check", "spec.tco"])
    run(["check", "spec.tco", *words])
    assert checks == ["spec.tco", "spec.tco"]


def test_other_limits_are_another_check(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["check", "spec.tco"]) == 0
    monkeypatch.setenv("TCO_LIMIT_CHAIN", "1")
    assert run(["check", "spec.tco"]) == 1


def test_one_place_in_two_projects_is_two_entries(project: Path, tmp_path: Path) -> None:
    assert run(["check", "spec.tco"]) == 0
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "spec.tco").write_text(SPEC, encoding="utf-8")
    assert run(["check", str(tmp_path / "alone" / "spec.tco")]) == 1


def test_without_a_cache_nothing_is_written(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(["check", "--no-cache", "."])
    monkeypatch.setenv(VARIABLE, "")
    run(["check", "."])
    assert not (tmp_path / "kept").exists()
    assert sorted(path.name for path in project.iterdir()) == ["catalog.tco", "spec.tco"]


@pytest.mark.parametrize(
    "harm",
    [lambda b: b"", lambda b: b[:-1], lambda b: b.replace(b"1", b"2"), lambda b: b + b" ", lambda b: b"\xff\n{}"],
)
def test_a_spoiled_entry_is_as_none(
    project: Path, tmp_path: Path, checks: list[str], capsys: pytest.CaptureFixture[str], harm: object
) -> None:
    (project / "spec.tco").write_text(SPEC + "let nothing = unheard\n", encoding="utf-8")
    assert run(["check", "spec.tco"]) == 1
    first = capsys.readouterr()
    for path in _entries(tmp_path / "kept"):
        path.write_bytes(harm(path.read_bytes()))  # type: ignore[operator]
    assert run(["check", "spec.tco"]) == 1
    assert capsys.readouterr() == first
    assert checks == ["spec.tco", "spec.tco"]


def test_a_lost_problem_is_found_again(project: Path, tmp_path: Path, checks: list[str]) -> None:
    (project / "spec.tco").write_text(SPEC + "let nothing = unheard\n", encoding="utf-8")
    run(["check", "spec.tco"])
    for path in _entries(tmp_path / "kept"):
        if b'"TCO101","unknown-name",' in path.read_bytes().replace(b'["', b'"'):
            path.unlink()
    assert [run(["check", "spec.tco"]), run(["check", "spec.tco"])] == [1, 1]
    assert len(checks) <= 2


def test_a_cache_that_cannot_be_written_stops_nothing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    assert run(["check", "spec.tco"]) == 0
    err = capsys.readouterr().err
    assert "spec checked" in err and "note: nothing is kept" in err and VARIABLE in err


def test_two_at_once_spoil_nothing(project: Path, tmp_path: Path) -> None:
    for number in range(20):
        (project / f"s{number}.tco").write_text(f"tco 1\n\nlet x{number} = unheard\n", encoding="utf-8")
    command = [sys.executable, "-m", "tcolang", "check", "--output-format", "concise", "."]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(2)]
    outs = [one.communicate()[0] for one in both]
    alone = subprocess.run([*command, "--no-cache"], capture_output=True, check=False).stdout
    warm = subprocess.run(command, capture_output=True, check=False).stdout
    assert outs == [alone, alone] and warm == alone and alone.count(b"unheard") >= 20
    assert not [path for path in _entries(tmp_path / "kept") if path.suffix != ".json"]


def test_many_on_all_cores_are_as_one_after_the_other(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checks: list[str]
) -> None:
    for number in range(6):
        (project / f"s{number}.tco").write_text(f"{SPEC}let x{number} = unheard\n", encoding="utf-8")
    alone = check_all(["."])
    checks.clear()
    monkeypatch.setattr(fresh, "MANY", 4)
    monkeypatch.setattr(fresh, "_cores", lambda: 2)
    for kept in ("first", "first", "second"):
        assert _told(check_all(["."], cache=FindingsCache(Folder(tmp_path / kept, "one")))) == _told(alone)
    assert _told(check_all(["."])) == _told(alone)
    # In this process none was.
    assert checks == [] and len(alone.findings) >= 6


def test_old_entries_and_old_editions_go(tmp_path: Path) -> None:
    for number in range(EDITIONS + 2):
        Folder(tmp_path, f"edition{number}").put("0" * 40, number)
        os.utime(tmp_path / f"edition{number}", (number, number))
    Folder(tmp_path, "last").put("0" * 40, 1)
    assert len(list(tmp_path.iterdir())) == EDITIONS
    folder = Folder(tmp_path, "last")
    for number in range(ENTRIES + 10):
        folder.put(f"00{number:038}", number)
    assert ENTRIES <= len(list((tmp_path / "last" / "00").iterdir())) <= ENTRIES + 1
    assert folder.get(f"00{ENTRIES + 9:038}") == ENTRIES + 9


def test_another_file_of_the_tool_is_another_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs = tmp_path / "rules"
    shutil.copytree(rules_directory(), packs)
    monkeypatch.setattr(editions, "rules_directory", lambda: packs)
    first = editions.edition()
    assert editions.edition() == first
    (packs / "one_more.tco").write_text("tco 1\n", encoding="utf-8")
    second = editions.edition()
    (packs / "one_more.tco").write_text("tco 1\n\n", encoding="utf-8")
    assert len({first, second, editions.edition()}) == 3


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        ({VARIABLE: "/a/b"}, "/a/b"),
        ({VARIABLE: "", "HOME": "/h"}, None),
        ({"XDG_CACHE_HOME": "/x", "HOME": "/h"}, "/x/tcolang"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/tcolang"),
        ({"HOME": "/h"}, "/h/.cache/tcolang"),
        ({}, None),
    ],
)
def test_where_entries_go(environment: dict[str, str], place: str | None) -> None:
    assert cache_home(environment) == (None if place is None else Path(place))
