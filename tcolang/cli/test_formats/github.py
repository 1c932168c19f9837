"""What failed tests found as workflow commands, which GitHub shows as annotations of a pull request."""

from __future__ import annotations

from tcolang.cli.finding_format import Findings
from tcolang.cli.fingerprints import with_fingerprints
from tcolang.cli.formats.github import GITHUB as OF_FINDINGS
from tcolang.cli.tested import Tested, TestFormat


def _render(tested: Tested) -> str:
    found = dict.fromkeys(finding for case in tested.cases for finding in case.findings)
    return OF_FINDINGS.render(Findings(with_fingerprints(found), tuple(spec.path for spec in tested.specs), "."))


GITHUB = TestFormat("github", "annotations of a GitHub workflow", _render)
