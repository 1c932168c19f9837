"""What `tco` does around its commands: start-up, help, mistakes, pipes, interrupts, encodings."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

import pytest

from tcolang.cli import commands, dispatch, main
from tcolang.cli.command import Command, UsageError
from tcolang.version import __version__


def test_version_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["--version"]) == 0
    assert capsys.readouterr() == (f"tcolang {__version__}\n", "")


def test_version_loads_nothing_beyond_what_python_has_loaded() -> None:
    script = (
        "import sys; before = set(sys.modules); from tcolang.cli.main import run; run(['--version'])\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    output = _python("-c", script).stdout
    assert output.splitlines()[1].split() == [
        "__future__",
        "tcolang",
        "tcolang.cli",
        "tcolang.cli.main",
        "tcolang.version",
    ]


def test_help_goes_to_standard_output_and_no_words_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["--help"]) == 0
    asked = capsys.readouterr()
    assert main.run([]) == 2
    bare = capsys.readouterr()
    assert (asked.out, asked.err) == (bare.err, bare.out)
    assert asked.out.startswith("usage: tco COMMAND")


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    script = (
        "import sys; from tcolang.cli.main import run; run(['--help'])\n"
        "print(*{'numpy', 'networkx', 'jinja2', 'jsonschema', 'rich', 'lark'} & set(sys.modules), file=sys.stderr)"
    )
    done = _python("-c", script)
    assert done.stderr.strip() == ""
    assert all(f"\n  {name}" in done.stdout for name in dispatch.names())


def test_each_command_file_declares_the_command_of_its_name() -> None:
    declared = [dispatch.load(name) for name in dispatch.names()]
    assert [command and command.name for command in declared] == list(dispatch.names())
    for command in declared:
        assert command is not None
        assert command.example.startswith(f"tco {command.name}")
        assert dispatch.parser_of(command).format_help().count(command.summary) == 1


def test_a_dash_in_a_name_is_a_low_line_in_its_file_and_a_keyword_has_one_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stem, name in (("ever_so_often", "ever-so-often"), ("import_", "import")):
        text = f"from tcolang.cli.command import Command\nIT = Command({name!r}, '', print, print, '')\n"
        (tmp_path / f"{stem}.py").write_text(text)
    monkeypatch.setattr(commands, "__path__", [str(tmp_path)])
    assert dispatch.names() == ("ever-so-often", "import")
    for name in dispatch.names():
        command = dispatch.load(name)
        assert command is not None and command.name == name
    assert dispatch.load("ever_so_often") is None
    assert dispatch.load("import_") is None


@pytest.mark.parametrize("word", ["", "a.b", "../x", "__init__", "no-such", "x" * 5000, "été"])
def test_what_names_no_command_is_a_usage_error(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run([word]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: there is no command") and "= help: " in err


def test_a_misspelt_command_or_option_is_recognised(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "names", lambda: ("check", "report"))
    assert main.run(["reprot"]) == 2
    assert capsys.readouterr().err == "error: there is no command `reprot`\n  = help: did you mean `report`?\n"
    assert main.run(["--verison"]) == 2
    assert capsys.readouterr().err == "error: there is no option `--verison`\n  = help: did you mean `--version`?\n"


def test_usage_errors_of_a_command_show_its_usage(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(monkeypatch, lambda: 0)
    assert main.run(["probe", "--loude"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "usage: tco probe [options]",
        "error: unrecognized arguments: --loude",
        "  = help: did you mean `--loud`?",
    ]
    assert main.run(["probe", "--lou"]) == 2, "a prefix of an option is not the option"


def test_a_command_can_refuse_arguments_that_do_not_go_together(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> int:
        raise UsageError("either this or that")

    _plant(monkeypatch, refuse)
    assert main.run(["probe"]) == 2
    err = capsys.readouterr().err
    assert "usage: tco probe" in err and "error: either this or that" in err and "`tco probe --help`" in err


def test_the_help_of_a_command_shows_its_example(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(monkeypatch, lambda: 0)
    assert main.run(["probe", "--help"]) == 0
    out, err = capsys.readouterr()
    assert "example:\n  tco probe --loud" in out and err == ""


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_exit_code_is_that_of_the_command(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    _plant(monkeypatch, lambda: code)
    assert main.run(["probe"]) == code


def test_an_interrupt_ends_quietly(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _plant(monkeypatch, _raiser(KeyboardInterrupt()))
    assert main.run(["probe"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_bug_is_one_line_and_a_traceback_only_when_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(monkeypatch, _raiser(KeyError("a\nb\x1b[31m")))
    monkeypatch.delenv("TCO_DEBUG", raising=False)
    assert main.run(["probe"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and "\x1b" not in err
    assert err.startswith("internal error: KeyError: ") and "please report it" in err
    monkeypatch.setenv("TCO_DEBUG", "1")
    assert main.run(["probe"]) == 2
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_an_error_not_a_bug(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(monkeypatch, _raiser(PermissionError(13, "Permission denied", "report.md")))
    assert main.run(["probe"]) == 2
    assert capsys.readouterr().err == "error: report.md: Permission denied\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(_command("--version"), stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


def test_output_that_cannot_be_written_is_an_error() -> None:
    with Path(os.devnull).open() as only_readable:
        done = subprocess.run(
            _command("--version"), stdout=only_readable, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (2, "error: Bad file descriptor\n")


def test_closed_streams_are_no_bug() -> None:
    line = f'"{sys.executable}" -m tcolang --version >&- 2>&-'
    assert subprocess.run(["sh", "-c", line], check=False).returncode == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_output_is_utf8_with_bare_newlines_in_every_locale(encoding: str) -> None:
    script = "import sys; from tcolang.cli.main import run; run(['--version']); print('€ ≤ \\udc80'); run(['€'])"
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, check=True)
    assert done.stdout == f"tcolang {__version__}\n€ ≤ \\udc80\n".encode()
    assert "`€`".encode() in done.stderr


def _plant(monkeypatch: pytest.MonkeyPatch, run: Callable[[], int]) -> None:
    """Makes `tco probe` a command that does what `run` does."""
    probe = Command(
        name="probe",
        summary="Tries things.",
        configure=_loud,
        run=lambda arguments: run(),
        example="tco probe --loud",
    )
    monkeypatch.setattr(dispatch, "load", lambda name: probe if name == "probe" else None)


def _loud(parser: ArgumentParser) -> None:
    parser.add_argument("--loud", action="store_true")


def _raiser(error: BaseException) -> Callable[[], int]:
    def run() -> int:
        raise error

    return run


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "tcolang", *words]


def _python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, encoding="utf-8", check=True)
