"""`tco check --against REF`: a change is checked by the configuration, baseline and allowances of its base."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.diff.repositories import Repo, Said, made, tco

Capture = pytest.CaptureFixture[str]

REMARK = '# tco: ignore[TCO303] reason="fixed by contract" until=2027-12-31'
ALLOW = 'allow TCO303 "fixed by contract" until 2027-12-31'
PRICE = "  input_price from 2024-01-01 = 0.40 USD per 1M tokens"
STRICT = 'fail_on = "warning"\n'


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smallest_spec: str) -> Repo:
    """A spec that carries an old price forward, TCO303, in a folder where warnings fail."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TCO_CACHE_DIR", str(tmp_path / ".kept"))
    text = smallest_spec.replace("  input_price = 0.40 USD per 1M tokens", PRICE)
    assert PRICE in text
    return made(tmp_path, {"spec.tco": text, "tcolang.toml": STRICT, ".gitignore": ".kept\n"})


def checked(capsys: Capture, *words: str) -> tuple[int, bool]:
    """The exit code with the base's word, and whether TCO303 is told."""
    said = said_of(capsys, "--against", "main", *words)
    return said.code, "TCO303" in said.out


def said_of(capsys: Capture, *words: str) -> Said:
    said = tco(capsys, "check", "--output-format", "concise", "--select", "TCO303,TCO607,TCO548", *words)
    assert "Traceback" not in said.err and "internal" not in said.err
    return said


def test_a_change_cannot_loosen_the_configuration(repo: Repo, capsys: Capture) -> None:
    (repo.folder / "tcolang.toml").write_text('fail_on = "never"\nignore = ["TCO303"]\n')
    assert tco(capsys, "check").code == 0
    against = tco(capsys, "check", "--against", "main")
    assert against.code == 1 and "TCO303" in against.out
    assert tco(capsys, "check", "--against", "main", "--fail-on", "error").code == 0, "flags go before it"
    repo.commit()
    assert tco(capsys, "check", "--against", "HEAD").code == 0, "merged, it counts"


@pytest.mark.parametrize("file", ["tcolang.toml", "pyproject.toml"])
def test_nor_by_a_configuration_that_is_closer(file: str, repo: Repo, capsys: Capture) -> None:
    (repo.folder / "sub").mkdir()
    table = "[tool.tcolang]\n" if file == "pyproject.toml" else ""
    (repo.folder / "sub" / file).write_text(f'{table}fail_on = "never"\n')
    repo.git("mv", "spec.tco", "sub/spec.tco")
    assert said_of(capsys).code == 0
    assert checked(capsys) == (1, True)


def test_nor_by_an_allowance(repo: Repo, capsys: Capture) -> None:
    for old, new in (("tco 1\n", f"tco 1\n\n{ALLOW}\n"), (PRICE, f"{PRICE}  {REMARK}"), (PRICE, f"  {ALLOW}\n{PRICE}")):
        repo.edit("spec.tco", old, new)
        assert said_of(capsys).code == 0
        assert checked(capsys) == (1, True)
        assert "1 allowed by this change alone" in said_of(capsys, "--against", "main").err
        repo.git("checkout", "--quiet", "spec.tco")


@pytest.mark.parametrize("after", [f"{PRICE}  {REMARK}", f"  {ALLOW}\n{PRICE}", f"  {REMARK}\n{PRICE}"])
def test_what_was_allowed_stays_so(after: str, repo: Repo, capsys: Capture) -> None:
    repo.edit("spec.tco", PRICE, after)
    repo.commit("allowed")
    assert checked(capsys) == (0, False)
    # Under another value, other lines above it, and another name of the file.
    repo.edit("spec.tco", "= 0.40 USD", "= 0.45 USD")
    repo.edit("spec.tco", "tco 1\n", "tco 1\n\nlet more = 3\n")
    assert checked(capsys) == (0, False)
    repo.git("mv", "spec.tco", "renamed.tco")
    assert checked(capsys) == (0, False)


def test_an_allowance_covers_no_more_than_it_did(repo: Repo, capsys: Capture) -> None:
    repo.edit("spec.tco", PRICE, f"{PRICE}  {REMARK}")
    repo.commit("allowed")
    other = PRICE.replace("input_price", "cached_price")
    repo.edit("spec.tco", PRICE, f"{other}  {REMARK}\n{PRICE}")
    assert said_of(capsys).code == 0
    assert checked(capsys) == (1, True)


def test_its_end_is_that_of_the_base(repo: Repo, capsys: Capture) -> None:
    past = REMARK.replace("2027-12-31", "2025-06-30")
    repo.edit("spec.tco", PRICE, f"{PRICE}  {past}")
    repo.commit("it has ended by the date of the decision")
    assert "TCO548" in said_of(capsys).out
    repo.edit("spec.tco", past, REMARK)
    assert said_of(capsys).code == 0
    assert checked(capsys) == (1, True)


def test_the_baseline_is_that_of_the_base(repo: Repo, capsys: Capture) -> None:
    (repo.folder / "known.json").write_text('{"findings": []}\n')
    repo.edit("tcolang.toml", STRICT, f'{STRICT}baseline = "known.json"\n')
    repo.commit("an empty baseline")
    assert tco(capsys, "check", "--output-format", "json:known.json", "--baseline", "/dev/null").code == 2
    assert tco(capsys, "check", "--output-format", "json:new.json").code == 1
    (repo.folder / "new.json").replace(repo.folder / "known.json")
    assert said_of(capsys).code == 0
    assert checked(capsys) == (1, True)
    assert checked(capsys, "--baseline", "known.json") == (1, True)
    repo.commit("merged")
    assert checked(capsys) == (0, False)
    assert checked(capsys, "--baseline", "known.json") == (0, False)


def test_a_baseline_that_only_the_change_has_knows_nothing(repo: Repo, capsys: Capture) -> None:
    assert tco(capsys, "check", "--output-format", "json:known.json").code == 1
    assert said_of(capsys, "--baseline", "known.json").code == 0
    assert checked(capsys, "--baseline", "known.json") == (1, True)
    said = said_of(capsys, "--against", "main", "--baseline", "nowhere.json")
    assert said.code == 2 and "cannot read the baseline nowhere.json" in said.err


def test_a_broken_base_can_be_mended(repo: Repo, capsys: Capture) -> None:
    good = (repo.folder / "spec.tco").read_text()
    repo.write(spec="tco 1\n\nlet = 3\n")
    (repo.folder / "tcolang.toml").write_text("fale_on = 3\n")
    repo.commit("broken")
    (repo.folder / "tcolang.toml").write_text(STRICT)
    repo.write(spec=good.replace(PRICE, f"{PRICE}  {REMARK}"))
    said = said_of(capsys, "--against", "main")
    assert said.code == 0, said
    assert "there is no setting `fale_on`" in said.err and said.err.count("note:") == 1


def test_a_mistake_in_the_new_configuration_is_told_before_it_is_merged(repo: Repo, capsys: Capture) -> None:
    (repo.folder / "tcolang.toml").write_text("fale_on = 3\n")
    said = tco(capsys, "check", "--against", "main")
    assert said.code == 2 and "tcolang.toml:1: there is no setting `fale_on`" in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--against", "nowhere"), "there is no revision `nowhere` in this repository"),
        (("--against", "spec.tco"), "--against names a git revision"),
        (("--against", "main", "../outside.tco"), "lies outside of the repository"),
        (("--merge-base",), "go with --against"),
    ],
)
def test_what_cannot_be_compared_with(words: tuple[str, ...], said: str, repo: Repo, capsys: Capture) -> None:
    (repo.folder.parent / "outside.tco").write_text("tco 1\n")
    found = tco(capsys, "check", *words)
    assert found.code == 2 and said in found.err, found


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec.tco").write_text("tco 1\n")
    found = tco(capsys, "check", "--against", "main")
    assert found.code == 2 and "this is not a git repository" in found.err


def test_in_ci_the_base_is_where_the_history_parted(
    repo: Repo, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("checkout", "--quiet", "-b", "feature")
    repo.git("checkout", "--quiet", "main")
    (repo.folder / "tcolang.toml").write_text('fail_on = "never"\n')
    repo.commit("looser, on main alone")
    repo.git("checkout", "--quiet", "feature")
    assert checked(capsys) == (0, True)
    monkeypatch.setenv("CI", "true")
    assert checked(capsys) == (1, True)
    assert checked(capsys, "--no-merge-base") == (0, True)


def test_standard_input_and_fixes_are_judged_so_as_well(
    repo: Repo, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.edit("spec.tco", PRICE, f"{PRICE}  {REMARK}")
    with (repo.folder / "spec.tco").open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        said = said_of(capsys, "--against", "main", "--stdin-filename", "spec.tco")
    assert said.code == 1 and "TCO303" in said.out
    said = said_of(capsys, "--against", "main", "--fix")
    assert said.code == 1 and "TCO303" in said.out
