"""Settings: the closest file counts, a mistake is refused with its line, and the schema says the same."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tcolang.base.world import Reading, Unread, schemas_directory
from tcolang.cli.command import UsageError
from tcolang.cli.configuration import KNOWN, configuration, configuration_on_disk
from tcolang.cli.main import run


def read(files: dict[str, str]):  # type: ignore[no-untyped-def]
    def one(path: str) -> Reading:
        return files.get(path, Unread("missing", "there is no such file"))

    return one


def value(files: dict[str, str], folder: str = "a/b") -> tuple[object, str]:
    setting = configuration(read(files), folder).settings["max_increase"]
    return setting.value, setting.where


def mistake(text: str, name: str = "tcolang.toml") -> str:
    with pytest.raises(UsageError) as error:
        configuration(read({name: text}), "")
    return str(error.value)


def test_the_closest_file_counts_alone() -> None:
    files = {"tcolang.toml": "max_increase = 1\n", "a/pyproject.toml": "[tool.tcolang]\nfail_on_flip = true\n"}
    found = configuration(read(files), "a/b")
    assert (found.file, found.value("fail_on_flip"), found.value("max_increase")) == ("a/pyproject.toml", True, None)
    assert value(files, "c") == (1, "tcolang.toml:1")
    assert value({}, "a/b") == (None, "default")


def test_in_one_folder_the_file_of_its_own_goes_first_and_a_foreign_pyproject_is_passed_over() -> None:
    own = {"a/tcolang.toml": "max_increase = 1", "a/pyproject.toml": "[tool.tcolang]\nmax_increase = 2"}
    assert value(own) == (1, "a/tcolang.toml:1")
    foreign = {"tcolang.toml": "max_increase = 3", "a/pyproject.toml": "[tool.ruff]\nline-length = 100"}
    assert value(foreign) == (3, "tcolang.toml:1")


def test_extending_is_explicit_and_the_extending_file_goes_first() -> None:
    files = {
        "shared/base.toml": "max_increase = 10\nmax_increase_pct = 2.5\n",
        "a/tcolang.toml": 'extend = "../shared/base.toml"\nmax_increase = 20\n',
    }
    found = configuration(read(files), "a").settings
    assert (found["max_increase"].value, found["max_increase"].where) == (20, "a/tcolang.toml:2")
    assert (found["max_increase_pct"].value, found["max_increase_pct"].where) == (2.5, "shared/base.toml:2")


def test_extending_in_a_circle_or_out_of_reach_is_refused() -> None:
    with pytest.raises(UsageError, match=r"a\.toml → b\.toml → a\.toml|circle: tcolang\.toml → b\.toml"):
        configuration(read({"tcolang.toml": 'extend = "b.toml"', "b.toml": 'extend = "tcolang.toml"'}), "")
    assert "cannot read gone.toml" in mistake('extend = "gone.toml"')
    assert "outside of the project" in mistake('extend = "../../etc/passwd"')
    assert "`extend` names a file" in mistake("extend = 3")
    chain = {f"c{n}.toml": f'extend = "c{n + 1}.toml"' for n in range(50)}
    with pytest.raises(UsageError, match="circle"):
        configuration(read({"tcolang.toml": 'extend = "c0.toml"', **chain}), "")


def test_an_unknown_setting_is_refused_with_its_line_and_what_was_meant() -> None:
    assert mistake("# one\nmax_incraese = 3\n") == (
        "tcolang.toml:2: there is no setting `max_incraese`; did you mean `max_increase`?"
    )
    text = "[tool.other]\nmax_increases = 1\n\n[tool.tcolang]\nfail_on_flip = true\nmax_increases = 1\n"
    assert mistake(text, "pyproject.toml").startswith("pyproject.toml:6: there is no setting `max_increases`")
    assert "there are: extend, baseline, fail_on, fail_on_flip" in mistake("zzz = 1")
    assert mistake("[specs]\na = 1").startswith("tcolang.toml:1: `specs` is a list of texts")


@pytest.mark.parametrize("text", ["max_increase = [", "a = 1\na = 2", "=", "[" * 100_000, "\udc80 = 1"])
def test_what_is_no_toml_is_refused(text: str) -> None:
    assert mistake(text).startswith(("tcolang.toml is no TOML", "tcolang.toml:1: there is no setting"))


_STATED = [
    "max_increase = 0",
    "max_increase = 12.5",
    "max_increase = -1",
    "max_increase = nan",
    "max_increase = inf",
    "max_increase = true",
    'max_increase = "1"',
    "max_increase_pct = 3",
    "max_increase_pct = []",
    "fail_on_flip = true",
    "fail_on_flip = 1",
    'specs = ["a.tco", "b.tco"]',
    "specs = []",
    'specs = "a.tco"',
    'specs = [""]',
    'select = ["TCO4", "no-source"]',
    'select = "TCO4"',
    'ignore = ["TCO45"]',
    "ignore = [4]",
    'fail_on = "warning"',
    'fail_on = "warnings"',
    "fail_on = 1",
    'baseline = "known.json"',
    'baseline = ""',
    "baseline = true",
    "specs = [1]",
    "unheard = 1",
]


@pytest.mark.parametrize("text", _STATED)
def test_the_schema_refuses_what_is_refused(text: str) -> None:
    schema = json.loads((schemas_directory() / "config.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    try:
        configuration(read({"tcolang.toml": text}), "")
        refused = False
    except UsageError:
        refused = True
    # JSON, and so its schema, has no numbers that are not finite.
    finite = "nan" not in text and "inf" not in text
    assert refused == (not finite or not Draft202012Validator(schema).is_valid(tomllib.loads(text)))


def test_the_schema_lists_every_setting() -> None:
    schema = json.loads((schemas_directory() / "config.schema.json").read_text(encoding="utf-8"))
    assert sorted(schema["properties"]) == sorted(["extend", *(known.name for known in KNOWN)])
    assert schema["additionalProperties"] is False


def test_config_prints_what_is_in_force_and_where_it_is_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tcolang.toml").write_text('max_increase = 1_000\nspecs = ["a.tco"]\n')
    (tmp_path / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep")
    assert run(["config", "er"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "baseline = (not set)          # default",
        'fail_on = "error"             # default',
        "fail_on_flip = false          # default",
        "ignore = []                   # default",
        "max_increase = 1000           # ../tcolang.toml:1",
        "max_increase_pct = (not set)  # default",
        "select = []                   # default",
        'specs = ["a.tco"]             # ../tcolang.toml:2',
    ]
    assert run(["config", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["file"] == "../tcolang.toml"
    assert found["settings"]["max_increase"] == {"value": 1000, "where": "../tcolang.toml:1"}
    assert run(["config", "gone"]) == 2


def test_a_mistake_is_a_usage_error_of_every_command_that_reads_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tcolang.toml").write_text("\nfail_on_flipp = true\n")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec.tco").write_text("tco 1\n\nlet price = 5 EUR\n")
    for words in (["config"], ["diff"], ["check"]):
        assert run(words) == 2
        assert "tcolang.toml:2: there is no setting `fail_on_flipp`; did you mean `fail_on_flip`?" in (
            capsys.readouterr().err
        )


def test_on_the_disk_links_are_followed_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "tcolang.toml").write_text("max_increase = 7\n")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert configuration_on_disk(tmp_path / "link").value("max_increase") == 7


def test_schemas_are_listed_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert {"config", "diff", "report", "trace"} <= set(names)
    for name in names:
        assert run(["schema", name]) == 0
        Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))
    assert run(["schema", "dif"]) == 2
    assert "did you mean `diff`?" in capsys.readouterr().err
