"""`tco diff` in real repositories: what it says, what it costs, and what it does not say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.diff.repositories import FILES, PRICES, SPEC, Repo, Said, made, tco


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name in ("CI", "GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        monkeypatch.delenv(name, raising=False)
    one = made(tmp_path / "repo")
    monkeypatch.chdir(one.folder)
    return one


def decision(said: Said) -> dict[str, Any]:
    assert said.out, said.err
    (one,) = json.loads(said.out)["decisions"]
    assert isinstance(one, dict)
    return one


def shares(found: dict[str, Any], option: str) -> dict[str, float]:
    return {share["changes"][0]["name"]: share["options"][option] for share in found["shares"]}


def differing(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    return decision(tco(capsys, "diff", "spec.tco", "--format", "json", *words))


def test_price_and_volume_are_told_apart_and_add_up(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten months at 1,000 → 3,000 USD: the price effect is Δp·mean volume, the volume effect Δv·mean price."""
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 1.50 USD")
    repo.edit("spec.tco", "= 1M requests/month", "= 2M requests/month")
    found = differing(capsys)
    assert found["before"]["tco"] == pytest.approx(10_000)
    assert found["after"]["tco"] == pytest.approx(30_000)
    assert found["increase"] == pytest.approx(20_000)
    assert shares(found, "small") == pytest.approx({"prices.cheap.input_price": 7_500, "volume": 12_500})
    assert shares(found, "large") == pytest.approx({"prices.cheap.input_price": 0, "volume": 20_000})
    assert found["method"] == "Shapley values over all 4 subsets of 2 changes"
    volume = next(s["changes"][0] for s in found["shares"] if s["changes"][0]["name"] == "volume")
    assert (volume["before"], volume["after"]) == ("1M requests/month", "2M requests/month")
    assert volume["where"].startswith("spec.tco:")


_UNRELATED: dict[str, Callable[[Repo], None]] = {
    "a comment": lambda r: r.edit("spec.tco", "option small", "# why not\n\n\noption small"),
    "layout": lambda r: r.edit("spec.tco", "    our.cheap = 100%", "       our.cheap   =    100%"),
    "a title": lambda r: r.edit("spec.tco", '"The small model"', '"Small, and quick"'),
    "the order": lambda r: r.write(
        spec=SPEC.replace(SPEC[SPEC.index("option small") : SPEC.index("option large")], "")
        + "\n"
        + SPEC[SPEC.index("option small") : SPEC.index("option large")]
    ),
    "an alias": lambda r: r.write(spec=SPEC.replace("as our", "as their").replace("our.", "their.")),
    "a note": lambda r: r.edit("spec.tco", '"export"', '"the export of May"'),
    "the unit it is written in": lambda r: r.edit("spec.tco", "1M requests/month", "12M requests/year"),
    "a test": lambda r: r.write(spec=SPEC + '\ntest "cheap" {\n  expect mean(small.tco) < mean(large.tco)\n}\n'),
    "nothing": lambda r: None,
}


@pytest.mark.parametrize("what", _UNRELATED)
@pytest.mark.parametrize("format_", ["text", "github-comment", "json"])
def test_an_unrelated_edit_is_no_change(
    what: str, format_: str, repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    untouched = tco(capsys, "diff", "spec.tco", "--format", format_)
    _UNRELATED[what](repo)
    said = tco(capsys, "diff", "spec.tco", "--format", format_, "--exit-code")
    assert said == Said(0, untouched.out, "")
    assert format_ == "json" or "No change in cost or recommendation" in said.out


_STRUCTURE: dict[str, tuple[tuple[str, str, str], str, float]] = {
    "a cost line": (
        (
            "spec.tco",
            "    our.cheap = 100%\n  }\n",
            "    our.cheap = 100%\n  }\n  cost tool as network = 70 USD/month\n",
        ),
        "small.tool",
        700,
    ),
    "a formula": (("spec.tco", "requests = volume", "requests = volume * 3"), "chat.requests", 20_000),
    "a route": (("spec.tco", "our.cheap = 100%", "our.cheap = 50%\n    our.dear = rest"), "small.serve.chat", 5_000),
    "the horizon": (("spec.tco", "horizon = 10 months", "horizon = 11 months"), "decision.horizon", 1_000),
}


@pytest.mark.parametrize("what", _STRUCTURE)
def test_structure_has_its_share(what: str, repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    edit, name, effect = _STRUCTURE[what]
    repo.edit(*edit)
    found = differing(capsys)
    assert shares(found, "small") == pytest.approx({name: effect})
    assert found["after"]["options"][0]["tco"] - found["before"]["options"][0]["tco"] == pytest.approx(effect)


def test_a_cost_line_that_goes_takes_its_cost_with_it(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    line = '  cost setup as migration = once(500 USD, at = 2026-01) note "two days"\n'
    repo.edit("spec.tco", line, "")
    found = differing(capsys)
    assert shares(found, "large") == pytest.approx({"large.setup": -500})
    assert found["increase"] == 0


def test_exchange_rates_are_changes_too(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.edit("spec.tco", "currency = USD", "currency = EUR")
    repo.write(prices=PRICES.replace("source list", 'fx USD from 2026-01-01 = 0.90 EUR note "t"\n\nsource list', 1))
    repo.commit()
    repo.edit("prices.tco", "0.90 EUR", "0.95 EUR")
    found = differing(capsys)
    assert shares(found, "small") == pytest.approx({"fx USD": 500})
    (rate,) = found["shares"][0]["changes"]
    assert (rate["sort"], rate["before"]) == ("exchange rate", "0.90 EUR from 2026-01")


def test_another_currency_cannot_be_compared(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write(spec=SPEC.replace("USD", "EUR"), prices=PRICES.replace("USD", "EUR"))
    found = differing(capsys)
    assert found["increase"] is None and found["shares"] == []
    assert "decision.currency" in [change["name"] for change in found["without_effect"]]
    said = tco(capsys, "diff", "spec.tco", "--max-increase", "1")
    assert said.code == 1 and "cannot be judged" in said.err


def test_many_changes_add_up(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"factor{number}" for number in range(10)]
    lines = "".join(f'assume {name}: number = 1 note "n"\n' for name in names)
    product = " * ".join(["volume", *names])
    repo.write(spec=SPEC.replace("requests = volume", f"requests = {product}") + lines)
    repo.commit()
    repo.write(spec=SPEC.replace("requests = volume", f"requests = {product}") + lines.replace("= 1 ", "= 1.1 "))
    found = differing(capsys)
    effects = shares(found, "small")
    assert sorted(effects) == sorted(names)
    assert sum(effects.values()) == pytest.approx(10_000 * (1.1**10 - 1))
    assert found["method"].startswith("average over 3 fixed orders of 10 changes")
    # They are alike, so their shares are: the orders are too few to be exact to more than a few per cent.
    assert effects[names[0]] == pytest.approx(sum(effects.values()) / 10, rel=0.05)


def test_a_great_many_changes_are_told_by_their_places(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Of 150 lines of 1 to 150 USD a month over ten months, and a price that doubles: 113,250 and 10,000 USD."""
    lines = "".join(f"  cost line{n} as other = {n} USD/month\n" for n in range(1, 151))
    repo.edit("spec.tco", "  cost setup as migration", f"{lines}  cost setup as migration")
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 2.00 USD")
    found = differing(capsys)
    parts = {len(share["changes"]): share["options"] for share in found["shares"]}
    assert parts[150]["large"] == pytest.approx(113_250) and parts[1]["small"] == pytest.approx(10_000)
    assert "of 151 changes those in one place count as one" in found["method"]


def test_draws_keep_their_keys_so_that_an_unchanged_interval_has_no_share(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.edit("spec.tco", "= 1M requests/month", "= 0.5M to 2M requests/month")
    repo.commit()
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 2.00 USD")
    found = differing(capsys)
    before, after = (found[side]["options"][0]["tco"] for side in ("before", "after"))
    assert after == pytest.approx(2 * before, rel=1e-8)
    assert shares(found, "small") == pytest.approx({"prices.cheap.input_price": before}, rel=1e-8)


def test_a_value_of_another_dimension_moves_with_what_reads_it(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither change makes sense without the other: 1M requests a month become 250k users with 4 requests each."""
    repo.edit("spec.tco", "volume: request/month = 1M requests/month", "volume: number = 500_000")
    repo.edit("spec.tco", "requests = volume", "requests = volume * 4 requests/month")
    found = differing(capsys)
    (share,) = found["shares"]
    assert sorted(change["name"] for change in share["changes"]) == ["chat.requests", "volume"]
    assert share["options"]["small"] == pytest.approx(10_000)


def test_what_moves_no_cost_is_listed_apart(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.edit("spec.tco", "output_tokens = 0", "data_class = internal\n  output_tokens = 0")
    found = differing(capsys)
    assert found["shares"] == [] and found["increase"] == 0 and found["changed"]
    assert [change["name"] for change in found["without_effect"]] == ["chat.data_class"]
    text = tco(capsys, "diff", "spec.tco", "--exit-code")
    assert text.code == 1 and "Changed, without an effect on cost or recommendation" in text.out


def test_options_come_and_go(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    third = 'option third "Both" {\n  serve chat {\n    our.cheap = 50%\n    our.dear = rest\n  }\n}\n'
    repo.write(spec=SPEC.replace("[small, large]", "[small, third]") + "\n" + third)
    found = differing(capsys)
    assert [option["name"] for option in found["after"]["options"]] == ["small", "third"]
    text = tco(capsys, "diff", "spec.tco").out
    assert "gone" in text and "new" in text and "15,000 USD" in text
    assert list(found["shares"]) == []


def test_when_the_recommendation_flips_the_switch_has_a_share_of_its_own(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    """The small model rises from 10,000 to 40,000, so the large one is taken: 20,500. Together +10,500: half of what
    each option's cost does, and the mean of switching first (+10,500) and last (−19,500)."""
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 4.00 USD")
    found = differing(capsys)
    assert found["recommendation_changed"]
    assert found["increase"] == pytest.approx(10_500)
    assert found["switched"] == pytest.approx((10_500 - 19_500) / 2)
    assert found["shares"][0]["recommended"] == pytest.approx(15_000)
    text = tco(capsys, "diff", "spec.tco").out
    assert "Why it flipped: from small to large." in text
    assert "On cost, large was 10,500 USD dearer than small; it is now 19,500 USD cheaper." in text
    assert "another option is recommended" in text


def test_a_flip_by_volume_names_the_break_even(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """8,000 USD fixed against 1,000 a month per million requests in favour: equal at 0.85M requests a month."""
    repo.edit(
        "spec.tco",
        "serve chat {\n    our.cheap",
        "cost fixed as network = 9_000 USD/month\n  serve chat {\n    our.cheap",
    )
    repo.edit("spec.tco", "= 1M requests", "= 5M requests")
    repo.commit()
    repo.edit("spec.tco", "= 5M requests", "= 15M requests")
    text = tco(capsys, "diff", "spec.tco").out
    assert "from large to small" in text
    assert "tokens 5B → 15B a month cross the break-even of 8.95B." in text


def test_a_veto_is_a_constraint_violated(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    rule = """
rule no_b "Not B" {
  for each option
  when option.vendor_share > 50%
  when option.family == api
  then veto option
  because "{option} pays one vendor most of it."
}
"""
    repo.edit("spec.tco", "option small", rule.lstrip() + "\noption small")
    found = differing(capsys)
    assert sorted({record["rule"] for record in found["rules_fired"] if record["action"] == "veto"}) == ["spec/no_b"]
    text = tco(capsys, "diff", "spec.tco").out
    assert "constraints violated anew" in text and "✖ spec/no_b violated on small" in text
    repo.commit()
    repo.write(spec=SPEC)
    assert [r["rule"] for r in differing(capsys)["rules_silenced"]][:1] == ["spec/no_b"]


def test_findings_are_new_or_gone_and_only_an_older_allowance_counts(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    """The horizon runs far beyond the last price, which is a finding."""
    repo.edit("prices.tco", "input_price = 1.00 USD per 1M tokens", "input_price from 2026-01 = 1.00 USD per 1M tokens")
    repo.edit("spec.tco", "horizon = 10 months", "horizon = 30 months")
    carried = [f for f in differing(capsys)["findings_new"] if "carried forward" in f["message"]]
    assert len(carried) == 1
    code = carried[0]["code"]
    repo.edit("prices.tco", "hosted_model cheap", f'allow {code} "I know" until 2030-01-01\n\nhosted_model cheap')
    found = differing(capsys)
    assert [f["message"] for f in found["findings_newly_allowed"]] == [carried[0]["message"]]
    assert "is allowed by this change alone" in tco(capsys, "diff", "spec.tco").out
    repo.commit()
    repo.edit("spec.tco", "= 1M requests/month", "= 2M requests/month")
    assert differing(capsys)["findings_newly_allowed"] == []


def test_a_renamed_spec_is_compared_with_what_it_was(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.edit("spec.tco", "= 1M requests/month", "= 0.5M to 2M requests/month")
    repo.commit()
    repo.git("mv", "spec.tco", "chat.tco")
    assert tco(capsys, "diff", "chat.tco", "--exit-code").code == 0
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 2.00 USD")
    found = decision(tco(capsys, "diff", "chat.tco", "--format", "json"))
    assert found["missing"] is None and list(shares(found, "small")) == ["prices.cheap.input_price"]


def test_a_new_and_a_deleted_spec(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write(fresh=SPEC.replace("1_000 tokens", "77 tokens").replace("chat", "talk"))
    said = tco(capsys, "diff", "fresh.tco", "--format", "json", "--fail-on-flip", "--max-increase", "0")
    assert (said.code, decision(said)["missing"]) == (0, "new")
    (repo.folder / "spec.tco").unlink()
    said = tco(capsys, "diff", "spec.tco")
    assert said.code == 0 and "1 decision deleted" in said.out
    said = tco(capsys, "diff", "never.tco")
    assert said.code == 2 and "cannot read never.tco: there is no such file" in said.err


def test_a_base_with_errors_is_said_and_the_head_reported(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write(spec="tco 1\n\ndecision {{{\n")
    repo.commit("broken")
    repo.write(spec=SPEC)
    said = tco(capsys, "diff", "spec.tco", "--max-increase", "0", "--fail-on-flip")
    assert said.code == 0
    assert "1 base with errors" in said.out and "only the new revision is reported" in said.out
    assert "10,000 USD" in said.out
    repo.write(spec="tco 1\n\ndecision {{{\n")
    broken = tco(capsys, "diff", "spec.tco")
    assert broken.code == 1 and broken.out == "" and "error[TCO0" in broken.err


def test_an_import_that_is_missing_in_the_base_is_an_error_of_the_base(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.git("rm", "--quiet", "--cached", "prices.tco")
    repo.git("commit", "--quiet", "--message", "forgotten")
    assert "1 base with errors" in tco(capsys, "diff", "spec.tco").out


def test_another_file_can_be_the_base(tmp_path: Path, repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    before = tmp_path / "elsewhere"
    before.mkdir()
    for name, text in FILES.items():
        (before / name).write_text(text)
    repo.edit("spec.tco", "= 1M requests", "= 3M requests")
    found = differing(capsys, "--against", str(before / "spec.tco"))
    assert shares(found, "small") == pytest.approx({"volume": 20_000})


def test_a_file_that_is_not_there_is_not_taken_for_a_deleted_one(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["--against", "spec.tco", "spek.tco"], ["--against", "spek.tco", "spec.tco"], ["spek.tco"]):
        said = tco(capsys, "diff", *words)
        assert said.code == 2 and "cannot read spek.tco: there is no such file" in said.err


def test_any_revision_and_where_the_history_parted(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.git("tag", "v1")
    repo.git("checkout", "--quiet", "-b", "feature")
    repo.edit("spec.tco", "= 1M requests", "= 2M requests")
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 3.00 USD")
    repo.commit()
    repo.git("checkout", "--quiet", "feature")
    assert list(shares(differing(capsys, "--against", "v1"), "small")) == ["volume"]
    assert sorted(shares(differing(capsys, "--against", "main"), "small")) == ["prices.cheap.input_price", "volume"]
    assert list(shares(differing(capsys, "--against", "main", "--merge-base"), "small")) == ["volume"]


def test_in_ci_the_target_branch_is_the_base(
    tmp_path: Path, repo: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("clone", "--quiet", str(repo.folder), str(tmp_path / "clone"))
    clone = Repo(tmp_path / "clone")
    monkeypatch.chdir(clone.folder)
    clone.git("checkout", "--quiet", "-b", "feature")
    clone.edit("spec.tco", "= 1M requests", "= 2M requests")
    clone.commit()
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    assert list(shares(differing(capsys), "small")) == ["volume"]
    monkeypatch.delenv("GITHUB_BASE_REF")
    monkeypatch.setenv("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "gone")
    said = tco(capsys, "diff", "spec.tco")
    assert said.code == 2 and "there is no revision `origin/gone`" in said.err


def test_a_shallow_clone_in_ci_says_what_to_set(
    tmp_path: Path, repo: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("checkout", "--quiet", "-b", "feature")
    repo.edit("spec.tco", "= 1M requests", "= 2M requests")
    repo.commit()
    repo.git("clone", "--quiet", "--depth", "1", "--branch", "feature", repo.folder.as_uri(), str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    said = tco(capsys, "diff", "spec.tco")
    assert said.code == 2 and "`fetch-depth: 0`" in said.err and said.out == ""


def test_not_a_repository_and_no_such_revision(
    tmp_path: Path, repo: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tco(capsys, "diff", "spec.tco", "--against", "no-such-branch")
    assert said.code == 2 and "there is no revision `no-such-branch`" in said.err
    (tmp_path / "unborn").mkdir()
    Repo(tmp_path / "unborn").git("init", "--quiet")
    monkeypatch.chdir(tmp_path / "unborn")
    Path("spec.tco").write_text(SPEC)
    said = tco(capsys, "diff", "spec.tco")
    assert said.code == 2 and "this repository has no commit yet" in said.err
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec.tco").write_text(SPEC)
    said = tco(capsys, "diff", "spec.tco")
    assert said.code == 2 and "not a git repository" in said.err and "--against old.tco" in said.err


def test_a_project_in_a_folder_of_the_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"costs/{name}": text for name, text in FILES.items() if name != "spec.tco"}
    repo = made(tmp_path / "mono", {**files, "costs/tcolang.toml": "", "costs/teams/spec.tco": SPEC})
    monkeypatch.chdir(repo.folder / "costs" / "teams")
    repo.edit("costs/prices.tco", "input_price = 1.00 USD", "input_price = 2.00 USD")
    assert shares(differing(capsys), "small") == pytest.approx({"prices.cheap.input_price": 10_000})


_BREACHES = [
    (("--max-increase", "999"), 1),
    (("--max-increase", "1000"), 0),
    (("--max-increase-pct", "9.9"), 1),
    (("--max-increase-pct", "10"), 0),
    (("--fail-on-flip",), 0),
    ((), 0),
]


@pytest.mark.parametrize(("words", "code"), _BREACHES)
def test_guardrails(words: tuple[str, ...], code: int, repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 1.10 USD")
    said = tco(capsys, "diff", "spec.tco", *words)
    assert said.code == code
    assert ("guardrail" in said.err) is bool(code)


def test_a_flip_fails_where_that_is_asked_for(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 4.00 USD")
    said = tco(capsys, "diff", "spec.tco", "--fail-on-flip")
    assert said.code == 1
    assert said.err == (
        "guardrail fail_on_flip breached in spec.tco: the recommendation changes from `small` to `large`\n"
    )


def test_guardrails_of_the_base_count_not_those_of_the_change(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    (repo.folder / "tcolang.toml").write_text("max_increase = 100\n")
    repo.commit()
    (repo.folder / "tcolang.toml").write_text("max_increase = 1_000_000\n")
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 1.10 USD")
    repo.commit("loosens its own guardrail")
    assert tco(capsys, "diff", "spec.tco", "--against", "HEAD~1").code == 1
    assert tco(capsys, "diff", "spec.tco", "--against", "HEAD~1", "--max-increase", "2000").code == 0
    (repo.folder / "tcolang.toml").unlink()
    assert tco(capsys, "diff", "spec.tco", "--against", "HEAD~1").code == 1


@pytest.mark.parametrize("wrong", ["fail_on_flap = true", "= 3", 'select = ["TCO9"]'])
def test_a_change_can_mend_the_configuration(wrong: str, repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    (repo.folder / "tcolang.toml").write_text(f"{wrong}\n")
    repo.commit()
    (repo.folder / "tcolang.toml").write_text("fail_on_flip = true\n")
    said = tco(capsys, "diff", "--exit-code")
    assert said.code == 0 and said.err.count("note: this change is judged by what it says itself, for at") == 1
    repo.edit("prices.tco", "input_price = 1.00 USD", "input_price = 4.00 USD")
    said = tco(capsys, "diff")
    assert said.code == 1 and "guardrail fail_on_flip breached" in said.err


def test_a_longer_allowance_is_one_of_this_change_where_the_old_one_has_ended(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    old, price = "  input_price from 2024-01-01 = 1.00 USD", "  input_price = 1.00 USD"
    comment = '  # tco: ignore[TCO303] reason="promised" until=2025-12-31\n'
    repo.edit("prices.tco", price, f"{comment}{old}")
    repo.edit("spec.tco", "  horizon =", "  as_of = 2025-12\n  horizon =")
    repo.commit()
    repo.edit("spec.tco", "as_of = 2025-12", "as_of = 2026-01")
    repo.edit("prices.tco", "until=2025-12-31", "until=2027-12-31")
    assert differing(capsys)["findings_newly_allowed"][0]["code"] == "TCO303"


def test_what_is_ignored_is_what_the_base_ignores(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    def told() -> list[str]:
        return [f["code"] for f in differing(capsys)["findings_new"] if f["code"].startswith("TCO30")]

    repo.edit("prices.tco", "input_price = 1.00 USD per 1M tokens", "input_price from 2026-01 = 1.00 USD per 1M tokens")
    repo.edit("spec.tco", "horizon = 10 months", "horizon = 30 months")
    (code,) = told()
    (repo.folder / "tcolang.toml").write_text(f'ignore = ["{code}"]\n')
    assert told() == [code]
    repo.git("stash", "--quiet")
    repo.commit("ignores it from now on")
    repo.git("stash", "pop", "--quiet")
    assert told() == []


def test_several_specs_and_those_of_the_configuration(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write(other=SPEC.replace("chat_cost", "other_cost"))
    repo.commit()
    repo.edit("other.tco", "= 1M requests", "= 2M requests")
    both = tco(capsys, "diff")
    assert "1 decision unchanged." in both.out and "other_cost" in both.out and "chat_cost" not in both.out
    (repo.folder / "tcolang.toml").write_text('specs = ["spec.tco"]\n')
    assert "other_cost" in tco(capsys, "diff").out, "a change cannot take a spec out of sight"
    repo.commit()
    repo.edit("other.tco", "= 2M requests", "= 3M requests")
    assert "chat_cost (spec.tco)" in tco(capsys, "diff").out


def test_a_spec_that_is_gone_is_told_though_nobody_names_it(
    repo: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (repo.folder / "deep").mkdir()
    (repo.folder / "tcolang.toml").write_text('specs = ["spec.tco", "deep/other.tco", "never.tco"]\n')
    repo.git("mv", "prices.tco", "deep/prices.tco")
    repo.write(spec=SPEC.replace("import prices", "import deep.prices"))
    (repo.folder / "deep" / "other.tco").write_text(
        SPEC.replace("chat_cost", "other_cost").replace("import prices", "import deep.prices")
    )
    repo.commit()
    (repo.folder / "deep" / "other.tco").unlink()
    for listed in ('specs = ["spec.tco"]\n', ""):
        (repo.folder / "tcolang.toml").write_text(listed)
        out = tco(capsys, "diff").out
        assert "1 decision deleted" in out and "other_cost" in out
    monkeypatch.chdir(repo.folder / "deep")
    assert "other_cost" in tco(capsys, "diff").out
    repo.git("checkout", "--", "deep/other.tco")
    repo.git("mv", "deep/other.tco", "deep/third.tco")
    monkeypatch.chdir(repo.folder)
    assert "deleted" not in tco(capsys, "diff").out


def test_without_a_spec_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = tco(capsys, "diff")
    assert said.code == 2 and "no .tco file with a decision here" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("--against", ""),
        ("--max-increase", "-1"),
        ("--max-increase", "nan"),
        ("--max-increase-pct", "\u0661"),
        ("--format", "html"),
    ],
)
def test_arguments_that_mean_nothing_are_usage_errors(
    words: tuple[str, ...], repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tco(capsys, "diff", "spec.tco", *words)
    assert said.code == 2 and said.out == ""
