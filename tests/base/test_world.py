from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tcolang.base import world as world_module
from tcolang.base.limits import Limits
from tcolang.base.world import Unread, World, rules_directory, schemas_directory, standard_directory


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    (project / "sub").mkdir(parents=True)
    (tmp_path / "secret.tco").write_text("secret", encoding="utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file.tco").write_text("secret", encoding="utf-8")
    return project


def reason(root: Path, relative: str, limits: Limits | None = None) -> str:
    reading = World(root, limits or Limits()).read(relative)
    assert isinstance(reading, Unread), f"read {reading!r}"
    assert reading.sentence
    return reading.reason


def test_a_text_is_read_as_it_is(root: Path) -> None:
    (root / "sub" / "a.tco").write_bytes("tco 1\r\n# é 日本\r\n".encode())
    assert World(root).read("sub/a.tco") == "tco 1\r\n# é 日本\r\n"
    assert World(root).read("sub/../sub/a.tco") == "tco 1\r\n# é 日本\r\n"


def test_the_byte_order_mark_is_dropped_once(root: Path) -> None:
    (root / "a.tco").write_bytes(b"\xef\xbb\xbftco 1")
    (root / "b.tco").write_bytes(b"\xef\xbb\xbf\xef\xbb\xbftco 1")
    assert World(root).read("a.tco") == "tco 1"
    assert World(root).read("b.tco") == "\ufefftco 1"


@pytest.mark.parametrize("size", [9, 10])
def test_up_to_the_limit_a_file_is_read(root: Path, size: int) -> None:
    (root / "a.tco").write_bytes(b"x" * size)
    assert World(root, Limits(file_bytes=10)).read("a.tco") == "x" * size


def test_one_byte_above_the_limit_it_is_refused(root: Path) -> None:
    (root / "a.tco").write_bytes(b"x" * 11)
    reading = World(root, Limits(file_bytes=10)).read("a.tco")
    assert reading == Unread("too_large", "it is larger than the limit of 10 bytes (TCO_LIMIT_FILE_BYTES)")


def test_no_more_than_one_byte_above_the_limit_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (root / "huge.tco").open("wb") as stream:
        stream.truncate(2**40)
    wanted: list[int] = []
    read = os.read

    def counted(descriptor: int, length: int) -> bytes:
        wanted.append(length)
        return read(descriptor, length)

    monkeypatch.setattr(os, "read", counted)
    assert reason(root, "huge.tco", Limits(file_bytes=100)) == "too_large"
    assert sum(wanted) == 101


@pytest.mark.parametrize("relative", ["nothing.tco", "nowhere/nothing.tco"])
def test_a_missing_file(root: Path, relative: str) -> None:
    assert reason(root, relative) == "missing"


def test_a_file_used_as_a_folder_is_missing(root: Path) -> None:
    (root / "a.tco").write_text("x", encoding="utf-8")
    assert reason(root, "a.tco/b.tco") == "missing"


@pytest.mark.parametrize("relative", ["sub", ".", ""])
def test_a_directory(root: Path, relative: str) -> None:
    assert reason(root, relative) == "directory"


@pytest.mark.parametrize("relative", ["../secret.tco", "sub/../../secret.tco", "/etc/passwd", "../nothing.tco", ".."])
def test_a_path_out_of_the_root(root: Path, relative: str) -> None:
    assert reason(root, relative) == "outside"


def test_a_sibling_whose_name_begins_like_the_root_is_outside(root: Path) -> None:
    sibling = root.with_name("project2")
    sibling.mkdir()
    (sibling / "a.tco").write_text("secret", encoding="utf-8")
    assert reason(root, "../project2/a.tco") == "outside"


def test_links_that_lead_out_are_refused_wherever_they_stand_in_the_path(root: Path) -> None:
    (root / "file.tco").symlink_to(root.parent / "secret.tco")
    (root / "folder").symlink_to(root.parent / "outside")
    (root / "sub" / "up").symlink_to("../..")
    (root / "chain.tco").symlink_to("file.tco")
    (root / "dangling.tco").symlink_to("/nonexistent/x.tco")
    for relative in ("file.tco", "folder/file.tco", "sub/up/secret.tco", "chain.tco", "dangling.tco"):
        assert reason(root, relative) == "outside", relative


def test_links_that_stay_inside_are_followed(root: Path) -> None:
    (root / "sub" / "a.tco").write_text("inside", encoding="utf-8")
    (root / "alias").symlink_to("sub")
    (root / "b.tco").symlink_to("alias/a.tco")
    assert World(root).read("b.tco") == "inside"


def test_a_root_that_is_a_link_is_resolved_first(root: Path) -> None:
    (root / "a.tco").write_text("inside", encoding="utf-8")
    link = root.with_name("link")
    link.symlink_to(root)
    assert World(link).root == root.resolve()
    assert World(link).read("a.tco") == "inside"


def test_a_circle_of_links_ends(root: Path) -> None:
    (root / "a.tco").symlink_to("b.tco")
    (root / "b.tco").symlink_to("a.tco")
    assert reason(root, "a.tco") == "irregular"


def test_a_pipe_is_refused_without_waiting_for_a_writer(root: Path) -> None:
    os.mkfifo(root / "pipe.tco")
    assert reason(root, "pipe.tco") == "irregular"


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = root / "a.tco"
    target.write_text("x", encoding="utf-8")
    open_ = os.open

    def swapped(path: Path, flags: int) -> int:
        target.unlink()
        os.mkfifo(target)
        return open_(path, flags)

    monkeypatch.setattr(os, "open", swapped)
    assert reason(root, "a.tco") == "irregular"


def test_a_socket_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.tco")
        assert reason(root, "s.tco") == "irregular"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"tco 1\n\0", "line 2 has a zero byte"),
        (b"\x89PNG\r\n\x1a\n\0\0", "line 3 has a zero byte"),
        (b"tco 1\n\ncaf\xe9\n", "the byte 0xe9 in line 3"),
        (b"\xef\xbb\xbf\xe9\n", "the byte 0xe9 in line 1"),
        (b"\xed\xa0\x80", "the byte 0xed in line 1"),
        ("tco 1".encode("utf-16"), "UTF-16"),
        ("tco 1".encode("utf-16-be"), "zero byte"),
    ],
)
def test_what_is_not_utf8_is_refused_with_its_line(root: Path, content: bytes, words: str) -> None:
    (root / "a.tco").write_bytes(content)
    reading = World(root).read("a.tco")
    assert isinstance(reading, Unread)
    assert reading.reason == "not_text"
    assert words in reading.sentence


@pytest.mark.parametrize("relative", ["a\0b.tco", "x" * 300, "\ud800.tco"])
def test_an_impossible_name_is_no_crash(root: Path, relative: str) -> None:
    assert reason(root, relative) == "unreadable"


def test_the_shipped_folders_are_those_of_the_checkout() -> None:
    repository = Path(__file__).resolve().parents[2]
    assert standard_directory() == repository / "specs" / "std"
    assert rules_directory() == repository / "rules"
    assert schemas_directory() == repository / "specs" / "schemas"


def test_in_a_wheel_they_are_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "tcolang"
    (package / "base").mkdir(parents=True)
    monkeypatch.setattr(world_module, "__file__", str(package / "base" / "world.py"))
    (tmp_path / "rules").mkdir()
    assert rules_directory() == tmp_path / "rules"
    (package / "_shipped" / "rules").mkdir(parents=True)
    assert rules_directory() == package / "_shipped" / "rules"
    with pytest.raises(FileNotFoundError, match="the installation is incomplete"):
        standard_directory()
