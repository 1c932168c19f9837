"""The journey of a pull request: from `tco init` to a comment that says why, and a build that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.diff.repositories import Repo, tco
from tests.hosts.server import TOKEN, serving


def test_a_price_falls_the_recommendation_flips_the_comment_says_why_and_the_guardrail_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    repo = Repo(tmp_path)
    repo.git("init", "--quiet", "--initial-branch=main")

    # The first spec is checked, decided and committed.
    assert tco(capsys, "init").code == 0
    assert tco(capsys, "check", "assistant.tco").code == 0
    assert tco(capsys, "report", "assistant.tco").out.startswith("# Choose `rented`")
    repo.commit("a decision")
    assert tco(capsys, "diff", "--exit-code").code == 0

    # On a branch, a comment alone changes nothing.
    repo.git("checkout", "--quiet", "-b", "cheaper-api")
    repo.edit("assistant.tco", "# Demand\n", "# Demand, as the logs have it\n")
    assert tco(capsys, "diff", "--exit-code").code == 0

    # The vendor halves its prices.
    repo.edit("assistant.tco", "input_price = 2.40 EUR", "input_price = 1.20 EUR")
    repo.edit("assistant.tco", "output_price = 9.60 EUR", "output_price = 4.80 EUR")
    repo.commit("the vendor's new prices")

    with serving() as host:
        for name, value in {
            "CI": "true",
            "GITHUB_BASE_REF": "",
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_API_URL": host.url,
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_RUN_ID": "41",
        }.items():
            monkeypatch.setenv(name, value)
        said = tco(capsys, "comment", "github", "--against", "main")
        assert said.code == 1
        assert "guardrail fail_on_flip breached in assistant.tco" in said.err
        (comment,) = host.bodies()
    lines = comment.splitlines()
    assert lines[0] == "<!-- tcolang:report id=default run=41 -->"
    assert "1 recommendation changed · 1 guardrail breached" in lines[1]
    assert "**rented → api**" in comment
    why = comment[comment.index("**Why it flipped**") : comment.index("**Needs attention**")]
    assert "from `rented` to `api`" in why
    assert "`vendor_model.input_price` 2.40 EUR per 1M tokens → 1.20 EUR per 1M tokens" in why
    assert "guardrail `fail_on_flip` breached" in comment

    # A change that loosens the guardrail in the same breath is judged by the old one.
    repo.edit("tcolang.toml", "fail_on_flip = true", "fail_on_flip = false")
    repo.commit("trust me")
    said = tco(capsys, "diff", "--against", "main")
    assert said.code == 1 and "fail_on_flip" in said.err

    # A finding that the change silences counts as long as only the change says so, and so does a bar that it lowers.
    assert tco(capsys, "check", "--strict").code == 0
    repo.edit(
        "assistant.tco",
        "  output_price = 4.80 EUR per 1M tokens source price_list",
        "  output_price from 2024-01-01 = 4.80 EUR per 1M tokens source price_list"
        '  # tco: ignore[TCO303] reason="promised" until=2028-12-31',
    )
    assert tco(capsys, "check", "--strict").code == 0
    said = tco(capsys, "check", "--strict", "--against", "main")
    assert said.code == 1 and "TCO303" in said.out
    repo.git("checkout", "--quiet", "assistant.tco")
    repo.edit("tcolang.toml", "fail_on_flip", 'ignore = ["TCO3"]\nfail_on = "never"\nfail_on_flip')
    repo.edit("assistant.tco", "  output_price = 4.80", "  output_price from 2024-01-01 = 4.80")
    assert tco(capsys, "check").code == 0
    assert tco(capsys, "check", "--against", "main", "--fail-on", "warning").code == 1
    repo.git("checkout", "--quiet", ".")
    # What must hold no longer does: the test of the spec says so.
    said = tco(capsys, "test", "assistant.tco")
    assert said.code == 1 and "chance(rented.tco < api.tco)" in said.out + said.err

    # Whoever accepts the flip merges it, and the next change starts from there.
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--ff-only", "cheaper-api")
    assert tco(capsys, "diff", "--against", "main", "--exit-code").code == 0
