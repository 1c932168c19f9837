"""Completion scripts: in bash as a user would have them, in the other shells by what stands in them."""

from __future__ import annotations

import subprocess

import pytest

from tcolang.cli import dispatch
from tcolang.cli.main import run


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run(["completion", shell]) == 0
    return capsys.readouterr().out


def completed(text: str, *words: str) -> list[str]:
    """What bash offers for the last word."""
    line = " ".join(f"'{word}'" for word in words)
    ask = f'{text}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _tco; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "--norc", "-uc", ask], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_bash_completes_commands_options_and_choices(capsys: pytest.CaptureFixture[str]) -> None:
    text = script("bash", capsys)
    assert set(completed(text, "tco", "")) == {*dispatch.names(), "--help", "--version"}
    assert completed(text, "tco", "sch") == ["schema"]
    assert completed(text, "tco", "diff", "--fail") == ["--fail-on-flip"]
    assert completed(text, "tco", "diff", "x.tco", "--format", "g") == ["github-comment", "gitlab-comment"]
    assert completed(text, "tco", "comment", "") == ["github", "gitlab"]
    assert completed(text, "tco", "completion", "z") == ["zsh"]
    assert completed(text, "tco", "diff", "supp") == [], "files are left to the shell"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_every_long_option_is_in_every_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = script(shell, capsys)
    for name in dispatch.names():
        command = dispatch.load(name)
        assert command is not None
        for option in dispatch.parser_of(command)._option_string_actions:
            shown = f"-l {option[2:]}" if shell == "fish" else option
            assert not option.startswith("--") or shown in text, (name, option)
        assert name in text


def test_zsh_has_the_syntax_of_a_shell(capsys: pytest.CaptureFixture[str]) -> None:
    """What zsh alone has is one expansion, `${=found}`: without it bash can read the script."""
    text = script("zsh", capsys).replace("${=found}", "$found")
    subprocess.run(["bash", "-n", "-c", text], check=True)
    assert text.startswith("#compdef tco\n")


def test_fish_texts_are_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    lines = script("fish", capsys).splitlines()[1:]
    assert {f"complete -c tco -n __fish_use_subcommand -l {word}" for word in ("help", "version")} <= set(lines)
    for line in lines:
        assert line.startswith("complete -c tco -n ")
        assert line.replace("\\'", "").count("'") % 2 == 0


def test_a_shell_that_is_not_known_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "powershell"]) == 2
    assert "powershell" in capsys.readouterr().err
